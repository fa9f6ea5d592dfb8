"""Cases of `tf.contrib.eager`: eager programs run inside of `py_func`, and what works in graphs."""

import json
import os
import shutil
import tempfile

import numpy as np


def _eagerly(tf, program):
    """Returns a string tensor: what `program()` gives when it runs eagerly, as JSON."""

    def run():
        assert tf.contrib.eager.in_eager_mode()
        return json.dumps(_plain(program()), sort_keys=True)

    return tf.contrib.eager.py_func(run, [], tf.string)


def _plain(value):
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if hasattr(value, 'numpy'):
        value = value.numpy()
    if isinstance(value, (np.ndarray, np.generic)):
        value = np.asarray(value)
        return [round(float(entry), 4) for entry in value.ravel()] if value.dtype.kind == 'f' else value.tolist()
    return value


def _tried(call):
    """Returns what a call gives, or the type of its error."""
    try:
        return _plain(call())
    except Exception as error:
        return type(error).__name__


def case_implicit_gradients(tf):
    tfe = tf.contrib.eager

    def program():
        w = tf.Variable(2.0, name='w')
        v = tfe.Variable(3.0, name='v')
        u = tfe.Variable(1.0, trainable=False, name='u')

        def shown(pairs):
            return [(gradient, variable.name) for gradient, variable in pairs]

        def f(x, power=1):
            return v * x**power + w * w * u

        value, pairs = tfe.implicit_value_and_gradients(f)(4.0)
        return {
            'gradients': shown(tfe.implicit_gradients(f)(4.0, power=2)),
            'value': value,
            'pairs': shown(pairs),
            'unused': shown(tfe.implicit_gradients(lambda: (w + 1, v * 2)[1])()),
            'sum': shown(tfe.implicit_gradients(lambda: (v * 2, w * 3))()),
            'no_variable': _tried(tfe.implicit_gradients(lambda: tf.constant(3.0))),
            'none': _tried(tfe.implicit_gradients(lambda: (v * 2, None)[1])),
            'names': [each.name for each in (w, v, u)],
            'types': [isinstance(w, tfe.Variable), isinstance(tf.constant(1.0), tfe.Variable)],
        }

    return {'seen': _eagerly(tf, program)}


def case_gradients_of_arguments(tf):
    tfe = tf.contrib.eager

    def f(x, y):
        return x * x * y

    def program():
        w = tf.Variable(2.0, name='w')
        cube = tfe.gradients_function(lambda z: z * z * z)
        return {
            'all': tfe.gradients_function(f)(3.0, 2.0),
            'second': tfe.gradients_function(f, params=[1])(3.0, 2.0),
            'named': tfe.gradients_function(f, params=['y', 'x'])(3.0, 2.0),
            'empty': tfe.gradients_function(f, params=[])(3.0, 2.0),
            'dy': tfe.gradients_function(f)(3.0, 2.0, dy=tf.constant(10.0)),
            'integers': tfe.gradients_function(f)(3, 2),
            'unconnected': tfe.gradients_function(lambda x, y: x)(3.0, 4.0),
            'tuple': tfe.value_and_gradients_function(lambda x, y: (x * y, x))(3.0, 4.0),
            'list': tfe.gradients_function(lambda x: x[0] * x[1])([1.0, 2.0]),
            'open': tfe.gradients_function(lambda *both: both[0] * both[1])(1.0, 2.0),
            'variable': tfe.gradients_function(lambda x: x * 3)(w),
            'value': tfe.value_and_gradients_function(f, params=['y'])(3.0, 2.0),
            'twice': tfe.gradients_function(lambda x: cube(x)[0])(2.0),
            'no_argument': tfe.gradients_function(lambda: tf.constant(1.0))(),
            'unknown_name': _tried(lambda: tfe.gradients_function(f, params=['z'])(3.0, 2.0)),
            'mixed': _tried(lambda: tfe.gradients_function(f, params=[0, 'x'])(3.0, 2.0)),
            'beyond': _tried(lambda: tfe.gradients_function(f, params=[5])(3.0, 2.0)),
            'no_sequence': _tried(lambda: tfe.gradients_function(f, params=0)(3.0, 2.0)),
            'keyword': _tried(lambda: tfe.gradients_function(f)(3.0, y=2.0)),
            'too_few': _tried(lambda: tfe.gradients_function(f)(1.0)),
            'none': _tried(lambda: tfe.gradients_function(lambda x: None)(3.0)),
        }

    return {'seen': _eagerly(tf, program)}


