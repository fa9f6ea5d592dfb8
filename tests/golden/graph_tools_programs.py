"""Tools of TF 1 on small graphs: freezing, rewriting, conversion to TFLite. Each function takes a TensorFlow.

They run under TF 1.15.5 and Python 3.7, and under `tf1` in the tests. What they return is ready for JSON: of a graph
its nodes, and the output for one input.
"""

import os
import tempfile

import numpy as np

IMAGES = np.sin(np.arange(72, dtype=np.float32)).reshape(1, 6, 6, 2)

TRANSFORMS = (
    'strip_unused_nodes',
    'strip_unused_nodes(type=float, shape="1,6,6,2")',
    'fold_constants',
    'fold_constants(ignore_errors=true)',
    'fold_batch_norms',
    'fold_old_batch_norms',
    'remove_nodes(op=Identity)',
    'remove_nodes(op=Identity, op=CheckNumerics)',
    'sort_by_execution_order',
    'rename_attribute(old_attribute_name="T", new_attribute_name="Q")',
    'remove_attribute(attribute_name="T")',
    'merge_duplicate_nodes',
    'remove_device',
    'set_device(device="/cpu:0")',
    'set_device(device="/gpu:0", if_default=true)',
    'rename_op(old_op_name=Relu, new_op_name=Relu6)',
    'obfuscate_names',
    'remove_control_dependencies',
    'add_default_attributes',
    'insert_logging(op=Relu, show_name=true, show_op=true, message="seen", first_n=0)',
    'insert_logging(prefix=fc, first_n=0)',
    'round_weights(num_steps=4)',
    'round_weights',
    'quantize_weights',
    'quantize_weights(minimum_size=10)',
    'no_such_transform',
)
CHAINS = (
    ('fold_constants', 'fold_batch_norms'),
    (
        'strip_unused_nodes',
        'remove_nodes(op=Identity, op=CheckNumerics)',
        'fold_constants(ignore_errors=true)',
        'fold_batch_norms',
        'fold_old_batch_norms',
        'sort_by_execution_order',
    ),
    ('fold_constants', 'quantize_weights(minimum_size=20)', 'strip_unused_nodes', 'sort_by_execution_order'),
)


def ramp(tf, low, high):
    """Returns an initializer of values from `low` to `high`, evenly spaced."""

    def values(shape, dtype=None, partition_info=None):
        size = int(np.prod(shape))
        return tf.constant(np.linspace(low, high, size).reshape(shape).astype(np.float32))

    return values


def build(tf):
    """A convolution, batch normalization, a dense layer, softmax; returns input and output."""
    x = tf.placeholder(tf.float32, [1, 6, 6, 2], name='x')
    w = tf.get_variable('conv/w', [3, 3, 2, 4], initializer=ramp(tf, -1.0, 0.7))
    c = tf.nn.conv2d(x, w, [1, 1, 1, 1], 'SAME', name='conv/c')
    normalized = tf.layers.batch_normalization(
        c,
        fused=False,
        beta_initializer=ramp(tf, 0.1, 0.4),
        gamma_initializer=ramp(tf, 1.1, 1.4),
        moving_mean_initializer=ramp(tf, -0.2, 0.3),
        moving_variance_initializer=ramp(tf, 0.5, 2.0),
        name='bn',
    )
    relu = tf.nn.relu(normalized, name='r')
    logits = tf.layers.dense(tf.reshape(relu, [-1, 144]), 3, kernel_initializer=ramp(tf, -0.02, 0.03), name='fc')
    return x, tf.nn.softmax(tf.identity(logits, name='i'), name='y')


def described(tf, graph_def):
    """Returns the nodes of a graph, and its output for the images where it can be run."""
    found = {'nodes': [[node.name, node.op, list(node.input)] for node in graph_def.node]}
    try:
        with tf.Graph().as_default() as graph, tf.Session(graph=graph) as session:
            tf.import_graph_def(graph_def, name='')
            found['output'] = session.run('y:0', {'x:0': IMAGES}).tolist()
    except (TypeError, ValueError, tf.errors.OpError) as error:
        found['error'] = type(error).__name__
    return found


def attempt(call):
    """Returns what `call` does, or the type of its error."""
    try:
        return call()
    except Exception as error:
        return type(error).__name__


