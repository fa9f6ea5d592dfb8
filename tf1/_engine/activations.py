"""`tf.nn.swish`, and the name of `tf.nn.max_pool_v2`."""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

from tf1._engine.replacements import Function


def swish(usual: Function) -> Function:
    """Returns `tf.nn.swish`, which keeps no sigmoid for its gradient."""

    def ours(features: Any, beta: float = 1.0) -> tf.Tensor:
        if isinstance(beta, float) and beta == 1.0:
            return _swish(tf.convert_to_tensor(features, name='features'))
        return usual(features, beta)

    return ours


@tf.custom_gradient
def _swish(features: tf.Tensor) -> tuple[tf.Tensor, Any]:
    def gradient(upstream: tf.Tensor) -> tf.Tensor:
        with tf.control_dependencies([upstream]):
            sigmoid = tf.sigmoid(features)
        return upstream * (sigmoid * (1.0 + features * (1.0 - sigmoid)))

    return features * tf.sigmoid(features), gradient


def max_pool(usual: Function) -> Function:
    """Returns `tf.nn.max_pool_v2`, whose operation over images is called `MaxPool`."""

    def ours(
        input: Any, ksize: Any, strides: Any, padding: Any, data_format: str | None = None, name: str | None = None
    ) -> tf.Tensor:
        input = tf.convert_to_tensor(input, name='input')
        return usual(
            input, ksize, strides, padding, data_format, name or ('MaxPool' if input.shape.rank == 4 else None)
        )

    return ours
