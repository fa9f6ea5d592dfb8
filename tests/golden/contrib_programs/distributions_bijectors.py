"""Cases of `tf.contrib.distributions.bijectors`: values both ways, determinants, shapes, flows, refusals."""

import numpy as np


def _told(function):
    try:
        return function()
    except Exception as error:  # The type is the result.
        return type(error).__name__


def _both_ways(tf, bijector, x=(0.3, 1.7), **kwargs):
    """Returns what a bijector makes of `x` and of the result, and the gradients of the determinants."""
    x = tf.constant(np.float32(x))
    y = bijector.forward(x, **kwargs)
    # Another tensor of the same values: the bijector remembers its own.
    again = y + 0.0
    forward_ndims, inverse_ndims = bijector.forward_min_event_ndims, bijector.inverse_min_event_ndims
    more = 1 if forward_ndims == 0 else 0
    forward = bijector.forward_log_det_jacobian(x, forward_ndims, **kwargs)
    inverse = bijector.inverse_log_det_jacobian(again, inverse_ndims, **kwargs)
    return {
        'is': [bijector.name, str(bijector.dtype), forward_ndims, inverse_ndims, bijector.is_constant_jacobian],
        'y': [y, str(y.shape)],
        'x': bijector.inverse(again, **kwargs),
        'same': bijector.inverse(y, **kwargs) is x,
        'forward': [forward, bijector.forward_log_det_jacobian(x, forward_ndims + more, **kwargs)],
        'inverse': [inverse, bijector.inverse_log_det_jacobian(again, inverse_ndims + more, **kwargs)],
        'shapes': [str(bijector.forward_event_shape(x.shape)), str(bijector.inverse_event_shape(y.shape))],
        'tensors': [
            bijector.forward_event_shape_tensor(x.shape.as_list()),
            bijector.inverse_event_shape_tensor(y.shape.as_list()),
        ],
        'gradients': [
            None if each is None else tf.convert_to_tensor(each)
            for each in (tf.gradients(y, x)[0], tf.gradients(forward, x)[0], tf.gradients(inverse, again)[0])
        ],
    }


def case_of_numbers(tf):
    b = tf.contrib.distributions.bijectors
    return {
        'identity': _both_ways(tf, b.Identity()),
        'exp': _both_ways(tf, b.Exp()),
        'power': _both_ways(tf, b.PowerTransform(0.5)),
        'sigmoid': _both_ways(tf, b.Sigmoid()),
        'softplus': _both_ways(tf, b.Softplus()),
        'softplus_hinge': _both_ways(tf, b.Softplus(0.7)),
        'softplus_down': _both_ways(tf, b.Softplus(-0.7)),
        'softsign': _both_ways(tf, b.Softsign()),
        'square': _both_ways(tf, b.Square()),
        'sinh_arcsinh': _both_ways(tf, b.SinhArcsinh(0.5, 2.0)),
        'gumbel': _both_ways(tf, b.Gumbel(0.5, 2.0)),
        'kumaraswamy': _both_ways(tf, b.Kumaraswamy(2.0, 3.0), [0.3, 0.7]),
    }


def case_affine(tf):
    b = tf.contrib.distributions.bijectors
    factor = [[1.0], [2.0]]
    return {
        'scalar': _both_ways(tf, b.AffineScalar(1.0, -2.0)),
        'scalars': _both_ways(tf, b.AffineScalar([1.0, 2.0], [-2.0, 3.0])),
        'nothing': _both_ways(tf, b.AffineScalar()),
        'diag': _both_ways(tf, b.Affine([1.0, 2.0], scale_diag=[2.0, 3.0])),
        'identity': _both_ways(tf, b.Affine()),
        'multiplied': _both_ways(tf, b.Affine(scale_identity_multiplier=2.0)),
        'tril': _both_ways(tf, b.Affine([1.0, 2.0], scale_tril=[[1.0, 9.0], [2.0, 3.0]])),
        'sum': _both_ways(tf, b.Affine(None, 1.0, None, [[1.0, 9.0], [2.0, 3.0]], factor)),
        'diags': _both_ways(tf, b.Affine(scale_tril=[[1.0, 9.0], [2.0, 3.0]], scale_diag=[0.5, 1.0])),
        'low_rank': _both_ways(tf, b.Affine([1.0, 2.0], scale_diag=[1.0, 2.0], scale_perturb_factor=factor)),
        'operator': _both_ways(
            tf, b.AffineLinearOperator([1.0, 2.0], tf.linalg.LinearOperatorDiag([2.0, 3.0], is_non_singular=True))
        ),
        'no_operator': _both_ways(tf, b.AffineLinearOperator()),
        'batch': _both_ways(tf, b.Affine([[1.0, 2.0]], scale_diag=[[2.0, 3.0], [1.0, -4.0]]), [[0.3, 1.7], [0.1, 0.2]]),
    }


