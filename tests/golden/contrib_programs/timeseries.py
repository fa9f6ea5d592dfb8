"""Cases of `tf.contrib.timeseries`: readers, and models that start from given weights and see the whole series."""

import os
import tempfile
import zlib

import numpy as np


def _series(length, features=1, seed=0):
    random = np.random.RandomState(seed)
    times = np.arange(length)
    values = [
        np.sin(np.pi * times / (10 + i)) + times / 20.0 + random.uniform(-0.2, 0.2, length) for i in range(features)
    ]
    return times, np.stack(values, 1)


def _reader(tf, length, features=1, **exogenous):
    keys = tf.contrib.timeseries.TrainEvalFeatures
    times, values = _series(length, features)
    return tf.contrib.timeseries.NumpyReader({keys.TIMES: times, keys.VALUES: values, **exogenous})


def _read(tf, reader):
    full = reader.read_full()
    with tf.Session() as session:
        session.run(tf.local_variables_initializer())
        coordinator = tf.train.Coordinator()
        threads = tf.train.start_queue_runners(session, coordinator)
        found = session.run(full)
        coordinator.request_stop()
        coordinator.join(threads, stop_grace_period_secs=5, ignore_live_threads=True)
    return [
        [name, value.dtype.name if value.dtype != object else 'object', list(value.shape), _plain(value)]
        for name, value in sorted(found.items())
    ]


def _plain(array):
    return [each.decode() for each in array.ravel()] if array.dtype == object else array


def case_arrays(tf):
    with tf.Graph().as_default():
        keys = tf.contrib.timeseries.TrainEvalFeatures
        times, values = _series(5)
        seen = [_read(tf, tf.contrib.timeseries.NumpyReader({keys.TIMES: times, keys.VALUES: values[:, 0]}))]
        values = np.concatenate([values, values], 1).astype(np.float32)
        seen.append(_read(tf, tf.contrib.timeseries.NumpyReader({keys.TIMES: times, keys.VALUES: values, 'x': times})))
    return {'read': seen}


def case_files(tf):
    with tf.Graph().as_default():
        name = os.path.join(tempfile.mkdtemp(), 'series.csv')
        with open(name, 'w') as file:
            file.write('time,first,change,second\n1,0.5,no,2\n2,0.25,yes,3\n4,-1,no,4.5\n')
        keys = tf.contrib.timeseries.TrainEvalFeatures
        columns = (keys.TIMES, keys.VALUES, 'change', keys.VALUES)
        dtypes = (tf.int64, tf.float32, tf.string, tf.float32)
        reader = tf.contrib.timeseries.CSVReader(name, columns, dtypes, skip_header_lines=1)
        return {'read': _read(tf, reader)}


def case_no_values(tf):
    tf.contrib.timeseries.NumpyReader({'times': np.arange(3)})


def case_a_file_without_times(tf):
    tf.contrib.timeseries.CSVReader('series.csv', column_names=('values', 'values'))


def case_lengths_that_differ(tf):
    tf.contrib.timeseries.NumpyReader({'times': np.arange(3), 'values': np.zeros(4)}).read_full()


def case_steps_and_times(tf):
    evaluation = {'times': np.array([[1, 2]]), 'start_tuple': (np.zeros([1]),)}
    tf.contrib.timeseries.predict_continuation_input_fn(evaluation, steps=3, times=[3, 4])


def case_neither_steps_nor_times(tf):
    evaluation = {'times': np.array([[1, 2]]), 'start_tuple': (np.zeros([1]),)}
    tf.contrib.timeseries.predict_continuation_input_fn(evaluation)


def case_windows_that_are_too_large(tf):
    tf.contrib.timeseries.RandomWindowInputFn(_reader(tf, 5), window_size=6, batch_size=2)()


def _weights(tf):
    """A hook that sets the weights and keeps the losses."""

    class Hook(tf.train.SessionRunHook):
        losses = []

        def begin(self):
            summaries = [each for each in tf.get_default_graph().get_operations() if each.type == 'ScalarSummary']
            loss = [each for each in summaries if each.name.endswith('loss')][0]
            self.losses, self._loss = [], loss.inputs[1]

        def after_create_session(self, session, coordinator):
            starts = [each for each in tf.global_variables() if each.op.name.endswith('prior_state_mean')]
            for variable in tf.trainable_variables() + starts:
                shape = variable.shape.as_list()
                ramp = np.arange(int(np.prod(shape)), dtype=np.float64) + zlib.crc32(variable.op.name.encode()) % 1000
                value = (0.3 * np.sin(ramp)).reshape(shape)
                variable.load(value.astype(variable.dtype.base_dtype.as_numpy_dtype), session)

        def before_run(self, run_context):
            return tf.train.SessionRunArgs(self._loss)

        def after_run(self, run_context, run_values):
            self.losses.append(run_values.results)

    return Hook()


