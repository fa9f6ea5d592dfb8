"""`RNNClassifier` and `RNNEstimator`: a recurrent network over sequence columns, under a head."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import tf1 as tf
from tf1.estimator.canned import own_heads
from tf1.estimator.canned.optimizers import optimizer_of

_CELLS = {'basic_rnn': 'BasicRNNCell', 'gru': 'GRUCell', 'lstm': 'BasicLSTMCell'}
_LEARNING_RATE = 0.05
_MOST_GRADIENT_NORM = 5.0


class RNNEstimator(tf.estimator.Estimator):
    """A recurrent network whose last output, or all of whose outputs, become logits.

    Args:
      head: a `tf.estimator.Head`, or one of `tf.contrib.estimator`.
      sequence_feature_columns: dense columns over sequence columns.
      context_feature_columns: dense columns, repeated at each step; or None.
      num_units: sizes of the cells, one above the other.
      cell_type: 'basic_rnn' (the default), 'lstm' or 'gru'.
      rnn_cell_fn: of the mode, returns the cell, in place of `num_units` and `cell_type`.
      return_sequences: whether there are logits for each step.
      model_dir: folder of checkpoints and event files.
      optimizer: a `tf.train.Optimizer`, a function that makes one, or a name; its learning rate is then 0.05.
      input_layer_partitioner: without effect on one machine.
      config: a `RunConfig`.

    Raises:
      ValueError: both `rnn_cell_fn` and one of the others are given, or an unknown `cell_type`.
    """

    def __init__(
        self,
        head: Any,
        sequence_feature_columns: Sequence[Any],
        context_feature_columns: Sequence[Any] | None = None,
        num_units: Sequence[int] | None = None,
        cell_type: str | Callable[[int], tf.nn.rnn_cell.RNNCell] | None = None,
        rnn_cell_fn: Callable[[str], tf.nn.rnn_cell.RNNCell] | None = None,
        return_sequences: bool = False,
        model_dir: str | None = None,
        optimizer: Any = 'Adagrad',
        input_layer_partitioner: Callable | None = None,
        config: tf.estimator.RunConfig | None = None,
    ):
        if rnn_cell_fn is not None and (num_units is not None or cell_type is not None):
            raise ValueError('num_units and cell_type must not be specified when using rnn_cell_fn.')
        make_cell = rnn_cell_fn or _stacked(num_units or (), cell_type or 'basic_rnn')

        def model_fn(
            features: Any, labels: Any, mode: str, config: tf.estimator.RunConfig
        ) -> tf.estimator.EstimatorSpec:
            with tf.variable_scope('rnn', values=tuple(features.values())):
                inputs, lengths = _inputs(features, sequence_feature_columns, context_feature_columns)
                outputs, _ = tf.nn.dynamic_rnn(make_cell(mode), inputs, sequence_length=lengths, dtype=tf.float32)
                if not return_sequences:
                    rows = tf.range(tf.shape(outputs, out_type=lengths.dtype)[0])
                    outputs = tf.gather_nd(outputs, tf.stack([rows, lengths - 1], axis=1))
                with tf.variable_scope('logits'):
                    logits = tf.layers.dense(outputs, head.logits_dimension)
            return head.create_estimator_spec(features, mode, logits, labels=labels, train_op_fn=_training(optimizer))

        super().__init__(model_fn, model_dir, config)


class RNNClassifier(RNNEstimator):
    """A recurrent network for classes of whole sequences.

    Args:
      sequence_feature_columns: as for `RNNEstimator`, like all arguments that are not listed.
      n_classes: how many classes there are, >= 2.
      weight_column: name of the feature, or numeric column, that weighs the examples; or None.
      label_vocabulary: the names of the classes, for labels that are strings.
      loss_reduction: how the losses of a batch become one.
    """

    def __init__(
        self,
        sequence_feature_columns: Sequence[Any],
        context_feature_columns: Sequence[Any] | None = None,
        num_units: Sequence[int] | None = None,
        cell_type: str | None = None,
        rnn_cell_fn: Callable[[str], tf.nn.rnn_cell.RNNCell] | None = None,
        model_dir: str | None = None,
        n_classes: int = 2,
        weight_column: Any = None,
        label_vocabulary: Sequence[str] | None = None,
        optimizer: Any = 'Adagrad',
        loss_reduction: str = tf.losses.Reduction.SUM_OVER_BATCH_SIZE,
        input_layer_partitioner: Callable | None = None,
        config: tf.estimator.RunConfig | None = None,
    ):
        super().__init__(
            own_heads.classes(n_classes, weight_column, label_vocabulary, loss_reduction),
            sequence_feature_columns,
            context_feature_columns,
            num_units,
            cell_type,
            rnn_cell_fn,
            model_dir=model_dir,
            optimizer=optimizer,
            config=config,
        )


def _stacked(num_units: Sequence[int], cell_type: Any) -> Callable[[str], tf.nn.rnn_cell.RNNCell]:
    if isinstance(cell_type, str):
        if cell_type not in _CELLS:
            raise ValueError(f'The supported cell types are {sorted(_CELLS)}, got {cell_type!r}.')
        cell_type = getattr(tf.nn.rnn_cell, _CELLS[cell_type])

    def make_cell(mode: str) -> tf.nn.rnn_cell.RNNCell:
        cells = [cell_type(units) for units in num_units]
        return cells[0] if len(cells) == 1 else tf.nn.rnn_cell.MultiRNNCell(cells)

    return make_cell


def _inputs(features: Any, sequence: Sequence[Any], context: Sequence[Any] | None) -> tuple[tf.Tensor, tf.Tensor]:
    with tf.variable_scope('sequence_input_layer'):
        inputs, lengths = tf.keras.experimental.SequenceFeatures(sequence, name='sequence_input_layer')(features)
    if context:
        repeated = tf.feature_column.input_layer(features, context)[:, tf.newaxis]
        inputs = tf.concat([inputs, tf.tile(repeated, [1, tf.shape(inputs)[1], 1])], 2)
    return inputs, lengths


def _training(optimizer: Any) -> Callable[[tf.Tensor], tf.Operation]:
    def train_op_fn(loss: tf.Tensor) -> tf.Operation:
        used = optimizer_of(optimizer, _LEARNING_RATE)
        if isinstance(optimizer, str):
            used = tf.contrib.estimator.clip_gradients_by_norm(used, _MOST_GRADIENT_NORM)
        return used.minimize(loss, global_step=tf.train.get_global_step())

    return train_op_fn