def case_vectors_and_matrices(tf):
    b = tf.contrib.distributions.bijectors
    lower = [[1.0, 0.0], [2.0, 3.0]]
    return {
        'ordered': _both_ways(tf, b.Ordered(), [0.3, 0.7, 2.5]),
        'simplex': _both_ways(tf, b.SoftmaxCentered()),
        'permute': _both_ways(tf, b.Permute([2, 0, 1]), [0.3, 0.7, 2.5]),
        'cholesky': _both_ways(tf, b.CholeskyOuterProduct(), lower),
        'inverse': _both_ways(tf, b.MatrixInverseTriL(), lower),
        'triangle': _both_ways(tf, b.FillTriangular(), [1.0, 2.0, 3.0]),
        'upper': _both_ways(tf, b.FillTriangular(upper=True), [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]),
        'scale': _both_ways(tf, b.ScaleTriL(), [1.0, 2.0, 3.0]),
        'scale_exp': _both_ways(tf, b.ScaleTriL(b.Exp(), None), [1.0, 2.0, 3.0]),
        'diagonal': _both_ways(tf, b.TransformDiagonal(b.Exp()), [[1.0, 0.5], [2.0, 3.0]]),
    }


def case_reshape(tf):
    b = tf.contrib.distributions.bijectors
    x = tf.reshape(tf.range(12.0), [2, 6])
    bijector = b.Reshape([3, -1], [6])
    y = bijector.forward(x)
    return {
        'y': [y, str(y.shape)],
        'x': bijector.inverse(y + 0.0),
        'determinant': [bijector.forward_log_det_jacobian(x, 1), bijector.inverse_log_det_jacobian(y, 2)],
        'shapes': [str(bijector.forward_event_shape([6])), str(bijector.inverse_event_shape([3, 2]))],
        'tensors': [bijector.forward_event_shape_tensor([6]), bijector.inverse_event_shape_tensor([3, 2])],
        'misfit': _told(lambda: b.Reshape([4], [6]).forward(x)),
    }


def case_absolute_value(tf):
    bijector = tf.contrib.distributions.bijectors.AbsoluteValue()
    return {
        'y': bijector.forward([-1.0, 2.0]),
        'x': list(bijector.inverse([1.0, 2.0])),
        'determinant': list(bijector.inverse_log_det_jacobian([1.0, 2.0], 1)),
        'refused': _told(lambda: bijector.forward_log_det_jacobian([1.0], 0)),
    }


def case_of_bijectors(tf):
    b = tf.contrib.distributions.bijectors
    inline = b.Inline(
        tf.exp, tf.log, lambda y: -tf.log(y), lambda x: x, forward_min_event_ndims=0, name='mine', validate_args=True
    )
    chain = b.Chain([b.Exp(), b.AffineScalar(1.0, 2.0), b.Softplus()])
    return {
        'chain': _both_ways(tf, chain),
        'empty': _both_ways(tf, b.Chain()),
        'mixed': _both_ways(tf, b.Chain([b.SoftmaxCentered(), b.Affine([1.0, 2.0]), b.Exp()])),
        'invert': _both_ways(tf, b.Invert(b.Exp())),
        'invert_simplex': _both_ways(tf, b.Invert(b.SoftmaxCentered()), [0.2, 0.3, 0.5]),
        'invert_chain': _both_ways(tf, b.Invert(chain), [20.0, 30.0]),
        'inline': _both_ways(tf, inline),
        'parts': [[each.name for each in chain.bijectors], b.Invert(chain).bijector is chain],
    }


def case_real_nvp(tf):
    b, d = tf.contrib.distributions.bijectors, tf.contrib.distributions
    x = [[0.3, 1.7, -0.5], [0.1, 0.2, 0.3]]
    simple = b.RealNVP(1, lambda kept, units: (2 * tf.tile(kept, [1, units]), tf.tile(kept, [1, units]) + 0.1))
    network = b.RealNVP(2, b.real_nvp_default_template([4, 4]))
    shift = b.RealNVP(1, b.real_nvp_default_template([3], shift_only=True, activation=tf.tanh), name='shift')
    flow = d.TransformedDistribution(
        d.MultivariateNormalDiag(tf.zeros([3])), b.Chain([network, b.Permute([2, 0, 1]), shift])
    )
    return {
        'simple': _both_ways(tf, simple, x),
        'network': _both_ways(tf, network, x),
        'shift': _both_ways(tf, shift, x),
        'flow': [flow.log_prob(tf.constant(x)), flow.sample(2, seed=3)],
        'refused': [
            _told(lambda: b.RealNVP(3, lambda kept, units: (None, None)).forward(tf.zeros([2, 2]))),
        ],
    }


