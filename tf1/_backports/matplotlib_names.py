"""What matplotlib has dropped since 3.0: the 'seaborn-*' names of styles, `hold`, `cm.get_cmap`, lists of TeX lines."""

from __future__ import annotations

import functools
import importlib
from collections.abc import Callable
from typing import Any

from tf1._backports import registry
from tf1._backports.notices import Notices
from tf1._backports.user_code import UserCode

_OLD, _NEW = 'seaborn', 'seaborn-v0_8'
_PREAMBLES = ('pgf.preamble', 'text.latex.preamble')


def _hold(name: str) -> registry.StandIn | None:
    if name == 'hold':
        return registry.StandIn(lambda *args, **kwargs: None, 'what matplotlib does now, hold(True),')
    return registry.StandIn(lambda: True, 'True') if name == 'ishold' else None


FINDERS = {
    'matplotlib.cm': registry.named({'get_cmap': 'matplotlib.pyplot.get_cmap'}),
    'matplotlib.pyplot': _hold,
}


def install(user_code: UserCode, notices: Notices) -> Callable[[], None]:
    """Lets `use` and `context` of `matplotlib.style` take the names that seaborn's styles had before matplotlib 3.6.

    Settings that are TeX may be lists of lines, as before matplotlib 3.3.

    All of the process may use them: matplotlib itself resolves names of styles in functions of its own.

    Returns:
      A function that undoes it.
    """
    style = importlib.import_module('matplotlib.style')
    before = {name: getattr(style, name) for name in ('use', 'context')}

    def renamed(name: Any) -> Any:
        if isinstance(name, (list, tuple)):
            return [renamed(each) for each in name]
        if not isinstance(name, str) or not name.startswith(_OLD) or name in style.library:
            return name
        new = _NEW + name.removeprefix(_OLD)
        if new not in style.library:
            return name
        notices.say(f'The style {name!r} is gone; {new!r} stands in for it.')
        return new

    def wrapped(function: Callable[..., Any]) -> Callable[..., Any]:
        return functools.wraps(function)(lambda name, *args, **kwargs: function(renamed(name), *args, **kwargs))

    validators = importlib.import_module('matplotlib').RcParams.validate
    checks = {name: validators[name] for name in _PREAMBLES}

    def joining(name: str) -> Callable[[Any], Any]:
        def check(value: Any) -> Any:
            if isinstance(value, (list, tuple)):
                notices.say(f'A list for {name} is gone; its lines, joined, stand in for it.')
                value = '\n'.join(value)
            return checks[name](value)

        return check

    def undo() -> None:
        validators.update(checks)
        for name, function in before.items():
            setattr(style, name, function)

    for name, function in before.items():
        setattr(style, name, wrapped(function))
    validators.update({name: joining(name) for name in checks})
    return undo
