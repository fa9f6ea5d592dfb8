"""Cases of `tf.contrib.distributions`: densities, moments, entropies, divergences, shapes, refusals."""

import numpy as np

_VALUES = ['log_prob', 'prob', 'cdf', 'log_cdf', 'survival_function', 'log_survival_function']
_STATISTICS = ['mean', 'mode', 'variance', 'stddev', 'covariance', 'entropy']


def _told(function):
    """Returns what `function` does, or the type of its refusal."""
    try:
        return function()
    except Exception as error:  # The type is the result.
        return type(error).__name__


def _facts(tf, distribution, value, probability=(0.3,)):
    """Returns all that a distribution says of itself and of `value`."""
    seen = {
        'is': [type(distribution).__name__, distribution.dtype.name],
        'reparameterized': distribution.reparameterization_type is tf.contrib.distributions.FULLY_REPARAMETERIZED,
        'shapes': [str(distribution.batch_shape), str(distribution.event_shape)],
        'tensors': [distribution.batch_shape_tensor(), distribution.event_shape_tensor()],
        'scalar': [distribution.is_scalar_batch(), distribution.is_scalar_event()],
        'parameters': sorted(distribution.parameters),
        'name': distribution.name,
    }
    for method in _STATISTICS:
        seen[method] = _told(getattr(distribution, method))
    for method in _VALUES:
        seen[method] = _told(lambda method=method: getattr(distribution, method)(value))
    seen['quantile'] = _told(lambda: distribution.quantile(tf.constant(probability)))
    seen['static'] = {
        key: str(each.shape) for key, each in seen.items() if isinstance(each, tf.Tensor) and key not in _UNTOLD
    }
    return seen


# Whose static shape TF 1.15 leaves open here and there.
_UNTOLD = ('entropy',)


def case_normals_of_vectors(tf):
    d, loc = tf.contrib.distributions, [[0.5, -1.0], [2.0, 0.0]]
    value = tf.constant([0.3, 0.7])
    doubles = tf.constant([[0.5, 1.0]], tf.float64)
    return {
        'diag': _facts(tf, d.MultivariateNormalDiag(loc, [1.0, 2.5]), value),
        'multiplied': _facts(tf, d.MultivariateNormalDiag(loc, scale_identity_multiplier=1.5), value),
        'both': _facts(tf, d.MultivariateNormalDiag([0.0, 1.0], [1.0, -2.0], [0.5, 1.0]), tf.constant(loc)),
        'standard': _facts(tf, d.MultivariateNormalDiag([0.5, 1.0]), value),
        'without_loc': _facts(tf, d.MultivariateNormalDiag(scale_diag=[1.0, 2.0]), value),
        'softplus': _facts(tf, d.MultivariateNormalDiagWithSoftplusScale(loc, [[-1.0, 0.5], [0.0, 3.0]]), value),
        'tril': _facts(tf, d.MultivariateNormalTriL(loc, [[1.0, 9.0], [0.5, 2.0]]), value),
        'tril_of_identity': _facts(tf, d.MultivariateNormalTriL([0.5, 1.0]), value),
        'covariance': _facts(tf, d.MultivariateNormalFullCovariance([0.5, 1.0], [[1.0, 0.4], [0.4, 2.0]]), value),
        'low_rank': _facts(
            tf,
            d.MultivariateNormalDiagPlusLowRank([0.5, 1.0], [1.0, 2.0], scale_perturb_factor=[[1.0], [0.5]]),
            value,
        ),
        'low_rank_diag': _facts(
            tf,
            d.MultivariateNormalDiagPlusLowRank([0.5, 1.0], [1.0, 2.0], 0.5, [[1.0], [0.5]], [-0.25]),
            value,
        ),
        'doubles': _facts(tf, d.MultivariateNormalDiag(doubles), 2 * doubles),
    }


