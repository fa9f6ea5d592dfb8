"""`value` of h5py's datasets, which h5py 3 has dropped."""

from __future__ import annotations

import importlib
from collections.abc import Callable

from tf1._backports import registry
from tf1._backports.notices import Notices
from tf1._backports.user_code import UserCode


def install(user_code: UserCode, notices: Notices) -> Callable[[], None]:
    """Gives datasets their `value`, for `user_code`. Returns a function to undo it."""
    kind = importlib.import_module('h5py').Dataset
    said = '{kind}.value is gone; dataset[()] stands in for it.'
    value = registry.Lent('value', lambda dataset: dataset[()], said, user_code, notices)
    return registry.patch_attributes({} if hasattr(kind, 'value') else {(kind, 'value'): value})
