"""The nodes in which TF 1.15 keeps what a dataset's options ask for: OptimizeDataset and ModelDataset.

TensorFlow today applies its options as the program runs and builds no nodes for them. The two operations are still
there. TF 1.15 added them where a dataset leaves the pipeline for an iterator, but not for `reduce`.
"""

from __future__ import annotations

import functools
import warnings
from collections.abc import Callable
from typing import Any

import tensorflow as tf2
import tensorflow.compat.v1 as tf

from tf1._engine.at_work import AtWork

_DEFAULTS = ('map_and_batch_fusion', 'noop_elimination', 'shuffle_and_repeat_fusion')
_CHOICES = (
    'filter_fusion',
    'map_and_batch_fusion',
    'map_and_filter_fusion',
    'map_fusion',
    'map_parallelization',
    'noop_elimination',
    'parallel_batch',
    'shuffle_and_repeat_fusion',
)

Function = Callable[..., Any]

_reduce = AtWork()


def install() -> None:
    """Adds the nodes where a dataset leaves the pipeline; without effect where TensorFlow has another hook there."""
    dataset_class = tf2.data.Dataset
    usual = getattr(dataset_class, '_apply_debug_options', None)
    if usual is not None and not hasattr(usual, '_tf1_usual'):
        dataset_class._apply_debug_options = _applying(usual)
        dataset_class.reduce = _reduce.watched(dataset_class.reduce)


def _applying(usual: Function) -> Function:
    @functools.wraps(usual)
    def apply_options(dataset: tf2.data.Dataset) -> tf2.data.Dataset:
        applied = usual(dataset)
        if tf.executing_eagerly() or _reduce:
            return applied
        with warnings.catch_warnings():
            # TensorFlow warns that options which are asked for here leave out those that come later.
            warnings.simplefilter('ignore')
            options = dataset.options()
        return _with_nodes(applied, options)

    apply_options._tf1_usual = usual
    return apply_options


def without_rewrites(usual: Function) -> Function:
    """Returns `apply_rewrite` without the node that only a dataset split over workers needs, which TF 1.15 lacks."""

    def apply_rewrite(dataset: tf2.data.Dataset, rewrite: str) -> tf2.data.Dataset:
        return dataset if rewrite == 'replicate_on_split' else usual(dataset, rewrite)

    return apply_rewrite


def _with_nodes(dataset: tf2.data.Dataset, options: tf.data.Options) -> tf2.data.Dataset:
    optimizations = _optimizations(options.experimental_optimization)
    has_model = options.autotune.enabled is not False and options.experimental_optimization.autotune is not False
    if not (optimizations or has_model):
        return dataset
    variant, structure = tf.data.experimental.to_variant(dataset), dataset._flat_structure
    if optimizations:
        names = tf.constant(optimizations, name='optimizations')
        variant = tf.raw_ops.OptimizeDataset(input_dataset=variant, optimizations=names, **structure)
    if has_model:
        variant = tf.raw_ops.ModelDataset(input_dataset=variant, **structure)
    return tf.data.experimental.from_variant(variant, dataset.element_spec)


def _optimizations(options: tf.data.experimental.OptimizationOptions) -> list[str]:
    defaults = () if options.apply_default_optimizations is False else _DEFAULTS
    chosen = {name: getattr(options, name, None) for name in _CHOICES}
    return [name for name, value in chosen.items() if value or (value is None and name in defaults)]
