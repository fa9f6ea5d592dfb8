"""`tf.contrib.learn.datasets.text_datasets`: DBpedia's articles, from CSV files in a local folder."""

from __future__ import annotations

import os

import numpy as np

import tf1 as tf
from tf1._namespace import removed
from tf1.contrib.learn.datasets.base import Datasets, load_csv_without_header, shrink_csv

DBPEDIA_URL = 'https://github.com/le-scientifique/torchDatasets/raw/master/dbpedia_csv.tar.gz'

__all__ = ['DBPEDIA_URL', 'load_dbpedia', 'maybe_download_dbpedia']


def maybe_download_dbpedia(data_dir: str) -> None:
    """Makes sure that `data_dir` holds `dbpedia_csv/train.csv` and `dbpedia_csv/test.csv`. Nothing is downloaded.

    Raises:
      FileNotFoundError: it does not; the text says where the files are kept today.
    """
    for name in ('train.csv', 'test.csv'):
        path = os.path.join(data_dir, 'dbpedia_csv', name)
        if not tf.gfile.Exists(path):
            raise FileNotFoundError(
                f'{path} is missing, and TF 1.15 took it from a place that is gone: put the CSV files of DBpedia '
                "(class, title, text; also 'dbpedia_subset' of the package tensorflow_datasets) there."
            )


def load_dbpedia(size: str = 'small', test_with_fake_data: bool = False) -> Datasets:
    """Returns DBpedia's articles, read from `dbpedia_data/dbpedia_csv` in the working directory.

    Args:
      size: 'small' takes every 1000th article (and keeps them in files of their own), anything else takes all.
      test_with_fake_data: must be False; made-up articles are not part of tf1.

    Returns:
      `train` and `test`, each with `data`, `[articles, 2]` strings, titles and texts, and `target`, `[articles]` int32
      from 1; `validation` is None.

    Raises:
      FileNotFoundError: the files are not there.
      ValueError: `test_with_fake_data` is set.
    """
    if test_with_fake_data:
        raise ValueError('test_with_fake_data must be False: write articles to dbpedia_data/dbpedia_csv instead.')
    folder = os.path.join('dbpedia_data', 'dbpedia_csv')
    maybe_download_dbpedia('dbpedia_data')
    splits = {}
    for split in ('train', 'test'):
        path = os.path.join(folder, f'{split}.csv')
        if size == 'small':
            shrink_csv(path, 1000)
            path = os.path.join(folder, f'{split}_small.csv')
        splits[split] = load_csv_without_header(path, np.int32, 'str', target_column=0)
    return Datasets(train=splits['train'], validation=None, test=splits['test'])


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.learn.datasets.text_datasets', name)
