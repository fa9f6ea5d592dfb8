"""tensorflow-hub==0.12.0"""

import tensorflow as tf
import tensorflow_hub as hub


def module_fn():
    """Builds a matrix product."""
    x = tf.placeholder(tf.float32, [None, 2])
    w = tf.get_variable('w', [2, 1], initializer=tf.ones_initializer())
    hub.add_signature(inputs=x, outputs=tf.matmul(x, w))


spec = hub.create_module_spec(module_fn)
with tf.Graph().as_default():
    module = hub.Module(spec, trainable=True)
    y = module(tf.ones([1, 2]))
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        session.run(tf.assign(module.variable_map['w'], [[3.0], [4.0]]))
        module.export('exported', session)
with tf.Graph().as_default():
    y = hub.Module('exported')(tf.ones([1, 2]))
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        assert session.run(y).tolist() == [[7.0]]
print('ok: creates, exports and loads a module')
