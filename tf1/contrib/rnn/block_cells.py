"""`LSTMBlockCell` and `GRUBlockCell`: cells that are one operation each."""

from __future__ import annotations

import tf1 as tf
from tf1.contrib.rnn import weights
from tf1.contrib.rnn.cells import LayerRNNCell, LSTMStateTuple, unconverted

_PEEPHOLES = ('w_i_diag', 'w_f_diag', 'w_o_diag')


def add_lstm_weights(layer: tf.layers.Layer, size: int, num_units: int, use_peephole: bool) -> None:
    """Gives `layer` the attributes `kernel`, `bias` and `peepholes`; without peepholes the latter are zeros."""
    columns = 4 * num_units
    layer.kernel = layer.add_weight('kernel', [size + num_units, columns])
    layer.bias = layer.add_weight('bias', [columns], initializer=tf.constant_initializer(0.0))
    if use_peephole:
        layer.peepholes = [layer.add_weight(name, [num_units]) for name in _PEEPHOLES]
    else:
        layer.peepholes = None


def peepholes(layer: tf.layers.Layer, num_units: int) -> list[tf.Tensor]:
    """Returns the peephole weights of input, forget and output gate, each [num_units]."""
    return list(layer.peepholes) if layer.peepholes else [tf.zeros([num_units], layer.dtype)] * 3


class LSTMBlockCell(LayerRNNCell):
    """An LSTM whose checkpoints are those of `LSTMCell`.

    Args:
      num_units: units, the size of the output and of both halves of the state.
      forget_bias: added to the forget gate.
      cell_clip: the cell state is clipped to [-cell_clip, cell_clip]; None for no bound.
      use_peephole: whether the gates see the cell state.
      dtype: of the variables, float32 or float16; None for that of the first input.
      reuse: whether the variables exist already.
      name: of the cell and of its scope.
    """

    def __init__(
        self,
        num_units: int,
        forget_bias: float = 1.0,
        cell_clip: float | None = None,
        use_peephole: bool = False,
        dtype: tf.DType | None = None,
        reuse: bool | None = None,
        name: str = 'lstm_cell',
    ):
        super().__init__(_reuse=reuse, dtype=dtype, name=name)
        self.input_spec = tf.layers.InputSpec(ndim=2)
        self._num_units = num_units
        self._forget_bias = forget_bias
        self._cell_clip = -1 if cell_clip is None else cell_clip
        self._use_peephole = use_peephole

    @property
    def state_size(self) -> LSTMStateTuple:
        """Sizes of the state."""
        return LSTMStateTuple(self._num_units, self._num_units)

    @property
    def output_size(self) -> int:
        """Size of an output."""
        return self._num_units

    def build(self, inputs_shape: tf.TensorShape) -> None:
        """Creates the variables; raises ValueError where the input's size is not known."""
        size = weights.known_size(tf.TensorShape(inputs_shape), 'inputs')
        add_lstm_weights(self, size, self._num_units, self._use_peephole)
        self.built = True

    @unconverted
    def call(self, inputs: tf.Tensor, state: LSTMStateTuple) -> tuple[tf.Tensor, LSTMStateTuple]:
        """Returns output [batch, num_units] and new state for `inputs`, [batch, n].

        Raises:
          TypeError, ValueError: `state` is not a pair.
        """
        if len(state) != 2:
            raise ValueError(f'state must be a pair of cell state and output, got {state}.')
        c, h = state
        wci, wcf, wco = peepholes(self, self._num_units)
        with tf.get_default_graph().gradient_override_map({'LSTMBlockCell': 'Tf1LSTMBlockCell'}):
            made = tf.raw_ops.LSTMBlockCell(
                x=inputs,
                cs_prev=c,
                h_prev=h,
                w=self.kernel,
                wci=wci,
                wcf=wcf,
                wco=wco,
                b=self.bias,
                forget_bias=self._forget_bias,
                cell_clip=self._cell_clip,
                use_peephole=self._use_peephole,
            )
        return made.h, LSTMStateTuple(made.cs, made.h)


@tf.RegisterGradient('Tf1LSTMBlockCell')
def _lstm_gradient(op: tf.Operation, *grads: tf.Tensor) -> list[tf.Tensor]:
    """Returns the gradients of the inputs, for which TensorFlow no longer registers a function."""
    x, c, h, w, wci, wcf, wco, b = op.inputs
    gates = dict(zip(('i', 'cs', 'f', 'o', 'ci', 'co'), op.outputs, strict=False))
    back = tf.raw_ops.LSTMBlockCellGrad(
        x=x,
        cs_prev=c,
        h_prev=h,
        w=w,
        wci=wci,
        wcf=wcf,
        wco=wco,
        b=b,
        cs_grad=grads[1],
        h_grad=grads[6],
        use_peephole=op.get_attr('use_peephole'),
        **gates,
    )
    c_prev_grad, gates_grad, *peephole_grads = back
    x_grad, h_prev_grad, w_grad = _matmul_gradients(x, h, w, gates_grad)
    return [x_grad, c_prev_grad, h_prev_grad, w_grad, *peephole_grads, tf.raw_ops.BiasAddGrad(out_backprop=gates_grad)]


