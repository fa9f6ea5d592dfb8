"""Cells of recurrent layers that Keras 2 has dropped since TF 1.15 and Keras 2.3.1."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tensorflow.compat.v1 as tf
from tf_keras.src.layers.rnn.base_conv_lstm import ConvLSTMCell


class PeepholeLSTMCell(tf.keras.layers.LSTMCell):
    """An LSTM cell whose gates also see the cell state: input and forget gate the old one, the output gate the new one.

    Weights besides those of LSTMCell: `input_gate_peephole_weights`, `forget_gate_peephole_weights` and
    `output_gate_peephole_weights`, of shape [units].
    """

    def build(self, input_shape: Any) -> None:
        """Makes the weights."""
        super().build(input_shape)
        for gate in ('input', 'forget', 'output'):
            name = f'{gate}_gate_peephole_weights'
            setattr(self, name, self.add_weight(name, shape=(self.units,), initializer=self.kernel_initializer))

    def _compute_carry_and_output(
        self, x: Sequence[tf.Tensor], h_tm1: Sequence[tf.Tensor], c_tm1: tf.Tensor
    ) -> tuple[tf.Tensor, tf.Tensor]:
        kernels = tf.split(self.recurrent_kernel, 4, axis=1)
        z = [part + tf.matmul(h, kernel) for part, h, kernel in zip(x, h_tm1, kernels, strict=True)]
        return self._compute_carry_and_output_fused(z, c_tm1)

    def _compute_carry_and_output_fused(self, z: Sequence[tf.Tensor], c_tm1: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        z_i, z_f, z_c, z_o = z
        i = self.recurrent_activation(z_i + self.input_gate_peephole_weights * c_tm1)
        f = self.recurrent_activation(z_f + self.forget_gate_peephole_weights * c_tm1)
        c = f * c_tm1 + i * self.activation(z_c)
        return c, self.recurrent_activation(z_o + self.output_gate_peephole_weights * c)


class ConvLSTM2DCell(ConvLSTMCell):
    """The cell of ConvLSTM2D, for images of [batch, rows, columns, channels] or, by `data_format`, channels first."""

    def __init__(self, filters: int, kernel_size: int | tuple[int, int], *args: Any, **kwargs: Any):
        super().__init__(2, filters, kernel_size, *args, **kwargs)