def case_normals_of_vectors_tell_their_parts(tf):
    d = tf.contrib.distributions
    diag = d.MultivariateNormalDiag([0.5, 1.0], [1.0, 2.0])
    tril = d.MultivariateNormalTriL([0.5, 1.0], [[1.0, 9.0], [0.5, 2.0]])
    return {
        'loc': [diag.loc, tril.loc],
        'scale': [diag.scale.to_dense(), tril.scale.to_dense()],
        'operators': [type(each.scale).__name__ for each in (diag, tril, d.MultivariateNormalDiag([1.0]))],
        'bijector': [diag.bijector.name, diag.bijector.forward([1.0, 1.0])],
        'base': [type(diag.distribution).__name__, str(diag.distribution.batch_shape)],
        'no_loc': d.MultivariateNormalDiag(scale_diag=[1.0]).loc is None,
    }


def case_vectors(tf):
    d, value = tf.contrib.distributions, tf.constant([1.0, 2.0])
    return {
        'exponential': _facts(tf, d.VectorExponentialDiag([0.3, 0.4], [0.3, 0.4]), value),
        'laplace': dict(_facts(tf, d.VectorLaplaceDiag([0.3, 0.4], [0.3, 0.4]), value), name=None),
        'sinh_arcsinh': _facts(tf, d.VectorSinhArcsinhDiag([0.3, 0.4], [0.3, 0.4], None, [0.1, 0.2], 1.5), value),
    }


def case_sinh_arcsinh(tf):
    d = tf.contrib.distributions
    return {
        'skewed': _facts(tf, d.SinhArcsinh([0.5, 0.6], 1.2, 0.5, 1.3), tf.constant(2.0)),
        'plain': _facts(tf, d.SinhArcsinh(0.5, 2.0), tf.constant([2.0, -1.0])),
        'uniform': d.SinhArcsinh(0.0, 1.0, 0.5, distribution=d.Uniform(-1.0, 1.0)).log_prob([0.1, 0.4]),
    }


def case_location_and_scale(tf):
    d, value = tf.contrib.distributions, tf.constant([[-3.0], [0.7], [2.0]])
    return {
        'cauchy': _facts(tf, d.Cauchy([0.5, 1.0], 2.0), value),
        'logistic': _facts(tf, d.Logistic([2.0, 3.0], [1.5, 0.5]), value),
        'half_normal': _facts(tf, d.HalfNormal([1.0, 2.0]), value),
        'shapes': [
            {key: str(each) for key, each in getattr(d, name).param_static_shapes([2, 3]).items()}
            for name in ('Cauchy', 'Logistic', 'HalfNormal', 'InverseGamma', 'Chi2', 'RelaxedBernoulli', 'Normal')
        ],
    }


def case_with_transformed_parameters(tf):
    d, value = tf.contrib.distributions, tf.constant([0.3, 0.9])
    return {
        'normal': _facts(tf, d.NormalWithSoftplusScale(0.1, -0.4), value),
        'laplace': _facts(tf, d.LaplaceWithSoftplusScale(0.1, [-0.4, 1.0]), value),
        'gamma': _facts(tf, d.GammaWithSoftplusConcentrationRate(2.1, -0.4), value),
        'inverse_gamma': _facts(tf, d.InverseGammaWithSoftplusConcentrationRate(4.1, -0.4), value),
        'beta': _facts(tf, d.BetaWithSoftplusConcentration(0.1, -0.4), value),
        'exponential': _facts(tf, d.ExponentialWithSoftplusRate(-0.3), value),
        'student_t': _facts(tf, d.StudentTWithAbsDfSoftplusScale(-3.7, 1.0, -0.4), value),
        'chi2': _facts(tf, d.Chi2WithAbsDf([-3.7, 5.2]), value),
    }


def case_counts(tf):
    d, value = tf.contrib.distributions, tf.constant([[0.0], [1.0], [4.0], [6.0]])
    whole = tf.constant([2.0, 3.0])
    return {
        'poisson': _facts(tf, d.Poisson([1.5, 2.0]), value),
        'poisson_of_log': _facts(tf, d.Poisson(log_rate=0.7), tf.constant([0.0, 2.0, 1.5])),
        'geometric': _facts(tf, d.Geometric(probs=[0.3, 0.8]), value),
        'geometric_of_logits': _facts(tf, d.Geometric([0.3, -0.8]), value),
        'binomial': _facts(tf, d.Binomial([6.0, 7.0], probs=[0.2, 0.6]), value),
        'negative_binomial': _facts(tf, d.NegativeBinomial([5.0, 4.0], probs=[0.2, 0.6]), whole),
        'negative_binomial_of_logits': _facts(tf, d.NegativeBinomial([0.5, 2.0], [0.2, -0.6]), whole),
    }


