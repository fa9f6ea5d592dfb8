"""The version that a program sees: TF 1.15.5, whose behaviour it gets, instead of the installed TensorFlow's.

Programs assert and branch on it: `assert tf.__version__ < '2'`, `tf.__version__.startswith('1.')`.
"""

from __future__ import annotations

import importlib.metadata

VERSION = '1.15.5'
KERAS_VERSION = '2.2.4-tf'
"""Of the Keras that TF 1.15.5 brought as `tf.keras`."""
_DISTRIBUTION = 'tf1-compat'


def report() -> str:
    """Returns a line with tf1's own version, the one that programs see and the installed TensorFlow's."""
    return (
        f'{_DISTRIBUTION} {_installed(_DISTRIBUTION)}: programs see TensorFlow {VERSION}, '
        f'which runs on TensorFlow {_installed("tensorflow")}'
    )


def _installed(distribution: str) -> str:
    try:
        return importlib.metadata.version(distribution)
    except importlib.metadata.PackageNotFoundError:
        return '(not installed under this name)'
