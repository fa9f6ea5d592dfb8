"""One call of an Estimator's export: a checkpoint and its graphs, one per mode, become a SavedModel."""

from __future__ import annotations

import contextlib
import functools
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from typing import Any

import tensorflow.compat.v1 as tf

from tf1.estimator import checkpoints
from tf1.estimator.export import ExportOutput, signatures, timestamped
from tf1.estimator.export.supervised import SupervisedOutput
from tf1.estimator.mode_keys import ModeKeys
from tf1.estimator.run_config import RunConfig
from tf1.estimator.spec import EstimatorSpec

# Enters a new graph and builds the receiver and the model in it.
Model = Callable[[], AbstractContextManager[tuple[Any, EstimatorSpec]]]

TAGS = {ModeKeys.TRAIN: 'train', ModeKeys.EVAL: 'eval', ModeKeys.PREDICT: 'serve'}
_METHODS = {ModeKeys.TRAIN: signatures.TRAIN_METHOD, ModeKeys.EVAL: signatures.EVAL_METHOD}
_SUPERVISED_KEYS = {ModeKeys.TRAIN: 'train', ModeKeys.EVAL: 'eval'}
TRAIN_OP = 'saved_model_train_op'
_EXTRA_ASSETS = 'assets.extra'


def check_receiver_fns(receiver_fns: Any) -> None:
    """Refuses what cannot be exported before anything is done.

    Raises:
      AttributeError: `receiver_fns` is no dict.
      ValueError: no key of it is a mode, or a function is missing.
      TypeError: a function cannot be called.
    """
    if not isinstance(receiver_fns, Mapping):
        raise AttributeError(f'input_receiver_fn_map must be a dict {{mode: function}}, got {receiver_fns!r}.')
    modes = _modes(receiver_fns)
    if not modes:
        raise ValueError(f'Nothing to export: modes must be some of {list(TAGS)}, got {sorted(receiver_fns)}.')
    for mode in modes:
        receiver_fn = receiver_fns[mode]
        if receiver_fn is None:
            raise ValueError(f'An input_receiver_fn must be defined for mode {mode!r}, got None.')
        if not callable(receiver_fn):
            raise TypeError(f'The input_receiver_fn of mode {mode!r} must be callable, got {receiver_fn!r}.')


def receive(receiver_fn: Callable[[], Any]) -> Any:
    """Returns the receiver that `receiver_fn` builds in the default graph.

    Raises:
      AttributeError: it is no receiver.
    """
    receiver = receiver_fn()
    for field in ('features', 'receiver_tensors'):
        if not hasattr(receiver, field):
            raise AttributeError(
                f'input_receiver_fn must return a ServingInputReceiver or the like; {receiver!r} has no {field!r}.'
            )
    return receiver


def export(
    export_dir_base: str | bytes | os.PathLike,
    models: Mapping[str, Model],
    config: RunConfig,
    checkpoint_path: str | None,
    assets_extra: Mapping[str, str] | None,
    as_text: bool,
    strip_default_attrs: bool,
) -> bytes:
    """Writes a SavedModel into a new folder named by the time, in seconds since 1970, and returns its path.

    Args:
      export_dir_base: folder of exports; made if missing.
      models: by mode, what builds the model in a graph of its own.
      config: settings of the sessions.
      checkpoint_path: checkpoint of the variables, which the SavedModel holds once for all modes; None takes the
        values that the models start with.
      assets_extra: `{path below assets.extra: file to copy}`.
      as_text: writes `saved_model.pbtxt`, not `saved_model.pb`.
      strip_default_attrs: leaves out of the graphs what TensorFlow takes by default, so that older releases read them.

    Raises:
      ValueError: the checkpoint is missing, or lacks a variable of the model.
      tf.errors.InvalidArgumentError: a shape differs from the checkpoint's.
      tf.errors.NotFoundError: a file of `assets_extra` is missing.
    """
    with timestamped.new_folder(tf.compat.as_text(os.fspath(export_dir_base))) as folder:
        builder = tf.saved_model.Builder(folder.temporary)
        add = builder.add_meta_graph_and_variables
        for mode in _modes(models):
            with models[mode]() as (receiver, spec):
                graph = _graph_arguments(mode, receiver, spec)
                with _restored(mode, spec.scaffold, config, checkpoint_path) as (session, saver):
                    add(session, saver=saver, strip_default_attrs=strip_default_attrs, **graph)
            # The variables are written once, from the first graph.
            add = functools.partial(_add_without_variables, builder)
        builder.save(as_text)
        _copy_extra_assets(assets_extra or {}, folder.temporary)
    return tf.compat.as_bytes(folder.final)


def _modes(mapping: Mapping[str, Any]) -> list[str]:
    return [mode for mode in TAGS if mode in mapping]


def _add_without_variables(builder: tf.saved_model.Builder, session: tf.Session, **graph: Any) -> None:
    del session
    builder.add_meta_graph(**graph)


def _graph_arguments(mode: str, receiver: Any, spec: EstimatorSpec) -> dict[str, Any]:
    """Returns what the builder needs to know of the default graph, which holds the model of `mode`."""
    alternatives = getattr(receiver, 'receiver_tensors_alternatives', None)
    signature_defs = signatures.build(_outputs(mode, spec), receiver.receiver_tensors, alternatives)
    if spec.train_op is not None:
        tf.add_to_collection(TRAIN_OP, spec.train_op)
    main_op = spec.scaffold.local_init_op
    return {
        'tags': [TAGS[mode]],
        'signature_def_map': signature_defs,
        'main_op': tf.train.Scaffold.default_local_init_op() if main_op is None else main_op,
        'assets_collection': tf.get_collection(tf.GraphKeys.ASSET_FILEPATHS),
    }


def _outputs(mode: str, spec: EstimatorSpec) -> dict[str, ExportOutput]:
    if mode == ModeKeys.PREDICT:
        return spec.export_outputs
    output = SupervisedOutput(_METHODS[mode], spec.loss, spec.predictions, spec.eval_metric_ops)
    return {_SUPERVISED_KEYS[mode]: output}


@contextlib.contextmanager
def _restored(
    mode: str, scaffold: tf.train.Scaffold, config: RunConfig, checkpoint_path: str | None
) -> Iterator[tuple[tf.Session, tf.train.Saver]]:
    """A session on the default graph with the checkpoint's or initial values, and the saver of the variables."""
    saver = scaffold.saver or tf.train.Saver(sharded=True)
    saver.build()
    with tf.Session(config=config.session_config) as session:
        if checkpoint_path is None:
            session.run([tf.global_variables_initializer(), tf.local_variables_initializer(), tf.tables_initializer()])
        else:
            _restore(mode, scaffold, saver, session, checkpoint_path)
        yield session, saver


def _restore(
    mode: str, scaffold: tf.train.Scaffold, saver: tf.train.Saver, session: tf.Session, checkpoint_path: str
) -> None:
    try:
        if not scaffold.saver and tf.train.checkpoint_exists(checkpoint_path):
            checkpoints.check_fits(checkpoint_path)
        saver.restore(session, checkpoint_path)
    except tf.errors.NotFoundError as error:
        raise ValueError(f'The model of mode {mode!r} has variables that were not trained. {error.message}') from error


def _copy_extra_assets(assets_extra: Mapping[str, str], folder: str) -> None:
    for name, source in assets_extra.items():
        target = os.path.join(folder, _EXTRA_ASSETS, name)
        tf.io.gfile.makedirs(os.path.dirname(target))
        tf.io.gfile.copy(source, target)
