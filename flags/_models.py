"""All systems by name, and the module that evaluates and asks each kind."""

from __future__ import annotations

from types import ModuleType

from estimators import systems
from flags import _estimators, _graphs

_KINDS: dict[str, ModuleType] = {
    **dict.fromkeys(systems.SYSTEMS, _estimators),
    **dict.fromkeys(_graphs.SYSTEMS, _graphs),
}
NAMES = tuple(_KINDS)


def kind(name: str) -> ModuleType:
    """Returns the module with `evaluate` and `predict` for the system called `name`."""
    return _KINDS[name]
