"""All systems by name, and the module that evaluates and asks each kind."""

from __future__ import annotations

from types import ModuleType

from estimators import systems
from tools.systems import estimator_systems, graph_systems

_KINDS: dict[str, ModuleType] = {
    **dict.fromkeys(systems.SYSTEMS, estimator_systems),
    **dict.fromkeys(graph_systems.SYSTEMS, graph_systems),
}
NAMES = tuple(_KINDS)


def kind(name: str) -> ModuleType:
    """Returns the module with `evaluate` and `predict` for the system called `name`."""
    return _KINDS[name]
