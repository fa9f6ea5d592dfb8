"""Weighted alternating least squares: a sparse matrix as a product of two thin ones, as graphs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

import tf1 as tf

_Weights = float | Sequence[Sequence[float]] | None


class _Side(NamedTuple):
    """The rows, or the columns, of a matrix.

    factors: one [rows of the shard, n_components] variable for each shard.
    weights: one [rows of the shard] variable for each shard, or None.
    gramian: the product of the factors' transpose with the factors when `prepare` last ran, [n_components] * 2.
    """

    size: int
    factors: list[tf.Variable]
    weights: list[tf.Variable] | None
    gramian: tf.Variable

    def all_factors(self) -> tf.Tensor:
        return tf.concat([shard.read_value() for shard in self.factors], 0)

    def all_weights(self) -> tf.Tensor | None:
        return None if self.weights is None else tf.concat([shard.read_value() for shard in self.weights], 0)

    def prepare(self) -> tf.Operation:
        factors = self.all_factors()
        return tf.assign(self.gramian, tf.matmul(factors, factors, transpose_a=True)).op


class WALSModel:
    """Factors U and V for a sparse matrix A, by turns: the weighted squares of A - U V^T and of U and V are least.

    The weight of an entry is `unobserved_weight`, and of an entry of the sparse matrix besides that the product of its
    row's and its column's weight. A sweep over rows (columns) runs `row_update_prep_gramian_op`, then
    `initialize_row_update_op`, then the update for every batch of rows.

    Variables: `row_factors_shard_I` and `col_factors_shard_I`, `row_weights_shard_I` and `col_weights_shard_I` (not
    where weights are None), `row_gramian`, `col_gramian`. Shards hold rows one after the other; the first ones hold one
    more where they do not come out even.

    Args:
      input_rows: rows of A.
      input_cols: columns of A.
      n_components: columns of U and V.
      unobserved_weight: weight of entries that the sparse matrix does not have.
      regularization: weight of the squares of U and V; None for none.
      row_init: 'random' (standard normal), or U's first value.
      col_init: the same for V.
      num_row_shards: variables that U is kept in.
      num_col_shards: variables that V is kept in.
      row_weights: a number, a list of numbers for each shard, or None, as `col_weights` then.
      col_weights: the same.
      use_factors_weights_cache: taken and without effect: values are read where they lie.
      use_gramian_cache: the same.
      use_scoped_vars: factors and weights stand in scopes `row_factors`, `col_factors`, ...

    Raises:
      AssertionError: one of the weights is None and the other is not.
    """

    def __init__(
        self,
        input_rows: int,
        input_cols: int,
        n_components: int,
        unobserved_weight: float = 0.1,
        regularization: float | None = None,
        row_init: str | np.ndarray | tf.Tensor = 'random',
        col_init: str | np.ndarray | tf.Tensor = 'random',
        num_row_shards: int = 1,
        num_col_shards: int = 1,
        row_weights: _Weights = 1,
        col_weights: _Weights = 1,
        use_factors_weights_cache: bool = True,
        use_gramian_cache: bool = True,
        use_scoped_vars: bool = False,
    ):
        del use_factors_weights_cache, use_gramian_cache
        if (row_weights is None) != (col_weights is None):
            raise AssertionError(
                f'row_weights and col_weights must both be None, or none of them; got {row_weights!r} and '
                f'{col_weights!r}.'
            )
        self._components, self._scoped = n_components, use_scoped_vars
        self._unobserved_weight, self._regularization = unobserved_weight, regularization
        rows, cols = _shard_sizes(input_rows, num_row_shards), _shard_sizes(input_cols, num_col_shards)
        row_variables = self._make_weights('row', rows, row_weights)
        col_variables = self._make_weights('col', cols, col_weights)
        row_factors = self._make_factors('row', rows, row_init)
        col_factors = self._make_factors('col', cols, col_init)
        self._rows = _Side(input_rows, row_factors, row_variables, self._make_gramian('row'))
        self._cols = _Side(input_cols, col_factors, col_variables, self._make_gramian('col'))
        self._prepare_rows, self._prepare_cols = self._cols.prepare(), self._rows.prepare()

    @property
    def row_factors(self) -> list[tf.Variable]:
        """U, as a list of its shards."""
        return self._rows.factors

    @property
    def col_factors(self) -> list[tf.Variable]:
        """V, as a list of its shards."""
        return self._cols.factors

    @property
    def row_weights(self) -> list[tf.Variable] | None:
        """Weights of the rows, as a list of shards."""
        return self._rows.weights

    @property
    def col_weights(self) -> list[tf.Variable] | None:
        """Weights of the columns, as a list of shards."""
        return self._cols.weights

    @property
    def initialize_op(self) -> tf.Operation:
        """Initializes the variables."""
        own = [variable for side in (self._rows, self._cols) for variable in (*side.factors, *(side.weights or ()))]
        return tf.variables_initializer([*own, self._rows.gramian, self._cols.gramian])

    @property
    def worker_init(self) -> tf.Operation:
        """To be run once by each worker; does nothing, as there are no caches."""
        return tf.no_op()

    @property
    def row_update_prep_gramian_op(self) -> tf.Operation:
        """To be run before a sweep over the rows."""
        return self._prepare_rows

    @property
    def col_update_prep_gramian_op(self) -> tf.Operation:
        """To be run before a sweep over the columns."""
        return self._prepare_cols

    @property
    def initialize_row_update_op(self) -> tf.Operation:
        """To be run by each worker before a sweep over the rows; does nothing, as there are no caches."""
        return tf.no_op()

    @property
    def initialize_col_update_op(self) -> tf.Operation:
        """To be run by each worker before a sweep over the columns; does nothing, as there are no caches."""
        return tf.no_op()

    def update_row_factors(
        self, sp_input: tf.SparseTensor | None = None, transpose_input: bool = False
    ) -> tuple[tf.Tensor, tf.Operation, tf.Tensor, tf.Tensor, tf.Tensor]:
        """Solves for the rows that are in a batch.

        Args:
          sp_input: rows of A; the indices are those of A.
          transpose_input: the batch is transposed.

        Returns:
          New factors, [rows in the batch, n_components]; the operation that stores them; the batch's weighted squared
          error and its regularization, as if all rows were like these; and the sum of all weights, likewise.
        """
        return self._update(self._rows, self._cols, sp_input, transpose_input, 'row_update')

    def update_col_factors(
        self, sp_input: tf.SparseTensor | None = None, transpose_input: bool = False
    ) -> tuple[tf.Tensor, tf.Operation, tf.Tensor, tf.Tensor, tf.Tensor]:
        """Solves for the columns that are in a batch; see `update_row_factors`."""
        return self._update(self._cols, self._rows, sp_input, not transpose_input, 'col_update')

    def project_row_factors(
        self,
        sp_input: tf.SparseTensor | None = None,
        transpose_input: bool = False,
        projection_weights: float | tf.Tensor | None = None,
    ) -> tf.Tensor:
        """Returns factors for rows that need not be those of A, [rows in the batch, n_components].

        Args:
          sp_input: rows; column indices are those of A.
          transpose_input: the batch is transposed.
          projection_weights: weight of the rows, a number or one for each; 1 if not given.
        """
        return self._project(self._cols, sp_input, transpose_input, projection_weights)

    def project_col_factors(
        self,
        sp_input: tf.SparseTensor | None = None,
        transpose_input: bool = False,
        projection_weights: float | tf.Tensor | None = None,
    ) -> tf.Tensor:
        """Returns factors for columns that need not be those of A; see `project_row_factors`."""
        return self._project(self._rows, sp_input, not transpose_input, projection_weights)

    def _make_weights(self, name: str, sizes: list[int], weights: _Weights) -> list[tf.Variable] | None:
        if weights is None:
            return None
        each = list(weights) if isinstance(weights, (list, tuple, np.ndarray)) else [weights] * len(sizes)
        with tf.name_scope(None), tf.variable_scope(f'{name}_weights' if self._scoped else tf.get_variable_scope()):
            return [
                tf.get_variable(
                    f'{name}_weights_shard_{index}',
                    dtype=tf.float32,
                    initializer=np.broadcast_to(np.asarray(shard, np.float32), [size]).copy(),
                )
                for index, (size, shard) in enumerate(zip(sizes, each, strict=True))
            ]

    def _make_factors(self, name: str, sizes: list[int], init: str | np.ndarray | tf.Tensor) -> list[tf.Variable]:
        random = isinstance(init, str) and init == 'random'
        values = [None] * len(sizes) if random else tf.split(tf.convert_to_tensor(init, tf.float32), sizes)
        with tf.variable_scope(f'{name}_factors' if self._scoped else tf.get_variable_scope()):
            return [
                tf.get_variable(
                    f'{name}_factors_shard_{index}',
                    [size, self._components] if random else None,
                    initializer=tf.random_normal_initializer() if random else value,
                )
                for index, (size, value) in enumerate(zip(sizes, values, strict=True))
            ]

    def _make_gramian(self, name: str) -> tf.Variable:
        shape = [self._components, self._components]
        return tf.get_variable(f'{name}_gramian', initializer=tf.zeros(shape))

    def _update(
        self, side: _Side, other: _Side, batch: tf.SparseTensor, transposed: bool, name: str
    ) -> tuple[tf.Tensor, tf.Operation, tf.Tensor, tf.Tensor, tf.Tensor]:
        lines, entries = _in_lines(batch, transposed)
        weights = None if side.weights is None else tf.gather(side.all_weights(), lines)
        solved = self._solve(other, batch, transposed, entries, tf.size(lines), weights)
        return solved[0], self._store(side, lines, solved[0], name), *self._losses(side, other, *solved)

    def _store(self, side: _Side, lines: tf.Tensor, values: tf.Tensor, name: str) -> tf.Operation:
        with tf.name_scope(None):
            if len(side.factors) == 1:
                return tf.scatter_update(side.factors[0], lines, values, name=name).op
            updates, start = [], 0
            for shard in side.factors:
                stop = start + shard.shape[0].value
                own = tf.where(tf.logical_and(lines >= start, lines < stop))[:, 0]
                updates.append(tf.scatter_update(shard, tf.gather(lines, own) - start, tf.gather(values, own)))
                start = stop
            return tf.group(*updates, name=name)

    def _project(
        self, other: _Side, batch: tf.SparseTensor, transposed: bool, weights: float | tf.Tensor | None
    ) -> tf.Tensor:
        lines, entries = _in_lines(batch, transposed)
        if other.weights is None:
            weights = None
        else:
            weights = tf.ones([tf.size(lines)]) * (1.0 if weights is None else weights)
        return self._solve(other, batch, transposed, entries, tf.size(lines), weights)[0]

    def _solve(
        self,
        other: _Side,
        batch: tf.SparseTensor,
        transposed: bool,
        entries: tf.Tensor,
        number: tf.Tensor,
        weights: tf.Tensor | None,
    ) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor]:
        """Returns the factors of a batch's lines, its squared error, and the sum of its weights.

        Args:
          other: what the lines are solved against.
          batch: the entries.
          transposed: whether lines are the batch's columns.
          entries: for each entry the place of its line, [entries].
          number: of lines.
          weights: of the lines, [number]; None where the sides have no weights.
        """
        across = batch.indices[:, 0 if transposed else 1]
        factors, values = tf.gather(other.all_factors(), across), tf.cast(batch.values, tf.float32)
        observed = tf.zeros_like(values)
        if weights is not None:
            observed = tf.gather(weights, entries) * tf.gather(other.all_weights(), across)
        base, gramian = self._unobserved_weight, other.gramian.read_value()
        outer = factors[:, :, tf.newaxis] * factors[:, tf.newaxis]
        left = base * gramian + tf.unsorted_segment_sum(observed[:, tf.newaxis, tf.newaxis] * outer, entries, number)
        if self._regularization is not None:
            left += self._regularization * tf.eye(self._components)
        right = tf.unsorted_segment_sum(((base + observed) * values)[:, tf.newaxis] * factors, entries, number)
        solved = tf.linalg.solve(left, right[:, :, tf.newaxis])[:, :, 0]
        fitted = tf.reduce_sum(tf.gather(solved, entries) * factors, 1)
        seen = tf.reduce_sum((base + observed) * tf.square(values - fitted) - base * tf.square(fitted))
        unseen = base * tf.reduce_sum(tf.matmul(solved, gramian) * solved)
        count = tf.cast(number * other.size, tf.float32)
        return solved, seen + unseen, base * count + tf.reduce_sum(observed)

    def _losses(
        self, side: _Side, other: _Side, solved: tf.Tensor, error: tf.Tensor, weights: tf.Tensor
    ) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor]:
        """Returns error, regularization and sum of weights, as if all lines were like those of the batch."""
        share = float(side.size) / tf.cast(tf.shape(solved)[0], tf.float32)
        if self._regularization is None:
            penalty = tf.constant(0.0)
        else:
            squares = tf.reduce_sum(tf.square(solved)) * share
            penalty = self._regularization * (squares + tf.linalg.trace(other.gramian.read_value()))
        return error * share, penalty, weights * share


def _in_lines(batch: tf.SparseTensor, transposed: bool) -> tuple[tf.Tensor, tf.Tensor]:
    """Returns the lines that a batch has, in rising order, and for each entry the place of its line among them."""
    own = batch.indices[:, 1 if transposed else 0]
    lines, _ = tf.unique(tf.sort(own))
    return lines, tf.searchsorted(lines, own)


def _shard_sizes(size: int, shards: int) -> list[int]:
    return [size // shards + (index < size % shards) for index in range(shards)]
