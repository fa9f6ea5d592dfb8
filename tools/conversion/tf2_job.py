"""The process without `tf1`: `python -m tools.conversion.tf2_job JOBS.json`.

JOBS.json holds a list of `{'do': NAME, ...}`, done in order up to one that fails: then the last line of standard error
says why, behind `tf2_job: `, and the status is 2. Arrays are handed over in .npz files.
"""

from __future__ import annotations

import json
import os
import sys
import zipfile
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from tools.conversion import keras_models, keras_state, names, object_tree
from tools.conversion.errors import ConversionError, reason

ERROR = 'tf2_job: '
LOGITS, PROBABILITIES = 'logits', 'probabilities'
Job = dict[str, Any]


def write_keras(job: Job) -> None:
    """Writes a `.keras` file, and what the model in it answers.

    Keys: `system`, `hparams`, `arrays`, `output`; `images` and `answers`, .npz files to read and to write.
    """
    _filled(job).save(job['output'])
    _prove(keras.saving.load_model(job['output']), job)


def write_checkpoint(job: Job) -> None:
    """Writes `tf.train.Checkpoint(model=..., optimizer=...)` as OUTPUT/ckpt-1; keys as of `write_keras`."""
    model = _filled(job)
    try:
        checkpoint = tf.train.Checkpoint(model=model, optimizer=model.optimizer)
    except ValueError as error:
        raise ConversionError(
            f'Keras {keras.__version__} cannot save its optimizer so: install a newer one.'
        ) from error
    saved = checkpoint.save(os.path.join(job['output'], 'ckpt'))
    fresh = keras_models.build(job['system'], job['hparams'])
    tf.train.Checkpoint(model=fresh, optimizer=fresh.optimizer).restore(saved).assert_consumed()
    _prove(fresh, job)


def write_tree(job: Job) -> None:
    """Writes the checkpoint `prefix` as an object tree into the folder `output`."""
    object_tree.write(job['prefix'], job['output'])


def read_keras(job: Job) -> None:
    """Reads a `.keras` file, `input`; writes its `arrays`, and its `answers` to `images`."""
    system = names.SYSTEMS[job['system']]
    try:
        model = keras.saving.load_model(job['input'])
        arrays = keras_state.get(model, system)
    except (ConversionError, ValueError, TypeError, OSError, KeyError, zipfile.BadZipFile) as error:
        raise ConversionError(f'{job["input"]} is not a Keras model of {job["system"]}: {error}') from error
    np.savez(job['arrays'], **arrays)
    _answer(model, job)


_DOES = {do.__name__: do for do in (write_keras, write_checkpoint, write_tree, read_keras)}


def run(jobs: list[Job]) -> None:
    """Does the jobs, in order."""
    for job in jobs:
        _DOES[job['do']](job)


def _filled(job: Job) -> keras.Model:
    model = keras_models.build(job['system'], job['hparams'])
    with np.load(job['arrays']) as arrays:
        keras_state.put(model, dict(arrays), names.SYSTEMS[job['system']])
    return model


def _prove(model: keras.Model, job: Job) -> None:
    """Writes what a model that was read back answers, once its weights and optimiser are those that were given."""
    found = keras_state.get(model, names.SYSTEMS[job['system']])
    with np.load(job['arrays']) as arrays:
        lost = [name for name, value in arrays.items() if not np.array_equal(found[name], value)]
    if lost:
        raise ConversionError(f'{", ".join(lost)} came back with other values: convert with another release of Keras.')
    _answer(model, job)


def _answer(model: keras.Model, job: Job) -> None:
    with np.load(job['images']) as file:
        logits = model(file['images'], training=False)
    np.savez(job['answers'], **{LOGITS: logits, PROBABILITIES: keras.ops.softmax(logits)})


def main(arguments: list[str]) -> None:
    """Does the jobs in a file."""
    with open(arguments[0]) as file:
        jobs = json.load(file)
    try:
        run(jobs)
    except ConversionError as error:
        _fail(' '.join(str(error).split()))
    except (OSError, tf.errors.OpError) as error:
        _fail(f'a file cannot be read or written ({reason(error)}): make room, or name another output.')


def _fail(text: str) -> None:
    print(ERROR + text, file=sys.stderr, flush=True)
    sys.exit(2)


if __name__ == '__main__':
    main(sys.argv[1:])
