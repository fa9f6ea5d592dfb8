"""`shuffle` directly followed by `repeat`, in the order of TF 1.15.

TF 1.15 runs the two as one operation with one random generator, which goes on from epoch to epoch. Today's kernels
begin each epoch with new seeds, so only `shuffle` alone, or with a transformation between the two, has the order of
TF 1.15. Where both stand together and there is a seed, the order is made here: elements pass in blocks, as references
if they are large, through a function of NumPy that says which of the buffer comes next. Without a seed TensorFlow's
own kernel is used. The behaviour is that of TF 1.15.5 as its output shows it.
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Iterator
from typing import Any

import numpy as np
import tensorflow as tf2
import tensorflow.compat.v1 as tf
from tensorflow.python.data.ops import dataset_ops

from tf1._engine import graph_seeds, philox

# Elements that are taken in one call of NumPy; of large buffers a fourth, since each call looks at the whole buffer.
_BLOCK = 1024
_PART = 4
# A larger buffer holds references to its elements, which take longer to make than small elements to copy.
_MOST_BYTES = 2**28
# Datasets that pass all elements on as they come where they hold this value.
_IDLE = {
    '_PrefetchDataset': ('_buffer_size', 0),
    '_RepeatDataset': ('_count', 1),
    '_SkipDataset': ('_count', 0),
    '_TakeDataset': ('_count', -1),
}

_as_it_is = tf.autograph.experimental.do_not_convert


def repeat(usual: Any) -> Any:
    """Makes `Dataset.repeat` from TensorFlow's."""

    @functools.wraps(usual)
    def repeat(dataset: tf2.data.Dataset, *args: Any, **options: Any) -> tf2.data.Dataset:
        repeated = usual(dataset, *args, **options)
        shuffle = _without_idle(dataset)
        if type(shuffle).__name__ != '_ShuffleDataset' or tf.get_static_value(repeated._count) in (0, 1):
            return repeated
        once = tf.get_static_value(shuffle._reshuffle_each_iteration) is False
        return repeated if once else _in_order(repeated, shuffle)

    repeat.in_eager_mode = True
    return repeat


def shuffle_and_repeat(usual: Any) -> Any:
    """Makes `tf.data.experimental.shuffle_and_repeat` from TensorFlow's."""

    @functools.wraps(usual)
    def shuffle_and_repeat(*args: Any, **options: Any) -> Any:
        transformation = usual(*args, **options)

        @functools.wraps(transformation)
        def apply(dataset: tf2.data.Dataset) -> tf2.data.Dataset:
            both = transformation(dataset)
            return _in_order(both, both)

        return apply

    shuffle_and_repeat.in_eager_mode = True
    return shuffle_and_repeat


def _without_idle(dataset: tf2.data.Dataset) -> tf2.data.Dataset:
    """Returns the dataset below those that change nothing, which TF 1.15 takes out before it joins the two."""
    while True:
        if isinstance(dataset, tf.data.Dataset) and hasattr(dataset, '_dataset'):  # TF 1's class around today's
            dataset = dataset._dataset
            continue
        attribute, value = _IDLE.get(type(dataset).__name__, ('', None))
        is_idle = attribute and tf.get_static_value(getattr(dataset, attribute)) == value
        if not (is_idle or isinstance(dataset, dataset_ops._OptionsDataset)):
            return dataset
        dataset = dataset._input_dataset


def _in_order(repeated: tf2.data.Dataset, shuffle: tf2.data.Dataset) -> tf2.data.Dataset:
    """Returns what `repeated` gives, in TF 1.15's order, with the same known number of elements."""
    is_seeded = [tf.get_static_value(seed) for seed in (shuffle._seed, shuffle._seed2)] != [0, 0]
    specs = tf.nest.flatten(repeated.element_spec)
    if not (is_seeded and all(isinstance(spec, tf.TensorSpec | tf.SparseTensorSpec) for spec in specs)):
        return repeated
    eager = tf.executing_eagerly()
    with contextlib.nullcontext() if eager else graph_seeds.operations_counted_as(0), tf.name_scope('shuffled_epochs'):
        source, seeds = shuffle._input_dataset, tf.stack([shuffle._seed, shuffle._seed2])
        ordered = tf.data.experimental.to_variant(_shuffled(source, shuffle._buffer_size, seeds, repeated._count))
        known, number = map(tf.data.experimental.cardinality, (source, repeated))
        number = tf.where(tf.equal(known, 0), known, number)
        structure = repeated._flat_structure
        variant = tf.cond(
            tf.equal(number, tf.data.experimental.UNKNOWN_CARDINALITY),
            lambda: ordered,
            lambda: tf.raw_ops.AssertCardinalityDataset(input_dataset=ordered, cardinality=number, **structure),
        )
    return dataset_ops.UnaryUnchangedStructureDataset(repeated, variant)


