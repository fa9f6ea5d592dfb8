"""cond, case, while_loop, TensorArray, scan, map_fn, py_func, gradients through all of them."""

import numpy as np
import tensorflow as tf
from tensorflow.python.framework import ops
from tensorflow.python.ops import control_flow_ops, tensor_array_ops


def collatz(n):
    """Counts the steps to 1."""

    def body(i, n):
        n = tf.cond(tf.equal(n % 2, 0), lambda: n // 2, lambda: 3 * n + 1)
        return i + 1, n

    return tf.while_loop(lambda i, n: tf.not_equal(n, 1), body, [tf.constant(0), n], parallel_iterations=1)[0]


def power(x, n):
    array = tensor_array_ops.TensorArray(tf.float32, size=n, clear_after_read=False, element_shape=x.shape)

    def body(i, value, array):
        value = value * x
        return i + 1, value, array.write(i, value)

    _, last, array = control_flow_ops.while_loop(
        lambda i, *_: i < n, body, (0, tf.ones_like(x), array), swap_memory=True
    )
    return last, array.stack()


def py_func(func, inp, tout, stateful=True, name=None, grad=None):
    """A py_func with a gradient of its own."""
    key = 'PyFuncGrad%d' % np.random.RandomState(0).randint(0, 100000)
    tf.RegisterGradient(key)(grad)
    with tf.get_default_graph().gradient_override_map({'PyFunc': key, 'PyFuncStateless': key}):
        return tf.py_func(func, inp, tout, stateful=stateful, name=name)


def main():
    x = tf.constant([1.0, 2.0, 3.0], name='x')
    n = tf.placeholder(tf.int32, [], name='n')
    last, stacked = power(x, n)
    gradient = tf.gradients(last, x)[0]
    summed = tf.scan(lambda total, each: total + each, x, initializer=tf.constant(10.0))
    mapped, doubled = tf.map_fn(lambda e: (e * e, 2 * e), x, dtype=(tf.float32, tf.float32))
    folded = tf.foldl(lambda total, each: total * each, x)
    kind = tf.case(
        [(n < 2, lambda: tf.constant('few')), (n < 4, lambda: tf.constant('some'))],
        default=lambda: tf.constant('many'),
        exclusive=False,
    )
    cubed = py_func(lambda a: a**3, [x], [tf.float32], name='cube', grad=lambda op, g: g * 3 * tf.square(op.inputs[0]))[
        0
    ]
    cubed.set_shape(x.shape)

    counter = tf.Variable(0, name='counter')
    with tf.control_dependencies([counter.assign_add(1)]):
        counted = tf.identity(counter.read_value())
    checked = control_flow_ops.with_dependencies([tf.assert_less(n, 6, message='n too large')], n + 1)
    merged = tf.where(x > 1.5, x, -x)

    @tf.custom_gradient
    def clipped(v):
        return tf.identity(v), lambda g: tf.clip_by_value(g, -0.5, 0.5)

    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        print([sess.run(collatz(tf.constant(i))) for i in (1, 7, 27)])
        print(sess.run([last, gradient, kind], {n: 3}))
        print(sess.run(stacked, {n: 2}).tolist(), sess.run(kind, {n: 5}))
        print(sess.run([summed, mapped, doubled, folded, merged]))
        print(sess.run(cubed), sess.run(tf.gradients(cubed, x)[0]), sess.run(tf.gradients(clipped(x) * 3.0, x)[0]))
        print([sess.run(counted) for _ in range(3)], sess.run(checked, {n: 4}))
        try:
            sess.run(checked, {n: 6})
        except tf.errors.InvalidArgumentError as e:
            print('refused:', 'n too large' in str(e), e.op.type)
        hessian = tf.hessians(tf.reduce_sum(x**3), x)[0]
        print(sess.run(tf.diag_part(hessian)))
        partial = sess.partial_run_setup([last, kind], [n])
        print(sess.partial_run(partial, kind, {n: 1}), sess.partial_run(partial, last))
        run_it = sess.make_callable([summed[-1], n], [n])
        print(run_it(4))
    print(ops.get_default_graph().get_tensor_by_name('x:0') is x, x.op.type, len(counter.op.outputs))


if __name__ == '__main__':
    main()
