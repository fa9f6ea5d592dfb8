"""Attributes that classes of libraries have lost, lent to objects that the program asks."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from tf1._notes import Notes
from tf1._program import Program


class Lent:
    """An attribute that only modules of `program` find; to all others, and on the class itself, it is missing.

    Libraries look attributes up in functions of their own, before they ask for columns of that name, say.

    Args:
      name: of the attribute.
      value: gives it for an object.
      said: at the first use, a text in which `{kind}` is the name of the object's class.
      program: who is answered.
      notes: where it is said.
    """

    def __init__(self, name: str, value: Callable[[Any], Any], said: str, program: Program, notes: Notes):
        self._name = name
        self._value = value
        self._said = said
        self._program = program
        self._notes = notes

    def __get__(self, holder: Any, kind: type) -> Any:
        if holder is None or not self._program.owns(sys._getframe(1).f_globals):
            raise AttributeError(
                f'{kind.__name__!r} object has no attribute {self._name!r}', name=self._name, obj=holder
            )
        self._notes.say(self._said.format(kind=kind.__name__))
        return self._value(holder)


def lend(attributes: dict[tuple[type, str], Lent]) -> Callable[[], None]:
    """Puts attributes on classes, by class and name. Returns a function to undo it."""
    for (kind, name), attribute in attributes.items():
        setattr(kind, name, attribute)

    def undo() -> None:
        for kind, name in attributes:
            delattr(kind, name)

    return undo
