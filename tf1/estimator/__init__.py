"""`tf.estimator`: what TensorFlow removed in 2.16, on its public API alone, with the behaviour of TF 1.15."""

from tensorflow.compat.v1.train import (
    CheckpointSaverHook,
    CheckpointSaverListener,
    FeedFnHook,
    FinalOpsHook,
    GlobalStepWaiterHook,
    LoggingTensorHook,
    NanLossDuringTrainingError,
    NanTensorHook,
    ProfilerHook,
    SecondOrStepTimer,
    SessionRunArgs,
    SessionRunContext,
    SessionRunHook,
    SessionRunValues,
    StepCounterHook,
    StopAtStepHook,
    SummarySaverHook,
)

from tf1._namespace import attribute_loader, make_overlay, module_loader
from tf1.estimator import experimental, export, inputs
from tf1.estimator.add_metrics import add_metrics
from tf1.estimator.estimator import Estimator
from tf1.estimator.exporters import BestExporter, Exporter, FinalExporter, LatestExporter
from tf1.estimator.mode_keys import ModeKeys
from tf1.estimator.run_config import RunConfig
from tf1.estimator.spec import EstimatorSpec
from tf1.estimator.train_and_evaluate import train_and_evaluate
from tf1.estimator.train_eval_specs import EvalSpec, TrainSpec
from tf1.estimator.warm_start import VocabInfo, WarmStartSettings

# Ready-made models bring Keras along; programs that have their own model_fn start without it.
_CANNED = {
    'BaselineClassifier': 'baseline',
    'BaselineEstimator': 'baseline',
    'BaselineRegressor': 'baseline',
    'BinaryClassHead': 'binary_class_head',
    'BoostedTreesClassifier': 'boosted_trees.estimators',
    'BoostedTreesEstimator': 'boosted_trees.estimators',
    'BoostedTreesRegressor': 'boosted_trees.estimators',
    'DNNClassifier': 'dnn',
    'DNNEstimator': 'dnn',
    'DNNLinearCombinedClassifier': 'dnn_linear_combined',
    'DNNLinearCombinedEstimator': 'dnn_linear_combined',
    'DNNLinearCombinedRegressor': 'dnn_linear_combined',
    'DNNRegressor': 'dnn',
    'Head': 'head',
    'LinearClassifier': 'linear',
    'LinearEstimator': 'linear',
    'LinearRegressor': 'linear',
    'LogisticRegressionHead': 'regression_head',
    'MultiClassHead': 'multi_class_head',
    'MultiHead': 'multi_head',
    'MultiLabelHead': 'multi_label_head',
    'PoissonRegressionHead': 'regression_head',
    'RegressionHead': 'regression_head',
    'classifier_parse_example_spec': 'parse_specs',
    'regressor_parse_example_spec': 'parse_specs',
}

__all__ = [
    'BaselineClassifier',
    'BaselineEstimator',
    'BaselineRegressor',
    'BestExporter',
    'BinaryClassHead',
    'BoostedTreesClassifier',
    'BoostedTreesEstimator',
    'BoostedTreesRegressor',
    'CheckpointSaverHook',
    'CheckpointSaverListener',
    'DNNClassifier',
    'DNNEstimator',
    'DNNLinearCombinedClassifier',
    'DNNLinearCombinedEstimator',
    'DNNLinearCombinedRegressor',
    'DNNRegressor',
    'Estimator',
    'EstimatorSpec',
    'EvalSpec',
    'Exporter',
    'FeedFnHook',
    'FinalExporter',
    'FinalOpsHook',
    'GlobalStepWaiterHook',
    'Head',
    'LatestExporter',
    'LinearClassifier',
    'LinearEstimator',
    'LinearRegressor',
    'LoggingTensorHook',
    'LogisticRegressionHead',
    'ModeKeys',
    'MultiClassHead',
    'MultiHead',
    'MultiLabelHead',
    'NanLossDuringTrainingError',
    'NanTensorHook',
    'PoissonRegressionHead',
    'ProfilerHook',
    'RegressionHead',
    'RunConfig',
    'SecondOrStepTimer',
    'SessionRunArgs',
    'SessionRunContext',
    'SessionRunHook',
    'SessionRunValues',
    'StepCounterHook',
    'StopAtStepHook',
    'SummarySaverHook',
    'TrainSpec',
    'VocabInfo',
    'WarmStartSettings',
    'add_metrics',
    'classifier_parse_example_spec',
    'experimental',
    'export',
    'inputs',
    'regressor_parse_example_spec',
    'tpu',
    'train_and_evaluate',
]


make_overlay(
    __name__,
    {
        **{name: attribute_loader(f'tf1.estimator.canned.{home}', name) for name, home in _CANNED.items()},
        **{name: module_loader(f'tf1.estimator.{name}') for name in ('export', 'experimental', 'inputs', 'tpu')},
    },
    (),
)
