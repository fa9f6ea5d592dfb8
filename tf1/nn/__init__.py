"""`tf.nn`, with the recurrent cells of Keras 2."""

from __future__ import annotations

from tf1 import _namespace

_FILES = {
    'cross_entropy': (
        'sigmoid_cross_entropy_with_logits',
        'softmax_cross_entropy_with_logits',
        'sparse_softmax_cross_entropy_with_logits',
    ),
    'transposed_convolution': (
        'conv1d_transpose',
        'conv2d_backprop_input',
        'conv2d_transpose',
        'conv3d_transpose',
        'depthwise_conv2d_backprop_input',
        'depthwise_conv2d_native_backprop_input',
    ),
}

_namespace.make_overlay(
    __name__,
    {
        'rnn_cell': _namespace.module_loader('tf_keras.api._v1.keras.__internal__.legacy.rnn_cell'),
        **{
            name: _namespace.attribute_loader(f'tf1.nn.{file}', name)
            for file, names in _FILES.items()
            for name in names
        },
    },
)