def _shuffled(source: tf2.data.Dataset, size: tf.Tensor, seeds: tf.Tensor, count: tf.Tensor) -> tf2.data.Dataset:
    """Returns a dataset of the elements of all epochs, in blocks meanwhile."""
    by_reference = not _can_be_stacked(source, tf.get_static_value(size))
    elements = _references(source) if by_reference else source
    ends = [tf2.data.Dataset.from_tensors(value) for value in (False, True)]
    none = tf2.data.Dataset.from_tensors(_element_of_zeros(elements))
    epoch = tf2.data.Dataset.zip((elements, ends[0].repeat())).concatenate(tf2.data.Dataset.zip((none, ends[1])))
    blocks = epoch.repeat(count).batch(tf.minimum(size, tf.maximum(size // _PART, _BLOCK)))

    @_as_it_is
    def choose(state: Any, block: Any) -> Any:
        progress, held, held_ends = state
        places = [tf.range(tf.size(held_ends)), tf.size(held_ends) + tf.range(tf.size(block[1]))]
        ends = tf.concat([held_ends, block[1]], 0)
        buffer = [tf.dynamic_stitch(places, parts) for parts in zip(held, tf.nest.flatten(block[0]), strict=True)]
        inputs = [ends, size, seeds, progress]
        chosen, left, after = tf.numpy_function(_choose, inputs, [tf.int32, tf.int32, tf.int64], stateful=False)
        for tensor, shape in ((chosen, [None]), (left, [None]), (after, [3])):
            tensor.set_shape(shape)
        out = tf.nest.pack_sequence_as(block[0], [tf.gather(part, chosen) for part in buffer])
        goes_on = tf.equal(progress[2], 0)
        return (after, tuple(tf.gather(part, left) for part in buffer), tf.gather(ends, left)), (out, goes_on)

    nothing = tuple(part[tf.newaxis][:0] for part in tf.nest.flatten(_element_of_zeros(elements)))
    chosen = blocks.scan((tf.zeros([3], tf.int64), nothing, tf.zeros([0], tf.bool)), choose)
    ordered = chosen.take_while(_as_it_is(lambda _, goes_on: goes_on)).map(_as_it_is(lambda out, _: out)).unbatch()
    return _elements(ordered, source.element_spec) if by_reference else ordered


def _can_be_stacked(source: tf2.data.Dataset, size: int | None) -> bool:
    """Says whether elements are numbers of known shapes, and a buffer of them small enough to be copied."""
    specs = tf.nest.flatten(source.element_spec)
    if size is None or not all(isinstance(spec, tf.TensorSpec) and spec.shape.is_fully_defined() for spec in specs):
        return False
    numbers = all(spec.dtype.is_bool or spec.dtype.is_numpy_compatible and spec.dtype != tf.string for spec in specs)
    return numbers and size * sum(spec.dtype.size * spec.shape.num_elements() for spec in specs) <= _MOST_BYTES


def _references(source: tf2.data.Dataset) -> tf2.data.Dataset:
    @_as_it_is
    def to_reference(*element: Any) -> tf.Tensor:
        return tf.raw_ops.OptionalFromValue(components=tf.nest.flatten(element, expand_composites=True))

    return source.map(to_reference)


def _elements(references: tf2.data.Dataset, spec: Any) -> tf2.data.Dataset:
    parts = tf.nest.flatten(spec, expand_composites=True)
    types, shapes = [part.dtype for part in parts], [part.shape for part in parts]

    @_as_it_is
    def from_reference(reference: tf.Tensor) -> Any:
        tensors = tf.raw_ops.OptionalGetValue(optional=reference, output_types=types, output_shapes=shapes)
        return tf.nest.pack_sequence_as(spec, tensors, expand_composites=True)

    return references.map(from_reference)


def _element_of_zeros(elements: tf2.data.Dataset) -> Any:
    def zeros(spec: tf.TensorSpec) -> tf.Tensor:
        return tf.raw_ops.OptionalNone() if spec.dtype == tf.variant else tf.zeros(spec.shape, spec.dtype)

    return tf.nest.map_structure(zeros, elements.element_spec)


def _draws(seed: int, seed2: int, first: int) -> Iterator[int]:
    """Yields random numbers from the given one on."""
    group, start = divmod(first, _BLOCK)
    while True:
        yield from _drawn_together(seed, seed2, group)[start:]
        group, start = group + 1, 0


@functools.lru_cache(maxsize=8)
def _drawn_together(seed: int, seed2: int, group: int) -> list[int]:
    return philox.draws(seed, seed2, group * _BLOCK, _BLOCK).tolist()


def _choose(ends: np.ndarray, size: np.ndarray, seeds: np.ndarray, progress: np.ndarray) -> tuple[np.ndarray, ...]:
    """Says which elements come next.

    Args:
      ends: bool of shape [n], where an epoch ends: in place of an element. The elements that the buffer still holds
        come first.
      size: int64, of the buffer.
      seeds: int64 of shape [2].
      progress: int64 of shape [3]: how many random numbers were drawn, whether this epoch gave an element so far,
        whether an epoch gave none, which ends the dataset.

    Returns:
      int32 places of the elements that come next, int32 places of what is left for later, and the new progress.
    """
    drawn, begun, over = progress.tolist()
    number, at_end = len(ends), ends.tolist()
    random = _draws(*seeds.tolist(), drawn)
    chosen: list[int] = []
    buffer: list[int] = []
    first = place = 0
    while not over:
        while place < number and len(buffer) - first < size and not at_end[place]:
            buffer.append(place)
            place += 1
        held, ended = len(buffer) - first, place < number and at_end[place]
        if held == size or (held and ended):
            at = first + next(random) % held
            chosen.append(buffer[at])
            buffer[at] = buffer[first]
            first, begun = first + 1, 1
        elif ended:
            over, begun, place = int(not begun), 0, place + 1
        else:
            break
    left = [*buffer[first:], *range(place, number)]
    after = np.array([drawn + len(chosen), begun, over], np.int64)
    return np.array(chosen, np.int32), np.array(left, np.int32), after
