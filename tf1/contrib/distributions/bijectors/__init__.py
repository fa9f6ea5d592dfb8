"""`tf.contrib.distributions.bijectors`: invertible maps of tensors."""

from __future__ import annotations

from tf1._namespace import removed
from tf1.contrib.distributions.bijectors.affine import Affine, AffineLinearOperator, AffineScalar
from tf1.contrib.distributions.bijectors.batch_normalization import BatchNormalization
from tf1.contrib.distributions.bijectors.bijector import Bijector
from tf1.contrib.distributions.bijectors.composition import Chain, ConditionalBijector, Inline, Invert
from tf1.contrib.distributions.bijectors.elementwise import (
    AbsoluteValue,
    Exp,
    Gumbel,
    Identity,
    Kumaraswamy,
    PowerTransform,
    Sigmoid,
    SinhArcsinh,
    Softplus,
    Softsign,
    Square,
)
from tf1.contrib.distributions.bijectors.flows import RealNVP, real_nvp_default_template
from tf1.contrib.distributions.bijectors.masked_autoregressive import (
    MaskedAutoregressiveFlow,
    masked_autoregressive_default_template,
    masked_dense,
)
from tf1.contrib.distributions.bijectors.matrices import (
    CholeskyOuterProduct,
    FillTriangular,
    MatrixInverseTriL,
    ScaleTriL,
    TransformDiagonal,
)
from tf1.contrib.distributions.bijectors.vectors import Ordered, Permute, Reshape, SoftmaxCentered

__all__ = [
    'AbsoluteValue',
    'Affine',
    'AffineLinearOperator',
    'AffineScalar',
    'BatchNormalization',
    'Bijector',
    'Chain',
    'CholeskyOuterProduct',
    'ConditionalBijector',
    'Exp',
    'FillTriangular',
    'Gumbel',
    'Identity',
    'Inline',
    'Invert',
    'Kumaraswamy',
    'MaskedAutoregressiveFlow',
    'MatrixInverseTriL',
    'Ordered',
    'Permute',
    'PowerTransform',
    'RealNVP',
    'Reshape',
    'ScaleTriL',
    'Sigmoid',
    'SinhArcsinh',
    'SoftmaxCentered',
    'Softplus',
    'Softsign',
    'Square',
    'TransformDiagonal',
    'masked_autoregressive_default_template',
    'masked_dense',
    'real_nvp_default_template',
]


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.distributions.bijectors', name)