def _run(tf, estimator, train, whole, steps=4, predict=25, **continuation):
    hook = _weights(tf)
    estimator.train(train, steps=steps, hooks=[hook])
    series = tf.contrib.timeseries
    evaluation = estimator.evaluate(whole, steps=1)
    input_fn = series.predict_continuation_input_fn(evaluation, steps=predict, **continuation)
    (predictions,) = estimator.predict(input_fn)
    names = [name for name in estimator.get_variable_names() if 'input_statistics' in name]
    return {
        'losses': hook.losses,
        'names': sorted(estimator.get_variable_names()),
        'statistics': [[name, np.reshape(estimator.get_variable_value(name), [-1])] for name in sorted(names)],
        'evaluation': [
            [key, 'a state' if isinstance(value, tuple) else value] for key, value in sorted(evaluation.items())
        ],
        'start': [np.ravel(each)[:5] for each in tf.contrib.framework.nest.flatten(evaluation['start_tuple'])],
        'predictions': sorted(predictions.items()),
    }


def _autoregression(tf, length=40, features=1, **options):
    settings = {'periodicities': [20, 7], 'input_window_size': 13, 'output_window_size': 5, 'num_features': features}
    settings.update(options)
    estimator = tf.contrib.timeseries.ARRegressor(
        model_dir=tempfile.mkdtemp(), config=tf.estimator.RunConfig(tf_random_seed=1), **settings
    )
    whole = tf.contrib.timeseries.WholeDatasetInputFn
    return _run(tf, estimator, whole(_reader(tf, 18, features)), whole(_reader(tf, length, features)))


def case_autoregression(tf):
    return _autoregression(tf)


def case_autoregression_with_hidden_layers_and_several_features(tf):
    return _autoregression(tf, 43, 2, hidden_layer_sizes=[6, 4], num_time_buckets=4)


def case_autoregression_by_squares(tf):
    return _autoregression(tf, loss=tf.contrib.timeseries.ARModel.SQUARED_LOSS, periodicities=9)


def case_autoregression_with_anomalies(tf):
    return _autoregression(tf, periodicities=9, anomaly_prior_probability=0.1, anomaly_distribution='gaussian')


def case_autoregression_with_anomalies_of_a_cauchy_distribution(tf):
    return _autoregression(
        tf, features=2, periodicities=9, anomaly_prior_probability=0.1, anomaly_distribution='cauchy'
    )


def case_a_distribution_of_anomalies_alone(tf):
    tf.contrib.timeseries.ARRegressor(9, 3, 2, 1, anomaly_distribution='cauchy')


def case_anomalies_by_squares(tf):
    tf.contrib.timeseries.ARRegressor(9, 3, 2, 1, anomaly_prior_probability=0.1, loss='squared_loss')


def case_an_unknown_distribution_of_anomalies(tf):
    tf.contrib.timeseries.ARRegressor(9, 3, 2, 1, anomaly_prior_probability=0.1, anomaly_distribution='uniform')


def case_recurrent_autoregression(tf):
    from importlib import import_module

    estimators = import_module(tf.__name__ + '.contrib.timeseries.python.timeseries.estimators')
    estimator = estimators.LSTMAutoRegressor(
        9, 13, 5, tempfile.mkdtemp(), 2, num_units=4, config=tf.estimator.RunConfig(tf_random_seed=1)
    )
    series = tf.contrib.timeseries
    train, whole = (series.WholeDatasetInputFn(_reader(tf, length, 2)) for length in (18, 40))
    hook = _weights(tf)
    estimator.train(train, steps=4, hooks=[hook])
    evaluation = sorted(estimator.evaluate(whole, steps=1).items())
    return {'losses': hook.losses, 'names': sorted(estimator.get_variable_names()), 'evaluation': evaluation}


