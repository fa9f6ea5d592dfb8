"""`tf.estimator.experimental` of TF 1.15."""

import importlib

from tf1._namespace import removed
from tf1.estimator.export.receiver_fns import build_raw_supervised_input_receiver_fn
from tf1.estimator.hooks.early_stopping import (
    make_early_stopping_hook,
    stop_if_higher_hook,
    stop_if_lower_hook,
    stop_if_no_decrease_hook,
    stop_if_no_increase_hook,
)
from tf1.estimator.hooks.in_memory_evaluator import InMemoryEvaluatorHook
from tf1.estimator.hooks.stop_at_checkpoint import make_stop_at_checkpoint_step_hook
from tf1.estimator.user_functions import call_logit_fn

_CANNED = {
    'KMeans': 'kmeans',
    'LinearSDCA': 'sdca',
    'dnn_logit_fn_builder': 'dnn_logits',
    'linear_logit_fn_builder': 'linear_logits',
}

__all__ = [
    'InMemoryEvaluatorHook',
    'KMeans',  # noqa: F822
    'LinearSDCA',  # noqa: F822
    'build_raw_supervised_input_receiver_fn',
    'call_logit_fn',
    'dnn_logit_fn_builder',  # noqa: F822
    'linear_logit_fn_builder',  # noqa: F822
    'make_early_stopping_hook',
    'make_stop_at_checkpoint_step_hook',
    'stop_if_higher_hook',
    'stop_if_lower_hook',
    'stop_if_no_decrease_hook',
    'stop_if_no_increase_hook',
]


def __getattr__(name: str) -> object:
    if name in _CANNED:
        globals()[name] = getattr(importlib.import_module(f'tf1.estimator.canned.{_CANNED[name]}'), name)
        return globals()[name]
    raise removed.attribute_error('tf.estimator.experimental', name)


def __dir__() -> list[str]:
    return list(__all__)