def frozen(tf):
    """Returns the frozen graph."""
    with tf.Graph().as_default() as graph, tf.Session(graph=graph) as session:
        build(tf)
        session.run(tf.global_variables_initializer())
        return tf.graph_util.convert_variables_to_constants(session, graph.as_graph_def(), ['y'])


def freezing(tf, freeze_graph):
    """`freeze_graph` by its keywords and its places."""
    folder = tempfile.mkdtemp()
    with tf.Graph().as_default() as graph, tf.Session(graph=graph) as session:
        x, y = build(tf)
        session.run(tf.global_variables_initializer())
        tf.train.write_graph(graph, folder, 'graph.pbtxt')
        tf.train.write_graph(graph, folder, 'graph.pb', as_text=False)
        checkpoint = tf.train.Saver().save(session, os.path.join(folder, 'model'))
        tf.saved_model.simple_save(session, os.path.join(folder, 'saved_model'), {'x': x}, {'y': y})

    def freeze(**changes):
        arguments = {
            'input_graph': os.path.join(folder, 'graph.pbtxt'),
            'input_saver': '',
            'input_binary': False,
            'input_checkpoint': checkpoint,
            'output_node_names': 'y',
            'restore_op_name': 'save/restore_all',
            'filename_tensor_name': 'save/Const:0',
            'output_graph': os.path.join(folder, 'frozen.pb'),
            'clear_devices': True,
            'initializer_nodes': '',
        }
        arguments.update(changes)
        return attempt(lambda: described(tf, freeze_graph(**arguments)))

    saved_model = os.path.join(folder, 'saved_model')
    return {
        'text': freeze(),
        'binary': freeze(input_graph=os.path.join(folder, 'graph.pb'), input_binary=True),
        'black list': freeze(variable_names_blacklist='fc/bias'),
        'white list': freeze(variable_names_whitelist='conv/w'),
        'meta graph': freeze(input_graph='', input_meta_graph=checkpoint + '.meta', input_binary=True),
        'saved model': freeze(input_graph='', input_saved_model_dir=saved_model, input_checkpoint=''),
        'several outputs': freeze(output_node_names='y,r'),
        'no file': freeze(input_graph=os.path.join(folder, 'nothing')),
        'no checkpoint': freeze(input_checkpoint=os.path.join(folder, 'nothing')),
        'no output': freeze(output_node_names=''),
        'wrong output': freeze(output_node_names='nothing'),
    }


def optimizing(tf, optimize_for_inference, strip_unused):
    """`optimize_for_inference`, `strip_unused` and the functions of `tf.graph_util`."""
    graph_def = frozen(tf)
    kind = tf.float32.as_datatype_enum
    return {
        'optimized': described(tf, optimize_for_inference(graph_def, ['x'], ['y'], kind)),
        'optimized list': described(tf, optimize_for_inference(graph_def, ['x'], ['y'], [kind])),
        'no such input': attempt(lambda: optimize_for_inference(graph_def, ['nothing'], ['y'], kind)),
        'stripped': described(tf, strip_unused(graph_def, ['x'], ['y'], kind)),
        'cut': described(tf, strip_unused(graph_def, ['r'], ['y'], kind)),
        'training removed': described(tf, tf.graph_util.remove_training_nodes(graph_def)),
        'protected': described(tf, tf.graph_util.remove_training_nodes(graph_def, protected_nodes=['i'])),
        'extracted': described(tf, tf.graph_util.extract_sub_graph(graph_def, ['y'])),
    }


def transforming(tf, transform):
    """`TransformGraph` with single transforms and recipes."""
    graph_def = frozen(tf)
    found = {}
    for recipe in [(name,) for name in TRANSFORMS] + list(CHAINS):
        found[' '.join(recipe)] = attempt(lambda r=recipe: described(tf, transform(graph_def, ['x'], ['y'], list(r))))
    return found


