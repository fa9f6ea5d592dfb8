"""Checking, restoring and writing Saver checkpoints, under the names that the documents gave them."""

from __future__ import annotations

import os
from collections.abc import Mapping

import tf1 as tf
from tf1._checkpoint import lookup
from tf1._checkpoint.errors import CheckpointError
from tf1._checkpoint.reading import Stored


def restore(session: tf.Session, saver: tf.train.Saver, prefix: str) -> None:
    """Puts a checkpoint's values into the session, all of them or, on an error, none.

    Raises:
        CheckpointError: the checkpoint cannot be read to its end, or a variable of the graph is not in it or has
            another shape there.
    """
    wanted = {
        variable.op.name: variable.shape.as_list()
        for variable in session.graph.get_collection(tf.GraphKeys.GLOBAL_VARIABLES)
    }
    stored = Stored(prefix)
    _check_fits(prefix, wanted, {name: list(shape) for name, shape in stored.shapes.items()})
    for name in wanted:
        stored.value(name)
    saver.restore(session, prefix)


def save(session: tf.Session, saver: tf.train.Saver, directory: str, name: str, count: int) -> str:
    """Writes `directory/name-count`, makes it the latest, and returns its prefix."""
    os.makedirs(directory, exist_ok=True)
    return saver.save(session, os.path.join(directory, name), global_step=count)


def adopt(saver: tf.train.Saver, directory: str, name: str, done: int) -> None:
    """Lets a saver go on in a directory that holds checkpoints: it counts them among those that it keeps.

    Raises:
        CheckpointError: the directory holds checkpoints beyond `done`, which training on would overwrite.
    """
    there = list(lookup.steps(directory, name))
    beyond = [step for step in there if step > done]
    if beyond:
        raise CheckpointError(
            f'{directory} already holds {name}-{_listed(beyond)}, and this training stands at {done}; '
            'restore the latest checkpoint first, or train into an empty directory.'
        )
    saver.recover_last_checkpoints([os.path.join(directory, f'{name}-{step}') for step in there])


def _check_fits(prefix: str, wanted: Mapping[str, list[int]], stored: Mapping[str, list[int]]) -> None:
    wrong = [f'{name} is not in it' for name in wanted if name not in stored]
    wrong += [
        f'{name} is {stored[name]} there and {shape} here'
        for name, shape in wanted.items()
        if name in stored and stored[name] != shape
    ]
    if wrong:
        more = f' and {len(wrong) - 4} more' if len(wrong) > 4 else ''
        raise CheckpointError(
            f'{prefix} does not fit this graph: {"; ".join(wrong[:4])}{more}. '
            'Restore it into the system, with the hyperparameters, that wrote it.'
        )


def _listed(numbers: list[int]) -> str:
    return ', '.join(str(n) for n in numbers)
