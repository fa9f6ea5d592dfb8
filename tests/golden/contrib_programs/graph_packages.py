"""Cases of packages that build or change graphs: staging, mixed_precision, copy_graph, testing, optimizer_v2, keras."""

import os
import shutil
import tempfile

import numpy as np


def _tried(call):
    """Returns what a call gives, or the type of its error."""
    try:
        return call()
    except Exception as error:
        return type(error).__name__


def case_staging_area(tf):
    make = tf.contrib.staging.StagingArea
    area = make([tf.float32, tf.int32], shapes=[[2], []], capacity=3)
    put = area.put([tf.constant([1.0, 2.0]), tf.constant(3)])
    named = make([tf.float32, tf.int32], names=['a', 'b'], shared_name='shared')
    put_named = named.put({'b': tf.constant(7), 'a': tf.constant(0.5)}, name='mine')
    single = make([tf.float32])
    put_single = [single.put(tf.constant(1.5)), single.put([tf.constant(2.5)])]
    got, got_single, got_named = area.get(), single.get(), named.get()
    wrong = {
        'names': _tried(lambda: named.put([tf.constant(1.0), tf.constant(2)])),
        'keys': _tried(lambda: named.put({'a': tf.constant(1.0), 'c': tf.constant(2)})),
        'no_names': _tried(lambda: single.put({'a': tf.constant(1.0)})),
        'type': _tried(lambda: single.put(tf.constant(1))),
        'shape': _tried(lambda: area.put([tf.constant([1.0]), tf.constant(1)])),
        'shapes': _tried(lambda: make([tf.float32], shapes=[[1], [2]])),
        'names_of_types': _tried(lambda: make([tf.float32], names=['a', 'b'])),
        'types': _tried(lambda: make(tf.float32)),
    }
    with tf.Session(config=tf.ConfigProto(operation_timeout_in_ms=20000)) as session:
        session.run([put, put_named])
        session.run(put)
        seen = session.run([area.size(), area.peek(0)])
        seen += session.run([got, got_named])
        seen.append(session.run(area.size()))
        session.run(area.clear())
        seen.append(session.run(area.size()))
        session.run(put_single)
        seen.append(sorted(session.run(got_single) + session.run(got_single)))
    return {
        'wrong': wrong,
        'seen': seen,
        'names': [put.name, put_named.name, got[0].name, got_named['b'].name, got_single[0].name],
        'types': [put.type, got[0].op.type, str(got[0].shape), str(got_single[0].shape), type(got_single).__name__],
        'properties': [area.name, area.capacity, area.memory_limit, area.names, [each.name for each in area.dtypes]],
        'of_named': [named.name, list(named.names), [str(shape) for shape in area.shapes]],
    }


def case_loss_scale_optimizer(tf):
    mixed = tf.contrib.mixed_precision
    manager = mixed.ExponentialUpdateLossScaleManager(8.0, 2, decr_every_n_nan_or_inf=2)
    x = tf.get_variable('x', [], initializer=tf.ones_initializer())
    rows = tf.get_variable('rows', [3, 1], initializer=tf.ones_initializer())
    slope = tf.placeholder(tf.float32, [])
    optimizer = mixed.LossScaleOptimizer(tf.train.MomentumOptimizer(0.1, 0.5), manager)
    step = tf.train.get_or_create_global_step()
    loss = x * slope + tf.reduce_sum(tf.gather(rows, [0, 2]))
    pairs = optimizer.compute_gradients(loss)
    train = optimizer.apply_gradients(pairs, global_step=step)
    seen = []
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        gradients = session.run([tf.convert_to_tensor(gradient) for gradient, _ in pairs], {slope: 3.0})
        for value in (1, 1, 1, np.inf, np.nan, np.inf, 1, 1, 1e38, 0):
            session.run(train, {slope: value})
            seen.append([float(number) for number in session.run([x, step, manager.get_loss_scale()])])
        counts = session.run([v for v in tf.global_variables() if v.op.name in ('good_steps', 'bad_steps')])
    return {'seen': seen, 'counts': counts, 'gradients': gradients, 'train': [train.type]}


