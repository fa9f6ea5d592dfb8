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
from tf1.estimator import export, inputs
from tf1.estimator.estimator import Estimator
from tf1.estimator.exporters import BestExporter, Exporter, FinalExporter, LatestExporter
from tf1.estimator.mode_keys import ModeKeys
from tf1.estimator.run_config import RunConfig
from tf1.estimator.spec import EstimatorSpec

__all__ = [
    'BestExporter',
    'CheckpointSaverHook',
    'CheckpointSaverListener',
    'Estimator',
    'EstimatorSpec',
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
    'export',
    'inputs',
]


def __getattr__(name: str) -> object:
    raise _successors.missing('tf.estimator', name)