def case_gammas(tf):
    d, value = tf.contrib.distributions, tf.constant([[0.5], [2.0]])
    return {
        'chi2': _facts(tf, d.Chi2([3.0, 5.0]), value),
        'inverse_gamma': _facts(tf, d.InverseGamma([1.5, 4.0], 2.0), value),
        'kumaraswamy': _facts(tf, d.Kumaraswamy([2.0, 3.0], 1.5), tf.constant([[0.3], [0.8]])),
        'df': d.Chi2([3.0]).df,
    }


def case_deterministic(tf):
    d = tf.contrib.distributions
    return {
        'number': _facts(tf, d.Deterministic([3.0, 5.0]), tf.constant([3.0, 4.0])),
        'near': _facts(tf, d.Deterministic([1.0, 2.0], atol=0.5, rtol=0.1), tf.constant([0.45, 2.6])),
        'vector': _facts(tf, d.VectorDeterministic([[3.0, 5.0]]), tf.constant([[3.0, 5.0], [3.0, 4.0]])),
        'samples': [d.Deterministic([3.0, 5.0]).sample(2), d.VectorDeterministic([3.0, 5.0]).sample([1, 2])],
    }


def case_one_hot(tf):
    d = tf.contrib.distributions
    logits = [[0.5, 1.0, -1.0], [2.0, 0.0, 0.3]]
    log = np.log([0.2, 0.5, 0.3]).astype(np.float32)
    of_floats = d.OneHotCategorical(probs=[0.2, 0.3, 0.5], dtype=tf.float32)
    return {
        'one_hot': _facts(tf, d.OneHotCategorical(logits), tf.constant([0, 1, 0])),
        'of_probs': _facts(tf, of_floats, tf.constant([0.0, 0.0, 1.0])),
        'exp_relaxed': _facts(tf, d.ExpRelaxedOneHotCategorical([0.5, 1.5], logits), tf.constant(log)),
        'relaxed': _facts(tf, d.RelaxedOneHotCategorical(0.5, probs=[0.2, 0.3, 0.5]), tf.constant([0.2, 0.5, 0.3])),
        'relaxed_bernoulli': _facts(tf, d.RelaxedBernoulli(0.5, [1.0, -2.0]), tf.constant([[0.3], [0.9]])),
        'sizes': [d.OneHotCategorical(logits).event_size, d.ExpRelaxedOneHotCategorical(0.5, logits).event_size],
    }


def case_independent(tf):
    d = tf.contrib.distributions
    normal = d.Normal([[1.0, 2.0, 3.0], [0.0, 0.5, 1.0]], [1.0, 2.0, 3.0])
    value = tf.constant([[1.0, 0.0, 1.0]])
    return {
        'default': _facts(tf, d.Independent(normal), value),
        'all': _facts(tf, d.Independent(normal, 2), tf.ones([4, 2, 3])),
        'none': _facts(tf, d.Independent(normal, 0), value),
        'bits': _facts(tf, d.Independent(d.Bernoulli([[0.3, 0.4, -1.0]])), tf.constant([1, 0, 1])),
        'vectors': _facts(tf, d.Independent(d.MultivariateNormalDiag(tf.zeros([2, 3])), 1), tf.ones([2, 3])),
        'ndims': [int(d.Independent(normal).reinterpreted_batch_ndims), d.Independent(normal).distribution is normal],
    }


def case_batch_reshape(tf):
    d = tf.contrib.distributions
    return {
        'normal': _facts(tf, d.BatchReshape(d.Normal([0.1, 0.2, 0.3, 0.4], 1.0), [2, 2]), tf.ones([3, 2, 2])),
        'vectors': _facts(tf, d.BatchReshape(d.MultivariateNormalDiag(tf.zeros([2, 3])), [1, 2]), tf.ones([1, 2, 3])),
        'left': d.BatchReshape(d.Normal([0.1, 0.2, 0.3, 0.4], 1.0), [2, -1]).mean(),
        'refused': _told(lambda: d.BatchReshape(d.Normal([0.1, 0.2], 1.0), [2, 1]).log_prob(1.0)),
        'misfit': _told(lambda: d.BatchReshape(d.Normal([0.1, 0.2], 1.0), [3])),
    }


