"""Forests as Estimators, and metrics for them."""

from tf1.contrib.tensor_forest.client import eval_metrics, random_forest

__all__ = ['eval_metrics', 'random_forest']
