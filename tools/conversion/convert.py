"""The conversions: each writes, asks both models about the same images, and leaves nothing where they differ."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from tf1._checkpoint import reading
from tools.conversion import comparison, frozen_graph, names, new_output, object_tree, saved_model, tf1_checkpoint
from tools.conversion.errors import ConversionError
from tools.conversion.inference import Inference
from tools.conversion.names import Arrays
from tools.conversion.tf2_process import Handover, take

Report = dict[str, Any]
Say = Callable[[str], None]


class Model(NamedTuple):
    """One of the nine systems, to be converted.

    hparams: the fields of its `HParams`.
    images: `[n, ...] float32`, as its placeholder takes them, on which both models are asked.
    say: whom to tell what is done.
    """

    name: str
    hparams: dict[str, Any]
    inference: Inference
    images: np.ndarray
    say: Say = print


class Folder(NamedTuple):
    """How a system keeps its checkpoints.

    name: of a checkpoint, before `-N`.
    number: N after so many steps.
    complete: writes what stands beside the checkpoints into the folder, given the learning rate.
    """

    name: str
    number: Callable[[int], int]
    complete: Callable[[str, float], None]


def to_keras(model: Model, prefix: str, path: str) -> Report:
    """Writes a `.keras` file with the weights and the state of the optimiser.

    Returns:
        What `to_tf2`, `to_saved_model` and `to_frozen_graph` return too: `largest_difference` of the outputs,
        `differences` of each, and the number of `images`. Here also `iterations`, the steps that the optimiser has
        done, None where the checkpoint has no such state.

    Raises:
        CheckpointError: the checkpoint cannot be read or belongs to another model, the output exists or has another
            ending, or the models differ.
    """
    if not path.endswith('.keras'):
        raise ConversionError(f'{path} must end with .keras.')
    return _through_keras(model, prefix, path, 'write_keras')


def to_tf2(model: Model, prefix: str, folder: str) -> Report:
    """Writes an object-based checkpoint of the Keras model and its optimiser, `ckpt-1`. Else as `to_keras`."""
    return _through_keras(model, prefix, folder, 'write_checkpoint')


def _through_keras(model: Model, prefix: str, path: str, do: str) -> Report:
    arrays = read_arrays(model, prefix)
    with new_output.output(path) as temporary, Handover() as handover:
        model.say(f'Building {model.name} in Keras 3.')
        job = keras_job(model, arrays, temporary, handover, do)
        handover.do(job)
        report = _compared(model, model.inference.answers(prefix, model.images), take(job['answers']))
    done = arrays.get(names.ITERATIONS)
    return {**report, 'iterations': None if done is None else int(done)}


def read_arrays(model: Model, prefix: str) -> Arrays:
    """What a checkpoint of the model holds, as the Keras side calls it. Raises CheckpointError where it is none."""
    return names.to_keras(_read(model, prefix), names.SYSTEMS[model.name])


def keras_job(model: Model, arrays: Arrays, path: str, handover: Handover, do: str = 'write_keras') -> dict[str, Any]:
    """The job of `tf2_job` that writes the Keras model, or with `write_checkpoint` a checkpoint of it, to `path`."""
    return {
        'do': do,
        'system': model.name,
        'hparams': model.hparams,
        'arrays': handover.give(**arrays),
        'output': path,
        'images': handover.give(images=model.images),
        'answers': handover.path(),
    }


def to_saved_model(model: Model, prefix: str, folder: str) -> Report:
    """Writes a SavedModel with the signature `serving_default`. Returns and raises as `to_keras`."""
    _read(model, prefix)
    with new_output.output(folder) as temporary:
        saved_model.write(model.inference, prefix, temporary)
        wanted = model.inference.answers(prefix, model.images)
        return _compared(model, wanted, saved_model.answers(temporary, model.images, wanted))


def to_frozen_graph(model: Model, prefix: str, path: str) -> Report:
    """Writes a GraphDef with constants in place of variables. Raises as `to_keras`; returns the tensors' names too."""
    _read(model, prefix)
    with new_output.output(path) as temporary:
        frozen_graph.write(model.inference, prefix, temporary)
        wanted = model.inference.answers(prefix, model.images)
        report = _compared(model, wanted, frozen_graph.answers(model.inference, temporary, model.images, wanted))
    outputs = {name: tensor.name for name, tensor in model.inference.outputs.items()}
    return {**report, 'input': model.inference.x.name, 'outputs': outputs}