def case_loss_scale_managers(tf):
    mixed = tf.contrib.mixed_precision
    fixed = mixed.FixedLossScaleManager(4.0)
    low = mixed.ExponentialUpdateLossScaleManager(1.1, 1, 1, incr_ratio=3.0, decr_ratio=0.5)
    x = tf.get_variable('x', [], tf.float16, tf.ones_initializer())
    optimizer = mixed.LossScaleOptimizer(tf.train.GradientDescentOptimizer(0.5), fixed)
    return {
        'fixed': fixed.get_loss_scale(),
        'update': fixed.update_loss_scale(tf.constant(False)).type,
        'small': _tried(lambda: mixed.FixedLossScaleManager(0.5)),
        'abstract': _tried(lambda: mixed.LossScaleManager()),
        'half': optimizer.compute_gradients(x * 2)[0][0],
        'train': optimizer.minimize(x * 2),
        'x': x,
        'start': tf.assign(low.get_loss_scale(), 1.1),
        'lower': tf.group(low.update_loss_scale(tf.constant(False))),
        'lowest': low.get_loss_scale(),
        'higher': tf.group(low.update_loss_scale(tf.constant(True))),
        'scale': low.get_loss_scale(),
        'huge': tf.assign(low.get_loss_scale(), 3e38),
        'infinite': tf.group(low.update_loss_scale(tf.constant(True))),
        'kept': low.get_loss_scale(),
    }


def case_copied_graph(tf):
    copy = tf.contrib.copy_graph
    source = tf.Graph()
    with source.as_default(), tf.name_scope('n'):
        v = tf.get_variable('v', initializer=tf.constant([1.0, 3.0]))
        x = tf.placeholder(tf.float32, [2], name='x')
        with tf.control_dependencies([tf.no_op(name='before')]):
            y = tf.add(v * 2, 1.0, name='y')
        z = tf.add(y, x, name='z')
        first, second = tf.split(z, 2, name='parts')
        tf.add_to_collection('kept', z)
        tf.add_to_collection('mine', v)
    graph = tf.get_default_graph()
    variable = copy.copy_variable_to_graph(v, graph)
    z_copy = copy.copy_op_to_graph(z, graph, [variable])
    part = copy.copy_op_to_graph(second, graph, [variable])
    scoped = copy.copy_variable_to_graph(v, graph, 'scope')
    z_scoped = copy.copy_op_to_graph(z, graph, [scoped], 'scope')
    result = tf.identity(z_scoped)
    variables = [[each.op.name, each.shape.rank, each.trainable] for each in tf.trainable_variables()]
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        values = session.run([z_copy, part, result], {'n/x:0': [1, 2], 'scope/n/x:0': [3, 4]})
    # Their shapes are unknown, so nothing can be loaded into them.
    for key in ('variables', 'trainable_variables'):
        tf.get_collection_ref(key)[:] = []
    copied = [op for op in graph.get_operations() if op.name.startswith(('n/', 'scope/n/'))]
    return {
        'values': values,
        'variables': variables,
        'names': [variable.name, scoped.name, z_copy.name, part.name, z_scoped.name],
        'operations': sorted([op.name, op.type.replace('V2', '')] for op in copied),
        'found': [
            copy.get_copied_op(y, graph).name,
            copy.get_copied_op(z.op, graph, 'scope').name,
            copy.get_copied_op(first, graph).name,
        ],
        'again': copy.copy_op_to_graph(z.op, graph, [variable]).name,
        'no_variable': _tried(lambda: copy.copy_variable_to_graph(y, graph)),
        'missing': _tried(lambda: copy.get_copied_op(z, tf.Graph())),
        'number': _tried(lambda: copy.copy_op_to_graph(3, graph, [])),
    }


