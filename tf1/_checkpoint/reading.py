"""Reading a checkpoint a variable at a time."""

from __future__ import annotations

import glob
import os
import re

import numpy as np
import tensorflow.compat.v1 as tf

from tf1._checkpoint.errors import CheckpointError, reason
from tf1._files import regular_files

# What reading a file that is damaged raises. The reader turns TensorFlow's OutOfRange, a file that ends early, into an
# IndexError.
UNREADABLE = (tf.errors.OpError, OSError, ValueError, IndexError, RuntimeError)
OBJECT_GRAPH = '_CHECKPOINTABLE_OBJECT_GRAPH'


class Stored:
    """A checkpoint that can be read: its names, shapes and dtypes are in memory, its values are not."""

    def __init__(self, prefix: str):
        """Opens the index.

        Args:
          prefix: as `find` gives it.

        Raises:
          CheckpointError: the index is damaged, or there are no data files beside it.
        """
        missing = _missing_data(prefix)
        if missing:
            raise CheckpointError(
                f'{prefix} is half a checkpoint: {prefix}.index has no file {missing} beside it; '
                'copy the data files, too, or choose another checkpoint.'
            )
        self.prefix = prefix
        try:
            for file in (prefix, f'{prefix}.index', *glob.glob(f'{glob.escape(prefix)}.data-*')):
                regular_files.check(file)
            self._reader = tf.train.NewCheckpointReader(prefix)
            self.shapes = {n: tuple(shape) for n, shape in self._reader.get_variable_to_shape_map().items()}
            self.dtypes = {n: tf.as_dtype(dtype) for n, dtype in self._reader.get_variable_to_dtype_map().items()}
        except UNREADABLE as error:
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
        except UNREADABLE as error:
            raise self._damaged(error, f' at variable {name!r}') from error
        # A scalar string comes as bytes, whose trailing zeros NumPy's own string type would drop.
        dtype = object if self.dtypes[name] == tf.string else self.dtypes[name].as_numpy_dtype
        return np.asarray(value, dtype)

    def check(self) -> None:
        """Reads all of it, one variable at a time.

        Raises:
          CheckpointError: as for `value`.
        """
        for name in self.names:
            self.value(name)

    def _damaged(self, error: Exception, where: str = '') -> CheckpointError:
        return CheckpointError(
            f'{self.prefix} cannot be read{where}, a file of it may be missing or cut short: {reason(error)}. '
            'Choose another checkpoint.'
        )


def shape_text(shape: tuple[int, ...]) -> str:
    """Returns a shape as `28x28x1`; one of no dimensions is `scalar`."""
    return 'x'.join(map(str, shape)) or 'scalar'


def _missing_data(prefix: str) -> str | None:
    """The data file that an index lacks beside it, as far as names tell; None where all are there."""
    folder, name = os.path.split(prefix)
    if not tf.io.gfile.exists(f'{prefix}.index'):
        return None
    pattern = re.compile(rf'{re.escape(name)}\.data-(\d{{5}})-of-(\d{{5}})')
    parts = [match.groups() for match in map(pattern.fullmatch, tf.io.gfile.listdir(folder or '.')) if match]
    if not parts:
        return f'{prefix}.data-00000-of-00001'
    for total in sorted({total for _, total in parts}):
        present = {part for part, of in parts if of == total}
        missing = next((i for i in range(int(total)) if f'{i:05}' not in present), None)
        if missing is None:
            return None
        lacking = f'{prefix}.data-{missing:05}-of-{total}'
    return lacking
