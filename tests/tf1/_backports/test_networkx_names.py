"""NetworkX is no requirement of these tests: a module in its place has the new names."""

from __future__ import annotations

import importlib.machinery
import sys
import types

import pytest


@pytest.mark.parametrize(
    ('old', 'new'),
    [
        ('from_numpy_matrix', 'from_numpy_array'),
        ('from_scipy_sparse_matrix', 'from_scipy_sparse_array'),
        ('to_numpy_matrix', 'to_numpy_array'),
        ('to_scipy_sparse_matrix', 'to_scipy_sparse_array'),
    ],
)
def test_functions_have_their_old_names(installed, monkeypatch, old, new):
    module = types.ModuleType('networkx')
    module.__spec__ = importlib.machinery.ModuleSpec('networkx', None)
    setattr(module, new, len)
    monkeypatch.setitem(sys.modules, 'networkx', module)
    import networkx as nx

    assert getattr(nx, old) is len
    with pytest.raises(AttributeError):
        nx.nonsense  # noqa: B018
