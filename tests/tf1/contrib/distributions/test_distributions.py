"""What golden cases of TF 1.15 cannot tell of `tf.contrib.distributions`: oracles, error texts, what goes further."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

import tf1 as tf
from tools import forked_python

_ABSENT = ['PoissonLogNormalQuadratureCompound', 'VectorDiffeomixture', 'quadrature_scheme_lognormal_quantiles']


@pytest.fixture(autouse=True)
def _graph():
    with tf.Graph().as_default():
        yield


def _run(value):
    with tf.Session() as session:
        return session.run(value)


def test_package_has_all_that_it_lists() -> None:
    for module in (tf.contrib.distributions, tf.contrib.distributions.bijectors):
        assert module.__all__ == sorted(set(module.__all__))
        assert all(getattr(module, name) is not None for name in module.__all__)
        with pytest.raises(AttributeError, match=r'tf\.contrib\.distributions.*\.nothing does not exist'):
            module.nothing  # noqa: B018


@pytest.mark.parametrize('name', _ABSENT)
def test_what_is_absent_names_its_successor(name: str) -> None:
    with pytest.raises(AttributeError, match=rf'{name} is not in .*; use the package tensorflow_probability instead\.'):
        getattr(tf.contrib.distributions, name)


def test_modules_are_importable_and_serve_eager_execution() -> None:
    code = (
        'from tf1.contrib.distributions import MultivariateNormalDiag, bijectors as tfb\n'
        'import tf1.contrib.distributions.bijectors as other\n'
        'import sys\n'
        'assert tfb is other and tfb.Exp, tfb\n'
        'assert "tensorflow_probability" not in sys.modules\n'
        'import tf1 as tf\n'
        'tf.enable_eager_execution()\n'
        'd, loc, x = tf.contrib.distributions, tf.Variable([1.0]), tf.constant([4.0])\n'
        'flow = d.TransformedDistribution(d.Normal([0.0], 1.0), d.bijectors.Inline(\n'
        '    lambda x: x + loc, lambda y: y - loc, lambda y: tf.zeros([]), forward_min_event_ndims=0))\n'
        'assert abs(float(flow.prob(x)[0]) - 0.00443185) < 1e-6\n'
        'loc.assign([4.0])\n'
        'assert abs(float(flow.prob(x)[0]) - 0.39894228) < 1e-6\n'
        'for each in (d.Independent(d.Bernoulli([0.1, 0.2]), 1), d.MultivariateNormalDiag([0.1, 0.2])):\n'
        '    assert each.log_prob(each.sample(3)).shape == (3,)'
    )
    forked_python.run(['-c', code], check=True)


def test_classes_are_those_of_tf_distributions() -> None:
    d = tf.contrib.distributions
    normal = d.MultivariateNormalDiag([0.0])
    assert isinstance(normal, tf.distributions.Distribution)
    assert isinstance(normal.distribution, tf.distributions.Normal)
    assert isinstance(d.NormalWithSoftplusScale(0.0, 1.0), tf.distributions.Normal)
    assert d.Normal is tf.distributions.Normal
    assert d.kl_divergence is tf.distributions.kl_divergence


def test_densities_are_those_of_scipy() -> None:
    d, x = tf.contrib.distributions, np.array([0.3, 1.0, 4.0], np.float32)
    covariance = np.array([[2.0, 0.3, 0.1], [0.3, 1.5, -0.2], [0.1, -0.2, 0.7]])
    ours = _run(
        [
            d.MultivariateNormalFullCovariance([1.0, 0.0, 2.0], covariance.astype(np.float32)).log_prob(x),
            d.Cauchy(0.5, 2.0).log_prob(x),
            d.Logistic(0.5, 2.0).log_cdf(x),
            d.HalfNormal(2.0).cdf(x),
            d.InverseGamma(2.5, 1.5).log_prob(x),
            d.Poisson(2.5).log_prob([0.0, 1.0, 4.0]),
            d.Binomial(6.0, probs=0.3).cdf([0.0, 1.0, 6.0]),
            d.NegativeBinomial(2.5, probs=0.3).log_prob([0.0, 1.0, 4.0]),
            d.Geometric(probs=0.3).log_prob([0.0, 1.0, 4.0]),
            d.WishartFull(5.0, covariance.astype(np.float32)).log_prob(2 * covariance.astype(np.float32)),
        ]
    )
    theirs = [
        stats.multivariate_normal([1.0, 0.0, 2.0], covariance).logpdf(x),
        stats.cauchy(0.5, 2.0).logpdf(x),
        stats.logistic(0.5, 2.0).logcdf(x),
        stats.halfnorm(scale=2.0).cdf(x),
        stats.invgamma(2.5, scale=1.5).logpdf(x),
        stats.poisson(2.5).logpmf([0, 1, 4]),
        stats.binom(6, 0.3).cdf([0, 1, 6]),
        stats.nbinom(2.5, 0.7).logpmf([0, 1, 4]),
        stats.geom(0.3, loc=-1).logpmf([0, 1, 4]),
        stats.wishart(5, covariance).logpdf(2 * covariance),
    ]
    for one, other in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(one, other, rtol=2e-5)


def test_mixture_of_one_family_is_that_of_several() -> None:
    d, x = tf.contrib.distributions, [[0.5], [2.0]]
    cat = d.Categorical(probs=[0.2, 0.5, 0.3])
    family = d.MixtureSameFamily(cat, d.Normal([0.0, 1.0, 3.0], [1.0, 0.5, 2.0]))
    mixture = d.Mixture(cat, [d.Normal(0.0, 1.0), d.Normal(1.0, 0.5), d.Normal(3.0, 2.0)])
    for method in (
        lambda each: each.log_prob(x),
        lambda each: each.cdf(x),
        lambda each: each.mean(),
        lambda each: each.variance(),
    ):
        one, other = _run([method(family), method(mixture)])
        np.testing.assert_allclose(one, other, rtol=1e-5)


def test_samples_of_a_mixture_of_one_family_repeat_with_a_seed_and_have_its_moments() -> None:
    d = tf.contrib.distributions
    family = d.MixtureSameFamily(
        d.Categorical(probs=[0.25, 0.75]), d.MultivariateNormalDiag([[[0.0, 4.0], [8.0, -4.0]]] * 2)
    )
    one, other = _run([family.sample(4000, seed=3), family.sample(4000, seed=3)])
    np.testing.assert_array_equal(one, other)
    assert one.shape == (4000, 2, 2)
    np.testing.assert_allclose(one.mean(0), _run(family.mean()), atol=0.3)
    np.testing.assert_allclose(one.std(0), _run(family.stddev()), atol=0.3)
    # The members of a batch choose their components by themselves.
    assert (one[:, 0, 0] > 4).mean() != pytest.approx(((one[:, 0, 0] > 4) & (one[:, 1, 0] > 4)).mean(), abs=0.05)


def test_a_batch_of_wishart_distributions_is_each_of_them() -> None:
    d, scale = tf.contrib.distributions, [[1.0, 0.0], [0.5, 2.0]]
    batch = d.WishartCholesky([3.5, 6.0], scale)
    each = [d.WishartCholesky(df, scale) for df in (3.5, 6.0)]
    assert batch.batch_shape == [2]
    for name in ('mean', 'mode', 'variance', 'stddev', 'entropy'):
        one, others = _run([getattr(batch, name)(), [getattr(other, name)() for other in each]])
        np.testing.assert_allclose(one, others, rtol=1e-5)


def test_parameters_broadcast_where_tf_1_15_fails() -> None:
    d = tf.contrib.distributions
    relaxed = d.ExpRelaxedOneHotCategorical([0.5, 1.5], [0.1, 0.2, 0.3])
    counts = d.NegativeBinomial(5.0, probs=[0.2, 0.6])
    sample, cdf = _run([relaxed.sample(4, seed=1), counts.cdf([[0.0], [3.0]])])
    assert sample.shape == (4, 2, 3)
    np.testing.assert_allclose(np.exp(sample).sum(-1), 1, rtol=1e-5)
    np.testing.assert_allclose(cdf, stats.nbinom(5, [0.8, 0.4]).cdf([[0], [3]]), rtol=1e-5)


def test_arguments_are_not_looked_at_unless_asked_to() -> None:
    d = tf.contrib.distributions
    assert _run(d.QuantizedDistribution(d.Normal(0.0, 1.0), low=1.5).low) == 1.5
    assert _run(d.bijectors.AffineScalar(scale=0.0).forward(2.0)) == 0.0
    assert _run(d.bijectors.CholeskyOuterProduct().forward([[-2.0]])) == 4.0
    with pytest.raises(tf.errors.InvalidArgumentError, match='scale must not be 0'):
        _run(d.bijectors.AffineScalar(scale=0.0, validate_args=True).forward(2.0))
    with pytest.raises(tf.errors.InvalidArgumentError, match='low must hold whole numbers'):
        _run(d.QuantizedDistribution(d.Normal(0.0, 1.0), low=1.5, validate_args=True).sample())


def _slopes(function, x: np.ndarray) -> np.ndarray:
    """Returns the matrix of derivatives of a function of vectors by differences."""
    rows = []
    for index in range(x.size):
        step = np.zeros_like(x)
        step[index] = 1e-5
        rows.append((_run(function(tf.constant(x + step))) - _run(function(tf.constant(x - step)))) / 2e-5)
    return np.stack(rows)


def _bijectors() -> dict:
    b = tf.contrib.distributions.bijectors
    double = {'scale_tril': np.array([[1.0, 0, 0], [0.5, -2.0, 0], [0.1, 0.2, 0.7]])}
    shift = np.array([1.0, 2.0, 3.0])
    return {
        'affine': b.Affine(shift, **double),
        'chain': b.Chain([b.Softsign(), b.Affine(shift, **double), b.Exp()]),
        'ordered': b.Invert(b.Ordered()),
        'square': b.Chain([b.Square(), b.Softplus(np.float64(0.7))]),
        'sinh': b.SinhArcsinh(np.float64(0.2), np.float64(1.3)),
        'flow': b.MaskedAutoregressiveFlow(
            lambda y: (tf.cumsum(y, -1, exclusive=True), tf.tanh(tf.cumsum(y, -1, exclusive=True)))
        ),
        'real_nvp': b.RealNVP(1, lambda kept, units: (tf.tile(kept, [units]) ** 2, tf.tile(kept, [units]))),
    }


@pytest.mark.parametrize('name', ['affine', 'chain', 'ordered', 'square', 'sinh', 'flow', 'real_nvp'])
def test_determinant_is_that_of_the_matrix_of_derivatives(name: str) -> None:
    x = np.array([0.2, 0.5, 0.9])
    bijector = _bijectors()[name]
    y = bijector.forward(tf.constant(x))
    expected = np.log(np.abs(np.linalg.det(_slopes(bijector.forward, x))))
    forward, inverse, back = _run(
        [
            bijector.forward_log_det_jacobian(tf.constant(x), 1),
            bijector.inverse_log_det_jacobian(tf.identity(y), 1),
            bijector.inverse(tf.identity(y)),
        ]
    )
    np.testing.assert_allclose([forward, -inverse], [expected] * 2, rtol=1e-6)
    np.testing.assert_allclose(back, x, rtol=1e-8)


def test_a_bijector_without_inverse_gives_densities_of_its_own_samples() -> None:
    d = tf.contrib.distributions
    half = d.bijectors.Inline(
        forward_fn=lambda x: 2 * x,
        forward_log_det_jacobian_fn=lambda x: tf.fill(tf.shape(x), np.float32(np.log(2))),
        forward_min_event_ndims=0,
    )
    distribution = d.TransformedDistribution(d.Normal(0.0, 1.0), half)
    sample = distribution.sample(3, seed=1)
    drawn, log_prob = _run([sample, distribution.log_prob(sample)])
    np.testing.assert_allclose(log_prob, stats.norm(0, 2).logpdf(drawn), rtol=1e-5)
    with pytest.raises(NotImplementedError):
        distribution.log_prob(1.0)


_ERRORS = [
    (lambda d: d.MultivariateNormalDiag(), ValueError, r'event shape is unknown: give loc or scale_diag'),
    (
        lambda d: d.MultivariateNormalDiagPlusLowRank([1.0], scale_perturb_diag=[1.0]),
        ValueError,
        r'so scale_perturb_factor must be, too; got None\.',
    ),
    (lambda d: d.Poisson(1.0, 1.0), ValueError, r'Either rate or log_rate must be given, got both of them\.'),
    (lambda d: d.Geometric(), ValueError, r'Either logits or probs must be given, got none of them\.'),
    (lambda d: d.Geometric([1]), TypeError, r'logits must have a floating type, got int32\.'),
    (
        lambda d: d.Independent(d.Normal([0.0], 1.0), 2),
        ValueError,
        r'reinterpreted_batch_ndims must be at most 1, the rank of the batch, got 2\.',
    ),
    (
        lambda d: d.Mixture(d.Categorical([0.0, 1.0]), [d.Normal(0.0, 1.0)]),
        ValueError,
        r'cat must have as many classes as there are components, got 2 and 1\.',
    ),
    (
        lambda d: d.TransformedDistribution(d.Normal([0.0], 1.0), batch_shape=[2]),
        ValueError,
        r'batch_shape can only be given for a distribution whose own is \[\], got \(1,\)\.',
    ),
    (
        lambda d: d.WishartCholesky(1.0, [[1.0, 0.0], [0.0, 1.0]]),
        ValueError,
        r'df must be >= 2, the dimension of the scale, got 1\.0\.',
    ),
    (
        lambda d: d.MultivariateNormalDiag([0.0]).cdf([0.0]),
        NotImplementedError,
        r'cdf is not implemented when event_shape is given; use log_prob\.',
    ),
    (
        lambda d: d.bijectors.Exp().forward_log_det_jacobian(1.0, -1),
        ValueError,
        r'event_ndims must be >= 0, the smallest rank of an event, got -1\.',
    ),
    (
        lambda d: d.bijectors.Permute([0, 2]),
        ValueError,
        r'permutation must hold each number from 0 to 1 once, got \[0, 2\]\.',
    ),
    (
        lambda d: d.bijectors.RealNVP(3, None).forward(tf.zeros([2, 2])),
        ValueError,
        r'num_masked must be less than 2, the size of a vector, got 3\.',
    ),
    (
        lambda d: d.percentile([1.0], 50.0, interpolation='linear'),
        ValueError,
        r"interpolation must be one of higher, lower, nearest, got 'linear'\.",
    ),
    (lambda d: d.fill_triangular([1.0, 2.0]), ValueError, r'shape \(2\) does not correspond to a triangular matrix'),
]


@pytest.mark.parametrize(('call', 'error', 'text'), _ERRORS)
def test_error_names_the_value_and_the_remedy(call, error, text) -> None:
    with pytest.raises(error, match=text):
        call(tf.contrib.distributions)
