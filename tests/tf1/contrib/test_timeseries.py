"""Models of time series beyond what the golden cases hold: windows by chance, exogenous features, errors."""

from __future__ import annotations

import importlib

import numpy as np
import pytest

import tf1 as tf

pytestmark = pytest.mark.usefixtures('graphs_not_rewritten')

series = tf.contrib.timeseries
_package = importlib.import_module('tf1.contrib.timeseries.python.timeseries')
_KEYS = series.TrainEvalFeatures
_TIMES = np.arange(120)
_VALUES = np.sin(np.pi * _TIMES / 10) + _TIMES / 100


def _reader(**more) -> series.NumpyReader:
    return series.NumpyReader({_KEYS.TIMES: _TIMES, _KEYS.VALUES: _VALUES, **more})


def _windows(reader, runs: int = 30, **options) -> np.ndarray:
    with tf.Graph().as_default(), tf.Session() as session:
        features, labels = series.RandomWindowInputFn(reader, **options)()
        assert labels is None
        found = [session.run(features) for _ in range(runs)]
    return {name: np.stack([each[name] for each in found]) for name in found[0]}


def test_windows_are_parts_of_the_series_by_chance_under_a_seed():
    found = _windows(_reader(), window_size=7, batch_size=4, shuffle_seed=3)
    times, values = found[_KEYS.TIMES], found[_KEYS.VALUES]
    assert (times.shape, values.shape) == ((30, 4, 7), (30, 4, 7, 1))
    assert (np.diff(times, axis=2) == 1).all()
    np.testing.assert_array_equal(values[..., 0], _VALUES[times])
    assert len(set(times[:, :, 0].ravel())) > 50
    again = _windows(_reader(), window_size=7, batch_size=4, shuffle_seed=3)
    np.testing.assert_array_equal(again[_KEYS.TIMES], times)
    assert (_windows(_reader(), window_size=7, batch_size=4, shuffle_seed=4)[_KEYS.TIMES] != times).any()


def test_windows_across_two_series_are_left_out():
    times = np.concatenate([np.arange(10), np.arange(9)])
    reader = series.NumpyReader({_KEYS.TIMES: times, _KEYS.VALUES: np.arange(19.0)})
    ordered = _windows(reader, window_size=6, batch_size=8)
    assert (np.diff(ordered[_KEYS.TIMES], axis=2) == 1).all()
    assert {0.0, 4.0, 10.0, 13.0} <= set(ordered[_KEYS.VALUES][:, :, 0, 0].ravel())
    every = _windows(reader, window_size=6, batch_size=8, discard_out_of_order=False)
    assert (np.diff(every[_KEYS.TIMES], axis=2) < 0).any()
    with pytest.raises(ValueError, match='There is no window of 12 times in order; choose a smaller one'):
        _windows(reader, window_size=12, batch_size=1)


def test_an_autoregression_learns_a_period_and_goes_on_with_it(tmp_path):
    config = tf.estimator.RunConfig(tf_random_seed=2)
    estimator = series.ARRegressor(20, 15, 5, 1, model_dir=str(tmp_path), config=config)
    estimator.train(series.RandomWindowInputFn(_reader(), window_size=20, batch_size=16), steps=400)
    evaluation = estimator.evaluate(series.WholeDatasetInputFn(_reader()), steps=1)
    (found,) = estimator.predict(series.predict_continuation_input_fn(evaluation, steps=12))
    ahead = np.arange(120, 132)
    assert found['times'].tolist() == ahead.tolist()
    np.testing.assert_allclose(found['mean'][:, 0], np.sin(np.pi * ahead / 10) + ahead / 100, atol=0.35)
    assert (found['covariance'] > 0).all()
    times = np.array([[120, 121, 122]])
    (other,) = estimator.predict(series.predict_continuation_input_fn(evaluation, times=times))
    assert (other['mean'].shape, other['times'].tolist()) == ((3, 1), [120, 121, 122])


