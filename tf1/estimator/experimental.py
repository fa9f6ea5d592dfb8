"""`tf.estimator.experimental` of TF 1.15, but for its canned models."""

from tf1 import _successors
from tf1.estimator.early_stopping_hooks import (
    make_early_stopping_hook,
    stop_if_higher_hook,
    stop_if_lower_hook,
    stop_if_no_decrease_hook,
    stop_if_no_increase_hook,
)
from tf1.estimator.export.receiver_fns import build_raw_supervised_input_receiver_fn
from tf1.estimator.in_memory_evaluator import InMemoryEvaluatorHook
from tf1.estimator.logit_fn import call_logit_fn
from tf1.estimator.stop_at_checkpoint import make_stop_at_checkpoint_step_hook

__all__ = [
    'InMemoryEvaluatorHook',
    'build_raw_supervised_input_receiver_fn',
    'call_logit_fn',
    'make_early_stopping_hook',
    'make_stop_at_checkpoint_step_hook',
    'stop_if_higher_hook',
    'stop_if_lower_hook',
    'stop_if_no_decrease_hook',
    'stop_if_no_increase_hook',
]


def __getattr__(name: str) -> object:
    raise _successors.missing('tf.estimator.experimental', name)
