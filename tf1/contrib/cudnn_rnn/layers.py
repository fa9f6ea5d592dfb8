"""`CudnnLSTM`, `CudnnGRU`, `CudnnRNNTanh` and `CudnnRNNRelu`: networks whose weights are one vector."""

from __future__ import annotations

import tf1 as tf
from tf1.contrib.cudnn_rnn import network, parameters, saveables
from tf1.contrib.rnn.cells import unconverted

_FLOATS = (tf.float16, tf.float32, tf.float64)


class _CudnnRNN(tf.layers.Layer):
    """A network of one or more layers, in one direction or both.

    The one variable `opaque_kernel` is a vector of all weights. A `tf.train.Saver` of all variables writes, besides it,
    what `CudnnCompatibleLSTMCell` or `CudnnCompatibleGRUCell` restore, and restores what they wrote.

    Args:
      num_layers: layers, one upon the other.
      num_units: units of each layer and direction.
      input_mode: 'linear_input'; 'auto_select' is the same unless the input has `num_units` features.
      direction: 'unidirectional' or 'bidirectional'.
      dropout: share of the values between two layers that is dropped in training, in [0, 1).
      seed: of the dropping and of the default initializer.
      dtype: float16, float32 or float64.
      kernel_initializer: of each gate's matrix, [num_units, inputs]; None for `tf.glorot_uniform_initializer`.
      bias_initializer: of each gate's two biases; None for zeros.
      name: of the layer and of its scope; None for one made of the class's name.

    Raises:
      ValueError: `input_mode`, `direction` or `dtype` is none of these.
    """

    _rnn_mode: str
    _saveable_class: type[saveables.CudnnOpaqueParamsSaveable]
    _states = 1

    def __init__(
        self,
        num_layers: int,
        num_units: int,
        input_mode: str = parameters.LINEAR_INPUT,
        direction: str = parameters.UNIDIRECTIONAL,
        dropout: float = 0.0,
        seed: int | None = None,
        dtype: tf.DType = tf.float32,
        kernel_initializer: object = None,
        bias_initializer: object = None,
        name: str | None = None,
    ):
        super().__init__(dtype=dtype, name=name)
        parameters.check_direction(direction)
        parameters.check_input_mode(input_mode)
        if tf.as_dtype(dtype) not in _FLOATS:
            raise ValueError(f'dtype must be float16, float32 or float64, got {tf.as_dtype(dtype).name}.')
        self._num_layers, self._num_units, self._direction = num_layers, num_units, direction
        self._input_mode, self._dropout, self._seed = input_mode, dropout, seed
        self._initializers = (
            kernel_initializer or tf.glorot_uniform_initializer(seed, dtype=dtype),
            bias_initializer or tf.constant_initializer(0.0, dtype=dtype),
        )
        self._network: parameters.Parameters | None = None
        self._saveable: saveables.CudnnOpaqueParamsSaveable | None = None

    @property
    def num_layers(self) -> int:
        """Layers of the network."""
        return self._num_layers

    @property
    def num_units(self) -> int:
        """Units of each layer and direction."""
        return self._num_units

    @property
    def input_mode(self) -> str:
        """How the input enters the first layer."""
        return self._input_mode

    @property
    def input_size(self) -> int:
        """Features of the input; raises ValueError before there was one."""
        if self._network is None:
            raise ValueError(f'The input_size of {self.name} is not known before the layer is called or built.')
        return self._network.input_size

    @property
    def rnn_mode(self) -> str:
        """'lstm', 'gru', 'rnn_tanh' or 'rnn_relu'."""
        return self._rnn_mode

    @property
    def direction(self) -> str:
        """'unidirectional' or 'bidirectional'."""
        return self._direction

    @property
    def num_dirs(self) -> int:
        """Directions, 1 or 2."""
        return 2 if self._direction == parameters.BIDIRECTIONAL else 1

    @property
    def saveable(self) -> saveables.CudnnOpaqueParamsSaveable | None:
        """What a `tf.train.Saver` saves of it; None before the layer is built, and of one that reuses variables."""
        return self._saveable

    @property
    def canonical_weight_shapes(self) -> list[tuple[int, int]]:
        """Shapes of all matrices in cuDNN's order; raises RuntimeError before the input's size is known."""
        return self._known().weight_shapes

    @property
    def canonical_bias_shapes(self) -> list[list[int]]:
        """Shapes of all biases in cuDNN's order; raises RuntimeError before the input's size is known."""
        return self._known().bias_shapes

    def _known(self) -> parameters.Parameters:
        if self._network is None:
            raise RuntimeError(f'The shapes of {self.name} are not known before the layer is called or built.')
        return self._network

    def state_shape(self, batch_size: int) -> tuple[list[int], ...]:
        """Returns the shape of each initial state, [num_layers * directions, batch_size, num_units]."""
        return ([self.num_layers * self.num_dirs, batch_size, self.num_units],) * self._states

    def build(self, input_shape: tf.TensorShape) -> None:
        """Creates the variable for inputs of `input_shape`, [time, batch, features].

        Raises:
          NotImplementedError: the first layer's matrix would be left out ('skip_input').
          ValueError: the shape has not three dimensions, or the number of features is not known.
        """
        shape = tf.TensorShape(input_shape)
        if shape.rank != 3:
            raise ValueError(f'The inputs of {self.name} must have shape [time, batch, features], got {shape}.')
        size = shape[-1].value
        if size is None:
            raise ValueError(f'The inputs of {self.name} must have a known number of features, got {shape}.')
        self._check_linear(size)
        self._network = parameters.Parameters(self._rnn_mode, self._num_layers, self._num_units, size, self._direction)
        kernel_initializer, bias_initializer = self._initializers
        dtype = tf.as_dtype(self.dtype)
        weights = [kernel_initializer(shape, dtype) for shape in self._network.weight_shapes]
        biases = [bias_initializer(shape, dtype) for shape in self._network.bias_shapes]
        self.kernel = tf.get_variable(
            'opaque_kernel', initializer=parameters.join(weights, biases), validate_shape=False
        )
        if not any(weight is self.kernel for weight in self._trainable_weights):
            self._trainable_weights.append(self.kernel)
        if not tf.get_variable_scope().reuse:
            self._saveable = self._make_saveable()
            tf.add_to_collection(tf.GraphKeys.SAVEABLE_OBJECTS, self._saveable)
        self.built = True

    def _check_linear(self, size: int) -> None:
        automatic = self._input_mode == parameters.AUTO_SELECT and size == self._num_units
        if self._input_mode == parameters.SKIP_INPUT or automatic:
            raise NotImplementedError(
                f'input_mode must be {parameters.LINEAR_INPUT!r} for {size} features and num_units={self._num_units}, '
                f'got {self._input_mode!r}.'
            )

    def _make_saveable(self) -> saveables.CudnnOpaqueParamsSaveable:
        return self._saveable_class(
            self.kernel,
            self._num_layers,
            self._num_units,
            self.input_size,
            self._input_mode,
            self._direction,
            scope=tf.get_variable_scope(),
            name=f'{self.kernel.op.name}_saveable',
        )

    @unconverted
    def call(
        self,
        inputs: tf.Tensor,
        initial_state: tuple[tf.Tensor, ...] | None = None,
        sequence_lengths: tf.Tensor | None = None,
        time_major: bool = True,
        training: bool = True,
    ) -> tuple[tf.Tensor, tuple[tf.Tensor, ...]]:
        """Returns outputs, [time, batch, directions * num_units], and a tuple of final states.

        Args:
          inputs: [time, batch, features].
          initial_state: a tuple of [num_layers * directions, batch, num_units], (h,) or of an LSTM (h, c); None for
            zeros.
          sequence_lengths: [batch] steps of each sequence; later outputs are zero. None where all are whole.
          time_major: False where the first two dimensions of inputs, outputs and states are the other way round.
          training: whether values are dropped between the layers, at the rate of the layer.

        Raises:
          TypeError: `initial_state` is not a tuple.
          ValueError: `inputs` are not of the layer's dtype, or `initial_state` has not as many members as it must.
        """
        dtype = tf.as_dtype(self.dtype)
        inputs = _swapped(tf.convert_to_tensor(inputs, dtype), time_major)
        if initial_state is None:
            initial = tuple(tf.zeros(shape, dtype) for shape in self.state_shape(_batch(inputs)))
        else:
            self._check_state(initial_state)
            initial = tuple(_swapped(tf.convert_to_tensor(part, dtype), time_major) for part in initial_state)
        outputs, final = network.run(
            self._network,
            self.kernel,
            inputs,
            initial,
            sequence_lengths,
            self._dropout if training else 0.0,
            self._seed,
        )
        return _swapped(outputs, time_major), tuple(_swapped(part, time_major) for part in final)

    def _check_state(self, state: object) -> None:
        if not isinstance(state, tuple):
            raise TypeError(f'initial_state must be a tuple of tensors, got {state!r}.')
        if len(state) != self._states:
            raise ValueError(f'initial_state must have {self._states} members, got {len(state)}: {state!r}.')


