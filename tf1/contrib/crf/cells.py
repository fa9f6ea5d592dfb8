"""The recurrences of a linear-chain CRF, as cells."""

from __future__ import annotations

import tf1 as tf

RNNCell = tf.nn.rnn_cell.RNNCell


def num_steps(potentials: tf.Tensor) -> int | tf.Tensor:
    """Returns the number of steps of potentials, [batch, time, tags]."""
    return potentials.shape[1].value or tf.shape(potentials)[1]


class CrfForwardRnnCell(RNNCell):
    """Sums over paths: the state holds, per tag, the log of the summed exponentials of all scores that end in it.

    Args:
      transition_params: [tags, tags], from row to column.
    """

    def __init__(self, transition_params: tf.Tensor):
        super().__init__()
        self._transitions = tf.expand_dims(transition_params, 0)
        self._num_tags = self._transitions.shape[1].value

    @property
    def state_size(self) -> int:
        """Number of tags."""
        return self._num_tags

    @property
    def output_size(self) -> int:
        """Number of tags."""
        return self._num_tags

    def __call__(self, inputs: tf.Tensor, state: tf.Tensor, scope: object = None) -> tuple[tf.Tensor, tf.Tensor]:
        """Returns the new state twice, [batch, tags], for potentials `inputs`, [batch, tags]."""
        scores = tf.expand_dims(state, 2) + self._transitions
        new_state = inputs + tf.reduce_logsumexp(scores, [1])
        return new_state, new_state


class CrfDecodeForwardRnnCell(RNNCell):
    """Finds best paths: the state holds, per tag, the best score that ends in it.

    Args:
      transition_params: [tags, tags], from row to column.
    """

    def __init__(self, transition_params: tf.Tensor):
        super().__init__()
        self._transitions = tf.expand_dims(transition_params, 0)
        self._num_tags = self._transitions.shape[1].value

    @property
    def state_size(self) -> int:
        """Number of tags."""
        return self._num_tags

    @property
    def output_size(self) -> int:
        """Number of tags."""
        return self._num_tags

    def __call__(self, inputs: tf.Tensor, state: tf.Tensor, scope: object = None) -> tuple[tf.Tensor, tf.Tensor]:
        """Returns the best predecessor of each tag, [batch, tags] int32, and the new state, [batch, tags]."""
        scores = tf.expand_dims(state, 2) + self._transitions
        new_state = inputs + tf.reduce_max(scores, [1])
        return tf.cast(tf.argmax(scores, 1), tf.int32), new_state


class CrfDecodeBackwardRnnCell(RNNCell):
    """Follows best predecessors: the state is the tag of the next step, [batch, 1] int32.

    Args:
      num_tags: number of tags.
    """

    def __init__(self, num_tags: int):
        super().__init__()
        self._num_tags = num_tags

    @property
    def state_size(self) -> int:
        """One tag."""
        return 1

    @property
    def output_size(self) -> int:
        """One tag."""
        return 1

    def __call__(self, inputs: tf.Tensor, state: tf.Tensor, scope: object = None) -> tuple[tf.Tensor, tf.Tensor]:
        """Returns the tag before twice, [batch, 1] int32, for predecessors `inputs`, [batch, tags] int32."""
        state = tf.squeeze(state, axis=[1])
        examples = tf.range(tf.shape(inputs)[0])
        tags = tf.expand_dims(tf.gather_nd(inputs, tf.stack([examples, state], axis=1)), axis=-1)
        return tags, tags
