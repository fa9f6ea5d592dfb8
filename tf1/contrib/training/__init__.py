"""`tf.contrib.training`: hyperparameters, training and evaluation loops, buckets and sampling."""

from __future__ import annotations

from tf1._namespace import removed
from tf1.contrib.training.bucketing import (
    bucket,
    bucket_by_sequence_length,
)
from tf1.contrib.training.checkpoints import (
    checkpoints_iterator,
    wait_for_new_checkpoint,
)
from tf1.contrib.training.device_strategies import (
    GreedyLoadBalancingStrategy,
    RandomStrategy,
    byte_size_load_fn,
)
from tf1.contrib.training.evaluation import (
    StopAfterNEvalsHook,
    SummaryAtEndHook,
    evaluate_once,
    evaluate_repeatedly,
    get_or_create_eval_step,
)
from tf1.contrib.training.hparam_parsing import (
    parse_values,
)
from tf1.contrib.training.hparams import (
    HParams,
)
from tf1.contrib.training.loop import (
    train,
)
from tf1.contrib.training.sampling import (
    rejection_sample,
    resample_at_rate,
    stratified_sample,
    weighted_resample,
)
from tf1.contrib.training.train_op import (
    add_gradients_summaries,
    clip_gradient_norms,
    clip_gradient_norms_fn,
    create_train_op,
    multiply_gradients,
)

__all__ = [
    'GreedyLoadBalancingStrategy',
    'HParams',
    'RandomStrategy',
    'StopAfterNEvalsHook',
    'SummaryAtEndHook',
    'add_gradients_summaries',
    'bucket',
    'bucket_by_sequence_length',
    'byte_size_load_fn',
    'checkpoints_iterator',
    'clip_gradient_norms',
    'clip_gradient_norms_fn',
    'create_train_op',
    'evaluate_once',
    'evaluate_repeatedly',
    'get_or_create_eval_step',
    'multiply_gradients',
    'parse_values',
    'rejection_sample',
    'resample_at_rate',
    'stratified_sample',
    'train',
    'wait_for_new_checkpoint',
    'weighted_resample',
]


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.training', name)
