"""`WALSMatrixFactorization`: an Estimator of weighted alternating least squares."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

import tf1 as tf
from tf1.contrib.factorization.wals_model import WALSModel
from tf1.contrib.learn.estimator import Estimator
from tf1.contrib.learn.model_fn import ModelFnOps

_Weights = float | Sequence[Sequence[float]] | None


class WALSMatrixFactorization(Estimator):
    """Factors U and V for a sparse matrix A; see `WALSModel` for what is minimized.

    Training alternates sweeps over the rows and over the columns. A sweep ends when each row (column) has been in a
    batch of its own kind once; batches of the other kind are passed over meanwhile.

    Input functions return a dictionary and None. For training: `INPUT_ROWS`, a sparse matrix with rows of A, and
    `INPUT_COLS`, a sparse matrix with rows of A's transpose. Otherwise besides: `PROJECT_ROW`, a boolean that says
    which of both to project, and, if wanted, `PROJECTION_WEIGHTS`, one weight for each row (column).

    Variables, beside those of `WALSModel`: `completed_sweeps`, `is_row_sweep`, `is_sweep_done`, `processed_rows`,
    `processed_cols`, `WALS_loss` (of the last batch) and `WALS_RWSE` (root of its weighted mean squared error).

    Args:
      num_rows: rows of A.
      num_cols: columns of A.
      embedding_dimension: columns of U and V.
      unobserved_weight: weight of entries that A does not have.
      regularization_coeff: weight of the squares of U and V; None for none.
      row_init: 'random', or U's first value.
      col_init: the same for V.
      num_row_shards: variables that U is kept in.
      num_col_shards: variables that V is kept in.
      row_weights: see `WALSModel`.
      col_weights: the same.
      use_factors_weights_cache_for_training: taken and without effect.
      use_gramian_cache_for_training: the same.
      max_sweeps: training stops after so many.
      model_dir: folder of checkpoints and event files; None takes `config`'s, or else a new temporary folder.
      config: a RunConfig; None for the default one.

    Raises:
      ValueError: `config` has more than one worker.
    """

    INPUT_ROWS = 'input_rows'
    INPUT_COLS = 'input_cols'
    PROJECT_ROW = 'project_row'
    PROJECTION_WEIGHTS = 'projection_weights'
    PROJECTION_RESULT = 'projection'
    COMPLETED_SWEEPS = 'completed_sweeps'
    LOSS = 'WALS_loss'
    RWSE = 'WALS_RWSE'

    def __init__(
        self,
        num_rows: int,
        num_cols: int,
        embedding_dimension: int,
        unobserved_weight: float = 0.1,
        regularization_coeff: float | None = None,
        row_init: str | np.ndarray | tf.Tensor = 'random',
        col_init: str | np.ndarray | tf.Tensor = 'random',
        num_row_shards: int = 1,
        num_col_shards: int = 1,
        row_weights: _Weights = 1,
        col_weights: _Weights = 1,
        use_factors_weights_cache_for_training: bool = True,
        use_gramian_cache_for_training: bool = True,
        max_sweeps: int | None = None,
        model_dir: str | os.PathLike | None = None,
        config: tf.estimator.RunConfig | None = None,
    ):
        del use_factors_weights_cache_for_training, use_gramian_cache_for_training
        if config is not None and config.num_worker_replicas > 1:
            raise ValueError(
                f'config must have one worker, as WALSMatrixFactorization trains on one machine; it has '
                f'{config.num_worker_replicas}.'
            )
        self._shards = (num_row_shards, num_col_shards)

        def model_fn(features: Mapping[str, object], labels: object, mode: str) -> ModelFnOps:
            if labels is not None:
                raise ValueError(f'input_fn must return None for labels, got {labels!r}.')
            with tf.variable_scope(tf.get_variable_scope()):
                model = WALSModel(
                    num_rows,
                    num_cols,
                    embedding_dimension,
                    unobserved_weight,
                    regularization_coeff,
                    row_init,
                    col_init,
                    num_row_shards,
                    num_col_shards,
                    row_weights,
                    col_weights,
                )
            if mode == tf.estimator.ModeKeys.TRAIN:
                return _training(model, features, (num_rows, num_cols), max_sweeps)
            return _projection(model, features, mode)

        super().__init__(model_fn, model_dir, config)

    def get_row_factors(self) -> list[np.ndarray]:
        """Returns U, as a list of its shards."""
        return [self.get_variable_value(f'row_factors_shard_{index}') for index in range(self._shards[0])]

    def get_col_factors(self) -> list[np.ndarray]:
        """Returns V, as a list of its shards."""
        return [self.get_variable_value(f'col_factors_shard_{index}') for index in range(self._shards[1])]

    def get_projections(self, input_fn: Callable) -> Iterator[np.ndarray]:
        """Yields the factors of each row, or column, of the input, [embedding_dimension]."""
        for row in self.predict(input_fn=input_fn):
            yield row[self.PROJECTION_RESULT]


def _training(
    model: WALSModel, features: Mapping[str, object], sizes: tuple[int, int], max_sweeps: int | None
) -> ModelFnOps:
    names = WALSMatrixFactorization
    rows, cols = features[names.INPUT_ROWS], features[names.INPUT_COLS]
    sweeps = _state(names.COMPLETED_SWEEPS, 0)
    is_row_sweep, is_done = _state('is_row_sweep', True), _state('is_sweep_done', False)
    seen_rows, seen_cols = (
        _state(f'processed_{name}', [False] * size) for name, size in zip(('rows', 'cols'), sizes, strict=True)
    )
    loss, error = _state(names.LOSS, 0.0), _state(names.RWSE, 0.0)
    for name, value in (('loss', loss), ('root_weighted_squared_error', error), (names.COMPLETED_SWEEPS, sweeps)):
        tf.summary.scalar(name, value)

    def batch(
        update: Callable, given: tf.SparseTensor, transposed: bool, seen: tf.Variable
    ) -> Callable[[], tuple[tf.Tensor, ...]]:
        def done() -> tuple[tf.Tensor, ...]:
            _, stored, squares, penalty, weights = update(sp_input=given, transpose_input=transposed)
            marked = tf.scatter_update(seen, given.indices[:, 0], tf.fill(tf.shape(given.indices)[:1], True))
            with tf.control_dependencies([stored]):
                return squares + penalty, tf.sqrt(squares / weights), tf.reduce_all(marked)

        return done

    by_rows = batch(model.update_row_factors, rows, False, seen_rows)
    by_cols = batch(model.update_col_factors, cols, True, seen_cols)
    last = tf.identity(loss)
    with tf.control_dependencies([last]):
        new_loss, new_error, new_done = tf.cond(is_row_sweep, by_rows, by_cols)
    train_op = tf.group(
        tf.assign(loss, new_loss),
        tf.assign(error, new_error),
        tf.assign(is_done, new_done),
        tf.assign_add(sweeps, tf.cast(new_done, tf.int32)),
        tf.assign_add(tf.train.get_global_step(), 1),
    )
    hook = _SweepHook(model, is_row_sweep, is_done, (seen_rows, seen_cols))
    hooks = [hook] if max_sweeps is None else [hook, _StopAtSweepHook(sweeps, max_sweeps)]
    return ModelFnOps(tf.estimator.ModeKeys.TRAIN, {}, last, train_op, {}, training_hooks=hooks)


def _state(name: str, value: object) -> tf.Variable:
    return tf.get_variable(name, initializer=tf.constant(value), trainable=False)


def _projection(model: WALSModel, features: Mapping[str, object], mode: str) -> ModelFnOps:
    names = WALSMatrixFactorization
    rows, cols = features[names.INPUT_ROWS], features[names.INPUT_COLS]
    which, weights = features[names.PROJECT_ROW], features.get(names.PROJECTION_WEIGHTS)
    projected = tf.cond(
        which,
        lambda: model.project_row_factors(rows, False, weights),
        lambda: model.project_col_factors(cols, True, weights),
    )
    predictions = {names.PROJECTION_RESULT: projected}
    if mode != tf.estimator.ModeKeys.EVAL:
        return ModelFnOps(mode, predictions)

    def loss_of(update: Callable, given: tf.SparseTensor, transposed: bool) -> Callable[[], tf.Tensor]:
        def loss() -> tf.Tensor:
            _, _, squares, penalty, _ = update(sp_input=given, transpose_input=transposed)
            return squares + penalty

        return loss

    loss = tf.cond(which, loss_of(model.update_row_factors, rows, False), loss_of(model.update_col_factors, cols, True))
    return ModelFnOps(mode, predictions, loss, tf.no_op(), {})


class _SweepHook(tf.train.SessionRunHook):
    """Prepares each sweep, and turns from rows to columns and back when one is done."""

    def __init__(
        self, model: WALSModel, is_row_sweep: tf.Variable, is_done: tf.Variable, seen: tuple[tf.Variable, tf.Variable]
    ):
        self._is_row_sweep, self._is_done = is_row_sweep, is_done
        with tf.control_dependencies([tf.assign(is_row_sweep, tf.logical_not(is_row_sweep))]):
            self._turn = tf.group(*(tf.assign(variable, tf.zeros_like(variable)) for variable in seen))
        self._prepare = {True: model.row_update_prep_gramian_op, False: model.col_update_prep_gramian_op}
        self._starts = True

    def before_run(self, run_context: tf.train.SessionRunContext) -> None:
        session = run_context.session
        is_row_sweep, is_done = session.run([self._is_row_sweep, self._is_done])
        if is_done:
            session.run(self._turn)
            is_row_sweep = not is_row_sweep
        if is_done or self._starts:
            session.run(self._prepare[bool(is_row_sweep)])
        self._starts = False


class _StopAtSweepHook(tf.train.SessionRunHook):
    """Stops after so many sweeps."""

    def __init__(self, sweeps: tf.Variable, last: int):
        self._sweeps, self._last = sweeps, last

    def before_run(self, run_context: tf.train.SessionRunContext) -> tf.train.SessionRunArgs:
        return tf.train.SessionRunArgs(self._sweeps)

    def after_run(self, run_context: tf.train.SessionRunContext, run_values: tf.train.SessionRunValues) -> None:
        if run_context.session.run(self._sweeps) >= self._last:
            run_context.request_stop()