def case_records(tf):
    from importlib import import_module

    pipeline = import_module(tf.__name__ + '.contrib.timeseries.python.timeseries.input_pipeline')
    name = os.path.join(tempfile.mkdtemp(), 'series')
    with tf.python_io.TFRecordWriter(name) as writer:
        for i in range(4):
            feature = {
                'times': tf.train.Feature(int64_list=tf.train.Int64List(value=[i])),
                'values': tf.train.Feature(float_list=tf.train.FloatList(value=[i / 2, -i])),
                'word': tf.train.Feature(bytes_list=tf.train.BytesList(value=[b'ab'[: i % 3]])),
            }
            writer.write(tf.train.Example(features=tf.train.Features(feature=feature)).SerializeToString())
    features = {
        'times': tf.FixedLenFeature([], tf.int64),
        'values': tf.FixedLenFeature([2], tf.float32),
        'word': tf.FixedLenFeature([1], tf.string),
    }
    with tf.Graph().as_default():
        return {'read': _read(tf, pipeline.TFExampleReader(name, features))}


def _with_exogenous_features(tf, one_shot):
    from importlib import import_module

    package = tf.__name__ + '.contrib.timeseries.python.timeseries.'
    words = tf.feature_column.categorical_column_with_vocabulary_list('word', ['no', 'yes'])
    columns = [tf.feature_column.numeric_column('change', shape=(2,)), tf.feature_column.indicator_column(words)]
    exogenous = {
        'change': np.arange(24, dtype=np.float32).reshape(12, 2) % 5,
        'word': np.array([['no'], ['yes'], ['no']] * 4),
    }
    whole = tf.contrib.timeseries.WholeDatasetInputFn(_reader(tf, 12, **exogenous))
    model = tf.contrib.timeseries.ARModel(9, 8, 4, 1, exogenous_feature_columns=columns)
    head = tf.contrib.timeseries.OneShotPredictionHead
    estimator = import_module(package + 'estimators').TimeSeriesRegressor(
        model,
        import_module(package + 'state_management').FilteringOnlyStateManager(),
        tf.train.AdamOptimizer(0.01),
        tempfile.mkdtemp(),
        tf.estimator.RunConfig(tf_random_seed=1),
        **({'head_type': head} if one_shot else {}),
    )
    estimator.train(whole, steps=2, hooks=[_weights(tf)])
    return estimator, sorted(estimator.evaluate(whole, steps=1))


def _signatures(signatures):
    return [
        [
            name,
            sorted([key, [size.size for size in info.tensor_shape.dim]] for key, info in each.inputs.items()),
            sorted(each.outputs),
        ]
        for name, each in sorted(signatures.signature_def.items())
        if 'train' not in name and 'init' not in name
    ]


def case_exported_with_exogenous_features(tf):
    estimator, _ = _with_exogenous_features(tf, False)
    folder = estimator.export_saved_model(tempfile.mkdtemp(), estimator.build_raw_serving_input_receiver_fn(1, 12))
    with tf.Graph().as_default(), tf.Session() as session:
        loaded = tf.saved_model.loader.load(session, [tf.saved_model.tag_constants.SERVING], folder)
    return {'signatures': _signatures(loaded)}


def case_exported_in_one_shot(tf):
    estimator, evaluated = _with_exogenous_features(tf, True)
    receiver = estimator.build_one_shot_parsing_serving_input_receiver_fn(filtering_length=12, prediction_length=6)
    folder = estimator.export_saved_model(tempfile.mkdtemp(), receiver)
    times, values = _series(18)
    feature = {
        'times': tf.train.Feature(int64_list=tf.train.Int64List(value=times)),
        'values': tf.train.Feature(float_list=tf.train.FloatList(value=values[:12, 0])),
        'change': tf.train.Feature(float_list=tf.train.FloatList(value=np.arange(36) % 5)),
        'word': tf.train.Feature(bytes_list=tf.train.BytesList(value=[b'no', b'yes', b'no'] * 6)),
    }
    example = tf.train.Example(features=tf.train.Features(feature=feature)).SerializeToString()
    with tf.Graph().as_default(), tf.Session() as session:
        loaded = tf.saved_model.loader.load(session, [tf.saved_model.tag_constants.SERVING], folder)
        signature = loaded.signature_def['serving_default']
        fed = {signature.inputs['examples'].name: [example]}
        found = {name: session.run(info.name, fed) for name, info in sorted(signature.outputs.items())}
    return {'evaluated': evaluated, 'signatures': _signatures(loaded), 'found': found}


def case_too_few_observations(tf):
    _autoregression(tf, 17)


