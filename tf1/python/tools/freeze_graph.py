"""`freeze_graph` with the keywords of TF 1: variables that stay variables are a blacklist there."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from tensorflow.python.tools import freeze_graph as _today

_RENAMED = {'whitelist': 'allowlist', 'blacklist': 'denylist'}


def _with_old_keywords(usual: Callable[..., Any]) -> Callable[..., Any]:
    arguments = usual.__code__.co_varnames[: usual.__code__.co_argcount]

    @functools.wraps(usual)
    def function(*args: Any, **kwargs: Any) -> Any:
        return usual(*args, **{_todays(name, arguments): value for name, value in kwargs.items()})

    return function


def _todays(name: str, arguments: tuple[str, ...]) -> str:
    if name not in arguments:
        for old, new in _RENAMED.items():
            if name.endswith(old) and name.replace(old, new) in arguments:
                return name.replace(old, new)
    return name


freeze_graph = _with_old_keywords(_today.freeze_graph)
freeze_graph_with_def_protos = _with_old_keywords(_today.freeze_graph_with_def_protos)