def case_mixtures(tf):
    d, value = tf.contrib.distributions, tf.constant([2.0, -1.0])
    vectors = d.MultivariateNormalDiag([[0.0, 3.0], [1.0, 2.0]], [1.0, 2.0])
    two = [d.Normal(0.0, 1.0), d.Normal(3.0, 2.0)]
    mixture = d.Mixture(d.Categorical(probs=[0.3, 0.7]), two)
    return {
        'mixture': _facts(tf, mixture, value),
        'bound': mixture.entropy_lower_bound(),
        'components': [mixture.num_components, mixture.components == two],
        'of_vectors': _facts(
            tf,
            d.Mixture(
                d.Categorical([0.3, 0.4]),
                [d.MultivariateNormalDiag([0.0, 3.0]), d.MultivariateNormalTriL([1.0, 2.0], [[1.0, 0.0], [0.5, 2.0]])],
            ),
            value,
        ),
        'family': _facts(tf, d.MixtureSameFamily(d.Categorical([0.3, 0.4]), d.Normal([0.0, 3.0], [1.0, 2.0])), value),
        'family_of_vectors': _facts(tf, d.MixtureSameFamily(d.Categorical([0.3, 0.4]), vectors), value),
    }


def case_quantized(tf):
    d, value = tf.contrib.distributions, tf.constant([-3.0, -2.0, -1.5, 0.0, 3.0, 4.0, 4.5, 30.0])
    return {
        'limited': _facts(tf, d.QuantizedDistribution(d.Normal([0.0], [3.0]), low=-2.0, high=4.0), value),
        'unlimited': _facts(tf, d.QuantizedDistribution(d.Normal([0.0], [3.0])), value),
        'gamma': _facts(tf, d.QuantizedDistribution(d.Gamma([2.0], [3.0])), tf.constant([1.0, 2.0, 5.0])),
        'logistic': d.QuantizedDistribution(d.Logistic(0.5, 0.7), low=0.0, high=255.0).log_prob([0.0, 1.0, 3.0, 255.0]),
    }


def case_wishart(tf):
    d, value = tf.contrib.distributions, tf.constant([[2.0, 0.5], [0.5, 3.0]])
    two = tf.stack([value, 2 * value])
    cholesky = d.WishartCholesky(4.0, [[1.0, 0.0], [0.5, 2.0]])
    factors = d.WishartCholesky([3.5, 3.5], [[[1.0, 0.0], [0.5, 2.0]]] * 2, cholesky_input_output_matrices=True)
    return {
        'cholesky': _facts(tf, cholesky, value),
        'full': _facts(tf, d.WishartFull([4.0, 4.0], [[[1.0, 0.5], [0.5, 2.0]]] * 2), two),
        'factors': _facts(tf, factors, tf.matrix_band_part(two, -1, 0)),
        'more': [cholesky.mean_log_det(), cholesky.log_normalization(), cholesky.dimension, cholesky.scale()],
    }


def case_transformed(tf):
    d = tf.contrib.distributions
    b = d.bijectors
    value = tf.constant([2.0, 0.3])
    affine = b.AffineScalar(2.0, 3.0)
    rotated = d.TransformedDistribution(d.Normal([0.0, 10.0], 1.0), b.Affine([1.0, 2.0, 3.0]), event_shape=[3])
    return {
        'log_normal': _facts(tf, d.TransformedDistribution(d.Normal(0.0, 3.0), b.Exp()), value),
        'affine': _facts(tf, d.TransformedDistribution(d.Normal([0.1, 0.2], 3.0), affine), value),
        'batch': _facts(tf, d.TransformedDistribution(d.Normal(0.1, 3.0), affine, batch_shape=[2]), value),
        'event': _facts(tf, d.TransformedDistribution(d.Normal(0.1, 3.0), affine, event_shape=[2]), value),
        'rotated': _facts(tf, rotated, tf.constant([[1.0, 2.0, 3.0], [2.0, 3.0, 4.0]])),
        'folded': _facts(tf, d.TransformedDistribution(d.Normal(0.3, 1.0), b.AbsoluteValue()), value),
        'simplex': _facts(
            tf,
            d.TransformedDistribution(d.MultivariateNormalDiag([0.1, 0.2]), b.SoftmaxCentered()),
            tf.constant([0.2, 0.3, 0.5]),
        ),
        'identity': _facts(tf, d.TransformedDistribution(d.Normal(0.1, 1.0)), value),
    }


