"""`tf.contrib.learn.datasets`: MNIST, and small data sets in memory."""

from __future__ import annotations

from typing import Any

from tf1._namespace import removed
from tf1.contrib.learn.datasets import base, mnist, synthetic, text_datasets
from tf1.contrib.learn.datasets.base import load_boston, load_iris
from tf1.contrib.learn.datasets.mnist import load_mnist
from tf1.datasets import mnist as _mnist

DATASETS = {'iris': load_iris, 'boston': load_boston, 'mnist': load_mnist, 'dbpedia': text_datasets.load_dbpedia}
SYNTHETIC = {'circles': synthetic.circles, 'spirals': synthetic.spirals}

__all__ = [
    'DATASETS',
    'SYNTHETIC',
    'base',
    'load_boston',
    'load_dataset',
    'load_iris',
    'make_dataset',
    'mnist',
    'synthetic',
    'text_datasets',
]


def load_dataset(name: str, size: str = 'small', test_with_fake_data: bool = False) -> base.Dataset | base.Datasets:
    """Returns the data set `name`, one of `DATASETS`; the other arguments are for DBpedia.

    Raises:
      ValueError: another name.
    """
    if name in ('iris', 'boston'):
        return DATASETS[name]()
    if name == 'dbpedia':
        return text_datasets.load_dbpedia(size, test_with_fake_data)
    return _mnist.load_dataset(name, size, test_with_fake_data)


def make_dataset(
    name: str, n_samples: int = 100, noise: float | None = None, seed: int | None = 42, *args: Any, **kwargs: Any
) -> base.Dataset:
    """Returns the points of `name`, one of `SYNTHETIC`, which takes the other arguments.

    Raises:
      ValueError: another name.
    """
    if name not in SYNTHETIC:
        raise ValueError(f'name must be one of {sorted(SYNTHETIC)}, got {name!r}.')
    return SYNTHETIC[name](n_samples, noise, seed, *args, **kwargs)


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.learn.datasets', name)