def _matmul_gradients(
    x: tf.Tensor, h: tf.Tensor, w: tf.Tensor, gates_grad: tf.Tensor
) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor]:
    """Returns the gradients of `concat([x, h], 1) @ w` with respect to x, h and w."""
    columns_grad = tf.matmul(gates_grad, w, transpose_b=True)
    size = x.shape[1].value
    batch = tf.dimension_value(x.shape[0])
    batch = -1 if batch is None else batch
    x_grad = tf.slice(columns_grad, (0, 0), (batch, size))
    h_grad = tf.slice(columns_grad, (0, size), (batch, h.shape[1].value))
    w_grad = tf.matmul(tf.concat([x, h], 1), gates_grad, transpose_a=True)
    return x_grad, h_grad, w_grad


class GRUBlockCell(LayerRNNCell):
    """A GRU with variables `w_ru`, `b_ru`, `w_c` and `b_c`.

    Args:
      num_units: units, the size of output and state.
      cell_size: the old name of `num_units`.
      reuse: whether the variables exist already.
      name: of the cell and of its scope.

    Raises:
      ValueError: not exactly one of `num_units` and `cell_size` is given.
    """

    _NAMES = ('w_ru', 'b_ru', 'w_c', 'b_c')

    def __init__(
        self,
        num_units: int | None = None,
        cell_size: int | None = None,
        reuse: bool | None = None,
        name: str = 'gru_cell',
    ):
        super().__init__(_reuse=reuse, name=name)
        if (cell_size is None) == (num_units is None):
            raise ValueError(f'One of num_units and cell_size must be set, got {num_units} and {cell_size}.')
        self.input_spec = tf.layers.InputSpec(ndim=2)
        self._num_units = cell_size if num_units is None else num_units

    @property
    def state_size(self) -> int:
        """Sizes of the state."""
        return self._num_units

    @property
    def output_size(self) -> int:
        """Size of an output."""
        return self._num_units

    def build(self, inputs_shape: tf.TensorShape) -> None:
        """Creates the variables; raises ValueError where the input's size is not known."""
        rows = weights.known_size(tf.TensorShape(inputs_shape), 'inputs') + self._num_units
        names = self._NAMES
        ones, zeros = tf.constant_initializer(1.0), tf.constant_initializer(0.0)
        self._gate_kernel = self.add_weight(names[0], [rows, 2 * self._num_units])
        self._gate_bias = self.add_weight(names[1], [2 * self._num_units], initializer=ones)
        self._candidate_kernel = self.add_weight(names[2], [rows, self._num_units])
        self._candidate_bias = self.add_weight(names[3], [self._num_units], initializer=zeros)
        self.built = True

    @unconverted
    def call(self, inputs: tf.Tensor, h_prev: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """Returns output and new state, the same [batch, num_units], for `inputs`, [batch, n]."""
        variables = (self._gate_kernel, self._candidate_kernel, self._gate_bias, self._candidate_bias)
        w_ru, w_c, b_ru, b_c = variables
        with tf.get_default_graph().gradient_override_map({'GRUBlockCell': 'Tf1GRUBlockCell'}):
            output = tf.raw_ops.GRUBlockCell(x=inputs, h_prev=h_prev, w_ru=w_ru, w_c=w_c, b_ru=b_ru, b_c=b_c).h
        return output, output


class GRUBlockCellV2(GRUBlockCell):
    """`GRUBlockCell` with the variables' names of `GRUCell`."""

    _NAMES = ('gates/kernel', 'gates/bias', 'candidate/kernel', 'candidate/bias')


@tf.RegisterGradient('Tf1GRUBlockCell')
def _gru_gradient(op: tf.Operation, *grads: tf.Tensor) -> list[tf.Tensor]:
    """Returns the gradients of the inputs, for which TensorFlow no longer registers a function."""
    x, h_prev, w_ru, w_c, b_ru, b_c = op.inputs
    r, u, c, _ = op.outputs
    x_grad, h_prev_grad, c_bar, ru_bar = tf.raw_ops.GRUBlockCellGrad(
        x=x, h_prev=h_prev, w_ru=w_ru, w_c=w_c, b_ru=b_ru, b_c=b_c, r=r, u=u, c=c, d_h=grads[3]
    )
    w_ru_grad = tf.matmul(tf.concat([x, h_prev], 1), ru_bar, transpose_a=True)
    b_ru_grad = tf.raw_ops.BiasAddGrad(out_backprop=ru_bar)
    w_c_grad = tf.matmul(tf.concat([x, h_prev * r], 1), c_bar, transpose_a=True)
    b_c_grad = tf.raw_ops.BiasAddGrad(out_backprop=c_bar)
    return [x_grad, h_prev_grad, w_ru_grad, w_c_grad, b_ru_grad, b_c_grad]