def case_autoregressive(tf):
    d = tf.contrib.distributions
    chain = d.Autoregressive(lambda x: d.Independent(d.Normal(0.5 * x, 1.0), 1), tf.zeros([2]))
    return {'facts': _facts(tf, chain, tf.constant([1.0, 2.0])), 'steps': chain.num_steps}


def case_divergences(tf):
    d = tf.contrib.distributions
    kl = d.kl_divergence
    diag = d.MultivariateNormalDiag([[0.5, 1.0], [0.0, 0.1]], [1.0, 2.0])
    tril = d.MultivariateNormalTriL([0.1, 0.2], [[1.0, 0.0], [0.5, 2.0]])
    low = d.MultivariateNormalDiagPlusLowRank([0.5, 1.0], [1.0, 2.0], scale_perturb_factor=[[1.0], [0.5]])
    standard = d.MultivariateNormalDiag(tf.zeros([2]), tf.ones([2]))
    one_hots = [d.OneHotCategorical([0.5, 1.0, -1.0]), d.OneHotCategorical(probs=[[0.2, 0.3, 0.5]])]
    return {
        'normals': [kl(a, b) for a in (diag, tril, low, standard) for b in (diag, tril, low, standard)],
        'without_loc': kl(d.MultivariateNormalDiag(scale_diag=[1.0, 2.0]), tril),
        'identity': kl(d.MultivariateNormalDiag([1.0, 2.0]), d.MultivariateNormalDiag([0.0, 0.5])),
        'cross_entropy': diag.cross_entropy(tril),
        'method': diag.kl_divergence(tril),
        'one_hot': kl(*one_hots),
        'independent': kl(d.Independent(d.Normal([1.0, 2.0], 1.0), 1), d.Independent(d.Normal([1.0, 3.0], 2.0), 1)),
        'bits': kl(d.Independent(d.Bernoulli([[1.0, 2.0]]), 2), d.Independent(d.Bernoulli([[1.0, 3.0]]), 2)),
        'scalar': [
            kl(d.Normal(0.1, 1.0), d.NormalWithSoftplusScale([0.4, 0.0], 2.0)),
            kl(d.Bernoulli(probs=0.3), d.Bernoulli(probs=[0.6, 0.1])),
            kl(d.Categorical([0.1, 0.7]), d.Categorical([0.6, 0.1])),
            kl(d.Gamma(2.0, 3.0), d.Gamma(1.5, [2.0, 1.0])),
            kl(d.Chi2(3.0), d.Chi2(4.0)),
            kl(d.Beta(2.0, 3.0), d.Beta(1.5, [2.0, 1.0])),
            kl(d.Dirichlet([1.0, 2.0]), d.Dirichlet([2.0, 0.5])),
        ],
        'refused': [
            _told(lambda: kl(diag, d.Independent(d.Normal([1.0, 3.0], 1.0), 1))),
            _told(lambda: kl(d.Laplace(0.0, 1.0), d.Laplace(0.0, 2.0))),
            _told(lambda: kl(d.Cauchy(0.0, 1.0), d.Cauchy(0.0, 2.0))),
            _told(lambda: kl(d.Independent(d.Normal([1.0], 1.0), 1), d.Independent(d.Normal([[1.0]], 1.0), 2))),
        ],
    }


