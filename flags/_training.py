"""Flags of the two binaries that train."""

from __future__ import annotations

import dataclasses
from typing import Any

from absl import flags

STEPS = flags.DEFINE_integer(
    'steps',
    None,
    "Training steps in all, earlier runs counted; by default the document's. Not of lowlevel_cnn, layers_cnn and "
    'batchnorm_cnn, which count epochs.',
    lower_bound=1,
)
_BATCH_SIZE = flags.DEFINE_integer(
    'batch_size', None, "Images per training step; by default the document's.", lower_bound=1
)
_LEARNING_RATE = flags.DEFINE_float(
    'learning_rate', None, "Step size of the optimiser, > 0; by default the document's."
)
flags.register_validator(
    'learning_rate', lambda value: value is None or value > 0, message='--learning_rate must be > 0.'
)


def changed(hparams: Any, **more: Any) -> Any:
    """Returns `hparams` with the values of flags that were given, and with those of `more` that are not None."""
    given = {'batch_size': _BATCH_SIZE.value, 'learning_rate': _LEARNING_RATE.value, **more}
    return dataclasses.replace(hparams, **{name: value for name, value in given.items() if value is not None})