def to_tree(prefix: str, folder: str, say: Say = print) -> Report:
    """Writes any name-based checkpoint as an object-based one, `ckpt-1`, and compares all values.

    Raises:
        CheckpointError: it cannot be read, its names stand in each other's way, or the output exists.
    """
    values = tf1_checkpoint.read(prefix)
    if reading.OBJECT_GRAPH in values:
        raise ConversionError(f'{prefix} is object-based already: restore it with tf.train.Checkpoint.')
    with new_output.output(folder) as temporary, Handover() as handover:
        say(f'Writing {len(values)} variables as objects.')
        handover.do({'do': 'write_tree', 'prefix': os.path.abspath(prefix), 'output': temporary})
        found = tf1_checkpoint.read(os.path.join(temporary, 'ckpt-1'))
        for name, place in object_tree.places(values).items():
            if not _same(found[object_tree.key(place, name)], values[name]):
                raise ConversionError(f'{name} has other values after conversion.')
    return {'variables': len(values), 'largest_difference': 0.0}


def _same(found: np.ndarray, wanted: np.ndarray) -> bool:
    # Bit by bit, since no NaN equals another; an array of strings holds addresses.
    bits = [array.tolist() if array.dtype == object else array.tobytes() for array in (found, wanted)]
    return found.shape == wanted.shape and bits[0] == bits[1]


def from_keras(model: Model, file: str, output: str, folder: Folder) -> Report:
    """Writes the weights and the optimiser's state of a `.keras` file as a checkpoint of the system.

    Args:
        model: what the file holds.
        file: its path.
        output: a new `model_dir`.
        folder: what it has to look like.

    Returns:
        As `to_keras`, and the checkpoint's `prefix` without its folder, and the `learning_rate` of the optimiser.

    Raises:
        ConversionError: the file is not there or holds another model, the output exists, or the models differ.
    """
    if not os.path.isfile(file):
        raise ConversionError(f'{file} is not there: name a .keras file.')
    with new_output.output(output) as temporary, Handover() as handover:
        model.say(f'Reading {file} with Keras 3.')
        job = {
            'do': 'read_keras',
            'system': model.name,
            'input': os.path.abspath(file),
            'arrays': handover.path(),
            'images': handover.give(images=model.images),
            'answers': handover.path(),
        }
        handover.do(job)
        arrays = take(job['arrays'])
        done, rate = int(arrays[names.ITERATIONS]), float(str(arrays[names.LEARNING_RATE]))
        prefix = tf1_checkpoint.write(_values(model, file, arrays), temporary, folder.name, folder.number(done))
        folder.complete(temporary, rate)
        report = _compared(model, take(job['answers']), model.inference.answers(prefix, model.images))
    return {**report, 'prefix': os.path.basename(prefix), 'iterations': done, 'learning_rate': rate}


def _values(model: Model, file: str, arrays: Arrays) -> Arrays:
    try:
        return names.to_checkpoint(arrays, names.SYSTEMS[model.name], model.inference.shapes())
    except ValueError as error:
        raise ConversionError(
            f'{file} is not {model.name} with these hyperparameters ({error}): name the folder that it comes from.'
        ) from error


def _read(model: Model, prefix: str) -> Arrays:
    values = tf1_checkpoint.read(prefix)
    names.check(prefix, values, names.SYSTEMS[model.name], model.inference.shapes())
    return values


def _compared(model: Model, wanted: Arrays, got: Arrays) -> Report:
    found = comparison.check(wanted, got)
    model.say(f'On {len(model.images)} images, outputs differ by at most {max(found.values()):.3g}.')
    return {'largest_difference': max(found.values()), 'differences': found, 'images': len(model.images)}
