"""Trains a deep network with gradients that compute most activations a second time, by tf.contrib.graph_editor."""

from __future__ import print_function

import numpy as np
import tensorflow as tf
import tensorflow.contrib.graph_editor as ge


def checkpointed_gradients(loss, variables, checkpoints):
    """Gradients of loss; what lies between the checkpoints is computed a second time on the way back."""
    backward = ge.get_backward_walk_ops([loss.op], inclusive=True)
    forward = ge.get_forward_walk_ops([v.op for v in variables], inclusive=True, within_ops=backward)
    forward = [op for op in forward if op.inputs and 'read' not in op.name and 'Assign' not in op.name]
    tensors = set(ge.filter_ts(forward, True))
    checkpoints = [t for t in checkpoints if t in tensors]
    cut = {t: tf.stop_gradient(t, name=t.op.name + '_cut') for t in checkpoints}

    def again(ends, stops):
        ops = ge.get_backward_walk_ops([t.op for t in ends], stop_at_ts=stops, within_ops=forward)
        view, info = ge.copy_with_input_replacements(ge.sgv(ops), {})
        copied = list(info._transformed_ops.values())
        ge.reroute_ts([cut[t] for t in stops], stops, can_modify=copied)
        return [info._transformed_ops[t.op]._outputs[0] for t in ends], copied

    ends, copied = again([loss], checkpoints)
    found = tf.gradients(ends, [cut[t] for t in checkpoints] + variables)
    pending = dict(zip(checkpoints, found))
    totals = found[len(checkpoints) :]
    for tensor in reversed(checkpoints):
        others = [t for t in checkpoints if t is not tensor]
        ends, copied = again([tensor], others)
        flowing = pending[tensor]
        found = tf.gradients(ends, [cut[t] for t in others] + variables, grad_ys=[flowing])
        for op in copied:
            waits = [flowing.op] if flowing.op not in op.control_inputs else []
            ge.add_control_inputs(op, waits)
        for other, more in zip(others, found):
            if more is not None:
                pending[other] = more if pending[other] is None else pending[other] + more
        for index, more in enumerate(found[len(others) :]):
            if more is not None:
                totals[index] = more if totals[index] is None else totals[index] + more
    return totals


def build():
    x = tf.placeholder(tf.float32, [None, 8], name='x')
    y = tf.placeholder(tf.float32, [None, 1], name='y')
    net = x
    kept = []
    for layer in range(9):
        with tf.variable_scope('layer_%d' % layer):
            start = 0.5 * np.random.RandomState(layer).randn(8, 8).astype(np.float32)
            weights = tf.get_variable('weights', initializer=start)
            biases = tf.get_variable('biases', [8], initializer=tf.zeros_initializer())
            net = tf.tanh(tf.matmul(net, weights) + biases, name='out')
        if layer % 3 == 2:
            kept.append(net)
    out = tf.reduce_sum(net, axis=1, keepdims=True)
    return x, y, tf.reduce_mean(tf.square(out - y), name='loss'), kept


def main():
    tf.set_random_seed(1)
    x, y, loss, kept = build()
    variables = tf.trainable_variables()
    plain = tf.gradients(loss, variables)
    ops_before = len(tf.get_default_graph().get_operations())
    saving = checkpointed_gradients(loss, variables, kept)
    print('grew:', len(tf.get_default_graph().get_operations()) > ops_before)
    print('first copy:', tf.get_default_graph().get_operation_by_name('layer_8/out_1').type)
    cuts = [op.name for op in tf.get_default_graph().get_operations() if op.name.endswith('_cut')]
    print('cuts:', cuts)
    for name in cuts:
        tensor = tf.get_default_graph().get_tensor_by_name(name + ':0')
        print(name, 'feeds', len(ge.get_consuming_ops([tensor])), 'operations')
    # What is computed again reads the weights, so they change after everything else.
    step = tf.train.GradientDescentOptimizer(0.05).apply_gradients(
        zip(tf.tuple(saving, control_inputs=[loss]), variables)
    )
    random = np.random.RandomState(0)
    inputs = random.randn(64, 8).astype(np.float32)
    targets = np.sin(inputs[:, :1])
    feed = {x: inputs, y: targets}
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        one, other = session.run([plain, saving], feed)
        print('same gradients:', all(np.allclose(a, b, rtol=1e-4, atol=1e-6) for a, b in zip(one, other)))
        print('norms:', ' '.join('%.4f' % np.linalg.norm(g) for g in other))
        for number in range(31):
            value, _ = session.run([loss, step], feed)
            if number % 10 == 0:
                print('step %d loss %.5f' % (number, value))
    replaced = ge.graph_replace(loss, {kept[-1]: tf.zeros([2, 8])}, dst_scope='zeros')
    with tf.Session() as session:
        print('loss of zeros: %.4f' % session.run(replaced, {y: [[1.0], [3.0]]}), replaced.op.name)
    print('done')


if __name__ == '__main__':
    main()
