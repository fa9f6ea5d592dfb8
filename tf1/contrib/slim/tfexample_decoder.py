"""`slim.tfexample_decoder`: turns a serialised `tf.train.Example` into tensors, item by item."""

from __future__ import annotations

import abc
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import tensorflow.compat.v1 as tf

from tf1.contrib.slim.data_decoder import DataDecoder

Tensors = Mapping[str, Any]


class ItemHandler(abc.ABC):
    """Makes one item from features.

    Args:
      keys: names of the features, or one name.
    """

    def __init__(self, keys: Any):
        self._keys = list(keys) if isinstance(keys, (list, tuple)) else [keys]

    @property
    def keys(self) -> list[str]:
        """Names of the features that the item needs."""
        return self._keys

    @abc.abstractmethod
    def tensors_to_item(self, keys_to_tensors: Tensors) -> Any:
        """Returns the item, made from parsed features by name."""


class ItemHandlerCallback(ItemHandler):
    """Makes an item with a function.

    Args:
      keys: names of the features.
      func: from parsed features by name to the item.
    """

    def __init__(self, keys: Any, func: Callable[[Tensors], Any]):
        super().__init__(keys)
        self._func = func

    def tensors_to_item(self, keys_to_tensors: Tensors) -> Any:
        """Returns what the function makes of its features."""
        return self._func({key: keys_to_tensors[key] for key in self._keys})


class BoundingBox(ItemHandler):
    """Makes `[boxes, 4] float32` from four features.

    Args:
      keys: their names; None for ymin, xmin, ymax and xmax.
      prefix: of each name.

    Raises:
      ValueError: there are not four names.
    """

    def __init__(self, keys: Sequence[str] | None = None, prefix: str = ''):
        keys = ['ymin', 'xmin', 'ymax', 'xmax'] if keys is None else list(keys)
        if len(keys) != 4:
            raise ValueError(f'BoundingBox needs four keys, got {keys}.')
        super().__init__([prefix + key for key in keys])

    def tensors_to_item(self, keys_to_tensors: Tensors) -> tf.Tensor:
        """Returns a row for each box."""
        return tf.stack([_dense(keys_to_tensors[key]) for key in self._keys], axis=1)


class Tensor(ItemHandler):
    """Gives a feature back, dense, reshaped if a shape is known.

    Args:
      tensor_key: name of the feature.
      shape_keys: a feature that holds the shape, or one for each dimension.
      shape: a fixed shape.
      default_value: fills a sparse feature.

    Raises:
      ValueError: both `shape_keys` and `shape` are given.
    """

    def __init__(self, tensor_key: str, shape_keys: Any = None, shape: Any = None, default_value: Any = 0):
        if shape_keys and shape is not None:
            raise ValueError(f'Give one of shape_keys and shape, got {shape_keys} and {shape}.')
        self._shape_keys = [shape_keys] if isinstance(shape_keys, str) else list(shape_keys or [])
        super().__init__([tensor_key, *self._shape_keys])
        self._tensor_key = tensor_key
        self._single = isinstance(shape_keys, str)
        self._shape = shape
        self._default_value = default_value

    def tensors_to_item(self, keys_to_tensors: Tensors) -> tf.Tensor:
        """Returns the tensor."""
        tensor, shape = keys_to_tensors[self._tensor_key], self._shape
        if self._single:
            shape = tf.reshape(_dense(keys_to_tensors[self._shape_keys[0]]), [-1])
        elif self._shape_keys:
            shape = tf.stack([tf.reshape(_dense(keys_to_tensors[key]), []) for key in self._shape_keys])
        if isinstance(tensor, tf.SparseTensor):
            if shape is not None:
                tensor = tf.sparse.reshape(tensor, shape)
            tensor = tf.sparse.to_dense(tensor, self._default_value)
        elif shape is not None:
            tensor = tf.reshape(tensor, shape)
        return tensor


class LookupTensor(Tensor):
    """Is a `Tensor` whose values are looked up in a table.

    Args:
      tensor_key: name of the feature.
      table: the table.
      shape_keys: as for `Tensor`.
      shape: as for `Tensor`.
      default_value: fills a sparse feature before the lookup.
    """

    def __init__(self, tensor_key: str, table: Any, shape_keys: Any = None, shape: Any = None, default_value: Any = ''):
        super().__init__(tensor_key, shape_keys, shape, default_value)
        self._table = table

    def tensors_to_item(self, keys_to_tensors: Tensors) -> tf.Tensor:
        """Returns what the table has for the tensor."""
        return self._table.lookup(super().tensors_to_item(keys_to_tensors))


class BackupHandler(ItemHandler):
    """Makes an item with one handler, and with another where the first gives nothing.

    Args:
      handler: the first.
      backup: the other.

    Raises:
      ValueError: one is no `ItemHandler`.
    """

    def __init__(self, handler: ItemHandler, backup: ItemHandler):
        for name, value in (('handler', handler), ('backup', backup)):
            if not isinstance(value, ItemHandler):
                raise ValueError(f'{name} must be an ItemHandler, got {value!r}.')
        self._handler = handler
        self._backup = backup
        super().__init__(handler.keys + backup.keys)

    def tensors_to_item(self, keys_to_tensors: Tensors) -> Any:
        """Returns the first item, or the other if the first is empty."""
        item = self._handler.tensors_to_item(keys_to_tensors)
        empty = tf.equal(tf.reduce_prod(tf.shape(item)), 0)
        return tf.cond(empty, lambda: self._backup.tensors_to_item(keys_to_tensors), lambda: item)