def case_windows_of_another_length(tf):
    estimator = tf.contrib.timeseries.ARRegressor(9, 13, 5, 1)
    estimator.train(tf.contrib.timeseries.WholeDatasetInputFn(_reader(tf, 19)), steps=1)


def case_exported(tf):
    from importlib import import_module

    series = tf.contrib.timeseries
    utils = import_module(tf.__name__ + '.contrib.timeseries.python.timeseries.saved_model_utils')
    estimator = series.ARRegressor(9, 13, 5, 1, config=tf.estimator.RunConfig(tf_random_seed=1))
    whole = series.WholeDatasetInputFn(_reader(tf, 18))
    estimator.train(whole, steps=2, hooks=[_weights(tf)])
    receiver = estimator.build_raw_serving_input_receiver_fn(1, 20)
    folder = estimator.export_saved_model(tempfile.mkdtemp(), receiver)
    times, values = _series(20)
    with tf.Graph().as_default(), tf.Session() as session:
        signatures = tf.saved_model.loader.load(session, [tf.saved_model.tag_constants.SERVING], folder)
        features = {'times': times, 'values': values[:, 0]}
        cold = utils.cold_start_filter(signatures=signatures, session=session, features=features)
        predictions = utils.predict_continuation(continue_from=cold, signatures=signatures, session=session, steps=20)
    return {
        'signatures': [
            [name, sorted(each.inputs), sorted(each.outputs)]
            for name, each in sorted(signatures.signature_def.items())
            if 'train' not in name and 'init' not in name
        ],
        'cold': [[name, list(value.shape)] for name, value in sorted(cold.items())],
        'predictions': [[name, np.asarray(value)] for name, value in sorted(predictions.items())],
    }


def _stepwise(tf, normalize, condition=None):
    """A model that predicts a multiple of the last observation, moved by what is known from outside."""
    from importlib import import_module

    package = tf.__name__ + '.contrib.timeseries.python.timeseries.'
    base = import_module(package + 'model').SequentialTimeSeriesModel

    class Model(base):
        def __init__(self):
            columns = [tf.feature_column.numeric_column('change')] if condition else None
            super().__init__(
                train_output_names=['mean'],
                predict_output_names=['mean'],
                num_features=2,
                normalize_features=normalize,
                exogenous_feature_columns=columns,
                exogenous_update_condition=condition,
            )

        def initialize_graph(self, input_statistics=None):
            super().initialize_graph(input_statistics)
            self._weight = tf.get_variable('weight', [2])

        def get_start_state(self):
            return (tf.zeros([], tf.int64), [tf.zeros([2])])

        def _prediction_step(self, current_times, state):
            time, (last,) = state
            return (time, [last]), {'mean': last * self._weight}

        def _filtering_step(self, current_times, current_values, state, predictions):
            values = current_values if normalize else self._scale_data(current_values)
            loss = tf.reduce_sum((predictions['mean'] - values) ** 2, axis=-1)
            return (current_times, [values]), {'mean': predictions['mean'], 'loss': loss}

        def _imputation_step(self, current_times, state):
            time, (last,) = state
            gap = tf.cast(current_times - time, tf.float32)
            return (current_times, [last / tf.maximum(gap, 1.0)[:, tf.newaxis]])

        def _exogenous_input_step(self, current_times, current_exogenous_regressors, state):
            time, (last,) = state
            return (time, [last + current_exogenous_regressors])

    return import_module(package + 'estimators').TimeSeriesRegressor(
        Model(), optimizer=tf.train.AdamOptimizer(0.01), config=tf.estimator.RunConfig(tf_random_seed=1)
    )


def case_steps(tf):
    whole = tf.contrib.timeseries.WholeDatasetInputFn(_reader(tf, 12, 2))
    return _run(tf, _stepwise(tf, False), whole, whole, predict=4)


def case_steps_on_normalized_values(tf):
    whole = tf.contrib.timeseries.WholeDatasetInputFn(_reader(tf, 12, 2))
    return _run(tf, _stepwise(tf, True), whole, whole, predict=4)


def case_steps_with_exogenous_features(tf):
    change = np.arange(12, dtype=np.float32)[:, np.newaxis] % 4
    whole = tf.contrib.timeseries.WholeDatasetInputFn(_reader(tf, 12, 2, change=change))

    def condition(times, features):
        return tf.squeeze(features['change'], axis=-1) > 2

    estimator = _stepwise(tf, False, condition)
    return _run(tf, estimator, whole, whole, predict=4, exogenous_features={'change': change[np.newaxis, :4]})


