"""Flags that several binaries have, declared once."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

from absl import flags

from flags._failures import InputError
from tools.systems import registry

if TYPE_CHECKING:
    from tools.systems import results

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
    'seed',
    None,
    "Seed of weights, batches and of where images are translated to, in 0..2147483647; by default the system's own.",
    lower_bound=0,
    upper_bound=2**31 - 1,
)
_FIGURES = flags.DEFINE_bool('figures', True, 'Whether to draw figures into MODEL_DIR/figures.')


def model(allowed: Iterable[str]) -> str:
    """Returns the chosen system.

    Raises:
      InputError: none is chosen, or it is not one of `allowed`.
    """
    names, chosen = list(allowed), _MODEL.value
    if chosen is None:
        raise InputError(f'--model is missing: choose one of {", ".join(names)}.')
    if chosen not in names:
        other = 'train_estimator' if chosen in registry.ESTIMATORS else 'train_graph'
        remedy = (
            f'python -m flags.{other} trains it' if chosen in registry.NAMES else f'choose one of {", ".join(names)}'
        )
        raise InputError(f'--model={chosen} is not one of the systems of this binary: {remedy}.')
    return chosen


def model_dir() -> str:
    """Returns the folder of the chosen system."""
    return _MODEL_DIR.value or os.path.join(MODELS_DIR, str(_MODEL.value))


def data_dir() -> str | None:
    """Returns the folder of IDX files, or None for the packaged ones."""
    return _DATA_DIR.value


def seed() -> int | None:
    """Returns the seed that was given, None for the system's own."""
    return _SEED.value


def source(checkpoint: str | None = None) -> results.Source:
    """Returns where data and weights come from; `checkpoint` as the flag --checkpoint has it, None for the latest."""
    from estimators.hparams import DEFAULT_SEED
    from tools.systems import results

    return results.Source(_DATA_DIR.value, DEFAULT_SEED if seed() is None else seed(), checkpoint or 'latest')


def check_data_dir() -> None:
    """Checks that there is a folder where --data_dir points.

    Raises:
      InputError: there is none.
    """
    if _DATA_DIR.value is not None and not os.path.isdir(_DATA_DIR.value):
        raise InputError(f'--data_dir={_DATA_DIR.value} is not a folder: choose one with the four IDX files.')


def existing_model_dir() -> str:
    """Returns the folder of the chosen system, which is there.

    Raises:
      InputError: it is not.
    """
    path = model_dir()
    if not os.path.isdir(path):
        what = 'is a file' if os.path.lexists(path) else 'does not exist'
        raise InputError(f'--model_dir={path} {what}: choose a folder that was trained into.')
    return path


def wants_figures() -> bool:
    """Returns whether to draw figures."""
    return _FIGURES.value
