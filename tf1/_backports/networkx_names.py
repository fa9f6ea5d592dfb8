"""Functions of NetworkX between graphs and matrices, by what NetworkX 3 calls them."""

from __future__ import annotations

from tf1._backports import registry

FINDERS = {
    'networkx': registry.named(
        {
            'from_numpy_matrix': 'networkx.from_numpy_array',
            'from_scipy_sparse_matrix': 'networkx.from_scipy_sparse_array',
            'to_numpy_matrix': 'networkx.to_numpy_array',
            'to_scipy_sparse_matrix': 'networkx.to_scipy_sparse_array',
        }
    )
}