def case_gradients_in_a_graph(tf):
    tfe = tf.contrib.eager
    v = tfe.Variable(3.0, name='v')
    reference = tf.get_variable('reference', [])
    pairs = tfe.implicit_gradients(lambda: v * v)()
    return {
        'names': [variable.name for _, variable in pairs],
        'gradient': pairs[0][0],
        'reference': _tried(tfe.implicit_gradients(lambda: reference * 3)),
        'arguments': tfe.gradients_function(lambda x, y: x * x * y)(3.0, 2.0),
        'squared': tf.contrib.eager.py_func(lambda x: x * x, [tf.constant(3.0)], tf.float32),
    }


def case_metrics(tf):
    metrics = tf.contrib.eager.metrics

    def program():
        mean = metrics.Mean('a b')
        accuracy = metrics.Accuracy()
        binary, sparse, categorical = (
            metrics.BinaryAccuracy(0.5),
            metrics.SparseAccuracy(),
            metrics.CategoricalAccuracy(),
        )
        small = metrics.Mean(dtype=tf.float32)

        class Count(metrics.Metric):
            def build(self, x):
                self.count = self.add_variable('count', (), tf.int64)

            def call(self, x):
                self.count.assign_add(x)
                return x

            def result(self):
                return self.count * 2

        count = Count()
        return {
            'calls': [mean(tf.constant([1.0, 2.0])), mean(3.0, weights=2.0), mean([[4.0], [5.0]], [[1.0], [3.0]])],
            'mean': mean.result(),
            'scalar_weight': [mean([1.0, 2.0], weights=2.0), mean.denom, mean.value()()],
            'reset': [mean.init_variables(), mean.numer, mean.denom],
            'names': [mean.name, mean.dtype.name] + [variable.name for variable in mean.variables],
            'accuracy': [accuracy([1, 2], [1, 3]), accuracy.result(), accuracy([1, 2], [1, 3], [3.0, 1.0])],
            'weighted': [accuracy.result(), accuracy.name] + [variable.name for variable in accuracy.variables],
            'shapes': _tried(lambda: accuracy([1, 2], [1, 3, 3])),
            'binary': [binary([[0, 1], [1, 0]], [[0.1, 0.9], [0.2, 0.5]]), binary.result()],
            'sparse': [sparse([0, 1, 1], [[0.1, 0.9], [0.2, 0.8], [0.0, 1.0]]), sparse.result()],
            'categorical': [categorical([[0, 1], [1, 0]], [[0.1, 0.9], [0.2, 0.8]]), categorical.result()],
            'small': [small([1.0, 4.0]), small.result(), small.variables[0].dtype.name],
            'own': [count(tf.constant(3, tf.int64)), count.result(), count.variables[0].name, count.name],
            'early': [_tried(metrics.Mean().result), metrics.Mean().variables],
            'outside': _tried(lambda: mean.add_variable('more', ())),
        }

    return {'seen': _eagerly(tf, program)}


def case_metrics_in_a_graph(tf):
    for key in ('trainable_variables', 'variables'):
        tf.get_collection_ref(key)
    metrics = tf.contrib.eager.metrics
    mean, accuracy = metrics.Mean('loss'), metrics.Accuracy()
    with tf.name_scope('train'), tf.variable_scope('scope'):
        update = mean(tf.constant([1.0, 2.0]))
    again = mean(tf.constant([5.0]))
    compared = accuracy(tf.constant([1, 2, 3]), tf.constant([1, 2, 4]))
    result, reset = mean.result(), mean.init_variables()
    metrics.Mean(use_global_variables=True)(1.0)
    return {
        'names': [update.name, again.name],
        'reset': reset,
        'update': update,
        'result': result,
        'again': again,
        'result_of_both': result,
        'cleared': tf.group(reset),
        'third': again,
        'result_of_last': result,
        'compared': compared,
        'accuracy': accuracy.result(),
        'same_name': _tried(lambda: metrics.Accuracy()(tf.constant([1]), tf.constant([1]))),
    }


