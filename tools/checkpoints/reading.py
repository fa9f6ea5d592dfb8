"""Finding a checkpoint where a person points, and reading it a variable at a time."""

from __future__ import annotations

import glob
import os
import re

import numpy as np

import tf1 as tf
from tools.checkpoints.errors import CheckpointError

OBJECT_GRAPH = '_CHECKPOINTABLE_OBJECT_GRAPH'
_FILE_ENDING = re.compile(r'\.(index|meta|data-\d{5}-of-\d{5})$')
# The reader turns TensorFlow's OutOfRange, that a file ends early, into an IndexError.
_UNREADABLE = (tf.errors.OpError, OSError, ValueError, IndexError, RuntimeError)


class Stored:
    """A checkpoint that can be read: its names, shapes and dtypes are in memory, its values are not."""

    def __init__(self, prefix: str):
        """Opens the index.

        Args:
          prefix: as `find` gives it.

        Raises:
          CheckpointError: the index is damaged, or there are no data files beside it.
        """
        if os.path.isfile(f'{prefix}.index') and not glob.glob(f'{glob.escape(prefix)}.data-*-of-*'):
            raise CheckpointError(
                f'{prefix} is half a checkpoint: {prefix}.index has no file {prefix}.data-00000-of-00001 beside it; '
                'copy the data files, too, or choose another checkpoint.'
            )
        self.prefix = prefix
        try:
            self._reader = tf.train.NewCheckpointReader(prefix)
            self.shapes = {n: tuple(shape) for n, shape in self._reader.get_variable_to_shape_map().items()}
            self.dtypes = {n: tf.as_dtype(dtype) for n, dtype in self._reader.get_variable_to_dtype_map().items()}
        except _UNREADABLE as error:
            raise self._damaged(error) from error
        self.names = sorted(self.shapes)

    @property
    def is_object_based(self) -> bool:
        """Whether `tf.train.Checkpoint` of TF 2 wrote it, and not a Saver."""
        return OBJECT_GRAPH in self.shapes

    def value(self, name: str) -> np.ndarray:
        """Returns a variable; one that was saved in slices is put together, strings are objects (bytes).

        Raises:
          CheckpointError: a data file is missing, cut short or damaged.
        """
        try:
            value = self._reader.get_tensor(name)
        except _UNREADABLE as error:
            raise self._damaged(error, f' at variable {name!r}') from error
        # A scalar string comes as bytes, whose trailing zeros NumPy's own string type would drop.
        dtype = object if self.dtypes[name] == tf.string else self.dtypes[name].as_numpy_dtype
        return np.asarray(value, dtype)

    def _damaged(self, error: Exception, where: str = '') -> CheckpointError:
        reason = ' '.join(str(getattr(error, 'message', None) or error).split())
        return CheckpointError(
            f'{self.prefix} cannot be read{where}, a file of it may be missing or cut short: {reason}. '
            'Choose another checkpoint.'
        )


def find(path: str, step: int | None = None) -> str:
    """Returns the prefix of the checkpoint that a path means.

    Args:
      path: a prefix, a file of a checkpoint, a model_dir, a SavedModel or its variables folder.
      step: which checkpoint of a model_dir; None for the latest.

    Raises:
      CheckpointError: there is none, the folder's `checkpoint` file names one that is missing, or two have that step.
    """
    if os.path.isdir(path):
        saved = next((s for s in _in_saved_model(path) if os.path.isfile(f'{s}.index')), None)
        return saved or _in_model_dir(path, step)
    prefix = _FILE_ENDING.sub('', path)
    if not _exists(prefix):
        raise CheckpointError(
            f'{path} is not a checkpoint: there is no file {prefix}.index; give MODEL_DIR/model.ckpt-STEP or MODEL_DIR.'
        )
    return prefix


def steps(model_dir: str) -> dict[int, list[str]]:
    """Returns the prefixes of a folder's checkpoints `NAME-STEP` by step, ascending.

    Raises:
      CheckpointError: it is not a folder.
    """
    if not os.path.isdir(model_dir):
        raise CheckpointError(f'{model_dir} is not a folder: give the model_dir that holds the checkpoints.')
    found: dict[int, list[str]] = {}
    for entry in sorted(os.listdir(model_dir)):
        match = re.fullmatch(r'(.+-(\d+))\.index', entry)
        if match:
            found.setdefault(int(match[2]), []).append(os.path.join(model_dir, match[1]))
    return dict(sorted(found.items()))


def at_step(model_dir: str, step: int) -> str:
    """Returns the prefix of a folder's checkpoint of that step.

    Raises:
      CheckpointError: there is none, there are several of different names, or it is not a folder.
    """
    there = steps(model_dir)
    if step not in there:
        known = f'it holds steps {", ".join(map(str, there))}' if there else 'it holds none'
        raise CheckpointError(f'step {step} has no checkpoint in {model_dir}: {known}.')
    if len(there[step]) > 1:
        raise CheckpointError(f'step {step} has several checkpoints in {model_dir}: give {" or ".join(there[step])}.')
    return there[step][0]


def _exists(prefix: str) -> bool:
    # Savers before TF 0.12, and in TF 1.15 with write_version=V1, wrote no index: the prefix is the file, or a pattern
    # of files where they were sharded.
    return os.path.isfile(f'{prefix}.index') or any(map(os.path.isfile, [prefix, *glob.glob(prefix)]))


def _in_saved_model(path: str) -> list[str]:
    inside = os.path.join(path, 'variables', 'variables')
    if os.path.isfile(os.path.join(path, 'saved_model.pb')):
        return [inside]
    return [os.path.join(path, 'variables')] if os.path.basename(os.path.normpath(path)) == 'variables' else []


def _in_model_dir(path: str, step: int | None) -> str:
    if step is not None:
        return at_step(path, step)
    recorded = _recorded(path)
    if recorded is None:
        there = steps(path)
        if not there:
            raise CheckpointError(f'{path} holds no checkpoint: choose a model_dir that was trained into.')
        return at_step(path, max(there))
    # The folder may have moved since, so only the last part of the recorded path counts.
    prefix = os.path.join(path, os.path.basename(recorded))
    if not _exists(prefix):
        known = ', '.join(map(str, steps(path))) or 'none'
        raise CheckpointError(
            f'{os.path.join(path, "checkpoint")} names {recorded}, which is missing: '
            f'choose another with --step (there are: {known}).'
        )
    return prefix


def _recorded(path: str) -> str | None:
    """The latest checkpoint that the folder's `checkpoint` file names, None where there is no such file."""
    file = os.path.join(path, 'checkpoint')
    if not os.path.isfile(file):
        return None
    with open(file, encoding='utf-8', errors='replace') as lines:
        named = re.search(r'^\s*model_checkpoint_path:\s*"([^"]*)"', lines.read(), re.MULTILINE)
    if not named or not named[1]:
        raise CheckpointError(f'{file} cannot be read: it names no checkpoint; choose one with --step.')
    return named[1]


def shape_text(shape: tuple[int, ...]) -> str:
    """Returns a shape as `28x28x1`; one of no dimensions is `scalar`."""
    return 'x'.join(map(str, shape)) or 'scalar'
