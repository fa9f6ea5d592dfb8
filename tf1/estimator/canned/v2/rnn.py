"""`RNNClassifier` and `RNNEstimator` of `tf.compat.v2.estimator.experimental`: recurrent networks of Keras layers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import tensorflow.compat.v1 as tf
import tf_keras

from tf1.estimator.canned import examples, own_heads
from tf1.estimator.canned.sequential_head import SequentialHeadWrapper
from tf1.estimator.canned.v2.optimizers import KerasOptimizer, spec_of
from tf1.estimator.estimator import Estimator
from tf1.estimator.mode_keys import ModeKeys
from tf1.estimator.run_config import RunConfig
from tf1.estimator.spec import EstimatorSpec

_LEARNING_RATE = 0.05
_UNSET = object()
_CELLS = {
    'gru': tf.keras.layers.GRUCell,
    'lstm': tf.keras.layers.LSTMCell,
    'simple_rnn': tf.keras.layers.SimpleRNNCell,
}
CellFn = Callable[[], Any]


class RNNEstimator(Estimator):
    """A recurrent network under a head of one's own.

    Args:
      head: a `tf.estimator.Head`, one for sequences where `return_sequences` is set.
      sequence_feature_columns: sequence columns, the input at each time.
      context_feature_columns: dense columns, the same at each time; None for none.
      units: widths of the layers of cells; excludes `rnn_cell_fn`.
      cell_type: 'simple_rnn', 'lstm', 'gru', or a class of Keras cells; excludes `rnn_cell_fn`.
      rnn_cell_fn: function that makes a Keras cell.
      return_sequences: whether there are logits for each time, `[batch, time, n]`, or for the last alone.
      model_dir: folder of checkpoints and event files.
      optimizer: a Keras optimizer, a function that makes one, or a name; its learning rate is then 0.05.
      config: a `RunConfig`.

    Raises:
      ValueError: cells are given in two ways, or the head is none for sequences where it has to be one.
    """

    def __init__(
        self,
        head: Any,
        sequence_feature_columns: Sequence[Any],
        context_feature_columns: Sequence[Any] | None = None,
        units: Sequence[int] | None = None,
        cell_type: Any = _UNSET,
        rnn_cell_fn: CellFn | None = None,
        return_sequences: bool = False,
        model_dir: str | None = None,
        optimizer: KerasOptimizer = 'Adagrad',
        config: RunConfig | None = None,
    ):
        if return_sequences and not isinstance(head, SequentialHeadWrapper):
            raise ValueError(f'head must be one for sequences where return_sequences is set, got {head!r}.')
        make_cell = _cell_maker(units, cell_type, rnn_cell_fn)

        def model_fn(features: Any, labels: Any, mode: str) -> EstimatorSpec:
            features = dict(examples.checked_features(features))
            logits, mask = _logits(
                features,
                mode,
                head.logits_dimension,
                sequence_feature_columns,
                context_feature_columns,
                make_cell,
                return_sequences,
            )
            if return_sequences:
                features[head.input_sequence_mask_key] = mask
            return spec_of(head, features, mode, logits, labels, optimizer, _LEARNING_RATE)

        super().__init__(model_fn, model_dir, config)


class RNNClassifier(RNNEstimator):
    """A recurrent network for classes of sequences, or of each of their times.

    Args:
      sequence_feature_columns: as for `RNNEstimator`, like all arguments that are not listed.
      n_classes: how many classes there are, >= 2.
      weight_column: name of the feature, or numeric column, that weighs the examples; or None.
      label_vocabulary: the names of the classes, for labels that are strings.
      loss_reduction: how the losses of a batch become one; their sum over the size of the batch by default.
      sequence_mask: name of the prediction that says which times are within the sequences.

    Raises:
      ValueError: an argument is out of range.
    """

    def __init__(
        self,
        sequence_feature_columns: Sequence[Any],
        context_feature_columns: Sequence[Any] | None = None,
        units: Sequence[int] | None = None,
        cell_type: Any = _UNSET,
        rnn_cell_fn: CellFn | None = None,
        return_sequences: bool = False,
        model_dir: str | None = None,
        n_classes: int = 2,
        weight_column: Any = None,
        label_vocabulary: Sequence[str] | None = None,
        optimizer: KerasOptimizer = 'Adagrad',
        loss_reduction: str = 'sum_over_batch_size',
        sequence_mask: str = 'sequence_mask',
        config: RunConfig | None = None,
    ):
        head: Any = own_heads.class_head(n_classes, weight_column, label_vocabulary, loss_reduction)
        if return_sequences:
            head = SequentialHeadWrapper(head, sequence_mask, weight_column)
        super().__init__(
            head,
            sequence_feature_columns,
            context_feature_columns,
            units,
            cell_type,
            rnn_cell_fn,
            return_sequences,
            model_dir,
            optimizer,
            config,
        )


def _cell_maker(units: Sequence[int] | None, cell_type: Any, rnn_cell_fn: CellFn | None) -> CellFn:
    if rnn_cell_fn is not None:
        if units is not None or cell_type is not _UNSET:
            raise ValueError('units and cell_type must not be given with rnn_cell_fn, which makes the cells.')
        return rnn_cell_fn
    kind = _CELLS['simple_rnn'] if cell_type is _UNSET else _CELLS.get(cell_type, cell_type)
    if not callable(kind):
        raise ValueError(f'cell_type must be one of {sorted(_CELLS)} or a class of Keras cells, got {cell_type!r}.')
    if units is None:
        raise TypeError('units must be a list of widths where there is no rnn_cell_fn, got None.')

    def make_cell() -> Any:
        cells = [kind(units=width) for width in units]
        return cells[0] if len(cells) == 1 else tf.keras.layers.StackedRNNCells(cells)

    return make_cell


def _logits(
    features: Mapping[str, Any],
    mode: str,
    units: int,
    sequence_columns: Sequence[Any],
    context_columns: Sequence[Any] | None,
    make_cell: CellFn,
    return_sequences: bool,
) -> tuple[tf.Tensor, tf.Tensor]:
    """Returns the logits, `[batch, units]` or `[batch, time, units]` float32, and the mask, `[batch, time]` bool."""
    training = mode == ModeKeys.TRAIN
    sequences = tf_keras.experimental.SequenceFeatures(sequence_columns, name='sequence_features')
    context = tf_keras.layers.DenseFeatures(context_columns, name='dense_features') if context_columns else None
    # The variables of columns stand outside of the model's scope.
    for layer in (sequences, context):
        if layer is not None:
            with tf.name_scope(f'{layer.name}/'):
                layer.build(None)
    rnn = tf.keras.layers.RNN(make_cell(), return_sequences=return_sequences, name='rnn')
    dense = tf.keras.layers.Dense(units, name='logits')
    with tf.name_scope('rnn_model'):
        with tf.name_scope('sequence_input_layer'):
            inputs, lengths = sequences(features, training=training)
            tf.summary.histogram('sequence_length', lengths)
            if context is not None:
                inputs = _with_context(inputs, context(features, training=training))
        mask = tf.sequence_mask(lengths)
        return dense(rnn(inputs, mask=mask, training=training)), mask


def _with_context(inputs: tf.Tensor, context: tf.Tensor) -> tf.Tensor:
    """Returns the input of each time, `[batch, time, width]`, with the context, `[batch, width]`, behind it."""
    for tensor, rank in ((inputs, 3), (context, 2)):
        tf.debugging.assert_rank(tensor, rank)
        tf.debugging.assert_type(tensor, tf.float32)
    length = tf.shape(inputs)[1]
    repeated = tf.tile(tf.expand_dims(context, 1), tf.concat([[1], [length], [1]], 0))
    return tf.concat([inputs, repeated], 2)