def case_variable_store(tf):
    tfe = tf.contrib.eager

    def program():
        store = tfe.EagerVariableStore()
        outside = tf.get_variable('a', [2], initializer=tf.zeros_initializer())
        with store.as_default():
            one = tf.get_variable('a', [2], initializer=tf.ones_initializer())
            same = tf.get_variable('a', [2])
            other = _tried(lambda: tf.get_variable('a', [3]))
            with tf.variable_scope('scope'):
                tf.get_variable('b', [], trainable=False, initializer=tf.zeros_initializer())
            dense = [tf.layers.dense(tf.ones([1, 2]), 3, name='d') for _ in range(2)]
        copied = store.copy()
        one.assign([5.0, 6.0])
        with store.as_default():
            later = tf.get_variable('a', [2])
        return {
            'same': [one is same, one is outside, one is later, np.allclose(dense[0], dense[1])],
            'other_shape': other,
            'variables': [variable.name for variable in store.variables()],
            'trainable': [variable.name for variable in store.trainable_variables()],
            'others': [variable.name for variable in store.non_trainable_variables()],
            'copied': [variable.name for variable in copied.variables()],
            'values': [later, copied.variables()[0]],
        }

    return {'seen': _eagerly(tf, program)}


def case_saver(tf):
    tfe = tf.contrib.eager

    def program():
        folder = tempfile.mkdtemp()
        w, v = tf.Variable(2.0, name='w'), tfe.Variable([3.0, 4.0], name='v')
        path = tfe.Saver([w, v]).save(os.path.join(folder, 'model'), global_step=3)
        named = tfe.Saver({'other': v}).save(os.path.join(folder, 'named'))
        w.assign(0.0)
        tfe.Saver([w]).restore(path)
        with tfe.restore_variables_on_create(path):
            made = [tf.Variable(7.0, name='w'), tf.get_variable('v', [2])]
            missing = _tried(lambda: tf.Variable(7.0, name='missing'))
        with tfe.restore_variables_on_create(path, map_func={'x': 'w'}.get):
            made.append(tf.Variable(7.0, name='x'))
        with tfe.restore_variables_on_create(None):
            made.append(tf.Variable(7.0, name='w'))
        adam, descent = tf.train.AdamOptimizer(0.1), tf.train.GradientDescentOptimizer(0.1)
        adam.minimize(lambda: w * w)
        descent.minimize(lambda: w * w)
        seen = {
            'files': sorted(name for name in os.listdir(folder) if 'data' not in name),
            'path': os.path.basename(path),
            'saved': [tf.train.list_variables(path), tf.train.list_variables(named)],
            'restored': made,
            'trained': w,
            'missing': missing,
            'no_checkpoint': _tried(lambda: tfe.Saver([w]).restore(os.path.join(folder, 'none'))),
            'nothing': _tried(lambda: tfe.Saver([]).save(os.path.join(folder, 'empty'))),
            'adam': [variable.name for variable in tfe.get_optimizer_variables(adam)],
            'descent': tfe.get_optimizer_variables(descent),
        }
        shutil.rmtree(folder)
        return seen

    return {'seen': _eagerly(tf, program), 'graph': _tried(lambda: tfe.Saver([tf.get_variable('w', [])]))}


def case_iterator(tf):
    tfe = tf.contrib.eager

    def program():
        numbers = tf.data.Dataset.range(5)
        iterator, batches = tfe.Iterator(numbers), tfe.Iterator(numbers.batch(2))
        return {
            'first': iterator.next(),
            'rest': list(iterator),
            'ended': [_tried(iterator.get_next), _tried(iterator.next)],
            'batches': [batches.get_next(), batches.next()],
            'types': [batches.output_types.name, batches.output_shapes.as_list()],
            'no_dataset': _tried(lambda: tfe.Iterator(3)),
        }

    return {'seen': _eagerly(tf, program)}


