"""`export.export`: what arrives at a served model."""

from tf1.estimator.export.receiver_fns import (
    build_parsing_serving_input_receiver_fn,
    build_raw_serving_input_receiver_fn,
    build_raw_supervised_input_receiver_fn,
    build_supervised_input_receiver_fn_from_input_fn,
)
from tf1.estimator.export.receivers import (
    ServingInputReceiver,
    SupervisedInputReceiver,
    TensorServingInputReceiver,
)

SINGLE_FEATURE_DEFAULT_NAME = 'feature'
SINGLE_LABEL_DEFAULT_NAME = 'label'
SINGLE_RECEIVER_DEFAULT_NAME = 'input'

__all__ = [
    'SINGLE_FEATURE_DEFAULT_NAME',
    'SINGLE_LABEL_DEFAULT_NAME',
    'SINGLE_RECEIVER_DEFAULT_NAME',
    'ServingInputReceiver',
    'SupervisedInputReceiver',
    'TensorServingInputReceiver',
    'build_parsing_serving_input_receiver_fn',
    'build_raw_serving_input_receiver_fn',
    'build_raw_supervised_input_receiver_fn',
    'build_supervised_input_receiver_fn_from_input_fn',
]
