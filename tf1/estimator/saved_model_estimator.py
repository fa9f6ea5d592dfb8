"""`SavedModelEstimator`: an Estimator on the graphs of a SavedModel, one per mode, that was exported with them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

import tensorflow.compat.v1 as tf
from google.protobuf import descriptor_pool, message_factory, text_format

from tf1.estimator import saved_model
from tf1.estimator.estimator import Estimator
from tf1.estimator.mode_keys import ModeKeys
from tf1.estimator.spec import EstimatorSpec

_SIGNATURES = {
    ModeKeys.TRAIN: 'train',
    ModeKeys.EVAL: 'eval',
    ModeKeys.PREDICT: tf.saved_model.signature_constants.DEFAULT_SERVING_SIGNATURE_DEF_KEY,
}
# What receivers call a single tensor.
_SINGLE_FEATURES, _SINGLE_LABEL = ('feature', 'input'), 'label'


class SavedModelEstimator(Estimator):
    """Trains, evaluates and predicts with the graphs of a SavedModel, starting from its variables.

    Args:
      saved_model_dir: folder of a SavedModel that `experimental_export_all_saved_models` wrote.
      model_dir: folder of checkpoints and event files; None for a new temporary folder.

    Raises:
      ValueError: there is no SavedModel in the folder.
    """

    def __init__(self, saved_model_dir: str | bytes | os.PathLike, model_dir: str | None = None):
        self.saved_model_dir = tf.compat.as_text(os.fspath(saved_model_dir))
        self._meta_graphs = _meta_graphs(self.saved_model_dir)
        super().__init__(self._model_fn_from_saved_model, model_dir)

    def _create_and_assert_global_step(self, graph: tf.Graph) -> None:
        """Leaves the global step to the SavedModel."""

    def _call_input_fn(self, input_fn: Any, mode: str, input_context: Any = None) -> Any:
        # An imported operation whose name is taken already gets another one, by which nobody would find it.
        with tf.name_scope('input_fn'):
            return super()._call_input_fn(input_fn, mode, input_context)

    def _model_fn_from_saved_model(self, features: Any, labels: Any, mode: str) -> EstimatorSpec:
        meta_graph = self._meta_graphs.get(saved_model.TAGS[mode])
        if meta_graph is None:
            raise RuntimeError(
                f'The SavedModel in {self.saved_model_dir} has no graph for mode {mode!r}, only for '
                f'{sorted(self._meta_graphs)}: export it with one, see experimental_export_all_saved_models.'
            )
        signature = meta_graph.signature_def[_SIGNATURES[mode]]
        inputs = {**self._assets(meta_graph), **_inputs(signature, features, labels)}
        saver = tf.train.import_meta_graph(meta_graph, clear_devices=False, input_map=inputs)
        outputs = {name: _tensor(info.name) for name, info in signature.outputs.items()}
        train_ops = _taken(saved_model.TRAIN_OP)
        _taken('saved_model_main_op')  # The default scaffold initializes the same.
        scaffold = tf.train.Scaffold(init_fn=lambda scaffold, session: self._restore(saver, session))
        return _spec(mode, outputs, train_ops, scaffold)

    def _assets(self, meta_graph: tf.MetaGraphDef) -> dict[str, tf.Tensor]:
        folder = os.path.join(self.saved_model_dir, 'assets')
        return {
            asset.tensor_info.name: tf.constant(os.path.join(folder, asset.filename), name='asset_path')
            for asset in meta_graph.asset_file_def
        }

    def _restore(self, saver: tf.train.Saver | None, session: tf.Session) -> None:
        if saver is not None:
            saver.restore(session, os.path.join(self.saved_model_dir, 'variables', 'variables'))


def _meta_graphs(folder: str) -> dict[str, tf.MetaGraphDef]:
    """Returns the graphs of a SavedModel by their tag."""
    if not tf.saved_model.contains_saved_model(folder):
        raise ValueError(f'saved_model_dir must be the folder of a SavedModel, got {folder!r}.')
    kind = descriptor_pool.Default().FindMessageTypeByName('tensorflow.SavedModel')
    model = message_factory.GetMessageClass(kind)()
    path = os.path.join(folder, 'saved_model.pb')
    if tf.io.gfile.exists(path):
        with tf.io.gfile.GFile(path, 'rb') as file:
            model.ParseFromString(file.read())
    else:
        with tf.io.gfile.GFile(f'{path}txt') as file:
            text_format.Parse(file.read(), model)
    return {tag: graph for graph in model.meta_graphs for tag in graph.meta_info_def.tags}


def _inputs(signature: Any, features: Any, labels: Any) -> dict[str, tf.Tensor]:
    """Returns what stands for the placeholders of a graph, by their names."""
    features = features if isinstance(features, Mapping) else dict.fromkeys(_SINGLE_FEATURES, features)
    labels = labels if isinstance(labels, Mapping) else {_SINGLE_LABEL: labels}
    given = {name: tensor for name, tensor in {**labels, **features}.items() if tensor is not None}
    missing = sorted(set(signature.inputs) - set(given))
    if missing:
        raise ValueError(
            f'The SavedModel takes {sorted(signature.inputs)}; input_fn gives no {missing}, but {sorted(given)}.'
        )
    return {info.name: given[name] for name, info in signature.inputs.items()}


def _taken(collection: str) -> list[Any]:
    """Takes what an export left in a collection, which the next export uses again."""
    values = tf.get_collection(collection)
    tf.get_default_graph().clear_collection(collection)
    return values


def _spec(mode: str, outputs: Mapping[str, Any], train_ops: list[Any], scaffold: tf.train.Scaffold) -> EstimatorSpec:
    if mode == ModeKeys.PREDICT:
        return EstimatorSpec(mode, dict(outputs), scaffold=scaffold)
    return EstimatorSpec(
        mode,
        _below('predictions', outputs),
        loss=outputs['loss'],
        train_op=train_ops[0] if mode == ModeKeys.TRAIN else None,
        eval_metric_ops=_metrics(outputs),
        scaffold=scaffold,
    )


def _below(name: str, outputs: Mapping[str, Any]) -> Any:
    if name in outputs:
        return outputs[name]
    return {key.removeprefix(f'{name}/'): value for key, value in outputs.items() if key.startswith(f'{name}/')}


def _metrics(outputs: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Returns pairs by `metrics/NAME`, as TF 1.15 calls them."""
    names = [key.removesuffix('/value') for key in outputs if key.startswith('metrics/') and key.endswith('/value')]
    return {name: (outputs[f'{name}/value'], outputs[f'{name}/update_op']) for name in names}


def _tensor(name: str) -> tf.Tensor:
    return tf.get_default_graph().get_tensor_by_name(name)
