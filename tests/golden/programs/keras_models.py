"""Estimators of Keras models: sequential, functional with several inputs and outputs, subclassed; sample weights."""

from __future__ import annotations

import os

import _lifetime
import _observe
import numpy as np

_ROWS = 20


def run(tf, workdir):
    """Trains, evaluates, predicts and exports each model; collects what is refused."""
    models = {'sequential': _sequential, 'functional': _functional, 'subclassed': _subclassed, 'weighted': _weighted}
    found = {}
    for name, make in models.items():
        folder = os.path.join(workdir, name)
        found[name] = _lifetime_of(tf, folder, *make(tf))
    found['refused'] = _refused(tf)
    return found


def _kernel(tf, *shape):
    return {'kernel_initializer': tf.constant_initializer(_observe.weights(*shape, scale=0.5))}


def _sequential(tf):
    keras = tf.keras
    model = keras.Sequential(
        [
            keras.layers.Dense(4, activation='relu', name='hidden', input_shape=(3,), **_kernel(tf, 3, 4)),
            keras.layers.BatchNormalization(momentum=0.9, name='normal'),
            keras.layers.Dense(1, name='out', **_kernel(tf, 4, 1)),
        ],
        name='chain',
    )
    model.compile(keras.optimizers.SGD(0.1, momentum=0.9), 'mse', metrics=['mae'])
    inputs = _observe.images(_ROWS, 3)
    receiver = {'hidden_input': (None, 3)}
    return model, inputs, inputs.sum(1, keepdims=True), receiver


def _functional(tf):
    keras = tf.keras
    wide, deep = keras.layers.Input((2,), name='wide'), keras.layers.Input((3,), name='deep')
    hidden = keras.layers.Dense(
        4, name='joint', kernel_regularizer=keras.regularizers.l2(0.1), activation='tanh', **_kernel(tf, 5, 4)
    )(keras.layers.concatenate([wide, deep], name='side_by_side'))
    value = keras.layers.Dense(1, name='value', **_kernel(tf, 4, 1))(hidden)
    kind = keras.layers.Dense(3, activation='softmax', name='kind', **_kernel(tf, 4, 3))(hidden)
    model = keras.Model([wide, deep], [value, kind], name='two_heads')
    model.compile(
        tf.train.AdamOptimizer(0.01),
        {'value': 'mse', 'kind': 'sparse_categorical_crossentropy'},
        metrics={'value': ['mae'], 'kind': ['accuracy']},
        loss_weights={'value': 1.0, 'kind': 0.5},
    )
    inputs = {'wide': _observe.images(_ROWS, 2), 'deep': _observe.images(_ROWS, 3, seed=3)}
    labels = {
        'value': inputs['wide'].sum(1, keepdims=True),
        'kind': _observe.classes(_ROWS, 3).astype(np.float32)[:, None],
    }
    return model, inputs, labels, {'wide': (None, 2), 'deep': (None, 3)}


def _subclassed(tf):
    keras = tf.keras

    class Perceptron(keras.Model):
        def __init__(self):
            super().__init__(name='perceptron')
            self.hidden = keras.layers.Dense(4, activation='relu', name='hidden', **_kernel(tf, 3, 4))
            self.out = keras.layers.Dense(1, name='out', **_kernel(tf, 4, 1))

        def call(self, inputs):
            return self.out(self.hidden(inputs))

    model = Perceptron()
    model.compile(keras.optimizers.Adam(0.01), 'mse', metrics=['mse'])
    inputs = _observe.images(_ROWS, 3)
    return model, inputs, inputs.sum(1, keepdims=True), None


def _weighted(tf):
    keras = tf.keras
    out = keras.layers.Dense(1, name='out', input_shape=(3,), **_kernel(tf, 3, 1))
    model = keras.Sequential([out], name='one_layer')
    model.compile('rmsprop', 'mae', metrics=['mse'])
    inputs = _observe.images(_ROWS, 3)
    features = {'features': inputs, 'sample_weights': np.arange(_ROWS, dtype=np.float32) / 10}
    return model, features, inputs.sum(1, keepdims=True), None


