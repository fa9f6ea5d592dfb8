"""`TPUEstimator` without a TPU: batch sizes in `params`, host calls and metric functions, on CPU or GPU."""

from __future__ import annotations

import contextlib
import copy
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import tensorflow.compat.v1 as tf

from tf1.estimator import user_functions
from tf1.estimator.estimator import Estimator
from tf1.estimator.mode_keys import ModeKeys
from tf1.estimator.spec import EstimatorSpec
from tf1.estimator.step_counter import ExampleCounter
from tf1.estimator.tpu.config import RunConfig
from tf1.estimator.tpu.spec import TPUEstimatorSpec

_BATCH_SIZE = 'batch_size'
_RESERVED = [_BATCH_SIZE, 'context']


class TPUEstimator(Estimator):
    """An `Estimator` whose functions are written for TPUs, as TF 1.15's with `use_tpu=False`.

    `input_fn` and `model_fn` must take `params`, in which they find `batch_size`; `model_fn` finds `use_tpu` there,
    too, which is False. `model_fn` returns a `TPUEstimatorSpec` or an `EstimatorSpec`. Training reports `examples/sec`
    beside `global_step/sec`. A SavedModel has the graph for CPU and GPU only.

    Args:
      model_fn: the model.
      model_dir: as for `Estimator`.
      config: a `tf.estimator.tpu.RunConfig`.
      params: hyperparameters for `model_fn` and `input_fn`, without `batch_size` and `context`; a dict or an `HParams`.
      use_tpu: must be False.
      train_batch_size: `params['batch_size']` in training; None leaves it out.
      eval_batch_size: the same for evaluation.
      predict_batch_size: the same for prediction.
      batch_axis: for TPUs; not used.
      eval_on_tpu: for TPUs; not used.
      export_to_tpu: for TPUs; not used.
      export_to_cpu: must be True, where a SavedModel is written.
      warm_start_from: as for `Estimator`.
      embedding_config_spec: must be None.
      export_saved_model_api_version: for TPUs; not used.

    Raises:
      ValueError: `config` is no such RunConfig, `params` has a reserved key, or a TPU is asked for.
    """

    def __init__(
        self,
        model_fn: Callable | None = None,
        model_dir: str | None = None,
        config: RunConfig | None = None,
        params: Any = None,
        use_tpu: bool | None = True,
        train_batch_size: int | None = None,
        eval_batch_size: int | None = None,
        predict_batch_size: int | None = None,
        batch_axis: Any = None,
        eval_on_tpu: bool = True,
        export_to_tpu: bool = True,
        export_to_cpu: bool = True,
        warm_start_from: Any = None,
        embedding_config_spec: Any = None,
        export_saved_model_api_version: Any = None,
    ):
        if not isinstance(config, RunConfig):
            raise ValueError(f'config must be provided with type tf.estimator.tpu.RunConfig, got {config!r}.')
        _check_params(params)
        if use_tpu:
            raise ValueError(
                f'use_tpu={use_tpu!r} needs a TPU, which is not supported: pass use_tpu=False, and the same model_fn '
                'and input_fn run on CPU or GPU.'
            )
        if embedding_config_spec is not None:
            raise ValueError(
                f'embedding_config_spec must be None without a TPU, got {embedding_config_spec!r}: look embeddings up '
                'in model_fn (tf.nn.embedding_lookup, tf.feature_column.input_layer).'
            )
        self._report_every = config.log_step_count_steps
        self._export_to_cpu = export_to_cpu
        self._batch_sizes = {
            ModeKeys.TRAIN: train_batch_size,
            ModeKeys.EVAL: eval_batch_size,
            ModeKeys.PREDICT: predict_batch_size,
        }
        super().__init__(model_fn, model_dir, config.replace(log_step_count_steps=None), params, warm_start_from)
        tf.logging.info('_TPUContext: eval_on_tpu %s', eval_on_tpu)
        if eval_on_tpu:
            tf.logging.warning('eval_on_tpu ignored because use_tpu is False.')

    def _create_global_step(self, graph: tf.Graph) -> tf.Variable:
        """Returns the global step, a resource variable as in TF 1.15."""
        with tf.variable_scope(tf.get_variable_scope(), use_resource=True):
            return super()._create_global_step(graph)

    def train(
        self,
        input_fn: Callable,
        hooks: Any = None,
        steps: int | None = None,
        max_steps: int | None = None,
        saving_listeners: Any = None,
    ) -> Estimator:
        """Trains as `Estimator.train` does; says in the log what ended training."""
        with _recorded('training_loop'):
            return super().train(input_fn, hooks, steps, max_steps, saving_listeners)

    def evaluate(
        self,
        input_fn: Callable,
        steps: int | None = None,
        hooks: Any = None,
        checkpoint_path: str | None = None,
        name: str | None = None,
    ) -> dict[str, Any]:
        """Evaluates as `Estimator.evaluate` does; says in the log what ended evaluation."""
        with _recorded('evaluation_loop'):
            return super().evaluate(input_fn, steps, hooks, checkpoint_path, name)

    def predict(
        self,
        input_fn: Callable,
        predict_keys: Any = None,
        hooks: Any = None,
        checkpoint_path: str | None = None,
        yield_single_examples: bool = True,
    ) -> Iterator[Any]:
        """Yields predictions as `Estimator.predict` does; says in the log what ended prediction."""
        with _recorded('prediction_loop'):
            yield from super().predict(input_fn, predict_keys, hooks, checkpoint_path, yield_single_examples)

    def _call_input_fn(self, input_fn: Callable, mode: str, input_context: Any = None) -> Any:
        _check_takes_params('input_fn', input_fn)
        params = _with(self._params, _BATCH_SIZE, self._batch_sizes[mode])
        return user_functions.call_input_fn(input_fn, mode, params, self.config, input_context)

    def _call_model_fn(self, features: Any, labels: Any, mode: str, config: Any) -> EstimatorSpec:
        spec = self._build(features, labels, mode, config, self._batch_sizes[mode])
        if mode == ModeKeys.TRAIN and self._report_every:
            counter = ExampleCounter(self._batch_sizes[mode], self._report_every, self.model_dir)
            spec = spec._replace(training_chief_hooks=(*spec.training_chief_hooks, counter))
        return spec

    def _served_model(self, features: Any, labels: Any, mode: str) -> EstimatorSpec:
        if not self._export_to_cpu:
            raise ValueError('export_to_cpu=False leaves nothing to export without a TPU: leave it at True.')
        # Whoever asks the server for predictions chooses the size of the batch.
        return self._build(features, labels, mode, self.config, None)

    def _build(self, features: Any, labels: Any, mode: str, config: Any, batch_size: int | None) -> EstimatorSpec:
        tf.logging.info('Calling model_fn.')
        tf.logging.info('Running %s on CPU', mode)
        _check_takes_params('model_fn', self._model_fn)
        params = _with(_with(self._params, _BATCH_SIZE, batch_size), 'use_tpu', False)
        spec = user_functions.call_model_fn(self._model_fn, features, labels, mode, params, config, _as_estimator_spec)
        tf.logging.info('Done calling model_fn.')
        return spec


