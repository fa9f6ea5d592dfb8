"""Eager tensors and variables are equal to themselves alone, and can be keys."""

import tensorflow as tf

tf.logging.set_verbosity(tf.logging.ERROR)
tf.enable_eager_execution()
x, same, variable = tf.constant(1), tf.constant(1), tf.Variable(1.0)
print({x: 'x'}[x], x in {x}, same in {x}, len({x, same, x}), {variable: 'v'}[variable])
print(x == x, x == same, x != same, x in [same], [same, x].index(x), hash(x) == hash(x))
print(sorted({tensor: tensor.numpy() for tensor in tf.unstack(tf.constant([3, 1, 2]))}.values()))
with tf.GradientTape() as tape:
    tape.watch(x)
print(len(tape.watched_variables()), {v: int(v.numpy()) for v in [variable]}[variable])
print('done')
