"""Cases of `tf.contrib.predictor` and `tf.contrib.estimator`: models of one weight, exported and asked."""

import os
import tempfile


def _model(tf):
    def model_fn(features, labels, mode):
        weight = tf.get_variable('weight', initializer=2.0)
        product = features['x'] * weight
        return tf.estimator.EstimatorSpec(
            mode,
            predictions={'y': product},
            loss=tf.reduce_sum(product - (0.0 if labels is None else labels)),
            train_op=tf.assign_add(tf.train.get_global_step(), 1) if mode == 'train' else None,
            export_outputs={
                'serving_default': tf.estimator.export.PredictOutput({'y': product}),
                'twice': tf.estimator.export.PredictOutput({'z': product * 2.0}),
            },
        )

    return model_fn


def _input_fn(tf):
    return lambda: ({'x': tf.constant([1.0, 2.0]), 'id': tf.constant(['a', 'b'])}, tf.constant([3.0, 4.0]))


def _estimator(tf):
    return tf.estimator.Estimator(_model(tf), tempfile.mkdtemp())


def _receiver(tf):
    holder = tf.placeholder(tf.float32, [None])
    return tf.estimator.export.ServingInputReceiver({'x': holder}, {'input': holder})


def _exported(tf):
    estimator = _estimator(tf)
    estimator.train(_input_fn(tf), steps=1)
    folder = estimator.export_savedmodel(tempfile.mkdtemp(), lambda: _receiver(tf))
    return estimator, folder.decode()


def case_from_saved_model(tf):
    _, folder = _exported(tf)
    load = tf.contrib.predictor.from_saved_model
    predict = load(folder)
    twice = load(folder, signature_def_key='twice')
    names = load(
        folder,
        input_names={'in': predict.feed_tensors['input'].name},
        output_names={'out': twice.fetch_tensors['z'].name},
    )
    return {
        'predicted': predict({'input': [1.0, 3.0]}),
        'again': predict({'input': [5.0]}),
        'twice': twice({'input': [1.0]}),
        'names': names({'in': [2.0]}),
        'inputs': sorted(predict.feed_tensors),
        'outputs': sorted(predict.fetch_tensors),
        'same_graph': predict.graph is predict.session.graph,
    }


def case_from_estimator(tf):
    estimator, _ = _exported(tf)
    load = tf.contrib.predictor.from_estimator
    return {
        'predicted': load(estimator, lambda: _receiver(tf))({'input': [1.0, 3.0]}),
        'twice': load(estimator, lambda: _receiver(tf), output_key='twice')({'input': [1.0]}),
    }


def case_unknown_inputs(tf):
    _, folder = _exported(tf)
    return {'predicted': tf.contrib.predictor.from_saved_model(folder)({'other': [1.0]})}


def case_two_sources(tf):
    return {'predictor': tf.contrib.predictor.from_saved_model('x', signature_def_key='a', signature_def='b')}


def case_forward_features(tf):
    estimator = _estimator(tf)
    estimator.train(_input_fn(tf), steps=1)
    forward = tf.contrib.estimator.forward_features
    return {
        name: sorted(next(forward(estimator, keys).predict(_input_fn(tf))).items())
        for name, keys in (('all', None), ('one', 'id'), ('list', ['x']))
    }


def case_forwarding_what_is_not_there(tf):
    estimator = _estimator(tf)
    estimator.train(_input_fn(tf), steps=1)
    return {'seen': next(tf.contrib.estimator.forward_features(estimator, 'other').predict(_input_fn(tf)))}


def case_forwarding_by_number(tf):
    return {'estimator': tf.contrib.estimator.forward_features(_estimator(tf), [3])}


def case_clip_gradients_by_norm(tf):
    vector = tf.get_variable('vector', initializer=tf.constant([3.0, 4.0]))
    table = tf.get_variable('table', initializer=tf.constant([[1.0, 1.0], [2.0, 2.0]]))
    optimizer = tf.contrib.estimator.clip_gradients_by_norm(tf.train.MomentumOptimizer(1.0, 0.9), 2.0)
    train = optimizer.minimize(tf.reduce_sum(vector * [30.0, 40.0]) + tf.reduce_sum(tf.gather(table, [1])))
    return {'init': tf.global_variables_initializer(), 'train': train, 'vector': vector, 'table': table}


def case_exports_for_modes(tf):
    estimator = _estimator(tf)
    estimator.train(_input_fn(tf), steps=1)
    make = tf.contrib.estimator.build_raw_supervised_input_receiver_fn
    receiver = make({'x': tf.placeholder(tf.float32, [None])}, tf.placeholder(tf.float32, [None]))
    one = tf.contrib.estimator.export_saved_model_for_mode(estimator, tempfile.mkdtemp(), receiver, mode='eval')
    every = tf.contrib.estimator.export_all_saved_models(estimator, tempfile.mkdtemp(), {'eval': receiver})
    return {'files': [sorted(os.listdir(folder)) for folder in (one, every)]}
