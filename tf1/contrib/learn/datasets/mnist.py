"""`tf.contrib.learn.datasets.mnist`, with the names that TF 1.15 had there."""

from __future__ import annotations

from tf1._namespace import removed
from tf1.datasets.dataset import DataSet, Datasets, dense_to_one_hot
from tf1.datasets.idx_files import extract_images, extract_labels
from tf1.datasets.mnist import DEFAULT_SOURCE_URL, read_data_sets

__all__ = [
    'DEFAULT_SOURCE_URL',
    'DataSet',
    'dense_to_one_hot',
    'extract_images',
    'extract_labels',
    'load_mnist',
    'read_data_sets',
]


def load_mnist(train_dir: str = 'MNIST-data') -> Datasets:
    """Returns `read_data_sets(train_dir)`; `tf1.datasets.mnist.load_mnist` is another, document 3's reader.

    Raises:
      DataError: as in `read_data_sets`.
    """
    return read_data_sets(train_dir)


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.learn.datasets.mnist', name)
