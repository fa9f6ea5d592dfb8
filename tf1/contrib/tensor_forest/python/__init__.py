"""The module of forests as graphs."""

from tf1.contrib.tensor_forest.python import tensor_forest

__all__ = ['tensor_forest']
