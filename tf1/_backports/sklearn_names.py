"""Libraries that scikit-learn carried along before 0.23: `from sklearn.externals import joblib`."""

from __future__ import annotations

import importlib

from tf1._backports import registry


def _externals(name: str) -> registry.StandIn | None:
    return registry.StandIn(importlib.import_module(name), name) if name in ('joblib', 'six') else None


FINDERS = {'sklearn.externals': _externals}
