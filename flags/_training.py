"""Flags of the two binaries that train."""

from __future__ import annotations

import dataclasses
from typing import Any

from absl import flags

from flags._failures import InputError

_MOST_RATE = 1000.0
STEPS = flags.DEFINE_integer(
    'steps',
    None,
    "Training steps in all, earlier runs counted; by default the document's. Not of lowlevel_cnn, layers_cnn and "
    'batchnorm_cnn, which count epochs.',
    lower_bound=1,
    upper_bound=2**63 - 1,
)
_BATCH_SIZE = flags.DEFINE_integer(
    'batch_size', None, "Images per training step; by default the document's.", lower_bound=1
)
_LEARNING_RATE = flags.DEFINE_float(
    'learning_rate', None, f"Step size of the optimizer, in (0, {_MOST_RATE:g}]; by default the document's."
)
flags.register_validator(
    'learning_rate',
    lambda value: value is None or 0 < value <= _MOST_RATE,
    message=f'--learning_rate must be > 0 and at most {_MOST_RATE:g}.',
)


def changed(hparams: Any, **more: Any) -> Any:
    """Returns `hparams` with the values of flags that were given, and with those of `more` that are not None."""
    given = {'batch_size': _BATCH_SIZE.value, 'learning_rate': _LEARNING_RATE.value, **more}
    return dataclasses.replace(hparams, **{name: value for name, value in given.items() if value is not None})


def check_batch_size(batch_size: int, images: int) -> None:
    """Checks that a batch is not larger than the training data.

    Raises:
      InputError: it is.
    """
    if batch_size > images:
        raise InputError(f'--batch_size={batch_size} is larger than the {images} training images: choose fewer.')
