"""Values for variables from a checkpoint or from arrays, at once or as a function of the session."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import tensorflow.compat.v1 as tf

from tf1.contrib.framework.checkpoints import load_checkpoint
from tf1.contrib.framework.variable_lookup import get_unique_variable, get_variable_full_name

Assignment = tuple[tf.Operation, dict[tf.Tensor, np.ndarray]]


def assign_from_values(var_names_to_values: Mapping[str, Any]) -> Assignment:
    """Returns an operation that gives variables values, and what to feed it.

    The values go through placeholders, so that the graph does not hold them.

    Args:
      var_names_to_values: values by the variables' full names.

    Raises:
      ValueError: there is no such variable, or a value does not fit.
    """
    pairs = [(get_unique_variable(name), np.asarray(value)) for name, value in var_names_to_values.items()]
    return _assign(pairs)


def assign_from_values_fn(var_names_to_values: Mapping[str, Any]) -> Callable[[tf.Session], None]:
    """Returns a function of a session that gives variables values; see `assign_from_values`."""
    operation, feed = assign_from_values(var_names_to_values)
    return lambda session: session.run(operation, feed)


def assign_from_checkpoint(
    model_path: str,
    var_list: Sequence[tf.Variable] | Mapping[str, tf.Variable | Sequence[tf.Variable]],
    ignore_missing_vars: bool = False,
) -> Assignment:
    """Returns an operation that gives variables a checkpoint's values, and what to feed it.

    Args:
      model_path: prefix of the checkpoint.
      var_list: the variables, or a dictionary from names in the checkpoint to variables or lists of slices of one.
      ignore_missing_vars: whether a variable that the checkpoint lacks is left out with a warning.

    Raises:
      ValueError: the checkpoint lacks a variable, or has it in another shape.
    """
    reader = load_checkpoint(model_path)
    pairs = []
    for name, variables in _grouped(var_list).items():
        if not reader.has_tensor(name):
            text = f'Checkpoint is missing variable [{name}]; {model_path} was asked for it.'
            if not ignore_missing_vars:
                raise ValueError(text)
            tf.logging.warning(text)
            continue
        value = reader.get_tensor(name)
        pairs += [(variable, _slice(variable, value)) for variable in variables]
    return _assign(pairs)


def assign_from_checkpoint_fn(
    model_path: str,
    var_list: Sequence[tf.Variable] | Mapping[str, tf.Variable],
    ignore_missing_vars: bool = False,
    reshape_variables: bool = False,
) -> Callable[[tf.Session], None] | None:
    """Returns a function of a session that restores variables; None where the checkpoint has none of them.

    Args:
      model_path: prefix of the checkpoint.
      var_list: the variables, or a dictionary from names in the checkpoint to variables.
      ignore_missing_vars: whether variables that the checkpoint lacks are left out with a warning.
      reshape_variables: whether a variable may have another shape with as many values.

    Raises:
      ValueError: `var_list` is empty.
    """
    if not var_list:
        raise ValueError('var_list cannot be empty; name the variables to restore.')
    chosen: Any = var_list
    if ignore_missing_vars:
        named = var_list if isinstance(var_list, Mapping) else {variable.op.name: variable for variable in var_list}
        reader = load_checkpoint(model_path)
        chosen = {name: variable for name, variable in named.items() if reader.has_tensor(name)}
        for name in named.keys() - chosen.keys():
            tf.logging.warning('Variable %s missing in checkpoint %s', name, model_path)
    if not chosen:
        tf.logging.warning('No Variables to restore')
        return None
    saver = tf.train.Saver(chosen, reshape=reshape_variables)
    return lambda session: saver.restore(session, model_path)


def _grouped(var_list: Any) -> dict[str, list[tf.Variable]]:
    if isinstance(var_list, Mapping):
        return {name: list(v) if isinstance(v, (list, tuple)) else [v] for name, v in var_list.items()}
    grouped: dict[str, list[tf.Variable]] = {}
    for variable in var_list:
        grouped.setdefault(get_variable_full_name(variable), []).append(variable)
    return grouped


def _slice(variable: tf.Variable, value: np.ndarray) -> np.ndarray:
    """Returns the part of a whole value that belongs to a slice of a partitioned variable."""
    info = getattr(variable, '_save_slice_info', None)
    if info is None:
        return value
    return value[tuple(slice(start, start + size) for start, size in zip(info.var_offset, info.var_shape, strict=True))]


def _assign(pairs: Sequence[tuple[tf.Variable, np.ndarray]]) -> Assignment:
    feed, operations = {}, []
    for variable, value in pairs:
        if value.shape != tuple(variable.shape.as_list()):
            raise ValueError(
                f'Variable {variable.op.name} has shape {variable.shape}, the value {value.shape}; reshape it.'
            )
        placeholder = tf.placeholder(variable.dtype.base_dtype, variable.shape, name=f'placeholder/{variable.op.name}')
        operations.append(variable.assign(placeholder))
        feed[placeholder] = value
    return tf.group(*operations), feed
