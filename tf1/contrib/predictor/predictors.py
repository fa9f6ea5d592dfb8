"""Functions from arrays to arrays made of a SavedModel or of an Estimator, with a session that stays open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import tf1 as tf

_SERVING = tf.saved_model.signature_constants.DEFAULT_SERVING_SIGNATURE_DEF_KEY


class Predictor:
    """Call it with a dictionary of arrays by input name; it returns a dictionary of arrays by output name.

    Args:
      session: with variables restored; it belongs to the predictor.
      feed_tensors: inputs by name.
      fetch_tensors: outputs by name.
    """

    def __init__(
        self, session: tf.Session, feed_tensors: Mapping[str, tf.Tensor], fetch_tensors: Mapping[str, tf.Tensor]
    ):
        self._session, self._feeds, self._fetches = session, dict(feed_tensors), dict(fetch_tensors)

    @property
    def session(self) -> tf.Session:
        """The session, to close or to ask for more."""
        return self._session

    @property
    def graph(self) -> tf.Graph:
        """The graph."""
        return self._session.graph

    @property
    def feed_tensors(self) -> dict[str, tf.Tensor]:
        """Inputs by name."""
        return self._feeds

    @property
    def fetch_tensors(self) -> dict[str, tf.Tensor]:
        """Outputs by name."""
        return self._fetches

    def __call__(self, input_dict: Mapping[str, Any]) -> dict[str, Any]:
        """Returns the outputs for some or all inputs.

        Raises:
          ValueError: an input of another name.
        """
        unknown = sorted(set(input_dict) - set(self._feeds))
        if unknown:
            raise ValueError(f'Inputs must be among {sorted(self._feeds)}, got {unknown} too.')
        return self._session.run(
            self._fetches, feed_dict={self._feeds[name]: value for name, value in input_dict.items()}
        )

    def __repr__(self) -> str:
        return f'{type(self).__name__} with feed tensors {self._feeds} and fetch_tensors {self._fetches}'


def from_saved_model(
    export_dir: str,
    signature_def_key: str | None = None,
    signature_def: Any = None,
    input_names: Mapping[str, str] | None = None,
    output_names: Mapping[str, str] | None = None,
    tags: str | None = None,
    graph: tf.Graph | None = None,
    config: tf.ConfigProto | None = None,
) -> Predictor:
    """Returns a predictor for a SavedModel.

    Args:
      export_dir: its folder.
      signature_def_key: the signature to answer; 'serving_default' if not given.
      signature_def: the signature itself.
      input_names: tensor names by input, instead of a signature; with `output_names`.
      output_names: tensor names by output.
      tags: of the graph in the SavedModel, separated by commas; 'serve' if not given.
      graph: to load it into.
      config: of the session.

    Raises:
      ValueError: more than one of signature key, signature and names, only one of the names, or no such signature.
    """
    _check_sources(signature_def_key, signature_def, input_names, output_names)
    with (graph or tf.Graph()).as_default() as graph:
        session = tf.Session(graph=graph, config=config)
        labels = (tags or tf.saved_model.tag_constants.SERVING).split(',')
        model = tf.saved_model.loader.load(session, labels, export_dir)
    if input_names is None:
        signature = signature_def or _signature(model, signature_def_key or _SERVING)
        input_names = {name: info.name for name, info in signature.inputs.items()}
        output_names = {name: info.name for name, info in signature.outputs.items()}
    return Predictor(session, _tensors(graph, input_names), _tensors(graph, output_names))


def _check_sources(key: object, signature: object, inputs: object, outputs: object) -> None:
    if (inputs is None) != (outputs is None):
        raise ValueError('input_names and output_names must be given together.')
    if sum(source is not None for source in (key, signature, inputs)) > 1:
        raise ValueError('Give one of signature_def_key, signature_def, or input_names and output_names.')


def _signature(model: Any, key: str) -> Any:
    if key not in model.signature_def:
        raise ValueError(f'signature_def_key must be among {sorted(model.signature_def)}, got {key!r}.')
    return model.signature_def[key]


def _tensors(graph: tf.Graph, names: Mapping[str, str]) -> dict[str, tf.Tensor]:
    return {key: graph.get_tensor_by_name(name) for key, name in names.items()}


def from_estimator(
    estimator: tf.estimator.Estimator,
    serving_input_receiver_fn: Callable[[], tf.estimator.export.ServingInputReceiver],
    output_key: str | None = None,
    graph: tf.Graph | None = None,
    config: tf.ConfigProto | None = None,
) -> Predictor:
    """Returns a predictor for the newest checkpoint of an Estimator.

    Args:
      estimator: trained; its `model_fn` gives `export_outputs` in mode PREDICT.
      serving_input_receiver_fn: returns a `ServingInputReceiver`.
      output_key: which of the export outputs; 'serving_default' if not given.
      graph: to build in.
      config: of the session.

    Raises:
      ValueError: no checkpoint, or no such output.
    """
    checkpoint = estimator.latest_checkpoint()
    if checkpoint is None:
        raise ValueError(f'{estimator.model_dir} must hold a checkpoint; train the Estimator first.')
    with (graph or tf.Graph()).as_default() as graph:
        tf.train.create_global_step()
        receiver = serving_input_receiver_fn()
        spec = estimator.model_fn(receiver.features, None, tf.estimator.ModeKeys.PREDICT, estimator.config)
        outputs = spec.export_outputs or {_SERVING: tf.estimator.export.PredictOutput(spec.predictions)}
        if (output_key or _SERVING) not in outputs:
            raise ValueError(f'output_key must be among {sorted(outputs)}, got {output_key or _SERVING!r}.')
        signature = outputs[output_key or _SERVING].as_signature_def(receiver.receiver_tensors)
        scaffold = spec.scaffold or tf.train.Scaffold()
        session = tf.train.MonitoredSession(
            tf.train.ChiefSessionCreator(scaffold, config=config, checkpoint_filename_with_path=checkpoint)
        )
    names = [{key: info.name for key, info in infos.items()} for infos in (signature.inputs, signature.outputs)]
    return Predictor(session, _tensors(graph, names[0]), _tensors(graph, names[1]))
