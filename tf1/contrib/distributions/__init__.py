"""`tf.contrib.distributions`: probability distributions, bijectors and their helpers."""

from __future__ import annotations

import tf1 as tf
from tf1._namespace import removed
from tf1.contrib.distributions import bijectors
from tf1.contrib.distributions.autoregressive import Autoregressive
from tf1.contrib.distributions.conditional import ConditionalDistribution, ConditionalTransformedDistribution
from tf1.contrib.distributions.conjugates import (
    normal_conjugates_known_scale_posterior,
    normal_conjugates_known_scale_predictive,
)
from tf1.contrib.distributions.counts import Binomial, Geometric, NegativeBinomial, Poisson
from tf1.contrib.distributions.deterministic import Deterministic, VectorDeterministic
from tf1.contrib.distributions.estimator_head import estimator_head_distribution_regression
from tf1.contrib.distributions.gammas import Chi2, InverseGamma
from tf1.contrib.distributions.independent import BatchReshape, Independent
from tf1.contrib.distributions.kumaraswamy import Kumaraswamy
from tf1.contrib.distributions.location_scale import Cauchy, HalfNormal, Logistic
from tf1.contrib.distributions.mixture import Mixture
from tf1.contrib.distributions.mixture_same_family import MixtureSameFamily
from tf1.contrib.distributions.moving_statistics import (
    assign_log_moving_mean_exp,
    assign_moving_mean_variance,
    moving_mean_variance,
)
from tf1.contrib.distributions.multivariate_normal import (
    MultivariateNormalDiag,
    MultivariateNormalDiagPlusLowRank,
    MultivariateNormalDiagWithSoftplusScale,
    MultivariateNormalFullCovariance,
    MultivariateNormalTriL,
)
from tf1.contrib.distributions.one_hot import (
    ExpRelaxedOneHotCategorical,
    OneHotCategorical,
    RelaxedBernoulli,
    RelaxedOneHotCategorical,
)
from tf1.contrib.distributions.quantized import QuantizedDistribution
from tf1.contrib.distributions.seeds import SeedStream
from tf1.contrib.distributions.statistics import auto_correlation, percentile
from tf1.contrib.distributions.tensors import (
    fill_triangular,
    fill_triangular_inverse,
    matrix_diag_transform,
    reduce_weighted_logsumexp,
    softplus_inverse,
    tridiag,
)
from tf1.contrib.distributions.transformed import TransformedDistribution
from tf1.contrib.distributions.vectors import (
    SinhArcsinh,
    VectorExponentialDiag,
    VectorLaplaceDiag,
    VectorSinhArcsinhDiag,
)
from tf1.contrib.distributions.wishart import WishartCholesky, WishartFull
from tf1.contrib.distributions.with_transformed_parameters import (
    BetaWithSoftplusConcentration,
    Chi2WithAbsDf,
    ExponentialWithSoftplusRate,
    GammaWithSoftplusConcentrationRate,
    InverseGammaWithSoftplusConcentrationRate,
    LaplaceWithSoftplusScale,
    NormalWithSoftplusScale,
    StudentTWithAbsDfSoftplusScale,
)

Bernoulli = tf.distributions.Bernoulli
Beta = tf.distributions.Beta
Categorical = tf.distributions.Categorical
Dirichlet = tf.distributions.Dirichlet
DirichletMultinomial = tf.distributions.DirichletMultinomial
Distribution = tf.distributions.Distribution
Exponential = tf.distributions.Exponential
FULLY_REPARAMETERIZED = tf.distributions.FULLY_REPARAMETERIZED
Gamma = tf.distributions.Gamma
Laplace = tf.distributions.Laplace
Multinomial = tf.distributions.Multinomial
NOT_REPARAMETERIZED = tf.distributions.NOT_REPARAMETERIZED
Normal = tf.distributions.Normal
RegisterKL = tf.distributions.RegisterKL
ReparameterizationType = tf.distributions.ReparameterizationType
StudentT = tf.distributions.StudentT
Uniform = tf.distributions.Uniform
kl_divergence = tf.distributions.kl_divergence

__all__ = [
    'Autoregressive',
    'BatchReshape',
    'Bernoulli',
    'Beta',
    'BetaWithSoftplusConcentration',
    'Binomial',
    'Categorical',
    'Cauchy',
    'Chi2',
    'Chi2WithAbsDf',
    'ConditionalDistribution',
    'ConditionalTransformedDistribution',
    'Deterministic',
    'Dirichlet',
    'DirichletMultinomial',
    'Distribution',
    'ExpRelaxedOneHotCategorical',
    'Exponential',
    'ExponentialWithSoftplusRate',
    'FULLY_REPARAMETERIZED',
    'Gamma',
    'GammaWithSoftplusConcentrationRate',
    'Geometric',
    'HalfNormal',
    'Independent',
    'InverseGamma',
    'InverseGammaWithSoftplusConcentrationRate',
    'Kumaraswamy',
    'Laplace',
    'LaplaceWithSoftplusScale',
    'Logistic',
    'Mixture',
    'MixtureSameFamily',
    'Multinomial',
    'MultivariateNormalDiag',
    'MultivariateNormalDiagPlusLowRank',
    'MultivariateNormalDiagWithSoftplusScale',
    'MultivariateNormalFullCovariance',
    'MultivariateNormalTriL',
    'NOT_REPARAMETERIZED',
    'NegativeBinomial',
    'Normal',
    'NormalWithSoftplusScale',
    'OneHotCategorical',
    'Poisson',
    'QuantizedDistribution',
    'RegisterKL',
    'RelaxedBernoulli',
    'RelaxedOneHotCategorical',
    'ReparameterizationType',
    'SeedStream',
    'SinhArcsinh',
    'StudentT',
    'StudentTWithAbsDfSoftplusScale',
    'TransformedDistribution',
    'Uniform',
    'VectorDeterministic',
    'VectorExponentialDiag',
    'VectorLaplaceDiag',
    'VectorSinhArcsinhDiag',
    'WishartCholesky',
    'WishartFull',
    'assign_log_moving_mean_exp',
    'assign_moving_mean_variance',
    'auto_correlation',
    'bijectors',
    'estimator_head_distribution_regression',
    'fill_triangular',
    'fill_triangular_inverse',
    'kl_divergence',
    'matrix_diag_transform',
    'moving_mean_variance',
    'normal_conjugates_known_scale_posterior',
    'normal_conjugates_known_scale_predictive',
    'percentile',
    'reduce_weighted_logsumexp',
    'softplus_inverse',
    'tridiag',
]


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.distributions', name)
