"""Linear support vector machines; the weights are those of TF 1.15.5, whose examples come by chance as well."""

from __future__ import annotations

import numpy as np
import pytest

import tf1 as tf

_COLUMNS = [tf.contrib.layers.real_valued_column(name) for name in 'ab']


def _input_fn():
    random = np.random.RandomState(0)
    inputs = random.randn(40, 2).astype(np.float32)
    labels = (inputs[:, 0] + 0.5 * inputs[:, 1] + 0.3 * random.randn(40) > 0).astype(np.int64)
    features = {'id': tf.constant([str(i) for i in range(40)])}
    features.update(a=tf.constant(inputs[:, :1]), b=tf.constant(inputs[:, 1:]))
    return features, tf.constant(labels[:, np.newaxis])


def test_a_machine_finds_the_margin_that_tf_1_15_finds():
    machine = tf.contrib.learn.SVM('id', _COLUMNS, l1_regularization=0.1, l2_regularization=2.0)
    machine.fit(input_fn=_input_fn, steps=20)
    found = [machine.get_variable_value(f'linear/{name}').item() for name in ('a/weight', 'b/weight', 'bias_weight')]
    np.testing.assert_allclose(found, [1.511, 0.44, 0.17], atol=0.05)
    with pytest.raises(ValueError, match='probabilities'):
        next(machine.predict_proba(input_fn=lambda: _input_fn()[0]))
    evaluation = machine.evaluate(input_fn=_input_fn, steps=1)
    assert set(evaluation) == {'accuracy', 'loss', 'global_step'}
    assert evaluation['accuracy'] == np.float32(0.925)
    assert evaluation['global_step'] == 20
    predictions = list(machine.predict(input_fn=_input_fn))
    assert sorted(predictions[0]) == ['classes', 'logits']
    logits = np.array([each['logits'][0] for each in predictions])
    assert [each['classes'] for each in predictions] == (logits > 0).tolist()
    assert list(machine.predict_classes(input_fn=_input_fn)) == (logits > 0).tolist()
    with tf.Graph().as_default(), tf.Session() as session:
        labels = session.run(_input_fn()[1])[:, 0]
    losses = np.maximum(0, 1 - (2 * labels - 1) * logits)
    np.testing.assert_allclose(evaluation['loss'], losses.mean(), rtol=1e-5)


def test_kernels_are_refused():
    with pytest.raises(ValueError, match=r'kernels must be None, got \[1\]: the machine is linear'):
        tf.contrib.learn.SVM('id', _COLUMNS, kernels=[1])
