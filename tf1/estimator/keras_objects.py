"""Checkpoints of a Keras model by its objects: what `model_to_estimator(checkpoint_format='checkpoint')` saves."""

from __future__ import annotations

import os
from typing import Any

import tensorflow.compat.v1 as tf
from google.protobuf import descriptor_pool, message_factory

from tf1.estimator import keras_copy

_OBJECT_GRAPH = '_CHECKPOINTABLE_OBJECT_GRAPH'
_VALUE = '.ATTRIBUTES/VARIABLE_VALUE'


def save_initial(model: Any, keras: Any, weights: list[Any], path: str) -> None:
    """Writes a checkpoint with the model's weights by the objects that hold them, and step 0."""
    with tf.Graph().as_default(), tf.Session() as session:
        copy = keras_copy.on_tensors(model, keras, keras_copy.placeholders(model), training=False)
        own = list(copy.weights)
        copy.estimator_global_step = tf.train.create_global_step()
        session.run(tf.global_variables_initializer())
        for variable, value in zip(own, weights, strict=True):
            variable.load(value, session)
        tf.io.gfile.makedirs(os.path.dirname(path))
        copy.save_weights(path, save_format='tf')


def scaffold(initial: str, optimizer: Any | None) -> tf.train.Scaffold:
    """Returns what saves and restores the variables of the default graph by their objects.

    Args:
      initial: the checkpoint of `save_initial`, whose values a model without another one starts with.
      optimizer: that of the training, with its variables; None where nothing is trained.
    """
    serialized = tf.train.load_checkpoint(initial).get_tensor(_OBJECT_GRAPH)
    keys = _keys(serialized)
    own = {keys[v.op.name]: v for v in tf.global_variables() if v.op.name in keys}
    first = tf.train.Saver(own, save_relative_paths=True)
    graph = tf.Variable(serialized, trainable=False, collections=[tf.GraphKeys.LOCAL_VARIABLES], name='object_graph')
    every = {**own, **_of_optimizer(optimizer, keys), _OBJECT_GRAPH: graph}
    saver = tf.train.Saver(every, sharded=True, save_relative_paths=True)
    return tf.train.Scaffold(saver=saver, init_fn=lambda scaffold, session: first.restore(session, initial))


def _keys(serialized: bytes) -> dict[str, str]:
    """Returns the keys of variables in a checkpoint, by the variables' names."""
    kind = descriptor_pool.Default().FindMessageTypeByName('tensorflow.TrackableObjectGraph')
    graph = message_factory.GetMessageClass(kind).FromString(serialized)
    return {each.full_name: each.checkpoint_key for node in graph.nodes for each in node.attributes if each.full_name}


def _of_optimizer(optimizer: Any | None, keys: dict[str, str]) -> dict[str, tf.Variable]:
    """Returns an optimizer's variables: slots beside the weights that they belong to, and all others."""
    if optimizer is None:
        return {}
    # Keras wraps an optimizer of tf.train in one of its own.
    place = 'optimizer/optimizer' if isinstance(optimizer, tf.train.Optimizer) else 'optimizer'
    found, slots = {}, set()
    for variable in tf.trainable_variables():
        for name in optimizer.get_slot_names():
            key = keys[variable.op.name].removesuffix(_VALUE)
            slot = optimizer.get_slot(variable, name)
            found[f'{key}.OPTIMIZER_SLOT/{place}/{name}/{_VALUE}'] = slot
            slots.add(slot.op.name)
    known = slots | set(keys)
    for variable in tf.global_variables():
        if variable.op.name not in known and variable.op.name != tf.GraphKeys.GLOBAL_STEP:
            found[f'{place}/{variable.op.name.rpartition("/")[2]}/{_VALUE}'] = variable
    return found
