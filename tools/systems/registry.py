"""The nine systems: the module of each. Nothing is imported before it is asked for."""

from __future__ import annotations

import importlib
from types import ModuleType

MODULES = {
    'linear': 'estimators.linear',
    'linear_translated': 'estimators.linear',
    'mlp': 'estimators.mlp',
    'cnn': 'estimators.cnn',
    'patch_cnn': 'graphs.patch_cnn',
    'lowlevel_cnn': 'graphs.lowlevel_cnn',
    'layers_cnn': 'graphs.layers_cnn',
    'ocr_cnn': 'graphs.ocr_cnn',
    'batchnorm_cnn': 'graphs.batchnorm_cnn',
}
NAMES = tuple(MODULES)
ESTIMATORS = tuple(name for name, module in MODULES.items() if module.startswith('estimators.'))
GRAPHS = tuple(name for name in NAMES if name not in ESTIMATORS)


def module(name: str) -> ModuleType:
    """Returns the module of the system called `name`."""
    return importlib.import_module(MODULES[name])


def kind(name: str) -> ModuleType:
    """Returns the module with `evaluate` and `predict` for the system called `name`."""
    return importlib.import_module(f'tools.systems.{"estimator" if name in ESTIMATORS else "graph"}_systems')
