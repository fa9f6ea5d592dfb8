"""`tf.estimator.export`: what a model offers to those who serve it, one class per kind of answer."""

from __future__ import annotations

import abc

import tensorflow.compat.v1 as tf


class ExportOutput(abc.ABC):
    """One entry of `EstimatorSpec.export_outputs`: it becomes one signature of a SavedModel."""

    @abc.abstractmethod
    def as_signature_def(self, receiver_tensors: dict[str, tf.Tensor]) -> object:
        """Returns the `SignatureDef` that leads from `receiver_tensors` to this output."""


class ClassificationOutput(ExportOutput):
    """Scores, class labels, or both, for `tf.Example` input.

    Args:
      scores: float tensor, `[batch, n_classes]` or `[batch]`, or None.
      classes: string tensor of the same batch, or None.

    Raises:
      ValueError: `scores` is not float, `classes` is not string, or both are None.
    """

    def __init__(self, scores: tf.Tensor | None = None, classes: tf.Tensor | None = None):
        if scores is not None and not (isinstance(scores, tf.Tensor) and scores.dtype.is_floating):
            raise ValueError(f'Classification scores must be a float32 Tensor; got {scores}.')
        if classes is not None and not (isinstance(classes, tf.Tensor) and classes.dtype == tf.string):
            raise ValueError(f'Classification classes must be a string Tensor; got {classes}.')
        if scores is None and classes is None:
            raise ValueError('Classification: at least one of scores and classes must be set; both are None.')
        self._scores = scores
        self._classes = classes

    @property
    def scores(self) -> tf.Tensor | None:
        """Scores of the classes."""
        return self._scores

    @property
    def classes(self) -> tf.Tensor | None:
        """Names of the classes."""
        return self._classes

    def as_signature_def(self, receiver_tensors: dict[str, tf.Tensor]) -> object:
        """Returns a classification signature; its one input must be a string tensor of examples."""
        examples = _single_example_input('Classification', receiver_tensors)
        return tf.saved_model.classification_signature_def(examples, self.classes, self.scores)


class RegressionOutput(ExportOutput):
    """A float value per example.

    Raises:
      ValueError: `value` is not a float tensor.
    """

    def __init__(self, value: tf.Tensor):
        if not (isinstance(value, tf.Tensor) and value.dtype.is_floating):
            raise ValueError(f'Regression output value must be a float32 Tensor; got {value}.')
        self._value = value

    @property
    def value(self) -> tf.Tensor:
        """The values."""
        return self._value

    def as_signature_def(self, receiver_tensors: dict[str, tf.Tensor]) -> object:
        """Returns a regression signature; its one input must be a string tensor of examples."""
        examples = _single_example_input('Regression', receiver_tensors)
        return tf.saved_model.regression_signature_def(examples, self.value)


class PredictOutput(ExportOutput):
    """Any named tensors; a single one is called `output`.

    Raises:
      ValueError: a key is not a string, or a value is not a tensor.
    """

    def __init__(self, outputs: tf.Tensor | dict[str, tf.Tensor]):
        named = outputs if isinstance(outputs, dict) else {'output': outputs}
        named = {'/'.join(key) if isinstance(key, tuple) else key: value for key, value in named.items()}
        for key, value in named.items():
            if not isinstance(key, str):
                raise ValueError(f'Prediction output key must be a string; got {key!r}.')
            if not isinstance(value, tf.Tensor):
                raise ValueError(f'Prediction output value must be a Tensor; got {value!r} under {key!r}.')
        self._outputs = named

    @property
    def outputs(self) -> dict[str, tf.Tensor]:
        """The tensors by name."""
        return self._outputs

    def as_signature_def(self, receiver_tensors: dict[str, tf.Tensor]) -> object:
        """Returns a prediction signature from all `receiver_tensors` to all outputs."""
        return tf.saved_model.predict_signature_def(receiver_tensors, self.outputs)


def _single_example_input(kind: str, receiver_tensors: dict[str, tf.Tensor]) -> tf.Tensor:
    if len(receiver_tensors) != 1:
        raise ValueError(f'{kind} input must be a single string Tensor; got {sorted(receiver_tensors)}.')
    (examples,) = receiver_tensors.values()
    if examples.dtype != tf.string:
        raise ValueError(f'{kind} input must be a single string Tensor; got {examples}.')
    return examples
