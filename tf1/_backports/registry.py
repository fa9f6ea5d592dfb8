"""Names on modules and attributes on classes that libraries and Python have dropped, answered for the program alone.

A module answers for a name that it has no longer only when a module of the program asks; libraries, which look whether
a name is there to tell versions apart, see what is installed. Python's own modules answer libraries, too: old ones
cannot be imported otherwise, and the others get what they take instead.
"""

from __future__ import annotations

import importlib
import sys
import types
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from tf1._backports.notices import Notices
from tf1._backports.user_code import UserCode


class StandIn(NamedTuple):
    """What a lost name stands for now: its value, and words for it."""

    value: object
    words: str


Finder = Callable[[str], StandIn | None]


def named(table: Mapping[str, str], **short: str) -> Finder:
    """Returns a finder for names that others have replaced.

    Args:
      table: lost name -> dotted name of its successor; one without a dot is Python's own.
      **short: short name of a module -> its full one, for `table`.
    """

    def find(name: str) -> StandIn | None:
        if name not in table:
            return None
        path = table[name]
        module, _, attribute = path.rpartition('.')
        root, dot, rest = (module or 'builtins').partition('.')
        return StandIn(getattr(importlib.import_module(short.get(root, root) + dot + rest), attribute), path)

    return find


def chain(*finders: Finder) -> Finder:
    """Returns a finder that asks `finders` in order."""
    return lambda name: next(filter(None, (find(name) for find in finders)), None)


class Registry:
    """Answers for names that modules have lost, for `user_code`, with a note at the first use of each.

    Args:
      user_code: who is answered.
      notices: where it is said.
    """

    def __init__(self, user_code: UserCode, notices: Notices):
        self._user_code = user_code
        self._notices = notices
        self._before: dict[types.ModuleType, object] = {}
        self._finders: dict[types.ModuleType, Finder] = {}

    def answer(self, module: types.ModuleType, label: str, find: Finder, libraries: bool = False) -> None:
        """Lets `module` answer for the names that `find` knows, besides its own; once is enough.

        Args:
          module: the module that has lost names.
          label: how programs call it, for what is said.
          find: returns what a lost name stands for now.
          libraries: whether it answers modules of libraries, too, without a note.
        """
        if module in self:
            return
        before = module.__dict__.get('__getattr__')
        self._before[module] = before
        self._finders[module] = find

        def __getattr__(name: str) -> object:
            is_owned = self._user_code.owns(sys._getframe(1).f_globals)
            found = find(name) if (is_owned or libraries) and not name.startswith('__') else None
            if found is not None:
                if is_owned:
                    self._notices.say(f'{label}.{name} is gone; {found.words} stands in for it.')
                return found.value
            if before is not None:
                return before(name)
            raise AttributeError(f'module {module.__name__!r} has no attribute {name!r}', name=name, obj=module)

        module.__getattr__ = __getattr__

    def __contains__(self, module: types.ModuleType) -> bool:
        return module in self._before

    def answers(self, module: types.ModuleType, name: str) -> bool:
        """Returns whether `module` answers for the lost name `name`."""
        find = self._finders.get(module)
        return find is not None and find(name) is not None

    def remove(self) -> None:
        """Takes all of it away again."""
        for module, before in self._before.items():
            if before is None:
                del module.__getattr__
            else:
                module.__getattr__ = before
        self._before.clear()
        self._finders.clear()


class Lent:
    """An attribute that only modules of `user_code` find; to all others, and on the class itself, it is missing.

    Libraries look attributes up in functions of their own, before they ask for columns of that name, say.

    Args:
      name: of the attribute.
      value: gives it for an object.
      said: at the first use, a text in which `{kind}` is the name of the object's class.
      user_code: who is answered.
      notices: where it is said.
    """

    def __init__(self, name: str, value: Callable[[Any], Any], said: str, user_code: UserCode, notices: Notices):
        self._name = name
        self._value = value
        self._said = said
        self._user_code = user_code
        self._notices = notices

    def __get__(self, holder: Any, kind: type) -> Any:
        if holder is None or not self._user_code.owns(sys._getframe(1).f_globals):
            raise AttributeError(
                f'{kind.__name__!r} object has no attribute {self._name!r}', name=self._name, obj=holder
            )
        self._notices.say(self._said.format(kind=kind.__name__))
        return self._value(holder)


def patch_attributes(attributes: dict[tuple[type, str], Lent]) -> Callable[[], None]:
    """Puts attributes on classes, by class and name. Returns a function to undo it."""
    for (kind, name), attribute in attributes.items():
        setattr(kind, name, attribute)

    def undo() -> None:
        for kind, name in attributes:
            delattr(kind, name)

    return undo
