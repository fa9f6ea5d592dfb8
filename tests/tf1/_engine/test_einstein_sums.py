"""`tf.einsum` computes what NumPy does, by products of matrices where TF 1.15 does."""

import numpy as np
import pytest

import tf1 as tf

_EQUATIONS = {
    'ij,jk->ik': [(2, 3), (3, 4)],
    'ij,jk': [(2, 3), (3, 4)],
    'bqhd,bkhd->bhqk': [(2, 3, 4, 5), (2, 6, 4, 5)],
    'dcab,bae->ecd': [(5, 4, 2, 3), (3, 2, 6)],
    'zyi,zyj->zyij': [(2, 3, 4), (2, 3, 5)],
    'ij,ij->': [(2, 3), (2, 3)],
    'ij,jk->i': [(2, 3), (3, 4)],
    'ij,k->ik': [(2, 3), (4,)],
    'ijk->ki': [(2, 3, 4)],
    'i,->i': [(2,), ()],
    'abc,cd,de->abe': [(2, 3, 4), (4, 5), (5, 6)],
    '...ij,jk->...ik': [(2, 2, 3), (3, 4)],
    '...i,...i->...': [(2, 3), (2, 3)],
    'ij,ij,ij->i': [(2, 3), (2, 3), (2, 3)],
    'ii->i': [(3, 3)],
}


@pytest.mark.parametrize('are_known', [True, False])
def test_results_and_gradients_are_numpys(are_known):
    with tf.Graph().as_default(), tf.Session() as session:
        for equation, shapes in _EQUATIONS.items():
            values = [np.random.RandomState(i).normal(size=shape).astype(np.float32) for i, shape in enumerate(shapes)]
            inputs = [tf.placeholder(tf.float32, shape if are_known else [None] * len(shape)) for shape in shapes]
            result = tf.einsum(equation, *inputs)
            found, gradient = session.run(
                [result, tf.gradients(result, inputs[0])[0]], dict(zip(inputs, values, strict=True))
            )
            np.testing.assert_allclose(found, np.einsum(equation, *values), rtol=1e-4, atol=1e-5, err_msg=equation)
            # The sum of the result is linear in the first operand, unless that comes twice.
            np.testing.assert_allclose(
                (gradient * values[0]).sum(), found.sum(), rtol=1e-4, atol=1e-4, err_msg=equation
            )


def test_a_product_is_one_operation_and_three_operands_that_share_a_label_are_tensorflows():
    with tf.Graph().as_default() as graph:
        x, y = tf.ones([2, 3]), tf.ones([3, 4])
        assert tf.einsum('ij,jk->ik', x, y).op.name == 'einsum/MatMul'
        assert tf.einsum('ij,jk->ik', x, y, name='mine').op.name == 'mine/MatMul'
        tf.einsum('ij,ij,ij->i', x, x, x)
        assert 'Einsum' in {op.type for op in graph.get_operations()}


def test_equations_that_do_not_fit_are_refused():
    with tf.Graph().as_default():
        for equation in ('ij,jk->ix', 'ij->ij', 'ij,jkl->ik'):
            with pytest.raises(ValueError, match='.'):
                tf.einsum(equation, tf.ones([2, 3]), tf.ones([3, 4]))
