"""`tf.contrib.estimator.RNNClassifier` and `RNNEstimator`: recurrent networks over sequence columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import tf1 as tf
from tf1.estimator.canned import examples
from tf1.estimator.canned.binary_class_head import BinaryClassHead
from tf1.estimator.canned.metric_ops_head import MetricOpsHead
from tf1.estimator.canned.multi_class_head import MultiClassHead
from tf1.estimator.canned.optimizers import Optimizer, optimizer_of
from tf1.estimator.canned.partitions import hidden_partitioner_of, partitioner_of
from tf1.estimator.estimator import Estimator
from tf1.estimator.run_config import RunConfig
from tf1.estimator.spec import EstimatorSpec

_LEARNING_RATE = 0.05
_CLIP_NORM = 5.0
_UNSET = object()
CellFn = Callable[[str], Any]


class RNNEstimator(Estimator):
    """A recurrent network under a head of one's own.

    Args:
      head: a head of `tf.contrib.estimator`.
      sequence_feature_columns: sequence columns, the input at each time.
      context_feature_columns: dense columns, the same at each time; None for none.
      num_units: widths of the layers of cells; excludes `rnn_cell_fn`.
      cell_type: 'basic_rnn', 'lstm', 'gru', or a class of cells; excludes `rnn_cell_fn`.
      rnn_cell_fn: function of the mode that makes the cell.
      return_sequences: whether there are logits for each time, `[batch, time, n]`, or for the last alone.
      model_dir: folder of checkpoints and event files.
      optimizer: a `tf.train.Optimizer`, a function that makes one, or a name; its learning rate is then 0.05. The
        norm of all gradients is clipped to 5 but with the first.
      input_layer_partitioner: divides the variables of columns; None for all parameter servers, 64 MiB or more each.
      config: a `RunConfig`.

    Raises:
      ValueError: cells are given in two ways.
    """

    def __init__(
        self,
        head: Any,
        sequence_feature_columns: Sequence[Any],
        context_feature_columns: Sequence[Any] | None = None,
        num_units: Sequence[int] | None = None,
        cell_type: Any = _UNSET,
        rnn_cell_fn: CellFn | None = None,
        return_sequences: bool = False,
        model_dir: str | None = None,
        optimizer: Optimizer = 'Adagrad',
        input_layer_partitioner: Callable | None = None,
        config: RunConfig | None = None,
    ):
        make_cell = _cell_maker(num_units, cell_type, rnn_cell_fn)

        def model_fn(features: Any, labels: Any, mode: str, config: RunConfig) -> EstimatorSpec:
            features = examples.checked_features(features)
            used: Any = optimizer_of(optimizer, _LEARNING_RATE)
            if not isinstance(optimizer, tf.train.Optimizer):
                used = _Clipped(used)
            partitioner = hidden_partitioner_of(config)
            with tf.variable_scope('rnn', values=tuple(features.values()), partitioner=partitioner):
                logits = _logits(
                    features,
                    sequence_feature_columns,
                    context_feature_columns,
                    make_cell(mode),
                    head.logits_dimension,
                    partitioner_of(config, input_layer_partitioner),
                    return_sequences,
                )
                return head.create_estimator_spec(features, mode, logits, labels=labels, optimizer=used)

        super().__init__(model_fn, model_dir, config)


class RNNClassifier(RNNEstimator):
    """A recurrent network for classes of sequences; labels are integers or strings of `label_vocabulary`.

    Args:
      sequence_feature_columns: as for `RNNEstimator`, like all arguments that are not listed.
      n_classes: how many classes there are, >= 2.
      weight_column: name of the feature, or numeric column, that weighs the examples; or None.
      label_vocabulary: the names of the classes, for labels that are strings.
      loss_reduction: how the losses of a batch become one; their sum over the size of the batch by default.

    Raises:
      ValueError: an argument is out of range.
    """

    def __init__(
        self,
        sequence_feature_columns: Sequence[Any],
        context_feature_columns: Sequence[Any] | None = None,
        num_units: Sequence[int] | None = None,
        cell_type: Any = _UNSET,
        rnn_cell_fn: CellFn | None = None,
        model_dir: str | None = None,
        n_classes: int = 2,
        weight_column: Any = None,
        label_vocabulary: Sequence[str] | None = None,
        optimizer: Optimizer = 'Adagrad',
        loss_reduction: str = tf.losses.Reduction.SUM_OVER_BATCH_SIZE,
        input_layer_partitioner: Callable | None = None,
        config: RunConfig | None = None,
    ):
        options = {
            'weight_column': weight_column,
            'label_vocabulary': label_vocabulary,
            'loss_reduction': loss_reduction,
        }
        head = BinaryClassHead(**options) if n_classes == 2 else MultiClassHead(n_classes, **options)
        super().__init__(
            MetricOpsHead(head),
            sequence_feature_columns,
            context_feature_columns,
            num_units,
            cell_type,
            rnn_cell_fn,
            False,
            model_dir,
            optimizer,
            input_layer_partitioner,
            config,
        )


class _Clipped:
    """An optimizer that clips the norm of all gradients together."""

    def __init__(self, optimizer: tf.train.Optimizer):
        self._optimizer = optimizer

    def minimize(self, loss: tf.Tensor, global_step: Any = None) -> tf.Operation:
        gradients, variables = zip(*self._optimizer.compute_gradients(loss), strict=True)
        clipped, _ = tf.clip_by_global_norm(gradients, _CLIP_NORM)
        return self._optimizer.apply_gradients(zip(clipped, variables, strict=True), global_step)


def _cell_maker(num_units: Sequence[int] | None, cell_type: Any, rnn_cell_fn: CellFn | None) -> CellFn:
    if rnn_cell_fn is not None:
        if num_units is not None or cell_type is not _UNSET:
            raise ValueError('num_units and cell_type must not be given with rnn_cell_fn, which makes the cells.')
        return rnn_cell_fn
    kind = 'basic_rnn' if cell_type is _UNSET else cell_type

    def make_cell(mode: str) -> Any:
        del mode
        cells = [_cell_class(kind)(num_units=width) for width in num_units]
        return cells[0] if len(cells) == 1 else tf.nn.rnn_cell.MultiRNNCell(cells)

    return make_cell


def _cell_class(kind: Any) -> Any:
    known = {
        'basic_rnn': tf.nn.rnn_cell.BasicRNNCell,
        'lstm': tf.nn.rnn_cell.BasicLSTMCell,
        'gru': tf.nn.rnn_cell.GRUCell,
    }
    if kind in known:
        return known[kind]
    if not isinstance(kind, type):
        raise TypeError(f'cell_type must be one of {sorted(known)} or a class of cells, got {kind!r}.')
    return kind


def _logits(
    features: Mapping[str, Any],
    sequence_columns: Sequence[Any],
    context_columns: Sequence[Any] | None,
    cell: Any,
    units: int,
    partitioner: Callable,
    return_sequences: bool,
) -> tf.Tensor:
    with tf.variable_scope('sequence_input_layer', values=tuple(features.values()), partitioner=partitioner):
        inputs, lengths = tf.contrib.feature_column.sequence_input_layer(features, sequence_columns)
        tf.summary.histogram('sequence_length', lengths)
        if context_columns:
            context = tf.feature_column.input_layer(features, context_columns)
            repeated = tf.tile(context[:, tf.newaxis], [1, tf.shape(inputs)[1], 1])
            inputs = tf.concat([inputs, repeated], -1)
    outputs, _ = tf.nn.dynamic_rnn(cell, inputs, sequence_length=lengths, dtype=tf.float32, time_major=False)
    if not return_sequences:
        outputs = _last(outputs, lengths)
    with tf.variable_scope('logits', values=(outputs,)):
        return tf.layers.dense(outputs, units, kernel_initializer=tf.glorot_uniform_initializer())


def _last(outputs: tf.Tensor, lengths: tf.Tensor) -> tf.Tensor:
    """Returns the outputs at the end of each sequence, `[batch, width]`."""
    with tf.name_scope('select_last_activations'):
        batch, time, width = tf.unstack(tf.shape(outputs))
        rows = tf.cast(tf.range(batch) * time, tf.int64) + lengths - 1
        last = tf.gather(tf.reshape(outputs, [batch * time, width]), rows)
        last.set_shape([outputs.shape[0], outputs.shape[2]])
        return last
