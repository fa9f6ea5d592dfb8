"""Operations that write summaries with the default writer."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable
from typing import Any

import tf1 as tf
from tf1.contrib.summary import recording, writers

# TF 1.15's name for the collection of these operations.
_SUMMARIES = '_SUMMARY_V2'
_Written = tf.Tensor | tf.Operation | None


def all_summary_ops() -> list[tf.Tensor] | None:
    """Returns the summaries of the default graph, to run with a training step; None in an eager program."""
    return None if tf.executing_eagerly() else tf.get_collection(_SUMMARIES)


def initialize(graph: tf.Graph | tf.GraphDef | None = None, session: tf.Session | None = None) -> None:
    """Opens the files of the graph's writers; does nothing in an eager program.

    Args:
      graph: is written as a summary of step 0, if given.
      session: runs the operations; the default session if None.

    Raises:
      RuntimeError: no writer is the default one.
      ValueError: there is no session.
    """
    if tf.executing_eagerly():
        return
    if writers.default_writer() is None:
        raise RuntimeError('No default writer; call initialize inside `with create_file_writer(...).as_default():`.')
    session = session or tf.get_default_session()
    if session is None:
        raise ValueError('initialize needs a session; pass session, or call it inside `with tf.Session():`.')
    session.run(writers.summary_writer_initializer_op())
    if graph is not None:
        data = tf.placeholder(tf.string, [])
        session.run(_write_graph(data, 0), {data: _serialized(graph)})


def scalar(name: str, tensor: Any, family: str | None = None, step: Any = None) -> _Written:
    """Writes a number.

    Args:
      name: of the summary; the name scope stands before it in the tag.
      tensor: a real scalar.
      family: a prefix of the tag, which groups summaries in TensorBoard.
      step: int64 scalar; the global step if None.

    Returns:
      Whether it was written, a bool scalar, which `all_summary_ops` has, too; an operation that does nothing, or None
      in an eager program, where no writer is the default one.
    """

    def write(tag: str, scope: str) -> _Written:
        return tf.raw_ops.WriteScalarSummary(
            writer=_resource(), step=_step(step), tag=tag, value=tf.identity(tensor), name=scope
        )

    return _summary(name, family, tensor, write)


def histogram(name: str, tensor: Any, family: str | None = None, step: Any = None) -> _Written:
    """Writes the distribution of a tensor of any shape; the other arguments and the result are those of `scalar`."""

    def write(tag: str, scope: str) -> _Written:
        return tf.raw_ops.WriteHistogramSummary(
            writer=_resource(), step=_step(step), tag=tag, values=tf.identity(tensor), name=scope
        )

    return _summary(name, family, tensor, write)


def image(
    name: str,
    tensor: Any,
    bad_color: Any = None,
    max_images: int = 3,
    family: str | None = None,
    step: Any = None,
) -> _Written:
    """Writes images, with tags NAME/image/0 and so on.

    Args:
      name: of the summary, as for `scalar`.
      tensor: [batch, height, width, channels] uint8, float16 or float32; 1, 3 or 4 channels.
      bad_color: uint8 [channels], the colour of pixels that are not finite; red if None.
      max_images: number of images of the batch that are written at most.
      family: a prefix of the tag.
      step: int64 scalar; the global step if None.

    Returns:
      What `scalar` returns.
    """

    def write(tag: str, scope: str) -> _Written:
        color = tf.constant([255, 0, 0, 255], tf.uint8) if bad_color is None else bad_color
        images, at = tf.identity(tensor), _step(step)
        return tf.raw_ops.WriteImageSummary(
            writer=_resource(), step=at, tag=tag, tensor=images, bad_color=color, max_images=max_images, name=scope
        )

    return _summary(name, family, tensor, write)


def audio(
    name: str, tensor: Any, sample_rate: Any, max_outputs: int, family: str | None = None, step: Any = None
) -> _Written:
    """Writes sound, with tags NAME/audio/0 and so on.

    Args:
      name: of the summary, as for `scalar`.
      tensor: [batch, frames, channels] or [batch, frames] float32 in [-1, 1].
      sample_rate: of the sound in hertz, float32 scalar.
      max_outputs: number of sounds of the batch that are written at most.
      family: a prefix of the tag.
      step: int64 scalar; the global step if None.

    Returns:
      What `scalar` returns.
    """

    def write(tag: str, scope: str) -> _Written:
        sound, at = tf.identity(tensor), _step(step)
        return tf.raw_ops.WriteAudioSummary(
            writer=_resource(), step=at, tag=tag, tensor=sound, sample_rate=sample_rate, max_outputs=max_outputs,
            name=scope,
        )  # fmt: skip

    return _summary(name, family, tensor, write)


def generic(name: str, tensor: Any, metadata: Any = None, family: str | None = None, step: Any = None) -> _Written:
    """Writes a tensor of any type and shape.

    Args:
      name: of the summary, as for `scalar`.
      tensor: is kept as it is.
      metadata: `tf.SummaryMetadata`, or its serialized form.
      family: a prefix of the tag.
      step: int64 scalar; the global step if None.

    Returns:
      What `scalar` returns.
    """

    def write(tag: str, scope: str) -> _Written:
        about = tf.constant('') if metadata is None else metadata
        if hasattr(about, 'SerializeToString'):
            about = tf.constant(about.SerializeToString())
        value, at = tf.identity(tensor), _step(step)
        return tf.raw_ops.WriteSummary(
            writer=_resource(), step=at, tensor=value, tag=tag, summary_metadata=about, name=scope
        )

    return _summary(name, family, tensor, write)


def graph(param: tf.Tensor | tf.Graph | tf.GraphDef, step: Any = None, name: str | None = None) -> _Written:
    """Writes a graph, whether or not summaries are recorded.

    Args:
      param: string scalar, a serialized `tf.GraphDef`; an eager program may also give the graph or its `GraphDef`.
      step: int64 scalar; the global step if None.
      name: of the operation.

    Raises:
      TypeError: `param` is not a tensor in a graph.
    """
    if not tf.executing_eagerly() and not isinstance(param, tf.Tensor):
        raise TypeError(f'param must be a tf.Tensor (such as a placeholder) in a graph, got {type(param)}.')
    if writers.default_writer() is None:
        return tf.no_op()
    return _write_graph(_serialized(param) if isinstance(param, (tf.Graph, tf.GraphDef)) else param, step, name)


def import_event(tensor: Any, name: str | None = None) -> _Written:
    """Writes an event as it is.

    Args:
      tensor: string scalar, a serialized `tf.Event`.
      name: of the operation.

    Raises:
      AttributeError: no writer is the default one.
    """
    return tf.raw_ops.ImportEvent(writer=_resource(), event=tensor, name=name)


def _summary(name: str, family: str | None, tensor: Any, write: Callable[[str, str], _Written]) -> _Written:
    """Builds a summary where it is to be written, under the names that TF 1.15 gave."""
    if writers.default_writer() is None:
        return tf.no_op()
    # Branches of a condition have name scopes of their own, which the tag must not show.
    outside = contextlib.nullcontext if tf.executing_eagerly() else _scope_of(tf.get_default_graph())

    def written() -> tf.Tensor:
        with outside(), _tagged(name, family, tensor) as scope:
            tag = scope.rstrip('/')
            with tf.control_dependencies([write(f'{_clean(family)}/{tag}' if family else tag, scope)]):
                return tf.constant(True)

    with tf.device('cpu:0'):
        condition = recording.condition()
        if isinstance(condition, bool):
            result = written() if condition else tf.constant(False)
        else:
            result = tf.cond(condition, written, lambda: tf.constant(False), name='')
    if not tf.executing_eagerly():
        tf.add_to_collection(_SUMMARIES, result)
    return result


def _scope_of(graph: tf.Graph) -> Callable[[], contextlib.AbstractContextManager[str]]:
    outer = graph.get_name_scope()
    return lambda: tf.name_scope(f'{outer}/' if outer else '')


def _tagged(name: str, family: str | None, tensor: Any) -> Any:
    name = _clean(name)
    return tf.name_scope(f'{_clean(family)}/{name}' if family else name, values=[tensor])


def _clean(name: str) -> str:
    return re.sub(r'[^-/\w.]', '_', name).lstrip('/')


def _resource() -> tf.Tensor:
    writer = writers.default_writer()
    if writer is None:
        raise AttributeError('No default writer; do this inside `with create_file_writer(...).as_default():`.')
    return writer.resource


def _step(step: Any) -> tf.Tensor:
    if step is None:
        return tf.convert_to_tensor(tf.train.get_or_create_global_step())
    return step if isinstance(step, tf.Tensor) else tf.convert_to_tensor(step, tf.int64)


def _write_graph(data: Any, step: Any, name: str | None = None) -> _Written:
    with tf.device('cpu:0'):
        return tf.raw_ops.WriteGraphSummary(writer=_resource(), step=_step(step), tensor=data, name=name)


def _serialized(graph: tf.Graph | tf.GraphDef) -> bytes:
    return (graph.as_graph_def(add_shapes=True) if isinstance(graph, tf.Graph) else graph).SerializeToString()
