"""`tf.keras.wrappers.scikit_learn`: Keras models as scikit-learn's estimators."""

from __future__ import annotations

import copy
import inspect
from collections.abc import Callable
from typing import Any

import numpy as np

import tf1 as tf


class BaseWrapper:
    """What both have: a function that builds the model, and arguments for it and for the model's methods.

    Args:
      build_fn: returns a compiled model; None for the object's own `__call__`.
      **sk_params: arguments of `build_fn`, of `fit`, `predict`, `evaluate`.

    Raises:
      ValueError: an argument that none of these takes.
    """

    def __init__(self, build_fn: Callable[..., tf.keras.Model] | None = None, **sk_params: Any):
        self.build_fn = build_fn
        self.sk_params = sk_params
        self.check_params(sk_params)

    def check_params(self, params: dict[str, Any]) -> None:
        """Raises ValueError for a parameter that neither the model's methods nor `build_fn` take."""
        known = {'nb_epoch'}
        for function in (*self._methods(), self._builder()):
            known.update(inspect.signature(function).parameters)
        for name in params:
            if name not in known:
                raise ValueError(f'{name} is not a legal parameter')

    def get_params(self, **params: Any) -> dict[str, Any]:
        """Returns all parameters."""
        found = copy.deepcopy(self.sk_params)
        found['build_fn'] = self.build_fn
        return found

    def set_params(self, **params: Any) -> BaseWrapper:
        """Changes parameters; returns this object."""
        self.check_params({name: value for name, value in params.items() if name != 'build_fn'})
        if 'build_fn' in params:
            self.build_fn = params.pop('build_fn')
        self.sk_params.update(params)
        return self

    def fit(self, x: Any, y: Any, **kwargs: Any) -> Any:
        """Builds a new model and trains it; returns its History."""
        self.model = self._builder()(**self.filter_sk_params(self._builder()))
        loss = self.model.loss
        loss = getattr(loss, '__name__', loss)
        if loss == 'categorical_crossentropy' and np.ndim(y) != 2:
            y = tf.keras.utils.to_categorical(y)
        arguments = copy.deepcopy(self.filter_sk_params(tf.keras.Sequential.fit))
        return self.model.fit(x, y, **{**arguments, **kwargs})

    def filter_sk_params(self, fn: Callable[..., Any], override: dict[str, Any] | None = None) -> dict[str, Any]:
        """Returns the parameters that `fn` takes, with those of `override`."""
        known = inspect.signature(fn).parameters
        return {**{name: value for name, value in self.sk_params.items() if name in known}, **(override or {})}

    def _builder(self) -> Callable[..., tf.keras.Model]:
        return self.__call__ if self.build_fn is None else self.build_fn

    def _methods(self) -> list[Callable[..., Any]]:
        return [getattr(tf.keras.Sequential, name) for name in ('fit', 'predict', 'evaluate')]


class KerasClassifier(BaseWrapper):
    """A classifier; labels are classes of any kind, or one-hot."""

    _estimator_type = 'classifier'

    def fit(self, x: Any, y: Any, **kwargs: Any) -> Any:
        """Builds a new model and trains it; returns its History.

        Raises:
          ValueError: y has the wrong number of dimensions.
        """
        y = np.array(y)
        if y.ndim == 2 and y.shape[1] > 1:
            self.classes_ = np.arange(y.shape[1])
        elif y.ndim == 1 or (y.ndim == 2 and y.shape[1] == 1):
            self.classes_ = np.unique(y)
            y = np.searchsorted(self.classes_, y)
        else:
            raise ValueError(f'Invalid shape for y: {y.shape}')
        self.n_classes_ = len(self.classes_)
        return super().fit(x, y, **kwargs)

    def predict(self, x: Any, **kwargs: Any) -> np.ndarray:
        """Returns the classes of x, [n]."""
        scores = self.model.predict(x, **self.filter_sk_params(tf.keras.Sequential.predict, kwargs))
        return self.classes_[_classes(scores)]

    def predict_proba(self, x: Any, **kwargs: Any) -> np.ndarray:
        """Returns the probabilities of the classes, [n, classes]."""
        scores = self.model.predict(x, **self.filter_sk_params(tf.keras.Sequential.predict, kwargs))
        return np.hstack([1 - scores, scores]) if scores.shape[1] == 1 else scores

    def score(self, x: Any, y: Any, **kwargs: Any) -> float:
        """Returns the accuracy.

        Raises:
          ValueError: the model has not been compiled with accuracy as a metric.
        """
        y = np.searchsorted(self.classes_, y)
        if getattr(self.model.loss, '__name__', self.model.loss) == 'categorical_crossentropy' and np.ndim(y) != 2:
            y = tf.keras.utils.to_categorical(y)
        values = self.model.evaluate(x, y, **self.filter_sk_params(tf.keras.Sequential.evaluate, kwargs))
        values = values if isinstance(values, list) else [values]
        for name, value in zip(self.model.metrics_names, values, strict=True):
            if name in ('accuracy', 'acc'):
                return value
        raise ValueError("The model is not configured to compute accuracy: pass metrics=['accuracy'] to compile().")


class KerasRegressor(BaseWrapper):
    """A regression."""

    _estimator_type = 'regressor'

    def predict(self, x: Any, **kwargs: Any) -> np.ndarray:
        """Returns the values of x."""
        return np.squeeze(self.model.predict(x, **self.filter_sk_params(tf.keras.Sequential.predict, kwargs)), -1)

    def score(self, x: Any, y: Any, **kwargs: Any) -> float:
        """Returns the negative loss: more is better."""
        loss = self.model.evaluate(x, y, **self.filter_sk_params(tf.keras.Sequential.evaluate, kwargs))
        return -loss[0] if isinstance(loss, list) else -loss


def _classes(scores: np.ndarray) -> np.ndarray:
    return scores.argmax(-1) if scores.shape[-1] > 1 else (scores > 0.5).astype('int32')[..., 0]
