"""What Keras says of losses, metrics and penalties; the expected values are those of TF 1.15.5."""

from __future__ import annotations

import numpy as np
import pytest

import tf1 as tf

pytestmark = pytest.mark.filterwarnings('ignore:`Model.state_updates` will be removed')
layers = tf.keras.layers
x, y = np.arange(22.0).reshape(11, 2) / 20, np.arange(11.0) / 3


@pytest.fixture(autouse=True)
def graph():
    with tf.Graph().as_default() as graph:
        yield graph


def _model(**options):
    model = tf.keras.Sequential([layers.Dense(1, input_shape=(2,), kernel_initializer='ones')])
    model.compile(tf.keras.optimizers.SGD(0.01), 'mse', **{'metrics': ['mae'], **options})
    return model


def test_a_history_has_the_numbers_of_numpy(capsys):
    model = _model()
    history = model.fit(x, y, shuffle=False, batch_size=4).history
    assert {name: type(value) for name, (value,) in history.items()} == {
        'loss': np.float64,
        'mean_absolute_error': np.float32,
    }
    assert history['loss'][0] == pytest.approx(0.5354064919731834, abs=1e-6)
    found = model.evaluate(x, y, verbose=0)
    assert [type(value) for value in found] == [np.float64, np.float32]
    lines = capsys.readouterr().out.replace('\b', '').rsplit('\r')
    assert lines[-1].startswith('11/11 [==============================] - 0s ')
    assert lines[-1].endswith('sample - loss: 0.5354 - mean_absolute_error: 0.6152\n')
    assert sum('11/11' in line for line in lines) == 1


@pytest.mark.filterwarnings('ignore:`model.fit_generator` is deprecated')
def test_the_last_batch_of_a_generator_counts_with_the_epoch(capsys):
    batches = ((x[:3], y[:3]), (x[3:8], y[3:8]))
    history = _model().fit_generator(iter(batches), 2, 1).history
    last, epoch = (capsys.readouterr().out.split('loss: ')[-1].split()[0], history['loss'][0])
    model = _model()
    each = [model.train_on_batch(*batch)[0] for batch in batches]
    assert float(last) == pytest.approx((sum(each) + epoch) / 3, abs=1e-4)


def test_functions_that_are_called_otherwise_since_have_their_old_names_in_histories():
    losses = tf.keras.losses
    model = _model(metrics=[losses.kld, losses.logcosh, losses.cosine_similarity])
    assert model.metrics_names == ['loss', 'kullback_leibler_divergence', 'logcosh', 'cosine_proximity']
    assert losses.KLDivergence().name == 'kullback_leibler_divergence'
    assert losses.LogCosh().name == 'logcosh'
    assert losses.get('kullback_leibler_divergence') is losses.KLD
    assert losses.cosine_similarity.__name__ == 'cosine_proximity'


def test_configurations_of_losses_and_penalties_have_only_the_arguments_of_then():
    losses, regularizers = tf.keras.losses, tf.keras.regularizers
    of_classes = losses.CategoricalCrossentropy().get_config()
    assert of_classes == {
        'reduction': 'auto',
        'name': 'categorical_crossentropy',
        'from_logits': False,
        'label_smoothing': 0,
    }
    assert losses.CosineSimilarity().get_config()['axis'] == -1
    assert losses.MeanSquaredError.from_config(losses.MeanSquaredError().get_config()).name == 'mean_squared_error'
    assert regularizers.l2(0.5).get_config() == {'l1': 0.0, 'l2': 0.5}
    assert regularizers.serialize(regularizers.l1(l=0.5)) == {'class_name': 'L1L2', 'config': {'l1': 0.5, 'l2': 0.0}}
    for word, expected in (('l1', [0.01, 0.0]), ('l2', [0.0, 0.01]), ('l1_l2', [0.01, 0.01])):
        assert list(regularizers.get(word).get_config().values()) == pytest.approx(expected)
    model = tf.keras.Sequential([layers.Dense(1, input_shape=(2,), kernel_regularizer='l2')])
    again = tf.keras.models.model_from_json(model.to_json())
    assert again.layers[0].kernel_regularizer.get_config() == pytest.approx({'l1': 0.0, 'l2': 0.01})


def test_the_layers_of_a_model_include_its_input():
    assert [layer.name for layer in _model()._layers] == ['dense_input', 'dense']


def test_decoded_paths_are_as_long_as_their_longest():
    backend = tf.keras.backend
    probabilities = backend.constant([[[0.1, 0.6, 0.3], [0.2, 0.2, 0.6]]])
    (path,), _ = backend.ctc_decode(probabilities, backend.constant([2.0]))
    assert backend.eval(path).tolist() == [[1]]
    paths, logs = backend.ctc_decode(probabilities, backend.constant([2.0]), greedy=False, beam_width=4, top_paths=2)
    assert [backend.eval(path).tolist() for path in paths] == [[[1]], [[]]]
    assert backend.int_shape(logs) == (1, 2)


def test_a_class_among_the_first_k_is_one_number_for_each_example():
    backend = tf.keras.backend
    scores = backend.constant([[0.1, 0.8, 0.1], [0.3, 0.4, 0.3]])
    found = tf.keras.metrics.sparse_top_k_categorical_accuracy(backend.constant([[1], [0]]), scores, k=1)
    assert backend.eval(found).tolist() == [1.0, 0.0]
