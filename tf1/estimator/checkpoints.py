"""What a model_dir's checkpoints hold, and whether a model fits them."""

from __future__ import annotations

import os
from typing import Any

import tensorflow.compat.v1 as tf

from tf1._checkpoint import lookup
from tf1._checkpoint.reading import OBJECT_GRAPH
from tf1._engine import session_threads

_SHOWN = 8
_STEP_OF_OBJECTS = 'estimator_global_step/.ATTRIBUTES/VARIABLE_VALUE'


def global_step_of(checkpoint_path: str | None) -> int:
    """Returns the global step that a checkpoint stands at; 0 without a checkpoint or without a step in it."""
    if checkpoint_path is None:
        return 0
    reader = tf.train.load_checkpoint(checkpoint_path)
    for name in (tf.GraphKeys.GLOBAL_STEP, _STEP_OF_OBJECTS):
        if reader.has_tensor(name):
            return int(reader.get_tensor(name))
    return 0


class RestoringSessionCreator(tf.train.ChiefSessionCreator):
    """Creates a session from a checkpoint or, without one, from initial values; says which file is damaged.

    Takes the arguments of `tf.train.ChiefSessionCreator`, once the default graph has all that a step runs.

    Raises:
      tf.errors.DataLossError: the checkpoint's files are shorter than they should be, or were changed.
    """

    def __init__(
        self,
        scaffold: tf.train.Scaffold | None = None,
        master: str = '',
        config: tf.ConfigProto | None = None,
        **checkpoint: Any,
    ):
        super().__init__(scaffold, master, session_threads.fitting(config, master), **checkpoint)

    def create_session(self) -> tf.Session:
        """Returns an initialised session."""
        try:
            return super().create_session()
        except (tf.errors.OutOfRangeError, tf.errors.DataLossError) as error:
            path = self._checkpoint_filename_with_path
            if path is None and self._checkpoint_dir is not None:
                path = lookup.latest(self._checkpoint_dir)
            damage = path and lookup.damage(path)
            if not damage:
                raise
            raise tf.errors.DataLossError(None, None, str(damage)) from error


def has_own_saver(scaffold: tf.train.Scaffold) -> bool:
    """Returns whether the user brings a saver, which may restore whatever it wants."""
    return bool(scaffold.saver or tf.get_collection(tf.GraphKeys.SAVERS))


def take_variables_for_filled(scaffold: tf.train.Scaffold, master: str) -> None:
    """Spares a session of this process alone the question whether variables have values, where they must have.

    The default saver and initialisers leave none out, and asking takes longer than restoring a small model. A scaffold
    with parts of its own is left as it is, and so is one whose variables other processes wait for.
    """
    own = (scaffold.init_op, scaffold.local_init_op, scaffold.ready_op, scaffold.ready_for_local_init_op)
    if master or any(part is not None for part in own):
        return
    none_is_empty = tf.constant([], tf.string, name='uninitialized_variables')
    for key in (tf.GraphKeys.READY_OP, tf.GraphKeys.READY_FOR_LOCAL_INIT_OP):
        if not tf.get_collection(key):
            tf.add_to_collection(key, none_is_empty)


def check_fits(checkpoint_path: str) -> None:
    """Checks that a checkpoint holds everything saveable in the default graph.

    Raises:
      ValueError: there is no such checkpoint in its folder.
      tf.errors.NotFoundError: there is no such folder, or the checkpoint lacks variables of the graph; the text names
        them, and those that the checkpoint has instead.
      tf.errors.InvalidArgumentError: shapes differ; the text names them.
    """
    folder = os.path.dirname(checkpoint_path) or os.curdir
    if tf.gfile.IsDirectory(folder) and not tf.train.checkpoint_exists(checkpoint_path):
        raise ValueError(f'{checkpoint_path} is not a checkpoint: there is no {checkpoint_path}.index.')
    stored = dict(tf.train.list_variables(checkpoint_path))
    if OBJECT_GRAPH in stored:
        return  # Written by TF 2: its names are paths through objects, which the saver maps itself.
    variables = {_stored_name(v): v for v in tf.global_variables()}
    wanted = variables.keys() | _saveable_names()
    missing = sorted(wanted - stored.keys())
    if missing:
        spare = sorted(stored.keys() - wanted)
        raise tf.errors.NotFoundError(
            None,
            None,
            f'Checkpoint {checkpoint_path} belongs to another model. It lacks {_listed(missing)}'
            + (f' and holds {_listed(spare)} instead' if spare else '')
            + '. Use a model_dir of its own for this model.',
        )
    differing = sorted(
        f'{name}: {_full_shape(variable)} in the model, {stored[name]} in the checkpoint'
        for name, variable in variables.items()
        if not tf.TensorShape(_full_shape(variable)).is_compatible_with(stored[name])
    )
    if differing:
        raise tf.errors.InvalidArgumentError(
            None,
            None,
            f'Checkpoint {checkpoint_path} belongs to another model. Shapes differ: {_listed(differing)}. '
            'Use a model_dir of its own for this model.',
        )


def _saveable_names() -> set[str]:
    saveables = tf.get_collection(tf.GraphKeys.SAVEABLE_OBJECTS)
    return {spec.name for saveable in saveables for spec in saveable.specs}


def _stored_name(variable: Any) -> str:
    part = variable._save_slice_info
    return part.full_name if part else name_of(variable)


def name_of(variable: Any) -> str:
    """Returns a variable's name in its graph; the op of a variable that several devices hold may be a read of it."""
    return variable.name.partition(':')[0]


def _full_shape(variable: Any) -> list[int | None] | None:
    """Returns the shape of a whole variable; None of one that may have any."""
    part = variable._save_slice_info
    if part:
        return list(part.full_shape)
    return None if variable.shape.rank is None else variable.shape.as_list()


def _listed(names: list[str]) -> str:
    shown = ', '.join(names[:_SHOWN])
    return shown if len(names) <= _SHOWN else f'{shown} and {len(names) - _SHOWN} more'