class SparseTensor(ItemHandler):
    """Makes a sparse tensor of one dimension from its indices and values.

    Args:
      indices_key: feature of the indices; None for 'indices'.
      values_key: feature of the values; None for 'values'.
      shape_key: feature of the shape.
      shape: a fixed shape, if there is no `shape_key`.
      densify: whether the item is dense.
      default_value: fills it then.
    """

    def __init__(
        self,
        indices_key: str | None = None,
        values_key: str | None = None,
        shape_key: str | None = None,
        shape: Any = None,
        densify: bool = False,
        default_value: Any = 0,
    ):
        self._indices_key, self._values_key = indices_key or 'indices', values_key or 'values'
        self._shape_key = shape_key
        super().__init__([self._indices_key, self._values_key, *([shape_key] if shape_key else [])])
        self._shape = shape
        self._densify = densify
        self._default_value = default_value

    def tensors_to_item(self, keys_to_tensors: Tensors) -> Any:
        """Returns the tensor, sparse or dense."""
        indices, values = keys_to_tensors[self._indices_key], keys_to_tensors[self._values_key]
        shape = keys_to_tensors[self._shape_key] if self._shape_key else self._shape
        if isinstance(shape, tf.SparseTensor):
            shape = shape.values
        indices = indices.values if isinstance(indices, tf.SparseTensor) else indices
        values = values.values if isinstance(values, tf.SparseTensor) else values
        rows = tf.reshape(tf.cast(indices, tf.int64), [-1, 1])
        sparse = tf.SparseTensor(rows, values, tf.cast(shape, tf.int64))
        return tf.sparse.to_dense(sparse, self._default_value) if self._densify else sparse


class Image(ItemHandler):
    """Makes an image from its encoded bytes.

    Args:
      image_key: feature of the bytes; None for 'image/encoded'.
      format_key: feature of the format; None for 'image/format'. 'raw' and 'RAW' mean pixels as they are.
      shape: of the image; needed for raw pixels.
      channels: how many.
      dtype: of the pixels.
      repeated: whether the feature holds several images.
      dct_method: hint for JPEG files.
    """

    def __init__(
        self,
        image_key: str | None = None,
        format_key: str | None = None,
        shape: Any = None,
        channels: int = 3,
        dtype: tf.DType = tf.uint8,
        repeated: bool = False,
        dct_method: str = '',
    ):
        self._image_key, self._format_key = image_key or 'image/encoded', format_key or 'image/format'
        super().__init__([self._image_key, self._format_key])
        self._shape = shape
        self._channels = channels
        self._dtype = dtype
        self._repeated = repeated
        self._dct_method = dct_method

    def tensors_to_item(self, keys_to_tensors: Tensors) -> tf.Tensor:
        """Returns `[height, width, channels]`, with a dimension before it for several images."""
        encoded, image_format = keys_to_tensors[self._image_key], keys_to_tensors[self._format_key]
        if self._repeated:
            return tf.map_fn(lambda one: self._decode(one, image_format), _dense(encoded), dtype=self._dtype)
        return self._decode(encoded, image_format)

    def _decode(self, encoded: tf.Tensor, image_format: tf.Tensor) -> tf.Tensor:
        raw = tf.equal(image_format, 'raw') | tf.equal(image_format, 'RAW')
        image = tf.cond(raw, lambda: tf.decode_raw(encoded, self._dtype), lambda: self._decode_file(encoded))
        if self._shape is not None:
            return tf.reshape(image, self._shape)
        image.set_shape([None, None, self._channels])
        return image

    def _decode_file(self, encoded: tf.Tensor) -> tf.Tensor:
        if not self._dct_method:
            return tf.image.decode_image(encoded, self._channels, dtype=self._dtype, expand_animations=False)

        def decode_jpeg() -> tf.Tensor:
            image = tf.image.decode_jpeg(encoded, self._channels, dct_method=self._dct_method)
            return tf.image.convert_image_dtype(image, self._dtype)

        def decode_other() -> tf.Tensor:
            return tf.image.decode_image(encoded, self._channels, dtype=self._dtype, expand_animations=False)

        return tf.cond(tf.image.is_jpeg(encoded), decode_jpeg, decode_other)


class TFExampleDecoder(DataDecoder):
    """Decodes a serialised `tf.train.Example`.

    Args:
      keys_to_features: how each feature is parsed.
      items_to_handlers: how each item is made from features.
    """

    def __init__(self, keys_to_features: Mapping[str, Any], items_to_handlers: Mapping[str, ItemHandler]):
        self._keys_to_features = keys_to_features
        self._items_to_handlers = items_to_handlers

    def list_items(self) -> list[str]:
        """Returns the names of the items."""
        return list(self._items_to_handlers)

    def decode(self, serialized_example: Any, items: Sequence[str] | None = None) -> list[Any]:
        """Returns the tensors of `items` (all, for None), in their order; the example is a scalar string."""
        features = dict(tf.parse_single_example(serialized_example, self._keys_to_features))
        for key in sorted(self._keys_to_features):
            feature = self._keys_to_features[key]
            if isinstance(feature, tf.FixedLenFeature):
                features[key] = tf.reshape(features[key], feature.shape)
        outputs = []
        for item in items or self._items_to_handlers:
            handler = self._items_to_handlers[item]
            outputs.append(handler.tensors_to_item({key: features[key] for key in handler.keys}))
        return outputs


def _dense(tensor: Any) -> tf.Tensor:
    return tensor.values if isinstance(tensor, tf.SparseTensor) else tensor