def case_execution(tf):
    tfe = tf.contrib.eager

    def program():
        with tfe.execution_mode(tfe.ASYNC):
            total = tf.add(1, 2)
            tfe.async_wait()
        tfe.set_execution_mode(tfe.SYNC)
        w = tf.Variable(3.0)

        @tfe.defun(input_signature=[tfe.TensorSpec([None])])
        def summed(x):
            return tf.reduce_sum(x) * w

        @tfe.custom_gradient
        def clipped(x):
            return x * x, lambda dy: tf.minimum(dy, 0.5)

        template = tfe.make_template(
            't', lambda x: tf.layers.dense(x, 2, name='d', kernel_initializer=tf.ones_initializer())
        )
        return {
            'total': total,
            'bad_mode': _tried(lambda: tfe.set_execution_mode(7)),
            'constants': [
                tfe.SYNC,
                tfe.ASYNC,
                tfe.DEVICE_PLACEMENT_EXPLICIT,
                tfe.DEVICE_PLACEMENT_SILENT,
                tfe.DEVICE_PLACEMENT_WARN,
            ],
            'defun': [summed(tf.constant([1.0, 2.0])), summed(tf.constant([1.0])), tfe.defun(lambda x: x + w)(1.0)],
            'gradient_of_defun': tfe.gradients_function(lambda x: summed(x) * 2)([1.0, 2.0]),
            'clipped': tfe.gradients_function(clipped)(3.0),
            'template': [template(tf.ones([1, 2])), template(tf.ones([1, 2]))],
            'template_variables': [variable.name for variable in template.variables],
            'first_device': tfe.list_devices()[0],
            'eager': [tfe.in_eager_mode(), tfe.executing_eagerly()],
        }

    return {'seen': _eagerly(tf, program), 'eager': [tfe.in_eager_mode(), tfe.executing_eagerly()]}


def case_optimizers_checkpoints_and_keras(tf):
    tfe = tf.contrib.eager

    def program():
        folder = tempfile.mkdtemp()
        step = tf.train.get_or_create_global_step()
        model = tf.keras.Sequential(
            [
                tf.keras.layers.Dense(3, input_shape=(2,), kernel_initializer=tf.ones_initializer(), activation='tanh'),
                tf.keras.layers.Dense(1, kernel_initializer=tf.ones_initializer()),
            ]
        )
        x, y = tf.constant([[1.0, 2.0], [0.5, -1.0]]), tf.constant([[0.5], [1.0]])
        optimizer = tf.train.MomentumOptimizer(0.1, 0.9)
        loss = tfe.implicit_value_and_gradients(lambda: tf.losses.mean_squared_error(y, model(x)))
        losses = []
        for _ in range(3):
            value, pairs = loss()
            optimizer.apply_gradients(pairs, global_step=step)
            losses.append(value)
        checkpoint = tfe.Checkpoint(model=model, optimizer=optimizer, step=step)
        path = checkpoint.save(os.path.join(folder, 'model'))
        after = [loss()[0], step]
        optimizer.apply_gradients(loss()[1], global_step=step)
        checkpoint.restore(path).assert_consumed()
        seen = {'losses': losses, 'after': after, 'restored': [loss()[0], step], 'path': os.path.basename(path)}
        shutil.rmtree(folder)
        return seen

    return {'seen': _eagerly(tf, program)}


def case_networks(tf):
    tfe = tf.contrib.eager

    def dense(units):
        return tf.layers.Dense(units, kernel_initializer=tf.constant_initializer(0.5))

    class Two(tfe.Network):
        def __init__(self):
            super().__init__()
            self.first = self.track_layer(dense(3))
            self.others = [self.track_layer(dense(2)) for _ in range(2)]

        def call(self, x, double=False):
            x = self.first(x) * (2 if double else 1)
            for layer in self.others:
                x = layer(x)
            return x

    def program():
        x = tf.constant([[1.0, 2.0], [0.5, -1.0]])
        two = Two()
        steps = [dense(3), tf.nn.relu, tf.layers.Dropout(1.0 - 1e-6), dense(1)]
        chain = tfe.Sequential(steps[:3])
        chain.add(steps[3])
        outer = tfe.Sequential([two, chain])
        gradients = tfe.implicit_gradients(lambda: tf.reduce_sum(two(x)))()
        return {
            'two': [two(x), two(x, double=True)],
            'chain': [chain(x), chain(x, training=False), chain(x, training=True)],
            'outer': outer(x, training=False),
            'shapes': [[variable.shape.as_list() for variable in net.variables] for net in (two, chain, outer)],
            'trainable': [len(two.trainable_variables), len(two.layers), len(outer.layers)],
            'gradients': [gradient for gradient, _ in gradients],
            'no_layer': _tried(lambda: two.track_layer(tf.nn.relu)),
            'no_function': _tried(lambda: chain.add(3)),
            'first': two.get_layer(index=0) is two.first,
        }

    return {'seen': _eagerly(tf, program)}
