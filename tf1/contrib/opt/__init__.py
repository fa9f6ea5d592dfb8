"""`tf.contrib.opt`: optimizers beyond those of `tf.train`."""

from __future__ import annotations

from tf1._namespace import removed
from tf1.contrib.opt.accumulated import AGNCustomGetter, AGNOptimizer
from tf1.contrib.opt.ada_max import AdaMaxOptimizer
from tf1.contrib.opt.adam_gs import AdamGSOptimizer, LazyAdamGSOptimizer
from tf1.contrib.opt.elastic_average import ElasticAverageCustomGetter, ElasticAverageOptimizer
from tf1.contrib.opt.external import ExternalOptimizerInterface, ScipyOptimizerInterface
from tf1.contrib.opt.ggt import GGTOptimizer
from tf1.contrib.opt.lars import LARSOptimizer
from tf1.contrib.opt.lazy_adam import LazyAdamOptimizer
from tf1.contrib.opt.model_average import ModelAverageCustomGetter, ModelAverageOptimizer
from tf1.contrib.opt.moving_average import MovingAverageOptimizer
from tf1.contrib.opt.multitask import MultitaskOptimizerWrapper, clip_gradients_by_global_norm
from tf1.contrib.opt.nadam import NadamOptimizer
from tf1.contrib.opt.reg_adagrad import RegAdagradOptimizer
from tf1.contrib.opt.shampoo import ShampooOptimizer
from tf1.contrib.opt.sign import AddSignOptimizer, PowerSignOptimizer
from tf1.contrib.opt.stale import DropStaleGradientOptimizer
from tf1.contrib.opt.variable_clipping import VariableClippingOptimizer
from tf1.contrib.opt.weight_decay import (
    AdamWOptimizer,
    DecoupledWeightDecayExtension,
    MomentumWOptimizer,
    extend_with_decoupled_weight_decay,
)

__all__ = [
    'AGNCustomGetter',
    'AGNOptimizer',
    'AdaMaxOptimizer',
    'AdamGSOptimizer',
    'AdamWOptimizer',
    'AddSignOptimizer',
    'DecoupledWeightDecayExtension',
    'DropStaleGradientOptimizer',
    'ElasticAverageCustomGetter',
    'ElasticAverageOptimizer',
    'ExternalOptimizerInterface',
    'GGTOptimizer',
    'LARSOptimizer',
    'LazyAdamGSOptimizer',
    'LazyAdamOptimizer',
    'ModelAverageCustomGetter',
    'ModelAverageOptimizer',
    'MomentumWOptimizer',
    'MovingAverageOptimizer',
    'MultitaskOptimizerWrapper',
    'NadamOptimizer',
    'PowerSignOptimizer',
    'RegAdagradOptimizer',
    'ScipyOptimizerInterface',
    'ShampooOptimizer',
    'VariableClippingOptimizer',
    'clip_gradients_by_global_norm',
    'extend_with_decoupled_weight_decay',
]


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.opt', name)
