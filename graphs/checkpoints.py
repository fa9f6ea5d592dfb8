"""Finding, checking, restoring and writing Saver checkpoints, under the names that the documents gave them."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping

import tf1 as tf

# The reader turns TensorFlow's OutOfRange, that a file ends early, into an IndexError.
_UNREADABLE = (tf.errors.OpError, OSError, ValueError, IndexError, RuntimeError)


class CheckpointError(ValueError):
    """A checkpoint that is not there, cannot be read, belongs to another graph, or would be overwritten."""


def steps(directory: str, name: str) -> list[int]:
    """The numbers N of the checkpoints `directory/name-N`, ascending."""
    if not os.path.isdir(directory):
        return []
    found = (re.fullmatch(re.escape(name) + r'-(\d+)\.index', entry) for entry in os.listdir(directory))
    return sorted(int(match[1]) for match in found if match)


def find(directory: str, name: str, which: str | int = 'latest') -> str:
    """The prefix of a checkpoint.

    Args:
        directory: where checkpoints called `name-N` stand.
        name: `model.ckpt`, say.
        which: 'latest', a number N, or the path of a checkpoint anywhere, with or without `.index`.

    Raises:
        CheckpointError: there is no such checkpoint; the message names those that are there.
    """
    if isinstance(which, str) and which != 'latest' and not which.isdecimal():
        prefix = which.removesuffix('.index')
        if not os.path.isfile(prefix + '.index'):
            raise CheckpointError(f'{which} is not a checkpoint: there is no file {prefix}.index.')
        return prefix
    there = steps(directory, name)
    if not there:
        raise CheckpointError(f'{directory} holds no checkpoint called {name}-N; train into it first.')
    number = _latest(directory, name, there) if which == 'latest' else int(which)
    if number not in there:
        raise CheckpointError(f'{directory} holds no checkpoint {name}-{number}; it holds {_listed(there)}.')
    return os.path.join(directory, f'{name}-{number}')


def number(prefix: str) -> int:
    """N of a prefix `name-N`; 0 where it ends otherwise."""
    match = re.search(r'-(\d+)$', prefix)
    return int(match[1]) if match else 0


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
    try:
        reader = tf.train.NewCheckpointReader(prefix)
        stored = reader.get_variable_to_shape_map()
    except _UNREADABLE as error:
        raise _damaged(prefix, error) from error
    _check_fits(prefix, wanted, stored)
    try:
        for name in wanted:
            reader.get_tensor(name)
    except _UNREADABLE as error:
        raise _damaged(prefix, error) from error
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
    there = steps(directory, name)
    beyond = [step for step in there if step > done]
    if beyond:
        raise CheckpointError(
            f'{directory} already holds {name}-{_listed(beyond)}, and this training stands at {done}; '
            'restore the latest checkpoint first, or train into an empty directory.'
        )
    saver.recover_last_checkpoints([os.path.join(directory, f'{name}-{step}') for step in there])


def _latest(directory: str, name: str, there: list[int]) -> int:
    # The directory may have moved since, so only the last part of the recorded path counts.
    state = tf.train.get_checkpoint_state(directory)
    recorded = os.path.basename(state.model_checkpoint_path) if state else ''
    known = recorded.startswith(f'{name}-') and number(recorded) in there
    return number(recorded) if known else there[-1]


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


def _damaged(prefix: str, error: Exception) -> CheckpointError:
    return CheckpointError(f'{prefix} cannot be read, a file of it may be cut short: {error}')


def _listed(numbers: list[int]) -> str:
    return ', '.join(str(n) for n in numbers)
