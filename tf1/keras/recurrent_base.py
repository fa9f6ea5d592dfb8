"""The base of recurrent layers that the package keras had until 2.3: a subclass says what a step does."""

from __future__ import annotations

from typing import Any

import numpy as np
import tensorflow.compat.v1 as tf
from tf_keras import backend, layers


class Recurrent(layers.Layer):
    """Goes through sequences `[batch, time, size]` by the method `step` of a subclass.

    A subclass has the attributes `units` and `states`, a list with a None for each of its states.

    Args:
      return_sequences: whether outputs of all steps are returned, not the last one alone.
      return_state: whether the last states are returned as well.
      go_backwards: whether sequences are read from their end.
      stateful: whether a batch starts from the states that the one before it ended with.
      unroll: whether the steps are built one by one, not as a loop.
      implementation: is kept for subclasses.
      **kwargs: arguments of layers; also `input_dim` and `input_length`.
    """

    def __init__(
        self,
        return_sequences: bool = False,
        return_state: bool = False,
        go_backwards: bool = False,
        stateful: bool = False,
        unroll: bool = False,
        implementation: int = 0,
        **kwargs: Any,
    ):
        if 'input_dim' in kwargs or 'input_length' in kwargs:
            shape = (kwargs.pop('input_length', None), kwargs.pop('input_dim', None))
            kwargs.setdefault('input_shape', shape)
        super().__init__(**kwargs)
        self.return_sequences, self.return_state = return_sequences, return_state
        self.go_backwards, self.unroll, self.implementation = go_backwards, unroll, implementation
        self.stateful = stateful
        self.supports_masking = True
        self.input_spec = [layers.InputSpec(ndim=3)]
        self.dropout = self.recurrent_dropout = 0

    def step(self, inputs: tf.Tensor, states: list[Any]) -> tuple[tf.Tensor, list[tf.Tensor]]:
        """Returns the output of a step and the states after it.

        Args:
          inputs: of the step, `[batch, size]`.
          states: before it, each `[batch, units]`, and after them the constants.
        """
        raise NotImplementedError

    def get_constants(self, inputs: tf.Tensor, training: Any = None) -> list[Any]:
        """Returns what each step gets after the states."""
        del inputs, training
        return []

    def get_initial_state(self, inputs: tf.Tensor) -> list[tf.Tensor]:
        """Returns the states before the first step, 0."""
        zeros = tf.zeros(tf.stack([tf.shape(inputs)[0], self.units]), inputs.dtype)
        return [zeros] * len(self.states)

    def preprocess_input(self, inputs: tf.Tensor, training: Any = None) -> tf.Tensor:
        """Returns what the steps take their inputs from."""
        del training
        return inputs

    def __call__(self, inputs: Any, *args: Any, initial_state: Any = None, **kwargs: Any) -> Any:
        """Returns what `call` returns; the states before the first step may come after the inputs, in one list."""
        if initial_state is not None:
            states = initial_state if isinstance(initial_state, (list, tuple)) else [initial_state]
            inputs = [inputs, *states]
        if not isinstance(inputs, (list, tuple)):
            return super().__call__(inputs, *args, **kwargs)
        self.input_spec = [*self.input_spec[:1], *(layers.InputSpec(ndim=2) for _ in inputs[1:])]
        found = super().__call__(list(inputs), *args, **kwargs)
        self.input_spec = self.input_spec[:1]
        return found

    def call(self, inputs: Any, mask: tf.Tensor | None = None, training: Any = None, initial_state: Any = None) -> Any:
        """Returns the outputs, with the states if `return_state`."""
        if isinstance(inputs, (list, tuple)):
            inputs, *initial_state = inputs
        if isinstance(mask, list):
            mask = mask[0]
        if initial_state is None or len(initial_state) == 0:
            initial_state = self.states if self.stateful else self.get_initial_state(inputs)
        length = inputs.shape[1]
        length = getattr(length, 'value', length)
        if self.unroll and length is None:
            raise ValueError(f'unroll must be False where the number of steps is not known, got inputs {inputs.shape}.')
        last, outputs, states = backend.rnn(
            self.step,
            self.preprocess_input(inputs, training=None),
            list(initial_state),
            go_backwards=self.go_backwards,
            mask=mask,
            constants=self.get_constants(inputs, training=None),
            unroll=self.unroll,
            input_length=length,
        )
        if self.stateful:
            self.add_update([tf.assign(old, new) for old, new in zip(self.states, states, strict=True)])
        found = outputs if self.return_sequences else last
        return [found, *states] if self.return_state else found

    def compute_output_shape(self, input_shape: Any) -> Any:
        """Returns the shapes of what `call` returns."""
        shape = input_shape[0] if isinstance(input_shape, list) else input_shape
        batch, length = tuple(shape)[:2]
        found = (batch, length, self.units) if self.return_sequences else (batch, self.units)
        return [found, *([(batch, self.units)] * len(self.states))] if self.return_state else found

    def compute_mask(self, inputs: Any, mask: Any) -> Any:
        """Returns the mask of the outputs."""
        mask = mask[0] if isinstance(mask, list) else mask
        found = mask if self.return_sequences else None
        return [found, *([None] * len(self.states))] if self.return_state else found

    def reset_states(self, states: Any = None) -> None:
        """Sets the states of a stateful layer, to 0 if `states` is None.

        Raises:
          AttributeError: the layer is not stateful.
          ValueError: the size of the batch is not known, or states do not fit.
        """
        if not self.stateful:
            raise AttributeError('reset_states needs a layer with stateful=True.')
        batch = self.input_spec[0].shape[0] if self.input_spec[0].shape else None
        if not batch:
            raise ValueError('A stateful layer must know the size of its batches: give batch_input_shape to the first.')
        shape = (batch, self.units)
        if self.states[0] is None:
            self.states = [backend.zeros(shape) for _ in self.states]
        values = [np.zeros(shape)] * len(self.states) if states is None else states
        values = values if isinstance(values, (list, tuple)) else [values]
        if len(values) != len(self.states) or any(np.shape(value) != shape for value in values):
            raise ValueError(f'states must be {len(self.states)} arrays of the shape {shape}.')
        for state, value in zip(self.states, values, strict=True):
            backend.set_value(state, value)

    def get_config(self) -> dict[str, Any]:
        """Returns the arguments of the constructor."""
        names = ('return_sequences', 'return_state', 'go_backwards', 'stateful', 'unroll', 'implementation')
        return {**super().get_config(), **{name: getattr(self, name) for name in names}}
