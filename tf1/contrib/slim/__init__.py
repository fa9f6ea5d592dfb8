"""`tf.contrib.slim`: layers, argument scopes and variables by short names, training and evaluation, data, networks."""

from __future__ import annotations

from tf1 import _namespace
from tf1._namespace import module_loader as _module

_OWN_MODULES = (
    'data_decoder',
    'data_provider',
    'dataset',
    'dataset_data_provider',
    'evaluation',
    'learning',
    'model_analyzer',
    'nets',
    'parallel_reader',
    'prefetch_queue',
    'queues',
    'summaries',
    'tfexample_decoder',
)
# What TF 1.15 has in slim, but neither in framework nor in layers.
_MEMBERS = {
    'ProblemType': 'learn.constants',
    'adaptive_clipping_fn': 'layers.gradient_changes',
    'arg_scope_func_key': 'framework.scopes',
    'summarize_biases': 'layers.summaries',
    'summarize_variables': 'layers.summaries',
    'summarize_weights': 'layers.summaries',
}
# Modules that slim has imported for itself, and programs take from it: `slim.init_ops.zeros_initializer()`.
_IMPORTED = {
    'framework': 'dtypes ops sparse_tensor tensor_shape',
    'ops': 'array_ops clip_ops control_flow_ops init_ops math_ops nn nn_ops parsing_ops random_ops '
    'resource_variable_ops sparse_ops string_ops variable_scope variables',
    'summary': 'summary',
    'training': 'moving_averages',
}


def _member(module: str, name: str) -> _namespace.Loader:
    return lambda: getattr(_module(module)(), name)


_OWN = {
    **{name: _module(f'tf1.contrib.slim.{name}') for name in _OWN_MODULES},
    **{name: _module(f'tf1.contrib.{name}') for name in ('layers', 'losses', 'metrics')},
    **{name: _member(f'tf1.contrib.{module}', name) for name, module in _MEMBERS.items()},
    **{name: _module(f'tf1.python.{package}.{name}') for package, names in _IMPORTED.items() for name in names.split()},
    **{name: _module(f'tf1.contrib.layers.{name}') for name in ('initializers', 'optimizers', 'regularizers', 'utils')},
}
_BASES = (_module('tf1.contrib.framework'), _module('tf1.contrib.layers'))


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    return _namespace.resolve('tf.contrib.slim', name, _OWN, _BASES)


def __dir__() -> list[str]:
    return sorted({*_OWN, *(name for base in _BASES for name in base().__all__)})
