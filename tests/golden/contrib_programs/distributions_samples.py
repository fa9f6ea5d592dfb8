"""Cases of `tf.contrib.distributions`: samples by seed, and their gradients with respect to parameters."""


def _samples(tf, distribution, parameters=(), shape=(3,)):
    """Returns samples of a seed, and the gradients of their squares' sum with respect to `parameters`."""
    drawn = distribution.sample(shape, seed=42)
    seen = {'drawn': drawn, 'shape': str(drawn.shape), 'one': distribution.sample(seed=7)}
    if parameters:
        seen['gradients'] = [
            None if gradient is None else tf.convert_to_tensor(gradient)
            for gradient in tf.gradients(tf.reduce_sum(tf.square(tf.cast(drawn, tf.float32))), list(parameters))
        ]
    return seen


def case_normals_of_vectors(tf):
    d = tf.contrib.distributions
    loc, scale = tf.constant([[0.5, -1.0], [2.0, 0.0]]), tf.constant([1.0, 2.5])
    tril, covariance = tf.constant([[1.0, 9.0], [0.5, 2.0]]), tf.constant([[1.0, 0.4], [0.4, 2.0]])
    factor = tf.constant([[1.0], [0.5]])
    return {
        'diag': _samples(tf, d.MultivariateNormalDiag(loc, scale), [loc, scale], [3, 2]),
        'standard': _samples(tf, d.MultivariateNormalDiag(loc), [loc]),
        'multiplied': _samples(tf, d.MultivariateNormalDiag(loc, scale_identity_multiplier=1.5), [loc]),
        'softplus': _samples(tf, d.MultivariateNormalDiagWithSoftplusScale(loc, scale), [loc, scale]),
        'tril': _samples(tf, d.MultivariateNormalTriL(loc, tril), [loc, tril]),
        'covariance': _samples(tf, d.MultivariateNormalFullCovariance(loc, covariance), [loc, covariance]),
        'low_rank': _samples(
            tf,
            d.MultivariateNormalDiagPlusLowRank(loc, scale, scale_perturb_factor=factor),
            [loc, scale, factor],
        ),
    }


def case_vectors(tf):
    d = tf.contrib.distributions
    loc, scale = tf.constant([0.3, 0.4]), tf.constant([0.3, 0.7])
    return {
        'exponential': _samples(tf, d.VectorExponentialDiag(loc, scale), [loc, scale]),
        'laplace': _samples(tf, d.VectorLaplaceDiag(loc, scale), [loc, scale]),
        'sinh_arcsinh': _samples(tf, d.VectorSinhArcsinhDiag(loc, scale, skewness=0.5), [loc, scale]),
        'number': _samples(tf, d.SinhArcsinh(loc, scale, 0.5, 1.2), [loc, scale]),
    }


def case_numbers(tf):
    d = tf.contrib.distributions
    loc, scale = tf.constant([0.3, 0.4]), tf.constant([0.3, 0.7])
    return {
        'cauchy': _samples(tf, d.Cauchy(loc, scale), [loc, scale]),
        'logistic': _samples(tf, d.Logistic(loc, scale), [loc, scale]),
        'half_normal': _samples(tf, d.HalfNormal(scale), [scale]),
        'kumaraswamy': _samples(tf, d.Kumaraswamy(loc, scale), [loc, scale]),
        'normal': _samples(tf, d.NormalWithSoftplusScale(loc, scale), [loc, scale]),
        'laplace': _samples(tf, d.LaplaceWithSoftplusScale(loc, scale), [loc, scale]),
        'student_t': _samples(tf, d.StudentTWithAbsDfSoftplusScale(3.0, loc, scale), [loc, scale]),
        'exponential': _samples(tf, d.ExponentialWithSoftplusRate(scale), [scale]),
    }


def case_gammas(tf):
    d = tf.contrib.distributions
    df = tf.constant([3.0, 5.0])
    return {
        'chi2': _samples(tf, d.Chi2(df), [df]),
        'chi2_abs': _samples(tf, d.Chi2WithAbsDf(-df)),
        'inverse_gamma': _samples(tf, d.InverseGamma(df, 2.0)),
        'gamma': _samples(tf, d.GammaWithSoftplusConcentrationRate(df, 2.0), [df]),
        'beta': _samples(tf, d.BetaWithSoftplusConcentration(df, 2.0), [df]),
        'wishart': _samples(tf, d.WishartCholesky(4.0, [[1.0, 0.0], [0.5, 2.0]])),
        'wishart_batch': _samples(tf, d.WishartFull(df, [[[1.0, 0.5], [0.5, 2.0]]] * 2)),
        'wishart_factors': _samples(tf, d.WishartFull(4.0, [[1.0, 0.5], [0.5, 2.0]], True)),
    }