def test_exogenous_features_are_part_of_the_windows():
    change = (_TIMES % 7 == 0).astype(np.float32)[:, np.newaxis]
    reader = series.NumpyReader({_KEYS.TIMES: _TIMES, _KEYS.VALUES: _VALUES + 3 * change[:, 0], 'change': change})
    columns = [tf.feature_column.numeric_column('change')]
    config = tf.estimator.RunConfig(tf_random_seed=2)
    estimator = series.ARRegressor(20, 15, 5, 1, exogenous_feature_columns=columns, config=config)
    estimator.train(series.RandomWindowInputFn(reader, window_size=20, batch_size=16), steps=300)
    evaluation = estimator.evaluate(series.WholeDatasetInputFn(reader), steps=1)
    assert evaluation['start_tuple'][2].shape == (1, 15, 1)
    without, ahead = np.zeros([2, 1, 5, 1], np.float32)
    ahead[0, 2] = 1
    found = []
    for each in (without, ahead):
        continuation = series.predict_continuation_input_fn(evaluation, steps=5, exogenous_features={'change': each})
        found.append(next(estimator.predict(continuation))['mean'][:, 0])
    difference = found[1] - found[0]
    assert np.argmax(difference) == 2
    assert difference[2] > 0.3


class _Recurrent(importlib.import_module('tf1.contrib.timeseries.python.timeseries.model').SequentialTimeSeriesModel):
    """An LSTM whose output predicts the next observation."""

    def __init__(self):
        super().__init__(['mean'], ['mean'], 1)

    def initialize_graph(self, input_statistics=None):
        super().initialize_graph(input_statistics)
        self._cell = tf.nn.rnn_cell.LSTMCell(16)
        self._run = tf.make_template('lstm', self._cell, create_scope_now_=True)
        self._output = tf.make_template('output', lambda inputs: tf.layers.dense(inputs, 1), create_scope_now_=True)

    def get_start_state(self):
        zeros = [tf.squeeze(each, axis=0) for each in self._cell.zero_state(1, tf.float32)]
        return tf.zeros([], tf.int64), tf.zeros([1]), zeros

    def _filtering_step(self, current_times, current_values, state, predictions):
        _, prediction, cell_state = state
        values = self._scale_data(current_values)
        loss = tf.reduce_mean((prediction - values) ** 2, axis=-1)
        output, new = self._run(values, tf.nn.rnn_cell.LSTMStateTuple(*cell_state))
        return (current_times, self._output(output), list(new)), {'mean': predictions['mean'], 'loss': loss}

    def _prediction_step(self, current_times, state):
        _, prediction, cell_state = state
        output, new = self._run(prediction, tf.nn.rnn_cell.LSTMStateTuple(*cell_state))
        following = (current_times, self._output(output), list(new))
        return following, {'mean': self._scale_back_data(prediction)}

    def _imputation_step(self, current_times, state):
        return state


def test_a_recurrent_model_of_ones_own_learns(tmp_path):
    estimators = importlib.import_module('tf1.contrib.timeseries.python.timeseries.estimators')
    config = tf.estimator.RunConfig(tf_random_seed=2)
    estimator = estimators.TimeSeriesRegressor(_Recurrent(), None, tf.train.AdamOptimizer(0.02), str(tmp_path), config)
    whole = series.WholeDatasetInputFn(_reader())
    windows = series.RandomWindowInputFn(_reader(), window_size=20, batch_size=4, shuffle_seed=1)
    losses = []
    for steps in (1, 60):
        estimator.train(windows, steps=steps)
        evaluation = estimator.evaluate(whole, steps=1)
        losses.append(evaluation['loss'])
    assert losses[1] < 0.5 * losses[0]
    assert (evaluation['mean'].shape, evaluation['observed'].shape) == ((1, 120, 1), (1, 120, 1))
    (found,) = estimator.predict(series.predict_continuation_input_fn(evaluation, steps=5))
    assert (found['mean'].shape, found['times'].tolist()) == ((5, 1), [120, 121, 122, 123, 124])


def test_old_paths_lead_to_the_modules():
    assert _package.NumpyReader is series.NumpyReader
    assert _package.estimators.ARRegressor is series.ARRegressor


class _Counting(_package.model.SequentialTimeSeriesModel):
    """Counts observations, and adds 100 for each time that has none."""

    def __init__(self):
        super().__init__(['mean'], ['mean'], 1, dtype=tf.float64)

    def get_start_state(self):
        return tf.constant(2, tf.int64), tf.constant(0.0, tf.float64)

    def _imputation_step(self, current_times, state):
        time, count = state
        return current_times, count + 100.0 * tf.cast(current_times - time - 1, tf.float64)

    def _prediction_step(self, current_times, state):
        return state, {'mean': state[1][:, tf.newaxis]}

    def _filtering_step(self, current_times, current_values, state, predictions):
        return (current_times, state[1] + 1), {**predictions, 'loss': state[1]}


