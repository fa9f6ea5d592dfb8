"""`MultiHead`: several heads on one model."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from typing import Any

import tensorflow.compat.v1 as tf
import tf_keras

from tf1.estimator.canned import keys as names
from tf1.estimator.canned.head import DEFAULT_SERVING, Head, total
from tf1.estimator.export import ExportOutput, PredictOutput


class MultiHead(Head):
    """Joins heads: their losses add up, their metrics, predictions and signatures stand side by side.

    Labels are a dict by the heads' names. Logits are such a dict, or one tensor that is divided in the heads' order.

    Args:
      heads: heads, each with a name of its own; the first is what a SavedModel answers with by default.
      head_weights: the factor of each head's loss; None for 1.

    Raises:
      ValueError: there is no head, one has no name, two have the same, or there are not as many weights as heads.
    """

    def __init__(self, heads: Sequence[Head], head_weights: Sequence[float] | None = None):
        check_heads(heads, head_weights)
        self._heads = {head.name: head for head in heads}
        self._weights = list(head_weights or [1.0] * len(heads))

    @property
    def name(self) -> str:
        """The heads' names, joined."""
        return '_'.join(self._heads)

    @property
    def logits_dimension(self) -> int:
        """The sum of the heads'."""
        return sum(head.logits_dimension for head in self._heads.values())

    @property
    def loss_reduction(self) -> str:
        """That of the first head; each reduces its own losses."""
        return next(iter(self._heads.values())).loss_reduction

    def loss(
        self,
        labels: Mapping[str, Any],
        logits: Any,
        features: Mapping[str, Any] | None = None,
        mode: str | None = None,
        regularization_losses: Sequence[tf.Tensor] | None = None,
    ) -> tf.Tensor:
        """Returns the weighted sum of the heads' losses, with the regularization losses."""
        return self._joined(self._losses(labels, logits, features, mode), regularization_losses)

    def loss_and_summaries(
        self,
        labels: Any,
        logits: Any,
        features: Mapping[str, Any] | None,
        mode: str,
        regularization_losses: Sequence[tf.Tensor] | None,
    ) -> tuple[tf.Tensor, dict[str, tf.Tensor]]:
        """Returns the loss of a batch, and it and each head's by tag."""
        losses = self._losses(labels, logits, features, mode)
        loss = self._joined(losses, regularization_losses)
        summaries = {**{names.of_head(names.LOSS, name): part for name, part in losses.items()}, names.LOSS: loss}
        if regularization_losses:
            summaries[names.REGULARIZATION_LOSS] = total(regularization_losses)
        return loss, summaries

    def training_scope(self) -> contextlib.AbstractContextManager:
        """Returns the name scope of the optimizer, which comes after each head's own."""
        for head in self._heads.values():
            with head.training_scope():
                pass
        return super().training_scope()

    def predictions(self, logits: Any, keys: Sequence[str] | None = None) -> dict[Any, tf.Tensor]:
        """Returns predictions by (head's name, key); `keys` are those wanted of each head, None for all."""
        found = {}
        for name, part in self.divided(logits).items():
            with tf.name_scope(name):
                predictions = self._heads[name].predictions(part, keys) if keys else self._heads[name].predictions(part)
            found.update({(name, key): value for key, value in predictions.items()})
        return found

    def export_outputs(self, predictions: Mapping[Any, tf.Tensor]) -> dict[str, ExportOutput]:
        """Returns what a SavedModel answers: each head's signatures after its name, the first one's as default."""
        outputs: dict[str, ExportOutput] = {}
        for name, head in self._heads.items():
            own = head.export_outputs({key: value for (of, key), value in predictions.items() if of == name})
            outputs.setdefault(DEFAULT_SERVING, own[DEFAULT_SERVING])
            outputs[name] = own.pop(DEFAULT_SERVING)
            outputs.update({f'{name}/{key}': output for key, output in own.items()})
        outputs[names.PREDICT] = PredictOutput(dict(predictions))
        return outputs

    def metrics(self, regularization_losses: Sequence[tf.Tensor] | None = None) -> dict[str, Any]:
        """Returns new Keras metrics by key, each head's and its loss."""
        found = {}
        if regularization_losses:
            key = names.of_head(names.REGULARIZATION_LOSS, self.name)
            found[key] = tf_keras.metrics.Mean(name=key)
        for name, head in self._heads.items():
            key = names.of_head(names.LOSS, name)
            found[key] = tf_keras.metrics.Mean(name=key)
            found.update(head.metrics())
        return found

    def update_metrics(
        self,
        eval_metrics: Mapping[str, Any],
        features: Mapping[str, Any] | None,
        logits: Any,
        labels: Mapping[str, Any],
        regularization_losses: Sequence[tf.Tensor] | None = None,
    ) -> dict[str, Any]:
        """Adds a batch to the metrics of `metrics()`, and returns them."""
        if regularization_losses:
            eval_metrics[names.of_head(names.REGULARIZATION_LOSS, self.name)].update_state(total(regularization_losses))
        parts = self.divided(logits)
        for name, loss in self._losses(labels, logits, features, None).items():
            eval_metrics[names.of_head(names.LOSS, name)].update_state(loss)
            self._heads[name].update_metrics(eval_metrics, features, parts[name], labels[name])
        return dict(eval_metrics)

    def divided(self, logits: Any) -> dict[str, tf.Tensor]:
        """Returns each head's logits, by name.

        Raises:
          ValueError: a dict lacks a head, or a tensor's last axis is not as long as all heads need.
        """
        return divided(logits, self._heads)

    def _losses(self, labels: Any, logits: Any, features: Any, mode: str | None) -> dict[str, tf.Tensor]:
        check_labels(labels, self._heads)
        losses = {}
        for name, part in self.divided(logits).items():
            with tf.name_scope(name):
                losses[name] = self._heads[name].loss(labels[name], part, features, mode)
        return losses

    def _joined(self, losses: Mapping[str, tf.Tensor], regularization_losses: Any) -> tf.Tensor:
        weighted = [weight * loss for weight, loss in zip(self._weights, losses.values(), strict=True)]
        return tf.add_n([*weighted, total(regularization_losses)] if regularization_losses else weighted)


