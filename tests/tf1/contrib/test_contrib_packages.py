"""Every package of TF 1.15.5's `tf.contrib` is here, or names what to use instead."""

from __future__ import annotations

import functools

import pytest

import tf1 as tf
from tf1._namespace import removed_contrib

# The folders of tensorflow/contrib in TF 1.15.5, and three packages that it no longer had.
_PACKAGES = [
    'all_reduce',
    'autograph',
    'batching',
    'bayesflow',
    'bigtable',
    'boosted_trees',
    'checkpoint',
    'cloud',
    'cluster_resolver',
    'cmake',
    'compiler',
    'constrained_optimization',
    'copy_graph',
    'crf',
    'cudnn_rnn',
    'data',
    'decision_trees',
    'deprecated',
    'distribute',
    'distributions',
    'eager',
    'estimator',
    'factorization',
    'feature_column',
    'ffmpeg',
    'framework',
    'fused_conv',
    'graph_editor',
    'grid_rnn',
    'hadoop',
    'hooks',
    'ignite',
    'image',
    'input_pipeline',
    'integrate',
    'kafka',
    'keras',
    'kernel_methods',
    'kinesis',
    'labeled_tensor',
    'layers',
    'learn',
    'legacy_seq2seq',
    'libsvm',
    'linear_optimizer',
    'lookup',
    'losses',
    'memory_stats',
    'meta_graph_transform',
    'metrics',
    'mixed_precision',
    'model_pruning',
    'nearest_neighbor',
    'nn',
    'opt',
    'optimizer_v2',
    'periodic_resample',
    'predictor',
    'proto',
    'quantization',
    'quantize',
    'receptive_field',
    'recurrent',
    'reduce_slice_ops',
    'remote_fused_graph',
    'resampler',
    'rnn',
    'rpc',
    'saved_model',
    'seq2seq',
    'session_bundle',
    'signal',
    'slim',
    'solvers',
    'sparsemax',
    'specs',
    'staging',
    'stat_summarizer',
    'stateless',
    'summary',
    'tensor_forest',
    'tensorboard',
    'tensorrt',
    'testing',
    'text',
    'tfprof',
    'timeseries',
    'tpu',
    'training',
    'util',
    'coder',
    'gan',
    'kfac',
    'nccl',
]


@pytest.mark.parametrize('name', _PACKAGES)
def test_package_is_here_or_has_a_successor(name: str) -> None:
    if f'tf.contrib.{name}' not in removed_contrib.REPLACED:
        assert getattr(tf.contrib, name).__doc__
        return
    with pytest.raises(AttributeError, match=rf'^tf\.contrib\.{name} is not in .*; use .* instead\.$'):
        getattr(tf.contrib, name)


@pytest.mark.parametrize('name', sorted(removed_contrib.REPLACED))
def test_no_successor_stands_for_what_is_here(name: str) -> None:
    with pytest.raises(AttributeError, match='instead'):
        functools.reduce(getattr, name.split('.')[1:], tf)


@pytest.mark.parametrize(
    'package',
    ['cluster_resolver', 'data', 'distribute', 'estimator', 'feature_column', 'image', 'lookup', 'opt', 'util'],
)
def test_package_has_all_that_it_lists(package: str) -> None:
    module = getattr(tf.contrib, package)
    assert sorted(module.__all__) == sorted(set(module.__all__))
    assert all(getattr(module, name) is not None for name in module.__all__)
    with pytest.raises(AttributeError, match=rf'tf\.contrib\.{package}\.nothing does not exist'):
        module.nothing  # noqa: B018


def test_projector_is_that_of_tensorboard() -> None:
    projector = tf.contrib.tensorboard.plugins.projector
    config = projector.ProjectorConfig()
    config.embeddings.add().tensor_name = 'words'
    assert 'words' in str(config)
    assert callable(projector.visualize_embeddings)