def case_forwarded(tf):
    d, value = tf.contrib.distributions, tf.constant([0.3, 0.9])
    return {
        'normal': _facts(tf, d.Normal([0.1, 0.2], 1.5), value),
        'bernoulli': _facts(tf, d.Bernoulli(probs=[0.1, 0.2]), tf.constant([0, 1])),
        'beta': _facts(tf, d.Beta(2.0, [1.5, 3.0]), value),
        'categorical': _facts(tf, d.Categorical([0.1, 0.5, 0.2]), tf.constant([2, 1])),
        'dirichlet': _facts(tf, d.Dirichlet([1.5, 2.0]), tf.constant([0.3, 0.7])),
        'exponential': _facts(tf, d.Exponential(2.0), value),
        'gamma': _facts(tf, d.Gamma(2.0, 3.0), value),
        'laplace': _facts(tf, d.Laplace(0.5, 2.0), value),
        'multinomial': _facts(tf, d.Multinomial(3.0, [0.1, 0.5]), tf.constant([1.0, 2.0])),
        'student_t': _facts(tf, d.StudentT(4.5, 0.0, 2.0), value),
        'uniform': _facts(tf, d.Uniform(0.1, 1.5), value),
        'dirichlet_multinomial': _facts(tf, d.DirichletMultinomial(3.0, [1.5, 0.5]), tf.constant([1.0, 2.0])),
        'same': [
            getattr(d, name) is getattr(tf.distributions, name)
            for name in dir(tf.distributions)
            if not name.startswith('_')
        ],
    }


def case_refused_arguments(tf):
    d = tf.contrib.distributions
    one, double = tf.constant(1.0), tf.constant(1.0, tf.float64)
    normal, cat = d.Normal(0.0, 1.0), d.Categorical([1.0, 2.0])
    calls = {
        'no_shape': lambda: d.MultivariateNormalDiag(),
        'no_tril': lambda: d.MultivariateNormalTriL(),
        'two_probabilities': lambda: d.OneHotCategorical(logits=[1.0, 2.0], probs=[0.1, 0.9]),
        'no_probability': lambda: d.Geometric(),
        'no_rate': lambda: d.Poisson(),
        'whole_rate': lambda: d.Poisson(3),
        'whole_logits': lambda: d.Geometric(logits=[1, 2]),
        'types': lambda: d.Cauchy(double, one),
        'gamma_types': lambda: d.InverseGamma(double, one),
        'too_many_dims': lambda: d.Independent(d.Normal([1.0], 1.0), 2),
        'no_categorical': lambda: d.Mixture(normal, [normal]),
        'no_components': lambda: d.Mixture(cat, []),
        'few_components': lambda: d.Mixture(cat, [normal]),
        'no_distributions': lambda: d.Mixture(cat, [3, 4]),
        'component_types': lambda: d.Mixture(cat, [normal, d.Bernoulli(0.5)]),
        'component_shapes': lambda: d.Mixture(cat, [normal, d.Normal([0.0], 1.0)]),
        'no_family': lambda: d.MixtureSameFamily(cat, normal),
        'small_family': lambda: d.MixtureSameFamily(cat, d.Normal([0.0, 1.0, 2.0], 1.0)),
        'batch': lambda: d.TransformedDistribution(d.Normal([0.0], 1.0), batch_shape=[2]),
        'event': lambda: d.TransformedDistribution(d.MultivariateNormalDiag([0.0]), event_shape=[2]),
        'negative': lambda: d.TransformedDistribution(normal, batch_shape=[-1], validate_args=True),
        'few_degrees': lambda: d.WishartCholesky(1.0, [[1.0, 0.0], [0.0, 1.0]]),
        'vector_scale': lambda: d.WishartCholesky(1.0, [1.0, 0.0]),
        'undefined': lambda: d.Cauchy(1.0, 1.0, allow_nan_stats=False).mean(),
        'binomial_sample': lambda: d.Binomial(3.0, probs=0.5).sample(),
        'param_shapes': lambda: d.MultivariateNormalDiag.param_shapes([2]),
    }
    return {name: _told(lambda call=call: str(type(call()))) for name, call in calls.items()}


