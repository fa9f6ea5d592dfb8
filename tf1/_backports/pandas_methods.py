"""Methods of pandas' tables and columns that pandas 1 and 2 have dropped: `as_matrix`, `get_values`, `append`, ..."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import pandas as pd

from tf1._backports import registry
from tf1._backports.notices import Notices
from tf1._backports.user_code import UserCode


def _as_matrix(data: Any, columns: Any = None) -> Any:
    return (data if columns is None else data[columns]).to_numpy()


def _append(data: Any, other: Any, ignore_index: bool = False, **ignored: Any) -> Any:
    # A dictionary or an unnamed column is one more row.
    if isinstance(data, pd.DataFrame) and isinstance(other, (dict, pd.Series)):
        other = pd.DataFrame([other])
    others = list(other) if isinstance(other, (list, tuple)) else [other]
    return pd.concat([data, *others], ignore_index=ignore_index)


_METHODS = {
    'append': (_append, 'pd.concat'),
    'as_matrix': (_as_matrix, 'to_numpy()'),
    'get_values': (_as_matrix, 'to_numpy()'),
    'iteritems': (lambda data: data.items(), 'items()'),
}


def install(user_code: UserCode, notices: Notices) -> Callable[[], None]:
    """Gives tables and columns the methods that they lack, for `user_code`. Returns a function to undo it."""
    lent = {}
    for name, (function, words) in _METHODS.items():
        said = f'{{kind}}.{name} is gone; {words} stands in for it.'
        method = registry.Lent(name, functools.partial(functools.partial, function), said, user_code, notices)
        lent.update({(kind, name): method for kind in (pd.DataFrame, pd.Series) if not hasattr(kind, name)})
    return registry.patch_attributes(lent)
