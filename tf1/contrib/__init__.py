"""`tf.contrib`: the parts of it that tf1 has."""

from __future__ import annotations

from tf1 import _namespace

_NAMES = (
    'autograph',
    'checkpoint',
    'cluster_resolver',
    'compiler',
    'copy_graph',
    'crf',
    'cudnn_rnn',
    'data',
    'deprecated',
    'distribute',
    'distributions',
    'eager',
    'estimator',
    'factorization',
    'feature_column',
    'framework',
    'graph_editor',
    'hooks',
    'image',
    'integrate',
    'keras',
    'layers',
    'learn',
    'legacy_seq2seq',
    'linear_optimizer',
    'lite',
    'lookup',
    'losses',
    'memory_stats',
    'metrics',
    'mixed_precision',
    'nn',
    'opt',
    'optimizer_v2',
    'predictor',
    'quantization',
    'resampler',
    'rnn',
    'saved_model',
    'seq2seq',
    'session_bundle',
    'signal',
    'slim',
    'solvers',
    'sparsemax',
    'staging',
    'stateless',
    'summary',
    'tensor_forest',
    'tensorboard',
    'testing',
    'text',
    'tfprof',
    'timeseries',
    'tpu',
    'training',
    'util',
)
_OWN = {name: _namespace.module_loader(f'tf1.contrib.{name}') for name in _NAMES}


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    return _namespace.resolve('tf.contrib', name, _OWN, ())


def __dir__() -> list[str]:
    return sorted(_OWN)