def case_counts(tf):
    d = tf.contrib.distributions
    return {
        'poisson': _samples(tf, d.Poisson([1.5, 20.0]), shape=[4, 2]),
        'geometric': _samples(tf, d.Geometric(probs=[0.3, 0.1])),
        'negative_binomial': _samples(tf, d.NegativeBinomial(5.0, probs=[0.2, 0.6])),
        'bits': _samples(tf, d.Independent(d.Bernoulli([[0.3, -0.4]])), shape=[5]),
        'quantized': _samples(tf, d.QuantizedDistribution(d.Normal([0.0, 1.0], [3.0, 2.0]), low=-2.0, high=3.0)),
    }


def case_one_hot(tf):
    d = tf.contrib.distributions
    logits = tf.constant([[0.5, 1.0, -1.0], [2.0, 0.0, 0.3]])
    return {
        'one_hot': _samples(tf, d.OneHotCategorical(logits), shape=[2, 2]),
        'floats': _samples(tf, d.OneHotCategorical(probs=[0.2, 0.8], dtype=tf.float32), shape=[6]),
        'exp_relaxed': _samples(tf, d.ExpRelaxedOneHotCategorical(0.5, logits), [logits]),
        'relaxed': _samples(tf, d.RelaxedOneHotCategorical(1.5, logits), [logits]),
        'relaxed_bernoulli': _samples(tf, d.RelaxedBernoulli(0.5, logits), [logits]),
    }


def case_mixtures(tf):
    d = tf.contrib.distributions
    cat = d.Categorical([[1.0, 2.0], [0.5, 0.3]])
    vectors = [
        d.MultivariateNormalDiag([[0.0, 1.0], [2.0, 3.0]]),
        d.MultivariateNormalDiag([[4.0, 1.0], [2.0, 3.0]], [2.0, 2.0]),
    ]
    numbers = [d.Normal(0.0, 1.0), d.Normal(3.0, 2.0)]
    return {
        'numbers': _samples(tf, d.Mixture(d.Categorical([1.0, 2.0]), numbers), shape=[6]),
        'vectors': _samples(tf, d.Mixture(cat, vectors)),
        'of_all': _samples(tf, d.Mixture(cat, vectors, use_static_graph=True)),
    }


def case_of_other_distributions(tf):
    d = tf.contrib.distributions
    b = d.bijectors
    loc = tf.constant([0.5, 1.0])
    rotated = d.TransformedDistribution(d.Normal([0.0, 10.0], 1.0), b.Affine([1.0, 2.0, 3.0]), event_shape=[3])
    conditional = d.ConditionalTransformedDistribution(d.Normal(loc, 1.0), b.Exp())
    return {
        'independent': _samples(tf, d.Independent(d.Normal(loc, 2.0), 1), [loc], [2, 2]),
        'reshaped': _samples(tf, d.BatchReshape(d.Normal(loc, 2.0), [2, 1]), [loc]),
        'log_normal': _samples(tf, d.TransformedDistribution(d.Normal(loc, 2.0), b.Exp()), [loc]),
        'override': _samples(tf, d.TransformedDistribution(d.Normal(1.0, 2.0), b.Exp(), [2], [3])),
        'rotated': _samples(tf, rotated),
        'conditional': conditional.sample(3, seed=1, bijector_kwargs={}, distribution_kwargs={}),
        'autoregressive': _samples(
            tf, d.Autoregressive(lambda x: d.Independent(d.Normal(0.5 * x + loc, 1.0), 1), tf.zeros([2])), [loc]
        ),
    }


def case_log_prob_of_samples(tf):
    d = tf.contrib.distributions
    logits, loc = tf.constant([0.5, 1.0, -1.0]), tf.constant([0.5, 1.0])
    seen = {}
    for name, distribution, parameter in (
        ('relaxed', d.RelaxedOneHotCategorical(0.5, logits), logits),
        ('relaxed_bernoulli', d.RelaxedBernoulli(0.9, logits), logits),
        ('normal', d.MultivariateNormalDiag(loc, tf.exp(loc)), loc),
        ('log_normal', d.TransformedDistribution(d.Normal(loc, 1.0), d.bijectors.Exp()), loc),
    ):
        log_prob = distribution.log_prob(distribution.sample(4, seed=5))
        seen[name] = [log_prob, tf.gradients(log_prob, parameter)[0]]
    return seen


def case_forwarded(tf):
    d = tf.contrib.distributions
    loc = tf.constant([0.5, 1.0])
    return {
        'normal': _samples(tf, d.Normal(loc, 2.0), [loc]),
        'gamma': _samples(tf, d.Gamma(loc, 2.0), [loc]),
        'beta': _samples(tf, d.Beta(loc, 2.0), [loc]),
        'student_t': _samples(tf, d.StudentT(loc, 2.0, 1.0), [loc]),
        'dirichlet': _samples(tf, d.Dirichlet(loc), [loc]),
        'categorical': _samples(tf, d.Categorical(loc)),
        'multinomial': _samples(tf, d.Multinomial(3.0, loc)),
        'laplace': _samples(tf, d.Laplace(loc, 2.0), [loc]),
        'uniform': _samples(tf, d.Uniform(0.0, loc), [loc]),
        'exponential': _samples(tf, d.Exponential(loc), [loc]),
        'bernoulli': _samples(tf, d.Bernoulli(loc)),
    }