def test_windows_start_from_what_earlier_ones_left_at_the_ends_of_spans():
    model = _Counting()
    model.initialize_graph()
    manager = _package.state_management.ChainingStateManager(state_saving_interval=5)
    manager.initialize_graph(model)
    times = tf.placeholder(tf.int64, [None, None])
    values = tf.zeros_like(times[..., tf.newaxis], tf.float64)
    outputs = manager.define_loss(model, {'times': times, 'values': values}, tf.estimator.ModeKeys.TRAIN)
    # What TF 1.15.5 makes of the same windows, one after the other: the counts before each observation.
    cases = [
        ([[3, 4, 5, 6]], [[0, 1, 2, 3]]),
        ([[7, 8, 9, 10]], [[202, 203, 204, 205]]),
        ([[3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]], [list(range(14))]),
        ([[18, 19, 20, 21]], [[312, 313, 314, 315]]),
        ([[14, 15, 16, 17, 18, 19], [3, 4, 5, 6, 7, 8]], [[407, 408, 409, 410, 411, 412], [0, 1, 2, 3, 4, 5]]),
        (
            [[7, 8, 9, 10, 11, 12], [8, 9, 10, 11, 12, 13]],
            [[202, 203, 204, 205, 206, 207], [302, 303, 304, 305, 306, 307]],
        ),
        ([[8, 13, 20]], [[302, 703, 1304]]),
        ([[40, 41]], [[3700, 3701]]),
    ]
    with tf.Session() as session:
        for window, counts in cases:
            found, end = session.run([outputs.predictions['mean'], outputs.end_state], {times: window})
            np.testing.assert_array_equal(found[..., 0], counts)
            assert (end[0].tolist(), end[1].tolist()) == ([window[-1][-1]], [counts[-1][-1] + 1])


@pytest.mark.parametrize(
    ('call', 'error', 'text'),
    [
        (lambda: series.ARRegressor(0, 3, 2, 1), ValueError, 'periodicities must be positive, got 0'),
        (
            lambda: series.ARRegressor(5, 3, 2, 1, loss='best'),
            ValueError,
            "loss must be 'squared_loss' or .*, got 'best'",
        ),
        (
            lambda: series.ARRegressor(5, 3, 2, 1, anomaly_distribution='cauchy'),
            ValueError,
            "anomaly_distribution needs anomaly_prior_probability, got 'cauchy' alone",
        ),
        (
            lambda: series.StructuralEnsembleRegressor([5, 6], 1, [3, 5, 7]),
            ValueError,
            r'cycle_num_latent_values must be one number or as many as periodicities, 2, got \[3, 5, 7\]',
        ),
        (
            lambda: series.StructuralEnsembleRegressor(5, 1, 4),
            ValueError,
            'cycle_num_latent_values must be odd, got 4',
        ),
        (
            lambda: _package.TFExampleReader('records', {'times': tf.FixedLenFeature([1], tf.int64), 'values': None}),
            ValueError,
            r'times must be int64 of the shape \[\], got FixedLenFeature',
        ),
        (
            lambda: series.NumpyReader({_KEYS.TIMES: _TIMES, _KEYS.VALUES: _VALUES[1:]}),
            ValueError,
            r'values must have the length of times, 120, got the shape \(119,\)',
        ),
        (
            lambda: series.ARRegressor(20, 15, 5, 1).train(series.WholeDatasetInputFn(_reader()), steps=1),
            ValueError,
            r'15 \+ 5, got the shape \(1, 120\) for times; set window_size',
        ),
        (
            lambda: series.ARRegressor(20, 15, 5, 2).train(series.WholeDatasetInputFn(_reader()), steps=1),
            ValueError,
            r'values must have the shape \[batch, window, 2\], as num_features says, got \(1, 120, 1\)',
        ),
        (
            lambda: series.predict_continuation_input_fn({'times': [[1, 2]], 'start_tuple': ()}, times=[2, 3]),
            ValueError,
            'times must be after those of the evaluation, which ends at',
        ),
    ],
)
def test_an_error_names_the_value_and_the_remedy(call, error, text):
    with pytest.raises(error, match=text):
        call()


def test_a_file_with_a_short_row_is_refused(tmp_path):
    (tmp_path / 'series.csv').write_text('1,2\n2\n')
    with pytest.raises(ValueError, match=r"series\.csv: row 1 must have 2 columns, as column_names says, got \['2'\]"):
        series.CSVReader(str(tmp_path / 'series.csv')).read_full()
