"""SparseTensor features, from tf.data and made in the input function; FTRL; weights that are partitioned by rows."""

from __future__ import annotations

import _lifetime
import _observe
import numpy as np

_ROWS, _WORDS = 24, 15


def _ids():
    """Three word ids a row at positions 0 to 2, the last one missing in every other row, and their counts."""
    random = np.random.RandomState(8)
    indices = np.array([(row, k) for row in range(_ROWS) for k in range(3 - row % 2)], np.int64)
    return indices, random.randint(0, _WORDS, len(indices)), random.rand(len(indices)).astype(np.float32)


def build(tf):
    """Returns the model function and its inputs."""
    indices, ids, counts = _ids()
    labels = _observe.images(_ROWS, 1, seed=3)

    def model_fn(features, labels, mode):
        table = tf.get_variable(
            'table', [_WORDS, 2], initializer=tf.constant_initializer(_observe.weights(_WORDS, 2, scale=0.5))
        )
        pooled = tf.nn.embedding_lookup_sparse(table, features['ids'], features['counts'], combiner='sum')
        outputs = tf.layers.dense(pooled, 1, kernel_initializer=tf.constant_initializer(_observe.weights(2, 1)))
        present = tf.sparse_reduce_sum(features['counts'], 1)
        if mode == tf.estimator.ModeKeys.PREDICT:
            return tf.estimator.EstimatorSpec(mode, {'y': outputs, 'present': present})
        loss = tf.losses.mean_squared_error(labels, outputs)
        with _observe.after_step_read(tf):
            train_op = tf.train.FtrlOptimizer(0.5).minimize(loss, tf.train.get_global_step())
        metrics = {'present': tf.metrics.mean(present)}
        return tf.estimator.EstimatorSpec(mode, loss=loss, train_op=train_op, eval_metric_ops=metrics)

    def sparse(values, rows):
        chosen = indices[:, 0] < rows
        return tf.SparseTensor(indices[chosen], values[chosen], [rows, 3])

    def dataset(rows):
        features = {'ids': sparse(ids, rows), 'counts': sparse(counts, rows)}
        return tf.data.Dataset.from_tensor_slices((features, labels[:rows]))

    def whole_input_fn():
        return {'ids': sparse(ids, _ROWS), 'counts': sparse(counts, _ROWS)}, tf.constant(labels)

    return {
        'model_fn': model_fn,
        'train_input_fn': lambda: dataset(_ROWS).repeat().batch(10),
        'eval_input_fn': lambda: dataset(_ROWS).batch(10),
        'predict_input_fn': lambda: dataset(5).batch(2),
        'whole_input_fn': whole_input_fn,
    }


def run(tf, workdir):
    """Trains, evaluates and predicts; evaluates once more on tensors that are constants."""
    program = build(tf)
    result = _lifetime.lifetime(tf, workdir, program)
    estimator = tf.estimator.Estimator(program['model_fn'], workdir)
    result['whole'] = _observe.typed(estimator.evaluate(program['whole_input_fn'], steps=1))
    return result
