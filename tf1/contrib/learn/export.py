"""Exports of Estimators of `tf.contrib.learn`: what is served, and strategies that keep the last few."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import tf1 as tf


class InputFnOps(NamedTuple):
    """What a `serving_input_fn` returns: features, no labels, and the placeholders that are fed, by name."""

    features: Any
    labels: Any
    default_inputs: Mapping[str, tf.Tensor]


class ExportStrategy(NamedTuple):
    """How models are exported.

    `export_fn` is a function of an Estimator, a folder, and of any of `checkpoint_path`, `eval_result`, that returns
    the path of the export.
    """

    name: str
    export_fn: Callable
    strip_default_attrs: bool | None = None

    def export(
        self,
        estimator: Any,
        export_path: str,
        checkpoint_path: str | None = None,
        eval_result: Mapping[str, Any] | None = None,
    ) -> bytes | str:
        """Exports a model; returns the path."""
        offered = {
            'checkpoint_path': checkpoint_path,
            'eval_result': eval_result,
            'strip_default_attrs': self.strip_default_attrs,
        }
        names = inspect.signature(self.export_fn).parameters
        return self.export_fn(
            estimator, export_path, **{name: value for name, value in offered.items() if name in names}
        )


def make_export_strategy(
    serving_input_fn: Callable[[], Any],
    default_output_alternative_key: str | None = None,
    assets_extra: Mapping[str, str] | None = None,
    as_text: bool = False,
    exports_to_keep: int | None = 5,
    strip_default_attrs: bool | None = None,
) -> ExportStrategy:
    """Returns the strategy 'Servo', which writes SavedModels and keeps the newest `exports_to_keep`, None for all."""

    def export_fn(estimator: Any, export_dir_base: str, checkpoint_path: str | None = None) -> bytes:
        options = {'assets_extra': assets_extra, 'as_text': as_text, 'checkpoint_path': checkpoint_path}
        if isinstance(estimator, tf.estimator.Estimator):
            path = estimator.export_savedmodel(export_dir_base, receiver_fn(serving_input_fn), **options)
        else:
            path = estimator.export_savedmodel(
                export_dir_base, serving_input_fn, default_output_alternative_key, **options
            )
        _keep_newest(export_dir_base, exports_to_keep)
        return path

    return ExportStrategy('Servo', export_fn, strip_default_attrs)


def build_parsing_serving_input_fn(feature_spec: Mapping[str, Any], default_batch_size: int | None = None) -> Callable:
    """Returns a `serving_input_fn` that parses serialised `tf.Example`s."""

    def input_fn() -> InputFnOps:
        examples = tf.placeholder(tf.string, [default_batch_size], name='input_example_tensor')
        return InputFnOps(tf.io.parse_example(examples, feature_spec), None, {'examples': examples})

    return input_fn


def receiver_fn(serving_input_fn: Callable[[], Any]) -> Callable[[], tf.estimator.export.ServingInputReceiver]:
    """Returns `serving_input_fn` as `tf.estimator` takes it."""

    def receive() -> tf.estimator.export.ServingInputReceiver:
        given = serving_input_fn()
        if not isinstance(given, tuple) or hasattr(given, 'receiver_tensors'):
            return given
        features, _, inputs = given
        return tf.estimator.export.ServingInputReceiver(features, inputs)

    return receive


def _keep_newest(folder: str, count: int | None) -> None:
    if count is None:
        return
    names = (name.rstrip('/') for name in tf.gfile.ListDirectory(folder))
    versions = sorted((name for name in names if name.isdigit()), key=int)
    for name in versions[: max(len(versions) - count, 0)]:
        tf.gfile.DeleteRecursively(f'{folder}/{name}')
