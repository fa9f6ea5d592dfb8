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

from tf1 import _successors
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

__all__ = [
    'BestExporter',
    'CheckpointSaverHook',
    'CheckpointSaverListener',
    'Estimator',
    'EstimatorSpec',
    'EvalSpec',
    'Exporter',
    'FeedFnHook',
    'FinalExporter',
    'FinalOpsHook',
    'GlobalStepWaiterHook',
    'LatestExporter',
    'LoggingTensorHook',
    'ModeKeys',
    'NanLossDuringTrainingError',
    'NanTensorHook',
    'ProfilerHook',
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
    'experimental',
    'export',
    'inputs',
    'train_and_evaluate',
]


def __getattr__(name: str) -> object:
    raise _successors.missing('tf.estimator', name)