def _as_estimator_spec(spec: Any) -> Any:
    return spec.as_estimator_spec() if isinstance(spec, TPUEstimatorSpec) else spec


def _check_params(params: Any) -> None:
    found = [key for key in _RESERVED if params is not None and key in params]
    if found:
        raise ValueError(f'params must not have {found}: TPUEstimator sets them itself; got {params}.')


def _check_takes_params(what: str, function: Callable) -> None:
    if 'params' not in user_functions.argument_names(function):
        raise ValueError(
            f"{what} ({function}) does not take the argument 'params', in which TPUEstimator passes the batch size as "
            "params['batch_size']."
        )


def _with(params: Any, name: str, value: Any) -> Any:
    """Returns a copy of a dict or of `HParams` with one value more, unless it is None."""
    if value is None:
        return params
    if isinstance(params, Mapping):
        return {**params, name: value}
    if not hasattr(params, 'add_hparam'):
        raise ValueError(f'params must be a dict or an HParams, got {params!r}.')
    params = copy.deepcopy(params)
    if name in params:
        params.set_hparam(name, value)
    else:
        params.add_hparam(name, value)
    return params


@contextlib.contextmanager
def _recorded(loop: str) -> Iterator[None]:
    """Says in the log, in TF 1.15's words, that a loop ended, and by what error."""
    try:
        yield
    except Exception as error:
        tf.logging.error('Error recorded from %s: %s', loop, error)
        raise
    finally:
        tf.logging.info('%s marked as finished', loop)
