"""What a changed graph computes, and what the editor refuses; names and structure are held by the golden cases."""

from __future__ import annotations

import numpy as np
import pytest

import tf1 as tf

ge = tf.contrib.graph_editor


@pytest.fixture(autouse=True)
def graph():
    with tf.Graph().as_default() as graph:
        yield graph


def _run(fetches: object, feed: dict | None = None) -> object:
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        return session.run(fetches, feed)


def test_a_copy_computes_from_its_placeholders():
    x = tf.constant(2.0, name='x')
    y = tf.exp(tf.square(x, name='y'))
    _, info = ge.copy([y.op.inputs[0].op, y.op], dst_scope='copy')
    assert _run([y, info.transformed(y)], {'copy/geph__x_0:0': 1.0}) == pytest.approx([np.exp(4), np.exp(1)])


def test_gradients_pass_through_copies_and_replaced_tensors():
    x, z = tf.constant(3.0), tf.constant(5.0)
    y = tf.square(x * tf.get_variable('w', initializer=2.0))
    again = ge.graph_replace(y, {x: z})
    # d/dz (2 z) ** 2 = 8 z
    assert _run(tf.gradients(again, z)) == [40.0]
    assert tf.gradients(again, x) == [None]


def test_a_rerouted_input_takes_effect_in_a_session_that_was_running():
    x, y = tf.constant(1.0), tf.constant(10.0)
    total = tf.add(x, 1.0, name='total')
    with tf.Session() as session:
        assert session.run(tf.identity(total)) == 2.0
    assert ge.reroute_ts([y], [x]) == 1
    assert _run(total) == 11.0


def test_what_is_bypassed_is_computed_no_more():
    x = tf.constant([4.0])
    y = tf.check_numerics(x / 0.0, 'never') * 0.0 + 7.0
    z = tf.identity(y)
    view = ge.sgv(ge.get_walks_intersection_ops([x], [y])).remap_inputs([x])
    ge.bypass(view)
    assert _run(z).tolist() == [4.0]


def test_a_control_input_that_is_added_runs_first():
    counter = tf.Variable(0)
    count = tf.assign_add(counter, 1)
    result = tf.identity(3.0, name='result')
    ge.add_control_inputs(result.op, [count.op])
    with tf.Session() as session:
        session.run(counter.initializer)
        session.run([result])
        assert session.run(counter) == 1
        ge.remove_control_inputs(result.op, count.op)
        assert result.op.control_inputs == []


def test_graphs_deeper_than_pythons_stack_are_copied():
    tensor = first = tf.constant(0.0)
    for _ in range(1100):
        tensor = tensor + 1.0
    again = ge.graph_replace(tensor, {first: tf.constant(5.0)}, dst_scope='again')
    assert _run(again) == 1105.0


def test_a_copy_may_run_beside_the_original_and_shares_its_variables():
    weights = tf.get_variable('weights', [2, 1], initializer=tf.ones_initializer())
    x = tf.placeholder(tf.float32, [None, 2], name='x')
    y = tf.matmul(x, weights)
    other = tf.constant([[10.0, 20.0]])
    again = ge.graph_replace(y, {x: other})
    ours, theirs = _run([y, again], {x: [[1.0, 2.0]]})
    assert (ours.item(), theirs.item()) == (3.0, 30.0)
    assert len(tf.global_variables()) == 1


def test_resource_variables_and_functions_of_keras_are_copied():
    x = tf.constant([[1.0, 2.0]])
    with tf.variable_scope('net', use_resource=True):
        y = tf.layers.dense(x, 3, tf.nn.relu, kernel_initializer=tf.ones_initializer())
    again = ge.graph_replace(y, {x: 2 * x})
    ours, theirs = _run([y, again])
    np.testing.assert_allclose(theirs, 2 * ours)


def test_outputs_have_the_name_that_programs_of_tf_1_read():
    x = tf.constant([1.0, 2.0])
    assert x.op._outputs == [x]


@pytest.mark.parametrize(
    ('call', 'error', 'text'),
    [
        (lambda c: ge.sgv(3), TypeError, r'Each must be a tf\.Operation or tf\.Tensor, got 3\.'),
        (lambda c: ge.sgv(c, other=1), ValueError, r'The keyword is graph, got other\.'),
        (
            lambda c: ge.select_ops('x'),
            ValueError,
            r"graph must be given beside the regular expression 'x', got none\.",
        ),
        (lambda c: ge.select_ts(c, any=1), ValueError, 'graph, positive_filter and restrict_ts_regex, got any'),
        (lambda c: ge.sgv(c.op).remap_inputs([5]), ValueError, r'An index must be >= 0 and < 2, got 5\.'),
        (lambda c: ge.sgv(c.op).remap_inputs([1, 1]), ValueError, r'Each input may be named once, got \[1, 1\]\.'),
        (lambda c: ge.sgv(c.op).input_index(c), ValueError, r"c:0.* is not among \['a:0', 'b:0'\]"),
        (lambda c: ge.sgv(c.op).find_op_by_name('z'), ValueError, r"z is no operation of \['c'\]\."),
        (lambda c: ge.copy(c.op, dst_graph='g'), TypeError, r"graph must be a tf\.Graph, got 'g'\."),
        (lambda c: ge.copy(c.op, src_scope='s'), ValueError, r"c must be in src_scope 's/'\."),
        (lambda c: ge.graph_replace(c, {}), ValueError, r"must depend on a tensor that is replaced, got \['c:0'\]"),
        (
            lambda c: ge.reroute_ts(tf.zeros([3], name='z'), c),
            ValueError,
            r'z:0 and c:0 must have shapes that agree, got \(3,\) and \(2,\)\.',
        ),
        (lambda c: ge.reroute_ts([c, c], c), ValueError, r'must have as many tensors, got 2 and 1\.'),
        (lambda c: ge.add_control_inputs(c, []), TypeError, r'op must be a tf\.Operation, got <tf\.Tensor'),
        (
            lambda c: ge.remove_control_inputs(c.op, c.op.inputs[0].op),
            ValueError,
            r'a is no control input of c\.',
        ),
        (
            lambda c: ge.get_within_boundary_ops(c.graph, c.op, [c.op]),
            ValueError,
            r'The boundary must not hold a seed, got c in both\.',
        ),
        (lambda c: ge.check_cios(control_ios=1), TypeError, r'must be a ControlOutputs, got 1\.'),
    ],
)
def test_an_error_names_the_value_and_the_remedy(call, error, text):
    c = tf.add(tf.zeros([2], name='a'), tf.ones([2], name='b'), name='c')
    with pytest.raises(error, match=text):
        call(c)


def test_the_package_lists_what_tf_1_15_had():
    assert len(ge.__all__) == 66
    assert all(getattr(ge, name).__doc__ for name in ge.__all__)
    with pytest.raises(AttributeError, match=r'tf\.contrib\.graph_editor\.nonsense does not exist'):
        ge.nonsense  # noqa: B018
