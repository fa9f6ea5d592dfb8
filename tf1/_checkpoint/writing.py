"""Writing a new checkpoint, a part at a time, so that it is there whole or not at all."""

from __future__ import annotations

import contextlib
import glob
import os
import shutil
import uuid
from collections.abc import Callable, Iterable, Iterator

import numpy as np
import tensorflow.compat.v1 as tf

from tf1._checkpoint.errors import CheckpointError, reason

PART_BYTES = 256 * 2**20
"""Values of about so many bytes are in memory at once; they make one data file."""


def write(prefix: str, values: Iterable[tuple[str, tf.DType, np.ndarray]], part_bytes: int = PART_BYTES) -> None:
    """Writes a checkpoint in the format of a TF 1.15 Saver (V2), which TF 1.15 restores.

    It is written under another name and gets its own when all of it is there, the index last.

    Args:
      prefix: the new checkpoint, such as DIR/model.ckpt-100; its folder is made where it is missing.
      values: name, dtype and value of each variable; taken one after the other, so a generator may read them late.
      part_bytes: how many bytes make a data file.

    Raises:
      CheckpointError: there is something called `prefix` already, or it cannot be written; nothing is left behind.
    """
    check_free(prefix)
    folder, name = os.path.split(prefix)
    made = not os.path.isdir(folder or '.')
    temporary = os.path.join(folder, f'.{name}.{uuid.uuid4().hex}')
    try:
        os.makedirs(temporary)
        parts = [_write_part(os.path.join(temporary, f'part-{i}'), part) for i, part in _parts(values, part_bytes)]
        whole = os.path.join(temporary, 'whole')
        _run(lambda: tf.raw_ops.MergeV2Checkpoints(checkpoint_prefixes=parts, destination_prefix=whole), {})
        check_free(prefix)
        for file in sorted(glob.glob(f'{glob.escape(whole)}.*'), key=lambda file: file.endswith('.index')):
            os.replace(file, prefix + file.removeprefix(whole))
    except (OSError, tf.errors.OpError) as error:
        raise _unwritable(prefix, error) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
        if made:
            with contextlib.suppress(OSError):
                os.rmdir(folder)


def check_free(prefix: str) -> None:
    """Checks that nothing would be overwritten.

    Raises:
      CheckpointError: `prefix` is a folder, a file of a checkpoint, or a checkpoint that exists.
    """
    example = os.path.join(os.path.dirname(prefix), 'model.ckpt-0')
    if not os.path.basename(prefix) or os.path.isdir(prefix):
        raise CheckpointError(f'the output {prefix!r} must be a prefix, not a folder: choose one such as {example}.')
    if prefix.endswith(('.index', '.meta')) or '.data-' in os.path.basename(prefix):
        raise CheckpointError(f'the output {prefix} must be a prefix without an ending: choose one such as {example}.')
    there = [*glob.glob(f'{glob.escape(prefix)}.index'), *glob.glob(f'{glob.escape(prefix)}.data-*')]
    if there or os.path.exists(prefix):
        found = (there or [prefix])[0]
        raise CheckpointError(
            f'the output {prefix} exists ({found}): no checkpoint is overwritten, choose another name.'
        )


def _parts(
    values: Iterable[tuple[str, tf.DType, np.ndarray]], part_bytes: int
) -> Iterator[tuple[int, list[tuple[str, tf.DType, np.ndarray]]]]:
    part, size, count = [], 0, 0
    for entry in values:
        part.append(entry)
        size += sum(map(len, entry[2].ravel())) if entry[1] == tf.string else entry[2].nbytes
        if size >= part_bytes:
            yield count, part
            part, size, count = [], 0, count + 1
    if part:
        yield count, part


def _write_part(prefix: str, part: list[tuple[str, tf.DType, np.ndarray]]) -> str:
    fed = {}

    def save() -> tf.Operation:
        tensors = [tf.placeholder(dtype, value.shape) for _, dtype, value in part]
        fed.update(zip(tensors, (value for *_, value in part), strict=True))
        names = [name for name, *_ in part]
        return tf.raw_ops.SaveV2(prefix=prefix, tensor_names=names, shape_and_slices=[''] * len(part), tensors=tensors)

    _run(save, fed)
    return prefix


def _run(build: Callable[[], tf.Operation], fed: dict[tf.Tensor, np.ndarray]) -> None:
    with tf.Graph().as_default(), tf.device('/cpu:0'):
        operation = build()
        with tf.Session(config=tf.ConfigProto(device_count={'GPU': 0})) as session:
            session.run(operation, fed)


def _unwritable(prefix: str, error: Exception) -> CheckpointError:
    # TensorFlow says where in the graph it happened and ends with `FILE; No space left on device`.
    said = reason(error).rsplit(';', 1)[-1].strip()
    return CheckpointError(
        f'the output {prefix} cannot be written ({said}); nothing of it is left: free space there, or choose another.'
    )