def check_heads(heads: Sequence[Any], head_weights: Sequence[float] | None) -> None:
    """Raises ValueError unless there are heads with names of their own, and as many weights or none."""
    if not heads:
        raise ValueError(f'heads must hold at least one head, got {heads!r}.')
    found = [head.name for head in heads]
    if not all(found) or len(set(found)) != len(found):
        raise ValueError(f'heads must each have a name of its own, got {found}. Pass name to each head.')
    if head_weights is not None and len(head_weights) != len(heads):
        raise ValueError(f'head_weights must be as many as heads, {len(heads)}; got {len(head_weights)}.')


def check_labels(labels: Any, heads: Mapping[str, Any]) -> None:
    """Raises ValueError unless labels are a dict that has all heads' names."""
    if not isinstance(labels, Mapping) or set(heads) - set(labels):
        raise ValueError(f"labels must be a dict with the heads' names {list(heads)}, got {labels!r}.")


def divided(logits: Any, heads: Mapping[str, Any]) -> dict[str, tf.Tensor]:
    """Returns each head's logits, by name; see `MultiHead.divided`."""
    if isinstance(logits, Mapping):
        if set(heads) - set(logits):
            raise ValueError(f"logits must have the heads' names {list(heads)}, got {list(logits)}.")
        return {name: logits[name] for name in heads}
    widths = [head.logits_dimension for head in heads.values()]
    logits = tf.convert_to_tensor(logits)
    if not logits.shape[-1:].is_compatible_with([sum(widths)]):
        raise ValueError(f'logits shape must be [batch, ..., {sum(widths)}] for all heads, got {logits.shape}.')
    return dict(zip(heads, tf.split(logits, widths, axis=-1), strict=True))
