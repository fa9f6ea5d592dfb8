"""`tf.contrib.eager.metrics`: metrics as objects, for eager programs and graphs."""

from __future__ import annotations

import re
import types
from collections.abc import Callable
from typing import Any

import tf1 as tf


class Metric(tf.Module):
    """What is added up over batches: called with a batch, `result()` is the value over all batches so far.

    A subclass has `build`, which makes variables with `add_variable`, `call`, which renews them, and `result`. In a
    graph, a call returns a tensor; running it renews the variables.

    Args:
      name: of the metric, its variables and its summary; the class's if None.
      use_global_variables: adds the variables to the global ones of a graph instead of the local ones.
    """

    def __init__(self, name: str | None = None, use_global_variables: bool = False):
        super().__init__()
        # Not tracked as a part of the object: checkpoints hold the variables by the names of attributes alone.
        self._metric = types.SimpleNamespace(
            name=name or type(self).__name__, use_global=use_global_variables, call=None, made=[]
        )

    @property
    def name(self) -> str:
        """The name that was given."""
        return self._metric.name

    @property
    def variables(self) -> list[tf.Variable]:
        """The variables, in the order in which they were made; none before the first call."""
        return [variable for variable, _ in self._metric.made]

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Adds a batch.

        Returns:
          What `call` returns.
        """
        if self._metric.call is None:
            self._metric.call = 'build'
            with tf.init_scope():
                self.build(*args, **kwargs)
            self._metric.call = self.call if tf.executing_eagerly() else tf.function(self.call)
        return self._metric.call(*args, **kwargs)

    def build(self, *args: Any, **kwargs: Any) -> None:
        """Makes the variables; gets the arguments of the first call."""

    def call(self, *args: Any, **kwargs: Any) -> Any:
        """Renews the variables."""
        raise NotImplementedError(f'{type(self).__name__} must have a method call.')

    def result(self) -> tf.Tensor:
        """Returns the value over all batches so far."""
        raise NotImplementedError(f'{type(self).__name__} must have a method result.')

    def value(self) -> tf.Tensor | Callable[[], tf.Tensor]:
        """Returns `result()` in a graph, and the method `result` itself in an eager program."""
        return self.result if tf.executing_eagerly() else self.result()

    def aggregate(self, metrics: Any) -> None:
        """Does nothing; a subclass may add up the values of other metrics of its kind."""

    def init_variables(self) -> tf.Operation | None:
        """Sets the variables back to their first values: at once, or with the operation that it returns in a graph."""
        if not tf.executing_eagerly():
            return tf.group([variable.initializer for variable in self.variables])
        for variable, initial in self._metric.made:
            variable.assign(initial)
        return None

    def add_variable(
        self, name: str, shape: Any = None, dtype: Any = None, initializer: Any = tf.zeros_initializer
    ) -> tf.Variable:
        """Makes a variable that does not train; only within `build`.

        Args:
          name: of the variable, behind that of the metric.
          shape: of the variable.
          dtype: of the variable.
          initializer: of the variable.

        Raises:
          RuntimeError: not called in `build`.
        """
        if self._metric.call != 'build':
            raise RuntimeError(f'{self.name}: add_variable works only in build.')
        kind = tf.GraphKeys.GLOBAL_VARIABLES if self._metric.use_global else tf.GraphKeys.LOCAL_VARIABLES
        root = tf.VariableScope(reuse=False, name=re.sub(r'[^A-Za-z0-9._/-]', '_', self.name), use_resource=True)
        with tf.variable_scope(root, auxiliary_name_scope=False):
            variable = tf.get_variable(
                name, shape, dtype, initializer, trainable=False, collections=[kind, tf.GraphKeys.METRIC_VARIABLES]
            )
        self._metric.made.append((variable, variable.numpy() if tf.executing_eagerly() else None))
        return variable


class Mean(Metric):
    """The mean of numbers, weighted or not.

    Args:
      name: of the metric, 'Mean' if None.
      dtype: of the sums and of the result.
      use_global_variables: adds the variables to the global ones of a graph instead of the local ones.
    """

    def __init__(self, name: str | None = None, dtype: Any = tf.float64, use_global_variables: bool = False):
        super().__init__(name, use_global_variables)
        self._metric.dtype = dtype

    @property
    def dtype(self) -> tf.DType:
        """Type of the sums and of the result."""
        return self._metric.dtype

    def build(self, *args: Any, **kwargs: Any) -> None:
        """Makes the two sums, of values and of weights."""
        self.numer = self.add_variable('numer', (), self.dtype)
        self.denom = self.add_variable('denom', (), self.dtype)

    def call(self, values: Any, weights: Any = None) -> Any:
        """Adds values.

        Args:
          values: numbers of any shape.
          weights: of the values, of the same shape or a scalar; 1 for each if None.

        Returns:
          The sum of the values; with weights, their products with these, and the weights.
        """
        if weights is None:
            self.denom.assign_add(tf.cast(tf.size(values), self.dtype))
            total = tf.reduce_sum(values)
            self.numer.assign_add(tf.cast(total, self.dtype))
            return total
        weights = tf.cast(weights, self.dtype)
        self.denom.assign_add(tf.reduce_sum(weights))
        values = tf.cast(values, self.dtype) * weights
        self.numer.assign_add(tf.reduce_sum(values))
        return values, weights

    def result(self, write_summary: bool = True) -> tf.Tensor:
        """Returns the mean; `write_summary` writes it with `tf.contrib.summary`, where a writer is the default one."""
        mean = self.numer / self.denom
        if write_summary:
            tf.contrib.summary.scalar(self.name, mean)
        return mean


class Accuracy(Mean):
    """The share of predictions that are equal to the labels; arguments as those of `Mean`."""

    def __init__(self, name: str | None = None, dtype: Any = tf.float64):
        super().__init__(name, dtype)

    def call(self, labels: Any, predictions: Any, weights: Any = None) -> Any:
        """Adds a batch.

        Args:
          labels: classes, of any shape.
          predictions: classes, of the shape and type of the labels.
          weights: of the predictions, of the same shape or a scalar; 1 for each if None.

        Returns:
          The arguments.

        Raises:
          InvalidArgumentError: labels and predictions differ in shape.
        """
        same = tf.assert_equal(
            tf.shape(labels), tf.shape(predictions), message='Shapes of labels and predictions are unequal'
        )
        with tf.control_dependencies([] if same is None else [same]):
            super().call(tf.cast(tf.equal(labels, predictions), self.dtype), weights)
        return (labels, predictions) if weights is None else (labels, predictions, weights)


class CategoricalAccuracy(Accuracy):
    """The share of predictions whose largest entry is where that of the labels is; arguments as those of `Mean`."""

    def call(self, labels: Any, predictions: Any, weights: Any = None) -> Any:
        """Adds a batch: `labels` and `predictions` [..., classes], `weights` [...] as for `Accuracy`."""
        return super().call(tf.argmax(labels, axis=-1), tf.argmax(predictions, axis=-1), weights)


class SparseAccuracy(Accuracy):
    """The share of predictions whose largest entry is at the label; arguments as those of `Mean`."""

    def call(self, labels: Any, predictions: Any, weights: Any = None) -> Any:
        """Adds a batch: `labels` [...] integers, `predictions` [..., classes], `weights` [...] as for `Accuracy`."""
        return super().call(tf.cast(labels, tf.int64), tf.argmax(predictions, axis=-1), weights)


class BinaryAccuracy(Accuracy):
    """The share of predictions that are on the right side of a threshold.

    Args:
      threshold: predictions above it mean True.
      name: of the metric, 'BinaryAccuracy' if None.
      dtype: of the sums and of the result.
    """

    def __init__(self, threshold: float, name: str | None = None, dtype: Any = tf.float64):
        super().__init__(name, dtype)
        self.threshold = threshold

    def call(self, labels: Any, predictions: Any, weights: Any = None) -> Any:
        """Adds a batch: `labels` bool or 0 and 1, `predictions` and `weights` of the same shape."""
        predictions = tf.convert_to_tensor(predictions)
        above = tf.greater(predictions, tf.cast(self.threshold, predictions.dtype))
        return super().call(tf.cast(labels, tf.bool), above, weights)
