"""Where a graph keeps its ensemble, and how checkpoints hold it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import tensorflow.compat.v1 as tf

from tf1.estimator.canned.boosted_trees import codec
from tf1.estimator.canned.boosted_trees.ensemble import DTYPES, SHAPES, Ensemble, empty
from tf1.train.saveables import SaveableObject, SaveSpec


class Resource(NamedTuple):
    """What TensorFlow's default initialisation asks of an entry of the graph's collection of resources."""

    handle: tf.Tensor
    create: tf.Operation
    is_initialized: tf.Tensor


class EnsembleStore:
    """An ensemble in the default graph, initialised and saved as in TF 1.15.

    A checkpoint holds it as `NAME:0_stamp` and `NAME:0_serialized`, whatever scope this is called in.

    Args:
      name: first part of the names in checkpoints.
    """

    def __init__(self, name: str):
        initial = empty()
        with tf.name_scope('resource/'):
            self._variables = Ensemble(*(_variable(field, getattr(initial, field)) for field in initial._fields))
        register(self._variables)
        tf.add_to_collection(tf.GraphKeys.SAVEABLE_OBJECTS, _EnsembleSaveable(self, name))

    def read(self) -> Ensemble:
        """Returns the ensemble as it is now."""
        return Ensemble(*(variable.read_value() for variable in self._variables))

    def assign(self, ensemble: Ensemble) -> tf.Operation:
        """Returns the operation that replaces the ensemble."""
        pairs = zip(self._variables, ensemble, strict=True)
        return tf.group(*(tf.assign(variable, value, validate_shape=False) for variable, value in pairs))


def _variable(name: str, initial: tf.Tensor) -> tf.Variable:
    shape = tf.TensorShape(SHAPES[name])
    # The default saver and initialiser know it by the ensemble alone.
    return tf.Variable(
        initial, trainable=False, collections=[], name=name, dtype=DTYPES[name], use_resource=True, shape=shape
    )


def register(variables: Iterable[tf.Variable]) -> None:
    """Makes a scaffold's default initialisation include variables that are in no collection."""
    variables = list(variables)
    initializers = [variable.initializer for variable in variables]
    are_initialized = [tf.is_variable_initialized(variable) for variable in variables]
    resource = Resource(variables[0].handle, tf.group(*initializers), tf.reduce_all(tf.stack(are_initialized)))
    tf.add_to_collection(tf.GraphKeys.RESOURCES, resource)


class _EnsembleSaveable(SaveableObject):
    def __init__(self, store: EnsembleStore, name: str):
        self._store = store
        with tf.name_scope('save_ensemble/'):
            ensemble = store.read()
            serialized = codec.encode(ensemble)
        specs = [SaveSpec(ensemble.stamp, '', f'{name}:0_stamp'), SaveSpec(serialized, '', f'{name}:0_serialized')]
        # Exported graphs list their saveables by name, and look these up as tensors when they are loaded.
        super().__init__(ensemble.stamp, specs, ensemble.stamp.name)

    def restore(self, restored_tensors: list[tf.Tensor], restored_shapes: list[tf.Tensor] | None) -> tf.Operation:
        """Returns the operation that gives the store the ensemble of `restored_tensors`, in the order of `specs`."""
        del restored_shapes
        stamp, serialized = restored_tensors
        return self._store.assign(codec.decode(stamp, serialized))