def _batch(inputs: tf.Tensor) -> int | tf.Tensor:
    known = inputs.shape[1].value
    return tf.shape(inputs)[1] if known is None else known


def _swapped(tensor: tf.Tensor, time_major: bool) -> tf.Tensor:
    return tensor if time_major else tf.transpose(tensor, [1, 0, 2])


class CudnnLSTM(_CudnnRNN):
    """A network of LSTMs, whose states are (h, c); see `_CudnnRNN` for the arguments."""

    _rnn_mode = parameters.LSTM
    _saveable_class = saveables.CudnnLSTMSaveable
    _states = 2


class CudnnGRU(_CudnnRNN):
    """A network of GRUs, whose state is (h,); see `_CudnnRNN` for the arguments."""

    _rnn_mode = parameters.GRU
    _saveable_class = saveables.CudnnGRUSaveable


class CudnnRNNTanh(_CudnnRNN):
    """A network of plain RNNs with tanh, whose state is (h,); see `_CudnnRNN` for the arguments."""

    _rnn_mode = parameters.RNN_TANH
    _saveable_class = saveables.CudnnRNNTanhSaveable


class CudnnRNNRelu(_CudnnRNN):
    """A network of plain RNNs with relu, whose state is (h,); see `_CudnnRNN` for the arguments."""

    _rnn_mode = parameters.RNN_RELU
    _saveable_class = saveables.CudnnRNNReluSaveable