def case_testing(tf):
    testing, folder = tf.contrib.testing, tempfile.mkdtemp()
    nothing = [testing.latest_event_file(folder), list(testing.latest_events(folder))]
    writer = tf.summary.FileWriter(folder)
    for step in range(3):
        values = [tf.Summary.Value(tag='a', simple_value=step), tf.Summary.Value(tag='b', simple_value=-step)]
        writer.add_summary(tf.Summary(value=values), step)
    writer.close()
    summary = tf.Summary(value=[tf.Summary.Value(tag='a', simple_value=1.5), tf.Summary.Value(tag='h')])
    seen = {
        'nothing': nothing,
        'file': os.path.basename(testing.latest_event_file(folder)).startswith('events.out'),
        'numbers': [len(list(testing.latest_events(folder))), len(testing.latest_summaries(folder))],
        'values': testing.simple_values_from_events(testing.latest_events(folder), ['a', 'c']),
        'equal': testing.assert_summary(['h', 'a'], {'a': 1.501, 'z': 3.0}, summary),
        'tags': _tried(lambda: testing.assert_summary(['a'], {}, summary)),
        'differ': _tried(lambda: testing.assert_summary(['a', 'h'], {'a': 1.6}, summary)),
        'read': testing.to_summary_proto(summary.SerializeToString()) == summary,
    }
    shutil.rmtree(folder)
    return seen


def case_optimizer_v2(tf):
    optimizers, results = tf.contrib.optimizer_v2, {}
    x = tf.get_variable('x', [2])
    for name, arguments in (
        ('AdamOptimizer', (0.1,)),
        ('AdagradOptimizer', (0.1,)),
        ('GradientDescentOptimizer', (0.1,)),
        ('MomentumOptimizer', (0.1, 0.9)),
        ('RMSPropOptimizer', (0.1,)),
    ):
        optimizer = getattr(optimizers, name)(*arguments)
        assert isinstance(optimizer, optimizers.OptimizerV2)
        results[name] = [optimizer.minimize(tf.reduce_sum(x * x)), optimizer.get_slot_names()]
        results['x after ' + name] = x
    return results


def case_compiler(tf):
    compiler = tf.contrib.compiler
    with compiler.jit.experimental_jit_scope():
        total = tf.constant([1.0, 2.0]) + 3.0
    doubled = compiler.xla.compile(lambda a: a * 2, [total])
    return {'doubled': doubled, 'compiled': total.op.get_attr('_XlaCompile'), 'scope': total.op.get_attr('_XlaScope')}


def case_keras(tf):
    keras = tf.contrib.keras
    with tf.Graph().as_default():
        model = keras.models.Sequential()
        model.add(keras.layers.Dense(3, activation='tanh', input_shape=(2,), kernel_initializer='ones'))
        model.add(keras.layers.Dense(1, kernel_initializer='ones', kernel_regularizer=keras.regularizers.l2(0.1)))
        model.compile(keras.optimizers.SGD(0.1), loss=keras.losses.mean_squared_error)
        x, y = np.array([[1.0, 2.0], [0.5, -1.0]]), np.array([[0.5], [1.0]])
        losses = [float(model.train_on_batch(x, y)) for _ in range(3)]
    return {'losses': losses, 'one_hot': keras.utils.to_categorical([0, 2], 3)}


def case_quantization(tf):
    quantization = tf.contrib.quantization
    x = tf.constant([[-1.0, 0.5], [2.0, 3.0]])
    quantized, low, high = quantization.quantize_v2(x, -1.0, 3.0, tf.quint8, mode='MIN_FIRST')
    relu, relu_low, relu_high = quantization.quantized_relu(quantized, low, high)
    product, least, most = quantization.quantized_mat_mul(quantized, quantized, low, high, low, high)
    range_low, range_high = quantization.requantization_range(product, least, most)
    small = quantization.requantize(product, least, most, range_low, range_high, tf.quint8)
    both = quantization.quantized_concat(0, [quantized, quantized], [low, low], [high, high])
    return {
        'again': quantization.dequantize(quantized, low, high, mode='MIN_FIRST'),
        'relu': quantization.dequantize(relu, relu_low, relu_high, mode='MIN_FIRST'),
        'range': [range_low, range_high],
        'product': quantization.dequantize(small[0], small[1], small[2], mode='MIN_FIRST'),
        'both': quantization.dequantize(*both, mode='MIN_FIRST'),
    }
