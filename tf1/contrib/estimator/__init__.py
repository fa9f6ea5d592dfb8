"""`tf.contrib.estimator`: what was added to `tf.estimator`."""

from __future__ import annotations

import tf1 as tf
from tf1._namespace import removed
from tf1.contrib.estimator.extensions import (
    clip_gradients_by_norm,
    export_all_saved_models,
    export_saved_model_for_mode,
    forward_features,
)
from tf1.contrib.estimator.layer_annotations import (
    DNNClassifierWithLayerAnnotations,
    DNNRegressorWithLayerAnnotations,
)
from tf1.contrib.estimator.towers import TowerOptimizer, replicate_model_fn
from tf1.estimator.canned.boosted_trees.in_memory import (
    boosted_trees_classifier_train_in_memory,
    boosted_trees_regressor_train_in_memory,
)
from tf1.estimator.canned.contrib_heads import (
    binary_classification_head,
    logistic_regression_head,
    multi_class_head,
    multi_head,
    multi_label_head,
    poisson_regression_head,
    regression_head,
)
from tf1.estimator.canned.rnn import RNNClassifier, RNNEstimator
from tf1.estimator.export.receiver_fns import build_supervised_input_receiver_fn_from_input_fn
from tf1.estimator.saved_model_estimator import SavedModelEstimator

add_metrics = tf.estimator.add_metrics
build_raw_supervised_input_receiver_fn = tf.estimator.experimental.build_raw_supervised_input_receiver_fn
call_logit_fn = tf.estimator.experimental.call_logit_fn
dnn_logit_fn_builder = tf.estimator.experimental.dnn_logit_fn_builder
linear_logit_fn_builder = tf.estimator.experimental.linear_logit_fn_builder

InMemoryEvaluatorHook = tf.estimator.experimental.InMemoryEvaluatorHook
make_early_stopping_hook = tf.estimator.experimental.make_early_stopping_hook
make_stop_at_checkpoint_step_hook = tf.estimator.experimental.make_stop_at_checkpoint_step_hook
stop_if_higher_hook = tf.estimator.experimental.stop_if_higher_hook
stop_if_lower_hook = tf.estimator.experimental.stop_if_lower_hook
stop_if_no_decrease_hook = tf.estimator.experimental.stop_if_no_decrease_hook
stop_if_no_increase_hook = tf.estimator.experimental.stop_if_no_increase_hook

__all__ = [
    'DNNClassifierWithLayerAnnotations',
    'DNNRegressorWithLayerAnnotations',
    'InMemoryEvaluatorHook',
    'RNNClassifier',
    'RNNEstimator',
    'SavedModelEstimator',
    'TowerOptimizer',
    'add_metrics',
    'binary_classification_head',
    'boosted_trees_classifier_train_in_memory',
    'boosted_trees_regressor_train_in_memory',
    'build_raw_supervised_input_receiver_fn',
    'build_supervised_input_receiver_fn_from_input_fn',
    'call_logit_fn',
    'clip_gradients_by_norm',
    'dnn_logit_fn_builder',
    'export_all_saved_models',
    'export_saved_model_for_mode',
    'forward_features',
    'linear_logit_fn_builder',
    'logistic_regression_head',
    'make_early_stopping_hook',
    'make_stop_at_checkpoint_step_hook',
    'multi_class_head',
    'multi_head',
    'multi_label_head',
    'poisson_regression_head',
    'regression_head',
    'replicate_model_fn',
    'stop_if_higher_hook',
    'stop_if_lower_hook',
    'stop_if_no_decrease_hook',
    'stop_if_no_increase_hook',
]


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.estimator', name)
