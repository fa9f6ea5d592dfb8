"""`training`: `train_and_evaluate` and what it is made of."""

from tf1.estimator.continuous_evaluation import ContinuousEvalListener as _ContinuousEvalListener
from tf1.estimator.continuous_evaluation import EvalResult as _EvalResult
from tf1.estimator.continuous_evaluation import EvalStatus as _EvalStatus
from tf1.estimator.evaluating_listener import EvaluatingListener as _NewCheckpointListenerForEvaluate
from tf1.estimator.train_and_evaluate import check_eval_spec as _assert_eval_spec
from tf1.estimator.train_and_evaluate import train_and_evaluate
from tf1.estimator.train_eval_specs import EvalSpec, TrainSpec
from tf1.estimator.training_executor import TrainingExecutor as _TrainingExecutor

__all__ = [
    'EvalSpec',
    'TrainSpec',
    '_ContinuousEvalListener',
    '_EvalResult',
    '_EvalStatus',
    '_NewCheckpointListenerForEvaluate',
    '_TrainingExecutor',
    '_assert_eval_spec',
    'train_and_evaluate',
]