def case_checks_when_the_graph_runs(tf):
    d = tf.contrib.distributions
    calls = {
        'scale': lambda: d.Cauchy(0.0, -1.0, validate_args=True).sample(),
        'rate': lambda: d.Poisson(-1.0, validate_args=True).mean(),
        'probability': lambda: d.Geometric(probs=1.5, validate_args=True).mean(),
        'count': lambda: d.Poisson(1.0, validate_args=True).prob(1.5),
        'tolerance': lambda: d.Deterministic(1.0, atol=-1.0, validate_args=True).prob(1.0),
        'diag': lambda: d.MultivariateNormalDiag([0.0], [0.0], validate_args=True).sample(),
        'moment': lambda: d.InverseGamma(0.5, 1.0, allow_nan_stats=False).mean(),
        'quantized': lambda: d.QuantizedDistribution(d.Normal(0.0, 1.0), low=1.5, validate_args=True).sample(),
        'fine': lambda: d.MultivariateNormalDiag([0.0], [2.0], validate_args=True).stddev(),
    }
    with tf.Session() as session:
        return {name: _told(lambda call=call: session.run(call()).tolist()) for name, call in calls.items()}


def case_unknown_shapes(tf):
    d = tf.contrib.distributions
    loc = tf.placeholder_with_default([[0.5, 1.0]], [None, None])
    flat = tf.placeholder_with_default([0.5, 1.0, 2.0], [None])
    distributions = [
        d.MultivariateNormalDiag(loc, tf.exp(loc)),
        d.Independent(d.Normal(loc, 1.0), 1),
        d.OneHotCategorical(loc),
        d.Poisson(flat),
        d.RelaxedOneHotCategorical(0.5, loc),
    ]
    return {
        'shapes': [[str(each.batch_shape), str(each.event_shape)] for each in distributions],
        'tensors': [[each.batch_shape_tensor(), each.event_shape_tensor()] for each in distributions],
        'samples': [str(each.sample(3).shape) for each in distributions],
        'run': [tf.shape(each.sample([2, 3])) for each in distributions],
        'log_prob': distributions[0].log_prob([0.1, 0.2]),
    }


def case_copies_and_names(tf):
    d = tf.contrib.distributions
    normal = d.MultivariateNormalDiag([0.5, 1.0], [1.0, 2.0], name='first')
    with tf.name_scope('outer'):
        inner = d.Independent(d.Normal([0.0], 1.0), 1)
    return {
        'copy': normal.copy(loc=[3.0, 4.0]).mean(),
        'names': [normal.name, normal.copy(name='second').name, inner.name, d.Poisson(1.0).name, d.Poisson(1.0).name],
        'text': [str(normal), repr(inner)],
        'parameters': [sorted(normal.parameters), normal.parameters['scale_diag']],
        'op': normal.mean().op.name.split('/')[:2],
    }


def case_functions(tf):
    d = tf.contrib.distributions
    x = np.float32([[5, 1, 4], [2, 3, 9], [7, 8, 6], [0, 10, 11]])
    wave = tf.constant(np.sin(np.arange(8)).astype(np.float32))
    prior = d.Normal([1.0, 2.0], 2.0)
    posterior = [
        function(prior, tf.constant(3.0), tf.constant(10.0), 5)
        for function in (d.normal_conjugates_known_scale_posterior, d.normal_conjugates_known_scale_predictive)
    ]
    triangle = d.fill_triangular(tf.range(1.0, 11.0))
    return {
        'triangle': [triangle, d.fill_triangular(tf.range(1.0, 7.0), upper=True), d.fill_triangular([[1, 2, 3]])],
        'back': [
            d.fill_triangular_inverse(triangle),
            d.fill_triangular_inverse(tf.reshape(tf.range(9.0), [3, 3]), upper=True),
        ],
        'tridiag': [
            d.tridiag([1.0, 2.0], [3.0, 4.0, 5.0], [6.0, 7.0]),
            d.tridiag(None, [3.0, 4.0], [6.0]),
            d.tridiag([[1.0], [2.0]], None, [[3.0], [4.0]]),
        ],
        'diag': d.matrix_diag_transform([[1.0, 2.0], [3.0, 4.0]], tf.nn.softplus),
        'weighted': [
            *d.reduce_weighted_logsumexp([[1.0, 2.0], [3.0, 4.0]], [[1.0, -1.0], [2.0, 3.0]], 1, return_sign=True),
            d.reduce_weighted_logsumexp([[1.0, 2.0], [3.0, 4.0]], [[1.0, 1.0], [2.0, 3.0]], 0, keep_dims=True),
            d.reduce_weighted_logsumexp([[1.0, 2.0], [3.0, 4.0]]),
        ],
        'softplus': d.softplus_inverse([1e-9, 1e-5, 0.1, 1.0, 20.0, 100.0]),
        'percentiles': [
            [d.percentile(x, q, interpolation=how) for q in (0.0, 25.0, 30.0, 50.0, 99.0, 100.0)]
            for how in (None, 'lower', 'higher', 'nearest')
        ],
        'percentile_axes': [
            d.percentile(x, 30.0, axis=[0]),
            d.percentile(x, 30.0, axis=[1], keep_dims=True),
            d.percentile(x.reshape(2, 2, 3), 50.0, axis=[0, 2], keep_dims=True),
            d.percentile(x, 50.0, axis=-1),
            d.percentile(np.int32([3, 1, 2, 9]), 50),
        ],
        'correlation': [
            d.auto_correlation(wave),
            d.auto_correlation(wave, max_lags=2, center=False, normalize=False),
            d.auto_correlation(tf.stack([wave, 2 * wave + 1], 1), axis=0, max_lags=3),
            d.auto_correlation(wave, max_lags=20),
        ],
        'conjugates': [[each.mean(), each.stddev()] for each in posterior],
        'refused': [
            _told(lambda: d.percentile(x, 30.0, interpolation='linear')),
            _told(lambda: d.percentile(x, [10.0, 20.0])),
            _told(lambda: d.percentile(x, 50.0, axis=[3])),
            _told(lambda: d.tridiag()),
            _told(lambda: d.fill_triangular([1.0, 2.0])),
            _told(lambda: d.normal_conjugates_known_scale_posterior(3.0, 3.0, 10.0, 5)),
        ],
    }


