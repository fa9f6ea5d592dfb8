"""Functions that Keras 2 had until 2.3, or tf.keras until 1.15, and that are gone."""

from __future__ import annotations

import json
import os
from typing import Any

import numpy as np
import tensorflow.compat.v1 as tf
import tf_keras

from tf1._engine.keras_methods import model_from_yaml

__all__ = [
    'accuracy',
    'clip_norm',
    'convert_all_kernels_in_model',
    'convert_kernel',
    'export_saved_model',
    'huber_loss',
    'load_from_saved_model',
    'model_from_yaml',
    'multi_gpu_model',
    'print_summary',
    'text_to_word_sequence',
]
_MODEL, _WEIGHTS = 'saved_model.json', 'weights.h5'


def accuracy(y_true: tf.Tensor, y_pred: tf.Tensor) -> tf.Tensor:
    """Returns 1.0 where the two are equal, else 0.0."""
    return tf.cast(tf.equal(y_true, y_pred), tf_keras.backend.floatx())


def huber_loss(y_true: tf.Tensor, y_pred: tf.Tensor, delta: float = 1.0) -> tf.Tensor:
    """Returns the Huber loss of each element: half the square of the error up to `delta`, linear above it."""
    error = tf.abs(tf.cast(y_pred, tf_keras.backend.floatx()) - tf.cast(y_true, tf_keras.backend.floatx()))
    square = tf.minimum(error, delta)
    return 0.5 * tf.square(square) + delta * (error - square)


def clip_norm(g: tf.Tensor, c: float, n: tf.Tensor) -> tf.Tensor:
    """Returns gradient `g`, scaled by `c / n` where the norm `n` is at least `c`; as it is if `c` is not above 0."""
    return tf.where(tf.broadcast_to(n >= c, tf.shape(g)), g * (c / n), g) if c > 0 else g


def text_to_word_sequence(
    text: str, filters: str = '!"#$%&()*+,-./:;<=>?@[\\]^_`{|}~\t\n', lower: bool = True, split: str = ' '
) -> list[str]:
    """Returns the words of `text`: between `split`, without the characters of `filters`, in lower case if `lower`."""
    text = text.lower() if lower else text
    text = text.translate(str.maketrans(dict.fromkeys(filters, split)))
    return [word for word in text.split(split) if word]


def print_summary(
    model: tf_keras.Model, line_length: int | None = None, positions: list[float] | None = None, print_fn: Any = None
) -> None:
    """Prints the model's layers, as `model.summary` does."""
    model.summary(line_length, positions, print_fn)


def convert_kernel(kernel: np.ndarray) -> np.ndarray:
    """Returns the kernel of a convolution, turned between Theano's order and TensorFlow's.

    Raises:
      ValueError: it has other than 3 to 5 dimensions.
    """
    kernel = np.asarray(kernel)
    if not 3 <= kernel.ndim <= 5:
        raise ValueError('Invalid kernel shape:', kernel.shape)
    flipped = [slice(None, None, -1)] * (kernel.ndim - 2) + [slice(None)] * 2
    return np.copy(kernel[tuple(flipped)])


def convert_all_kernels_in_model(model: tf_keras.Model) -> None:
    """Turns the kernels of all convolutions of `model`."""
    for layer in model.layers:
        if 'Conv' in type(layer).__name__ and hasattr(layer, 'kernel'):
            weights = layer.get_weights()
            layer.set_weights([convert_kernel(weights[0]), *weights[1:]])


def multi_gpu_model(
    model: tf_keras.Model, gpus: int | list[int] | None = None, cpu_merge: bool = True, cpu_relocation: bool = False
) -> tf_keras.Model:
    """Returns a model that gives each GPU a share of the batch.

    Args:
      model: its weights are shared.
      gpus: how many GPUs, >= 2, or their numbers; None for all.
      cpu_merge: whether the CPU puts the results together.
      cpu_relocation: without effect: weights stay where they are.

    Raises:
      ValueError: fewer than two are asked for, or more than there are.
    """
    found = [device.name for device in tf.config.experimental.list_logical_devices('GPU')]
    numbers = list(range(len(found) if gpus is None else gpus)) if not isinstance(gpus, (list, tuple)) else list(gpus)
    if len(numbers) <= 1:
        raise ValueError(
            f'For multi-gpu usage to be effective, call `multi_gpu_model` with `gpus >= 2`. Received: `gpus={gpus}`'
        )
    devices = ['/cpu:0', *(f'/gpu:{number}' for number in numbers)]
    available = ['/cpu:0', *(f'/gpu:{number}' for number in range(len(found)))]
    if not set(devices) <= set(available):
        raise ValueError(
            f'To call `multi_gpu_model` with `gpus={gpus}`, we expect the following devices to be available: '
            f'{devices}. However this machine only has: {available}. Try reducing `gpus`.'
        )
    outputs: list[list[tf.Tensor]] = [[] for _ in model.outputs]
    for index, number in enumerate(numbers):
        with tf.device(f'/gpu:{number}'), tf.name_scope(f'replica_{number}'):
            shares = [_share(tensor, index, len(numbers)) for tensor in model.inputs]
            results = model(shares[0] if len(shares) == 1 else shares)
            for values, result in zip(outputs, results if isinstance(results, list) else [results], strict=True):
                values.append(result)
    with tf.device('/cpu:0' if cpu_merge else f'/gpu:{numbers[0]}'):
        merged = [
            tf_keras.layers.concatenate(values, axis=0, name=name)
            for name, values in zip(model.output_names, outputs, strict=True)
        ]
    return tf_keras.Model(model.inputs, merged)


def _share(tensor: tf.Tensor, index: int, count: int) -> tf.Tensor:
    def share(values: tf.Tensor) -> tf.Tensor:
        size = tf.shape(values)[0] // count
        return values[index * size :] if index == count - 1 else values[index * size : (index + 1) * size]

    return tf_keras.layers.Lambda(share, tensor.shape[1:].as_list())(tensor)


def export_saved_model(
    model: tf_keras.Model,
    saved_model_path: str,
    custom_objects: dict[str, Any] | None = None,
    as_text: bool = False,
    input_signature: Any = None,
    serving_only: bool = False,
) -> None:
    """Writes a SavedModel for serving, with the model's architecture and weights beside it for training on."""
    builder = tf.saved_model.builder.SavedModelBuilder(saved_model_path)
    inputs = dict(zip(model.input_names, model.inputs, strict=True))
    outputs = dict(zip(model.output_names, model.outputs, strict=True))
    signature = tf.saved_model.signature_def_utils.predict_signature_def(inputs, outputs)
    builder.add_meta_graph_and_variables(
        tf.keras.backend.get_session(),
        [tf.saved_model.tag_constants.SERVING],
        {tf.saved_model.signature_constants.DEFAULT_SERVING_SIGNATURE_DEF_KEY: signature},
    )
    builder.save(as_text)
    assets = os.path.join(saved_model_path, 'assets')
    os.makedirs(assets, exist_ok=True)
    with open(os.path.join(assets, _MODEL), 'w') as file:
        file.write(model.to_json())
    model.save_weights(os.path.join(assets, _WEIGHTS))


def load_from_saved_model(saved_model_path: str, custom_objects: dict[str, Any] | None = None) -> tf_keras.Model:
    """Returns the model that `export_saved_model` wrote, not compiled."""
    assets = os.path.join(saved_model_path, 'assets')
    with open(os.path.join(assets, _MODEL)) as file:
        model = tf_keras.models.model_from_json(json.dumps(json.load(file)), custom_objects)
    model.load_weights(os.path.join(assets, _WEIGHTS))
    return model