def _structural(tf, whole, predict=5, **options):
    more = {name: options.pop(name) for name in ('exogenous_features',) if name in options}
    settings = {'periodicities': [7, 12.5], 'num_features': 2, 'cycle_num_latent_values': 5, 'moving_average_order': 2}
    settings.update(options)
    estimator = tf.contrib.timeseries.StructuralEnsembleRegressor(
        model_dir=tempfile.mkdtemp(), config=tf.estimator.RunConfig(tf_random_seed=1), **settings
    )
    return _run(tf, estimator, whole, whole, predict=predict, **more)


def case_structure(tf):
    return _structural(tf, tf.contrib.timeseries.WholeDatasetInputFn(_reader(tf, 30, 2)), autoregressive_order=3)


def case_structure_with_exogenous_features_and_anomalies(tf):
    times, values = _series(20)
    values[[7, 16]] += 9
    words = np.array(['yes' if time % 6 == 4 else 'no' for time in times])[:, np.newaxis]
    reader = tf.contrib.timeseries.NumpyReader(
        {'times': times, 'values': values + 2.0 * (times >= 10)[:, np.newaxis], 'word': words}
    )
    columns = [
        tf.feature_column.indicator_column(
            tf.feature_column.categorical_column_with_vocabulary_list('word', ['no', 'yes'])
        )
    ]

    def condition(times, features):
        return tf.equal(tf.squeeze(features['word'], axis=-1), 'yes')

    return _structural(
        tf,
        tf.contrib.timeseries.WholeDatasetInputFn(reader),
        periodicities=6,
        num_features=1,
        cycle_num_latent_values=3,
        exogenous_feature_columns=columns,
        exogenous_update_condition=condition,
        exogenous_features={'word': words[np.newaxis, :5]},
        anomaly_prior_probability=0.02,
    )


def case_structure_of_an_even_number_of_values(tf):
    tf.contrib.timeseries.StructuralEnsembleRegressor(7, 1, cycle_num_latent_values=4)


def case_structure_in_batches_that_follow_one_another(tf):
    times, values = _series(60)

    def windows():
        starts = tf.data.Dataset.from_tensor_slices([[0, 10], [10, 24], [33, 20], [45, 41]])
        starts = tf.data.make_one_shot_iterator(starts.repeat()).get_next()
        places = starts[:, tf.newaxis] + tf.range(15)
        return {'times': tf.gather(times, places), 'values': tf.gather(values, places)}, None

    whole = tf.contrib.timeseries.WholeDatasetInputFn(_reader(tf, 20))
    estimator = tf.contrib.timeseries.StructuralEnsembleRegressor(
        6, 1, 3, 1, model_dir=tempfile.mkdtemp(), config=tf.estimator.RunConfig(tf_random_seed=1)
    )
    return _run(tf, estimator, windows, whole, steps=8, predict=3)


def case_structure_exported(tf):
    """Continues step by step from what an evaluation left."""
    from importlib import import_module

    series = tf.contrib.timeseries
    utils = import_module(tf.__name__ + '.contrib.timeseries.python.timeseries.saved_model_utils')
    estimator = series.StructuralEnsembleRegressor(6, 2, 3, 1, config=tf.estimator.RunConfig(tf_random_seed=1))
    whole = series.WholeDatasetInputFn(_reader(tf, 18, 2))
    estimator.train(whole, steps=2, hooks=[_weights(tf)])
    state = estimator.evaluate(whole, steps=1)
    folder = estimator.export_saved_model(tempfile.mkdtemp(), estimator.build_raw_serving_input_receiver_fn())
    found = []
    with tf.Graph().as_default(), tf.Session() as session:
        signatures = tf.saved_model.loader.load(session, [tf.saved_model.tag_constants.SERVING], folder)
        for _ in range(3):
            ahead = utils.predict_continuation(state, signatures, session, steps=1)
            features = {'times': ahead['times'], 'values': ahead['mean'] + 0.1}
            state = utils.filter_continuation(state, signatures, session, features)
            found.append([ahead['mean'], ahead['covariance'], sorted(state)])
    return {
        'signatures': [
            [name, sorted([key, info.dtype] for key, info in each.inputs.items()), sorted(each.outputs)]
            for name, each in sorted(signatures.signature_def.items())
            if 'train' not in name and 'init' not in name
        ],
        'found': found,
    }