def case_moving_statistics(tf):
    d = tf.contrib.distributions
    with tf.variable_scope('statistics'):
        mean = tf.get_variable('mean', [2])
        variance = tf.get_variable('variance', [2])
        log_mean = tf.get_variable('log_mean', [2])
    moved = tf.tuple(d.assign_moving_mean_variance(mean, variance, [3.0, 4.0], 0.9))
    own = d.moving_mean_variance(tf.constant([1.0, 2.0]), 0.9)
    return {
        'first': moved[0].op,
        'kept': [mean.read_value(), variance.read_value()],
        'log': d.assign_log_moving_mean_exp(log_mean, [1.0, 2.0], 0.9),
        'own': tf.group(*own),
        'variables': [each.read_value() for each in tf.global_variables() if 'moving' in each.name],
    }


def case_seed_streams(tf):
    stream = tf.contrib.distributions.SeedStream(42, 'salt')
    other = tf.contrib.distributions.SeedStream(stream, 'salt')
    return {
        'seeds': [str(stream()), str(stream()), str(other())],
        'parts': [stream.original_seed, stream.salt],
        'none': tf.contrib.distributions.SeedStream(None, 'salt')() is None,
    }


def case_estimator_head(tf):
    d, learn = tf.contrib.distributions, tf.contrib.learn
    seen = {}
    for name in (None, 'mine'):
        for mode in (learn.ModeKeys.TRAIN, learn.ModeKeys.EVAL, learn.ModeKeys.INFER):
            # In a graph of its own: the summaries of losses are not the question.
            with tf.Graph().as_default(), tf.Session() as session:
                head = d.estimator_head_distribution_regression(
                    lambda logits: d.Normal(logits[:, 0], tf.nn.softplus(logits[:, 1])), 1, 2, head_name=name
                )
                tf.train.create_global_step()
                ops = head.create_model_fn_ops(
                    features={},
                    mode=mode,
                    labels=None if mode == learn.ModeKeys.INFER else tf.constant([[1.0], [2.0], [3.0]]),
                    train_op_fn=lambda loss: tf.no_op(),
                    logits=tf.constant([[1.0, 2.0], [0.0, 0.5], [3.0, -1.0]]),
                )
                seen[f'{name} {mode}'] = [
                    session.run(ops.predictions['scores']),
                    None if ops.loss is None else session.run(ops.loss),
                    str(list(ops.output_alternatives)),
                    [head.logits_dimension, head.head_name],
                ]
    return seen
