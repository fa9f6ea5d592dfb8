"""Writers of event files as resources, and the one that summaries go to."""

from __future__ import annotations

import contextlib
import os
import threading
import weakref
from collections.abc import Iterator
from typing import Any

import tf1 as tf

# TF 1.15's name for the collection of operations that open the files.
_INITIALIZERS = '_SUMMARY_WRITER_V2'


class _Default(threading.local):
    writer: SummaryWriter | None = None


_default = _Default()


class SummaryWriter:
    """What summaries are written with; without a resource, it writes nothing.

    Args:
      resource: of a writer, as `tf.raw_ops.SummaryWriter` makes it; None for a writer that does nothing.
      opener: returns the operation that opens the file; not needed without a resource.
    """

    def __init__(self, resource: tf.Tensor | None = None, opener: Any = None):
        self.resource = resource
        self._opener = opener
        if resource is None:
            return
        opened = opener()
        if tf.executing_eagerly():
            # Destroyed, it writes what it still holds back.
            weakref.finalize(self, tf.raw_ops.DestroyResourceOp, resource=resource, ignore_lookup_error=True)
        else:
            tf.add_to_collection(_INITIALIZERS, opened)

    def set_as_default(self) -> None:
        """Makes this the writer of all summaries of this thread from here on."""
        _default.writer = None if self.resource is None else self

    @contextlib.contextmanager
    def as_default(self) -> Iterator[SummaryWriter]:
        """Makes this the writer of the summaries of a `with` block, and flushes it at the end of the block."""
        before = _default.writer
        self.set_as_default()
        try:
            yield self
            self.flush()
        finally:
            _default.writer = before

    def init(self) -> tf.Operation | None:
        """Returns the operation that opens the file; opens it at once in an eager program."""
        return None if self.resource is None else self._opener()

    def flush(self) -> tf.Operation | None:
        """Returns the operation that writes out what the writer holds; writes at once in an eager program."""
        if self.resource is None:
            return None
        with tf.device('cpu:0'):
            return tf.raw_ops.FlushSummaryWriter(writer=self.resource)

    def close(self) -> tf.Operation | None:
        """Returns the operation that flushes and closes; closes at once in an eager program."""
        if self.resource is None:
            return None
        with tf.control_dependencies([self.flush()]), tf.device('cpu:0'):
            return tf.raw_ops.CloseSummaryWriter(writer=self.resource)


def default_writer() -> SummaryWriter | None:
    """Returns the writer of this thread's summaries, None where there is none."""
    return _default.writer


def create_file_writer(
    logdir: str | None,
    max_queue: int | None = None,
    flush_millis: int | None = None,
    filename_suffix: str | None = None,
    name: str | None = None,
) -> SummaryWriter:
    """Returns a writer of an event file in `logdir`.

    Args:
      logdir: folder of the file, made where it is missing; None for a writer that does nothing.
      max_queue: number of summaries that it may hold back, 10 if None.
      flush_millis: milliseconds after which it writes out, 120,000 if None.
      filename_suffix: end of the file's name, '.v2' if None.
      name: of the resource; writers of one name share a file. 'logdir:' and the folder if None.
    """
    if logdir is None:
        return SummaryWriter()
    with tf.device('cpu:0'):
        resource = tf.raw_ops.SummaryWriter(shared_name=name or f'logdir:{os.fspath(logdir)}')

    def opened() -> tf.Operation | None:
        with tf.device('cpu:0'):
            return tf.raw_ops.CreateSummaryFileWriter(
                writer=resource,
                logdir=os.fspath(logdir),
                max_queue=10 if max_queue is None else max_queue,
                flush_millis=120_000 if flush_millis is None else flush_millis,
                filename_suffix='.v2' if filename_suffix is None else filename_suffix,
            )

    return SummaryWriter(resource, opened)


def create_summary_file_writer(*args: Any, **kwargs: Any) -> SummaryWriter:
    """Returns what `create_file_writer` returns for the same arguments."""
    return create_file_writer(*args, **kwargs)


def flush(writer: SummaryWriter | tf.Tensor | None = None, name: str | None = None) -> tf.Operation | None:
    """Returns the operation that writes out what a writer holds; writes at once in an eager program.

    Args:
      writer: a writer or its resource; the default one if None.
      name: of the operation.
    """
    writer = default_writer() if writer is None else writer
    resource = writer.resource if isinstance(writer, SummaryWriter) else writer
    if resource is None:
        return tf.no_op()
    with tf.device('cpu:0'):
        return tf.raw_ops.FlushSummaryWriter(writer=resource, name=name)


def summary_writer_initializer_op() -> list[tf.Operation]:
    """Returns the operations that open the files of the graph's writers; they must run before the first summary.

    Raises:
      RuntimeError: the program is eager; its writers are open from the start.
    """
    if tf.executing_eagerly():
        raise RuntimeError(
            'summary_writer_initializer_op works only in a graph; writers of an eager program are open already.'
        )
    return tf.get_collection(_INITIALIZERS)


def eval_dir(model_dir: str, name: str | None = None) -> str:
    """Returns the folder of an evaluation's summaries, 'eval' or 'eval_NAME' in `model_dir`."""
    return os.path.join(model_dir, f'eval_{name}' if name else 'eval')