def converting(tf):
    """Conversions to TFLite by the converter of TF 1: names, shapes and dtypes of the model, and its output."""
    folder = tempfile.mkdtemp()
    with open(os.path.join(folder, 'frozen.pb'), 'wb') as file:
        file.write(frozen(tf).SerializeToString())
    converter = tf.lite.TFLiteConverter
    found = {}
    with tf.Graph().as_default() as graph, tf.Session(graph=graph) as session:
        x, y = build(tf)
        session.run(tf.global_variables_initializer())
        tf.saved_model.simple_save(session, os.path.join(folder, 'saved_model'), {'x': x}, {'y': y})

        def of_session(**attributes):
            made = converter.from_session(session, [x], [y])
            for name, value in attributes.items():
                setattr(made, name, value)
            return attempt(lambda: model(tf, made.convert()))

        found['inputs'] = converter.from_session(session, [x], [y]).get_input_arrays()
        found['session'] = of_session()
        found['toco'] = model(tf, tf.lite.TocoConverter.from_session(session, [x], [y]).convert())
        found['weights'] = of_session(post_training_quantize=True)
        found['optimizations'] = of_session(optimizations=[tf.lite.Optimize.DEFAULT])
        found['custom'] = of_session(allow_custom_ops=True, drop_control_dependency=False)
        found['representative'] = of_session(
            optimizations=[tf.lite.Optimize.DEFAULT], representative_dataset=lambda: ([IMAGES * k] for k in (0.5, 1.0))
        )
        found['8 bits'] = of_session(
            inference_type=tf.uint8, quantized_input_stats={'x': (128.0, 127.0)}, default_ranges_stats=(0, 6)
        )
        found['8 bits without ranges'] = of_session(inference_type=tf.lite.constants.QUANTIZED_UINT8)
    file = os.path.join(folder, 'frozen.pb')
    saved_model = os.path.join(folder, 'saved_model')

    def of_file(path=file, inputs=('x',), outputs=('y',), shapes=None):
        return attempt(
            lambda: model(tf, converter.from_frozen_graph(path, list(inputs), list(outputs), shapes).convert())
        )

    def of_saved_model(**arguments):
        return attempt(lambda: model(tf, converter.from_saved_model(saved_model, **arguments).convert()))

    found['frozen'] = of_file()
    found['frozen shapes'] = of_file(shapes={'x': [1, 6, 6, 2]})
    found['frozen middle'] = of_file(outputs=['r'])
    found['no such input'] = of_file(inputs=['nothing'])
    found['no such output'] = of_file(outputs=['nothing'])
    found['input with its number'] = of_file(inputs=['x:0'])
    found['no file'] = of_file(path=os.path.join(folder, 'nothing'))
    found['saved model'] = of_saved_model()
    found['saved model arrays'] = of_saved_model(
        input_arrays=['x'], input_shapes={'x': [1, 6, 6, 2]}, output_arrays=['y'], tag_set={'serve'}
    )
    found['no such tag'] = of_saved_model(tag_set={'nothing'})
    found['no such signature'] = of_saved_model(signature_key='nothing')
    found['function'] = model(tf, tf.lite.toco_convert(frozen(tf), [x], [y]))
    found['keras'] = attempt(lambda: of_keras(tf, folder))
    found['no keras file'] = attempt(lambda: converter.from_keras_model_file(os.path.join(folder, 'nothing.h5')))
    return found


def of_keras(tf, folder):
    """Converts a Keras file."""
    tf.keras.backend.clear_session()
    layers = tf.keras.layers
    network = tf.keras.Sequential(
        [
            layers.Conv2D(4, 3, padding='same', input_shape=(6, 6, 2)),
            layers.BatchNormalization(),
            layers.Flatten(),
            layers.Dense(3, activation='softmax'),
        ]
    )
    network.set_weights([np.linspace(0.1, 0.9, w.size).reshape(w.shape) for w in network.get_weights()])
    network.compile('sgd', 'categorical_crossentropy', metrics=['accuracy'])
    file = os.path.join(folder, 'keras.h5')
    network.save(file)
    expected = network.predict(IMAGES).tolist()
    converter = tf.lite.TFLiteConverter.from_keras_model_file(file)
    return dict(model(tf, converter.convert()), keras_output=expected)


def model(tf, content):
    """Runs a TFLite model on the images."""
    interpreter = tf.lite.Interpreter(model_content=content)
    interpreter.allocate_tensors()
    inputs, outputs = interpreter.get_input_details(), interpreter.get_output_details()
    value = IMAGES
    if inputs[0]['dtype'] == np.uint8:
        value = np.clip(IMAGES * 127 + 128, 0, 255).astype(np.uint8)
    interpreter.set_tensor(inputs[0]['index'], value)
    interpreter.invoke()
    signature = [
        [found['name'], [int(size) for size in found['shape']], np.dtype(found['dtype']).name]
        for found in inputs + outputs
    ]
    return {'signature': signature, 'output': interpreter.get_tensor(outputs[0]['index']).tolist()}