def case_masked_autoregressive_flow(tf):
    b, d = tf.contrib.distributions.bijectors, tf.contrib.distributions
    x = [[0.3, 1.7, -0.5], [0.1, 0.2, 0.3]]
    network = b.MaskedAutoregressiveFlow(b.masked_autoregressive_default_template([6, 6]))
    shift = b.MaskedAutoregressiveFlow(
        b.masked_autoregressive_default_template([6], shift_only=True), is_constant_jacobian=True
    )
    flow = d.TransformedDistribution(d.Normal(0.0, 1.0), b.Invert(network), event_shape=[3])
    back = d.TransformedDistribution(d.Normal(0.0, 1.0), shift, event_shape=[3])
    return {
        'network': _both_ways(tf, network, x),
        'shift': _both_ways(tf, shift, x),
        'flow': [flow.log_prob(flow.sample(2, seed=3)), flow.sample(2, seed=3)],
        'back': [back.log_prob(tf.constant(x)), back.sample(2, seed=3)],
    }


def case_masked_dense(tf):
    b = tf.contrib.distributions.bijectors
    rows = tf.eye(3)
    seen = {}
    for exclusive in (True, False):
        for units in (5, 6, 7):
            layer = b.masked_dense(rows, units, 3, exclusive, name=f'layer_{exclusive}_{units}')
            seen[f'{exclusive}_{units}'] = [layer, str(layer.shape)]
    return seen


def case_kernels_start_masked(tf):
    b = tf.contrib.distributions.bijectors
    b.masked_dense(tf.eye(3), 6, 3, True, kernel_initializer=tf.ones_initializer())
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        return {'kernel': session.run(tf.global_variables()[0]).tolist()}


def case_batch_normalization(tf):
    b = tf.contrib.distributions.bijectors
    y = tf.constant([[0.3, 1.7], [0.1, 0.2], [2.0, -1.0]])
    layer = tf.layers.BatchNormalization(name='mine', scale=True)
    training, using = b.BatchNormalization(layer), b.BatchNormalization(training=False)
    return {
        'training': [training.inverse(y), training.inverse_log_det_jacobian(y, 1)],
        'using': [using.inverse(y), using.inverse_log_det_jacobian(y, 1)],
        'forward': [using.forward(2 * y), using.forward_log_det_jacobian(2 * y, 1)],
        'refused': _told(lambda: b.BatchNormalization(batchnorm_layer=3)),
    }


def case_a_bijector_of_ones_own(tf):
    b, d = tf.contrib.distributions.bijectors, tf.contrib.distributions

    class Cube(b.Bijector):
        def __init__(self, validate_args=False, name='cube'):
            super().__init__(validate_args=validate_args, forward_min_event_ndims=0, name=name)

        def _forward(self, x):
            return x**3

        def _inverse(self, y):
            return tf.sign(y) * tf.abs(y) ** (1.0 / 3)

        def _forward_log_det_jacobian(self, x):
            return tf.log(3.0 * tf.square(x))

    class Scaled(b.ConditionalBijector):
        def __init__(self):
            super().__init__(forward_min_event_ndims=0, name='scaled')

        def _forward(self, x, by=1.0):
            return x * by

        def _inverse(self, y, by=1.0):
            return y / by

        def _forward_log_det_jacobian(self, x, by=1.0):
            return tf.log(tf.ones_like(x) * by)

        def _inverse_log_det_jacobian(self, y, by=1.0):
            return -tf.log(tf.ones_like(y) * by)

    conditional = d.ConditionalTransformedDistribution(d.Normal(0.0, 1.0), Scaled())
    return {
        'cube': _both_ways(tf, Cube()),
        'conditional': _both_ways(tf, Scaled(), by=3.0),
        'distribution': [
            conditional.log_prob([1.0, 2.0], bijector_kwargs={'by': 3.0}),
            conditional.sample(2, seed=1, bijector_kwargs={'by': 3.0}),
        ],
    }


def case_refused(tf):
    b = tf.contrib.distributions.bijectors
    one = tf.constant(1.0)
    calls = {
        'negative_ndims': lambda: b.Exp().forward_log_det_jacobian(one, -1),
        'few_ndims': lambda: b.Affine([1.0, 2.0]).forward_log_det_jacobian(tf.constant([1.0]), 0),
        'float_ndims': lambda: b.Exp().forward_log_det_jacobian(one, 0.5),
        'no_ndims': lambda: b.Exp().forward_log_det_jacobian(one),
        'only_diag': lambda: b.Affine(scale_diag=[1.0, 2.0], scale_perturb_diag=[1.0]),
        'permutation': lambda: b.Permute([0, 2]),
        'float_permutation': lambda: b.Permute([1.0, 0.0]),
        'not_injective': lambda: b.Invert(b.AbsoluteValue()),
        'chain_not_injective': lambda: b.Chain([b.AbsoluteValue()]),
        'nothing': lambda: b.Bijector(),
        'type': lambda: b.Affine([1.0, 2.0]).forward(tf.constant([1.0, 2.0], tf.float64)),
        'power': lambda: b.PowerTransform(-1.0),
        'triangle': lambda: b.FillTriangular().forward([1.0, 2.0]),
        'inline': lambda: b.Inline(tf.exp, forward_min_event_ndims=0).inverse(one),
    }
    return {name: _told(lambda call=call: str(call() is None)) for name, call in calls.items()}
