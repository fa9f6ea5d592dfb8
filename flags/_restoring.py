"""The flag of the binaries that restore a checkpoint, and what it means for a model_dir."""

from __future__ import annotations

import os

import tensorflow.compat.v1 as tf
from absl import flags

from flags._binary import InputError

_CHECKPOINT = flags.DEFINE_string(
    'checkpoint', 'latest', 'Which checkpoint: latest, a step of one in MODEL_DIR, or a path.'
)


def checkpoint() -> str:
    """Returns the flag's value."""
    return _CHECKPOINT.value


def find(model_dir: str) -> str:
    """Returns the prefix of the wanted checkpoint of an Estimator.

    Raises:
      InputError: there is none; the text says which there are.
    """
    which = _CHECKPOINT.value
    there = _steps(model_dir)
    if which != 'latest' and not which.isdecimal():
        prefix = which.removesuffix('.index')
        if not os.path.exists(prefix + '.index'):
            raise InputError(f'--checkpoint={which} is not a checkpoint: there is no file {prefix}.index.')
        return prefix
    if not there:
        raise InputError(f'--model_dir={model_dir} holds no checkpoint: train into it first.')
    latest = tf.train.latest_checkpoint(model_dir)
    if which == 'latest' and latest:
        return latest
    step = there[-1] if which == 'latest' else int(which)
    if step not in there:
        known = ', '.join(map(str, there))
        raise InputError(f'--checkpoint={which} does not exist in {model_dir}, which holds steps {known}.')
    return os.path.join(model_dir, f'model.ckpt-{step}')


def _steps(model_dir: str) -> list[int]:
    files = tf.gfile.Glob(os.path.join(model_dir, 'model.ckpt-*.index'))
    return sorted(int(file.removesuffix('.index').rpartition('-')[2]) for file in files)
