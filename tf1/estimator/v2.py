"""`tf.compat.v2.estimator` of TF 1.15: the ready-made models in their second form, beside what both forms share."""

from __future__ import annotations

from tf1 import _namespace
from tf1._namespace import attribute_loader, module_loader

_CANNED = {
    'Baseline': ('baseline', ('Classifier', 'Estimator', 'Regressor')),
    'DNN': ('dnn', ('Classifier', 'Estimator', 'Regressor')),
    'DNNLinearCombined': ('dnn_linear_combined', ('Classifier', 'Estimator', 'Regressor')),
    'Linear': ('linear', ('Classifier', 'Estimator', 'Regressor')),
}
_SHARED = (
    'BestExporter',
    'BinaryClassHead',
    'BoostedTreesClassifier',
    'BoostedTreesEstimator',
    'BoostedTreesRegressor',
    'CheckpointSaverHook',
    'CheckpointSaverListener',
    'EstimatorSpec',
    'EvalSpec',
    'Exporter',
    'FeedFnHook',
    'FinalExporter',
    'FinalOpsHook',
    'GlobalStepWaiterHook',
    'Head',
    'LatestExporter',
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
    'export',
    'regressor_parse_example_spec',
    'train_and_evaluate',
)
_RNN = ('RNNClassifier', 'RNNEstimator')


def _experimental() -> _namespace.Overlay:
    own = {name: attribute_loader('tf1.estimator.canned.v2.rnn', name) for name in _RNN}
    return _namespace.Overlay(
        'tf.compat.v2.estimator.experimental', (module_loader('tf1.estimator.experimental'),), own
    )


estimator = _namespace.Overlay(
    'tf.compat.v2.estimator',
    (),
    {
        **{name: attribute_loader('tf1.estimator', name) for name in _SHARED},
        **{
            f'{kind}{last}': attribute_loader(f'tf1.estimator.canned.v2.{file}', f'{kind}{last}V2')
            for kind, (file, lasts) in _CANNED.items()
            for last in lasts
        },
        'Estimator': attribute_loader('tf1.estimator.estimator', 'EstimatorV2'),
        'experimental': _experimental,
    },
)
