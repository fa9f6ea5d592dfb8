"""What ready-made Estimators share: how classes, probabilities and scores are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from tf1.contrib.learn.constants import PredictionKey
from tf1.contrib.learn.estimator import Estimator


class Classifier(Estimator):
    """An Estimator whose predictions are classes, unless others are asked for."""

    def predict(
        self,
        x: Any = None,
        input_fn: Callable | None = None,
        batch_size: int | None = None,
        outputs: Sequence[str] | None = None,
        as_iterable: bool = True,
    ) -> Any:
        """Returns classes, or a dictionary of `outputs` for each example; see `Estimator.predict`."""
        if not outputs:
            return self.predict_classes(x, input_fn, batch_size, as_iterable)
        return super().predict(x, input_fn, batch_size, outputs, as_iterable)

    def predict_classes(
        self,
        x: Any = None,
        input_fn: Callable | None = None,
        batch_size: int | None = None,
        as_iterable: bool = True,
    ) -> Any:
        """Returns the class of each example: its index, or its name if the model has `label_keys`."""
        found = super().predict(x, input_fn, batch_size, [PredictionKey.CLASSES], as_iterable)
        return _only(found, PredictionKey.CLASSES, as_iterable)

    def predict_proba(
        self,
        x: Any = None,
        input_fn: Callable | None = None,
        batch_size: int | None = None,
        as_iterable: bool = True,
    ) -> Any:
        """Returns the probabilities of the classes, `[n_classes]` float32 for each example."""
        found = super().predict(x, input_fn, batch_size, [PredictionKey.PROBABILITIES], as_iterable)
        return _only(found, PredictionKey.PROBABILITIES, as_iterable)


class Regressor(Estimator):
    """An Estimator whose predictions are numbers."""

    def predict(
        self,
        x: Any = None,
        input_fn: Callable | None = None,
        batch_size: int | None = None,
        outputs: Sequence[str] | None = None,
        as_iterable: bool = True,
    ) -> Any:
        """Returns scores, or a dictionary of `outputs` for each example; see `Estimator.predict`."""
        if not outputs:
            return self.predict_scores(x, input_fn, batch_size, as_iterable)
        return super().predict(x, input_fn, batch_size, outputs, as_iterable)

    def predict_scores(
        self,
        x: Any = None,
        input_fn: Callable | None = None,
        batch_size: int | None = None,
        as_iterable: bool = True,
    ) -> Any:
        """Returns a number for each example, or `[label_dimension]` numbers if that is > 1, float32."""
        found = super().predict(x, input_fn, batch_size, [PredictionKey.SCORES], as_iterable)
        return _only(found, PredictionKey.SCORES, as_iterable)


def features_of(features: Any) -> dict[str, Any]:
    """Returns features by name; a single tensor is called ''."""
    return dict(features) if isinstance(features, Mapping) else {'': features}


def columns_of(feature_columns: Iterable[Any] | None) -> tuple[Any, ...]:
    """Returns the columns of a model.

    Raises:
      ValueError: there are none.
    """
    columns = tuple(feature_columns or ())
    if not columns:
        raise ValueError(f'feature_columns must hold a column at least, got {feature_columns!r}.')
    return columns


def made(optimizer: Any) -> Any:
    """Returns an optimizer, or what the function makes that stands for one; a name or None unchanged."""
    return optimizer() if callable(optimizer) else optimizer


def _only(found: Any, key: str, as_iterable: bool) -> Any:
    return (row[key] for row in found) if as_iterable else found[key]
