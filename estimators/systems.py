"""The four Estimator systems by name, and how each is trained, evaluated and asked."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

import tf1 as tf
from estimators import classifier, cnn, early_stopping, inputs, linear, mlp
from estimators.hparams import DEFAULT_SEED, HParams


class System(NamedTuple):
    """One of the document's four systems."""

    name: str
    model_fn: Callable
    hparams: HParams
    """The document's values."""
    translated: bool
    """Whether images are pasted at random on 40x40 canvases."""


SYSTEMS = {
    system.name: system
    for system in (
        System('linear', linear.model_fn, linear.ORIGINAL, translated=False),
        System('linear_translated', linear.model_fn, linear.TRANSLATED, translated=True),
        System('mlp', mlp.model_fn, mlp.TRANSLATED, translated=True),
        System('cnn', cnn.model_fn, cnn.TRANSLATED, translated=True),
    )
}


def load(
    system: System, data_dir: str | None = None, seed: int = DEFAULT_SEED, fixed_translations: bool = False
) -> inputs.Splits:
    """Returns MNIST as `train` and `evaluate` take it for `system`.

    The document pastes each training image once. Trained so, the translated systems overfit (TF 1.15.5 itself: 0.943
    with the perceptron) and stay below what it published, which they reach when an image is pasted anew whenever it
    comes up. That is the default here; `fixed_translations` does as the document does.

    Args:
      system: one of `SYSTEMS`.
      data_dir: folder of other IDX files; None for the packaged ones.
      seed: fixes where images are pasted.
      fixed_translations: whether each training image is pasted at one place for good.
    """
    return inputs.load(data_dir, system.translated, seed, translate_training=fixed_translations)


def make_estimator(
    system: System,
    model_dir: str,
    hparams: HParams | None = None,
    seed: int | None = DEFAULT_SEED,
    save_checkpoints_steps: int | None = 500,
    save_summary_steps: int | None = 100,
    stop_at_signals: bool = False,
) -> tf.estimator.Estimator:
    """Returns the Estimator of `system`.

    Args:
      system: one of `SYSTEMS`.
      model_dir: folder of checkpoints and event files.
      hparams: None for the document's.
      seed: makes a run repeatable; None leaves it to chance.
      save_checkpoints_steps: steps between checkpoints.
      save_summary_steps: steps between summaries.
      stop_at_signals: whether training ends with a checkpoint at SIGTERM or Ctrl-C.
    """
    config = tf.estimator.RunConfig(
        tf_random_seed=seed,
        save_checkpoints_steps=save_checkpoints_steps,
        save_summary_steps=save_summary_steps,
        experimental_stop_at_signals=stop_at_signals,
    )
    params = dataclasses.asdict(hparams or system.hparams)
    return tf.estimator.Estimator(system.model_fn, model_dir=model_dir, config=config, params=params)


def train(
    estimator: tf.estimator.Estimator,
    data: inputs.Splits,
    hooks: Sequence[tf.train.SessionRunHook] = (),
    stop: early_stopping.Bounds | None = None,
) -> early_stopping.Best | None:
    """Trains up to `params['steps']`, or until `stop` says so; goes on from the newest checkpoint.

    Args:
      estimator: of `make_estimator`.
      data: its training part is trained on; early stopping evaluates its validation part.
      hooks: further hooks.
      stop: bounds of early stopping, or None for all steps.

    Returns:
      The best evaluation with early stopping, else None.
    """
    train_input = train_input_fn(estimator, data)
    if stop is not None:
        return early_stopping.train(
            estimator, train_input, inputs.eval_input_fn(data.validation), stop, hooks=list(hooks)
        )
    estimator.train(train_input, hooks=list(hooks), max_steps=estimator.params['steps'])
    return None


def train_input_fn(estimator: tf.estimator.Estimator, data: inputs.Splits) -> Callable:
    """Returns the input of training: images as they are, or translated anew each time where they are smaller."""
    params = estimator.params
    if data.train.images.shape[1] == params['side'] ** 2:
        return inputs.train_input_fn(data.train, params['batch_size'])
    return inputs.translating_input_fn(data.train, params['batch_size'], estimator.config.tf_random_seed or 0)


def evaluate(
    estimator: tf.estimator.Estimator,
    examples: inputs.Examples,
    checkpoint_path: str | None = None,
    name: str | None = None,
) -> dict[str, Any]:
    """Returns `accuracy`, `loss` and `global_step` on all `examples`."""
    return estimator.evaluate(inputs.eval_input_fn(examples), checkpoint_path=checkpoint_path, name=name)


def predict(
    estimator: tf.estimator.Estimator,
    images: np.ndarray,
    keys: Sequence[str] = (classifier.CLASSES, classifier.PROBABILITIES),
    checkpoint_path: str | None = None,
) -> Iterator[dict[str, np.ndarray]]:
    """Yields the wanted predictions of each of `images`, `[n, side * side]` float32."""
    return estimator.predict(inputs.predict_input_fn(images), predict_keys=list(keys), checkpoint_path=checkpoint_path)
