"""Flags that several binaries have, declared once."""

from __future__ import annotations

import os
from collections.abc import Iterable

from absl import flags

from flags._binary import InputError

MODELS_DIR = 'models'

_MODEL = flags.DEFINE_string(
    'model',
    None,
    'Which system: linear, linear_translated, mlp, cnn (Estimators); patch_cnn, lowlevel_cnn, layers_cnn, ocr_cnn, '
    'batchnorm_cnn (session graphs).',
)
_MODEL_DIR = flags.DEFINE_string(
    'model_dir', None, f'Folder of checkpoints, event files and figures; by default {MODELS_DIR}/MODEL.'
)
_DATA_DIR = flags.DEFINE_string(
    'data_dir', None, 'Folder of four IDX files in the format of MNIST, gzipped or not; by default the packaged MNIST.'
)
_SEED = flags.DEFINE_integer(
    'seed', 2, 'Seed of weights, batches and of where images are translated to.', lower_bound=0
)
_FIGURES = flags.DEFINE_bool('figures', True, 'Whether to draw figures into MODEL_DIR/figures.')


def model(allowed: Iterable[str]) -> str:
    """Returns the chosen system.

    Raises:
      InputError: none is chosen, or it is not one of `allowed`.
    """
    names = list(allowed)
    if _MODEL.value not in names:
        got = 'is missing' if _MODEL.value is None else f'got {_MODEL.value!r}'
        raise InputError(f'--model must be one of {", ".join(names)}: {got}.')
    return _MODEL.value


def model_dir() -> str:
    """Returns the folder of the chosen system."""
    return _MODEL_DIR.value or os.path.join(MODELS_DIR, str(_MODEL.value))


def data_dir() -> str | None:
    """Returns the folder of IDX files, or None for the packaged ones."""
    return _DATA_DIR.value


def seed() -> int:
    """Returns the seed."""
    return _SEED.value


def wants_figures() -> bool:
    """Returns whether to draw figures."""
    return _FIGURES.value
