"""`tf.estimator.export`: what a served model takes and what it answers."""

from tf1.estimator.export.outputs import ClassificationOutput, ExportOutput, PredictOutput, RegressionOutput
from tf1.estimator.export.receiver_fns import (
    build_parsing_serving_input_receiver_fn,
    build_raw_serving_input_receiver_fn,
)
from tf1.estimator.export.receivers import ServingInputReceiver, TensorServingInputReceiver

__all__ = [
    'ClassificationOutput',
    'ExportOutput',
    'PredictOutput',
    'RegressionOutput',
    'ServingInputReceiver',
    'TensorServingInputReceiver',
    'build_parsing_serving_input_receiver_fn',
    'build_raw_serving_input_receiver_fn',
]
