"""`yaml.load(file)` and `yaml.load_all(file)` without a Loader, which PyYAML 6 refuses."""

from __future__ import annotations

import functools
import importlib
import sys
from collections.abc import Callable
from typing import Any

from tf1._backports.notices import Notices
from tf1._backports.user_code import UserCode


def install(user_code: UserCode, notices: Notices) -> Callable[[], None]:
    """Lets them take PyYAML's FullLoader for `user_code`, as PyYAML 5 did. Returns a function to undo it."""
    yaml = importlib.import_module('yaml')
    before = {name: getattr(yaml, name) for name in ('load', 'load_all')}

    def with_loader(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def load(*args: Any, **kwargs: Any) -> Any:
            if len(args) + len(kwargs) == 1 and user_code.owns(sys._getframe(1).f_globals):
                notices.say(f'yaml.{name} without a Loader is gone; yaml.full_{name} stands in for it.')
                kwargs['Loader'] = yaml.FullLoader
            return function(*args, **kwargs)

        return load

    def undo() -> None:
        for name, function in before.items():
            setattr(yaml, name, function)

    for name, function in before.items():
        setattr(yaml, name, with_loader(name, function))
    return undo