def _lifetime_of(tf, folder, model, features, labels, receiver):
    def input_fn(mode):
        # TF 1.15 cannot predict with weights.
        is_weighted = isinstance(features, dict) and 'sample_weights' in features
        inputs = features['features'] if is_weighted and mode == 'infer' else features
        dataset = tf.data.Dataset.from_tensor_slices((inputs, labels))
        return (dataset.repeat() if mode == 'train' else dataset).batch(8)

    log, losses, graphs = [], [], {'train': {}, 'evaluate': {}}
    with _observe.logged(tf, log, folder):
        estimator = tf.keras.estimator.model_to_estimator(model, config=_lifetime.config(tf, folder))
        log[1:] = []
        initial = os.path.join(folder, 'keras', 'keras_model.ckpt')
        initial = _listed(tf, initial) if os.path.exists(initial + '.index') else None
        untrained = estimator.evaluate(input_fn, name='untrained')
        hooks = [_observe.loss_hook(tf, losses), _observe.graph_hook(tf, graphs['train'])]
        estimator.train(input_fn, hooks=hooks, max_steps=6)
        first = estimator.evaluate(input_fn, hooks=[_observe.graph_hook(tf, graphs['evaluate'])])
        estimator.train(input_fn, hooks=hooks[:1], max_steps=10)
        predictions = [_observe.typed(p) for p in estimator.predict(input_fn)]
    signatures = _exported(tf, estimator, folder, receiver) if receiver else None
    names = {mode: [variable[0] for variable in graph['variables']] for mode, graph in graphs.items()}
    return {
        # How the weights get from the initial checkpoint into the graph is no part of what is compared.
        'log': [line for line in log if not line.startswith('Warm-start')],
        'initial checkpoint': initial,
        'losses': losses,
        'variables': {mode: sorted(found) for mode, found in names.items()},
        'evaluations': [_observe.typed(untrained), _observe.typed(first)],
        'predictions': predictions,
        'signatures': signatures,
        'checkpoint': _listed(tf, tf.train.latest_checkpoint(folder)),
        'checkpoints': _observe.checkpoints(folder),
        'events': _observe.events(tf, folder),
        'files': [name for name in _observe.files(folder) if not name.startswith('export')],
    }


def _listed(tf, path):
    return [[name, list(shape)] for name, shape in tf.train.list_variables(path)]


def _exported(tf, estimator, folder, receiver):
    """Exports for serving from raw tensors; returns the signatures, and what the SavedModel answers."""
    with tf.Graph().as_default():
        tensors = {name: tf.placeholder(tf.float32, shape, name=name) for name, shape in receiver.items()}
        receiver_fn = tf.estimator.export.build_raw_serving_input_receiver_fn(tensors)
    path = estimator.export_saved_model(os.path.join(folder, 'export'), receiver_fn)
    with tf.Graph().as_default(), tf.Session() as session:
        model = tf.saved_model.load(session, ['serve'], tf.compat.as_text(path))
        found = {}
        for key, signature in model.signature_def.items():
            feeds = {signature.inputs[n].name: np.ones([2, shape[1]]) for n, shape in receiver.items()}
            answers = session.run({name: info.name for name, info in signature.outputs.items()}, feeds)
            found[key] = [signature.method_name, sorted(signature.inputs), _observe.typed(answers)]
    return found


def _refused(tf):
    """Returns the types of the errors of wrong arguments."""
    to_estimator = tf.keras.estimator.model_to_estimator
    model = tf.keras.Sequential([tf.keras.layers.Dense(1, input_shape=(3,))])
    compiled = tf.keras.Sequential([tf.keras.layers.Dense(1, input_shape=(3,))])
    compiled.compile('sgd', 'mse')

    def other_names():
        estimator = to_estimator(compiled)
        estimator.train(lambda: ({'wrong': tf.zeros([2, 3])}, tf.zeros([2, 1])), steps=1)

    calls = {
        'no model': lambda: to_estimator(),
        'model and path': lambda: to_estimator(compiled, 'path'),
        'not compiled': lambda: to_estimator(model),
        'unknown format': lambda: to_estimator(compiled, checkpoint_format='hdf5'),
        'other names of inputs': other_names,
    }
    found = {}
    for name, call in calls.items():
        try:
            call()
        except Exception as error:
            found[name] = type(error).__name__
    return found
