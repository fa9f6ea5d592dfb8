"""Transformations of datasets that later became arguments or methods of `tf.data.Dataset`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tf1 as tf

Transformation = Callable[[tf.data.Dataset], tf.data.Dataset]


def batch_and_drop_remainder(batch_size: int | tf.Tensor) -> Transformation:
    """Batches elements and drops a last batch that is smaller, for `Dataset.apply`."""
    return lambda dataset: dataset.batch(batch_size, drop_remainder=True)


def padded_batch_and_drop_remainder(
    batch_size: int | tf.Tensor, padded_shapes: Any, padding_values: Any = None
) -> Transformation:
    """Pads and batches elements and drops a last batch that is smaller, for `Dataset.apply`."""
    return lambda dataset: dataset.padded_batch(batch_size, padded_shapes, padding_values, drop_remainder=True)


def sloppy_interleave(
    map_func: Callable[..., tf.data.Dataset], cycle_length: int | tf.Tensor, block_length: int | tf.Tensor = 1
) -> Transformation:
    """Interleaves datasets in an order that depends on which is ready first, for `Dataset.apply`."""
    return tf.data.experimental.parallel_interleave(map_func, cycle_length, block_length, sloppy=True)


def sliding_window_batch(
    window_size: int | tf.Tensor,
    stride: int | tf.Tensor | None = None,
    window_shift: int | tf.Tensor | None = None,
    window_stride: int | tf.Tensor = 1,
) -> Transformation:
    """Batches windows that slide over the elements, for `Dataset.apply`; windows that are not full are dropped.

    Args:
      window_size: the number of elements in a window.
      stride: the former name of `window_shift`.
      window_shift: how far the next window is from this one, 1 if not given.
      window_stride: how far elements of a window are apart.

    Raises:
      ValueError: both `stride` and `window_shift`.
    """
    if stride is not None and window_shift is not None:
        raise ValueError(f'Give stride or window_shift, not both: got {stride} and {window_shift}.')
    shift = window_shift if window_shift is not None else stride if stride is not None else 1

    def transform(dataset: tf.data.Dataset) -> tf.data.Dataset:
        windows = dataset.window(window_size, shift, window_stride, drop_remainder=True)

        def batch(*parts: Any) -> tf.data.Dataset:
            zipped = parts[0] if len(parts) == 1 and not isinstance(parts[0], (dict, tuple)) else None
            zipped = zipped or tf.data.Dataset.zip(parts if len(parts) > 1 else parts[0])
            return zipped.batch(window_size)

        return windows.flat_map(batch)

    return transform


def reduce_dataset(dataset: tf.data.Dataset, reducer: tf.data.experimental.Reducer) -> Any:
    """Returns the state of a reducer after all elements, a structure of tensors; not finalized, as in TF 1.15.

    Raises:
      TypeError: not a dataset.
    """
    if not isinstance(dataset, tf.compat.v2.data.Dataset):
        raise TypeError(f'dataset must be a tf.data.Dataset, got {dataset!r}.')
    return dataset.reduce(reducer.init_func(tf.constant(0, tf.int64)), reducer.reduce_func)


def assert_element_shape(expected_shapes: Any) -> Transformation:
    """Checks the shapes of elements, and notes them, for `Dataset.apply`.

    Args:
      expected_shapes: a structure of `tf.TensorShape` like the elements; unknown sides are not looked at.

    The dataset's own shapes raise ValueError at once if they cannot fit, elements InvalidArgumentError when they come.
    """

    def transform(dataset: tf.data.Dataset) -> tf.data.Dataset:
        known = tf.nest.flatten(tf.data.get_output_shapes(dataset))
        expected = [tf.TensorShape(shape) for shape in tf.nest.flatten(expected_shapes)]
        for shape, wanted in zip(known, expected, strict=True):
            shape.assert_is_compatible_with(wanted)

        def check(*parts: Any) -> Any:
            element = parts if len(parts) > 1 else parts[0]
            checked = [_checked(part, wanted) for part, wanted in zip(tf.nest.flatten(element), expected, strict=True)]
            return tf.nest.pack_sequence_as(element, checked)

        return dataset.map(check)

    return transform


def _checked(tensor: tf.Tensor, wanted: tf.TensorShape) -> tf.Tensor:
    if wanted.rank is None:
        return tensor
    checks = [tf.assert_rank(tensor, wanted.rank)] if tensor.shape.rank is None else []
    with tf.control_dependencies([check for check in checks if check is not None]):
        sides = [(index, side) for index, side in enumerate(wanted.as_list()) if side is not None]
        checks = [
            tf.assert_equal(tf.shape(tensor)[index], side, message=f'Side {index} must be {side}.')
            for index, side in sides
            if tensor.shape.rank is None or tensor.shape.as_list()[index] is None
        ]
    with tf.control_dependencies([check for check in checks if check is not None]):
        return tf.ensure_shape(tensor, wanted)


def read_batch_features(
    file_pattern: str | list[str],
    batch_size: int,
    features: dict[str, Any],
    reader: type = tf.data.TFRecordDataset,
    reader_args: list | None = None,
    randomize_input: bool = True,
    num_epochs: int | None = None,
    capacity: int = 10000,
) -> dict[str, tf.Tensor]:
    """Returns the features of the next batch of Examples by name, from files.

    Args:
      file_pattern: files, or patterns of them.
      batch_size: how many Examples; the last batch may be smaller.
      features: the specification for `tf.parse_example`.
      reader: makes a dataset of serialized Examples of a file name.
      reader_args: more arguments for it.
      randomize_input: shuffles.
      num_epochs: how often the files are read, for ever if not given.
      capacity: how many Examples are shuffled together.
    """
    dataset = tf.data.experimental.make_batched_features_dataset(
        file_pattern,
        batch_size,
        features,
        reader=reader,
        reader_args=reader_args,
        shuffle=randomize_input,
        num_epochs=num_epochs,
        shuffle_buffer_size=capacity,
    )
    return tf.data.make_one_shot_iterator(dataset).get_next()
