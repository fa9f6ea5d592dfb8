"""Which variables a graph has: by scope, suffix, name or collection."""

from __future__ import annotations

import re
from collections.abc import Sequence

import tensorflow.compat.v1 as tf

Scope = str | tf.VariableScope | None


def get_variables(
    scope: Scope = None, suffix: str | None = None, collection: str = tf.GraphKeys.GLOBAL_VARIABLES
) -> list[tf.Variable]:
    """Returns the variables of a collection whose names begin with `scope` and end with `suffix`.

    Args:
      scope: a regular expression for the beginning, or a variable scope; None for all.
      suffix: a regular expression for the end; None for all.
      collection: the collection.
    """
    if isinstance(scope, tf.VariableScope):
        scope = scope.name
    if suffix is not None:
        end = suffix if ':' in suffix else f'{suffix}:'
        scope = f'{scope or ""}.*{end}'
    return tf.get_collection(collection, scope)


def get_model_variables(scope: Scope = None, suffix: str | None = None) -> list[tf.Variable]:
    """Returns the model variables, filtered as by `get_variables`."""
    return get_variables(scope, suffix, tf.GraphKeys.MODEL_VARIABLES)


def get_local_variables(scope: Scope = None, suffix: str | None = None) -> list[tf.Variable]:
    """Returns the local variables, filtered as by `get_variables`."""
    return get_variables(scope, suffix, tf.GraphKeys.LOCAL_VARIABLES)


def get_trainable_variables(scope: Scope = None, suffix: str | None = None) -> list[tf.Variable]:
    """Returns the trainable variables, filtered as by `get_variables`."""
    return get_variables(scope, suffix, tf.GraphKeys.TRAINABLE_VARIABLES)


def get_variables_by_suffix(suffix: str, scope: Scope = None) -> list[tf.Variable]:
    """Returns the global variables whose names end with `suffix`."""
    return get_variables(scope, suffix)


def get_variables_by_name(given_name: str, scope: Scope = None) -> list[tf.Variable]:
    """Returns the global variables whose last part of the name is `given_name`, or that are called just that."""
    return get_variables(scope, f'/{given_name}:|^{given_name}:')


def get_unique_variable(var_op_name: str) -> tf.Variable:
    """Returns the one global variable of this full name.

    Raises:
      ValueError: there is none, or names that begin alike do not tell.
    """
    candidates = get_variables(var_op_name)
    if not candidates:
        raise ValueError(f"Couldn't find variable {var_op_name}; get_variables() lists those that the graph has.")
    for candidate in candidates:
        if candidate.op.name == var_op_name:
            return candidate
    names = [candidate.op.name for candidate in candidates]
    raise ValueError(f'Variable {var_op_name} does not uniquely identify a variable; these begin with it: {names}.')


def get_variable_full_name(var: tf.Variable) -> str:
    """Returns a variable's name as a checkpoint has it: a slice of a partitioned one gives the name of the whole."""
    # TensorFlow says only here which whole a slice belongs to.
    slice_info = getattr(var, '_save_slice_info', None)
    return slice_info.full_name if slice_info else var.op.name


def get_variables_to_restore(
    include: Sequence[str] | None = None, exclude: Sequence[str] | None = None
) -> list[tf.Variable]:
    """Returns the global variables within the scopes of `include`, less those within the scopes of `exclude`.

    Raises:
      TypeError: one of them is neither None nor a list or tuple.
    """
    _check_scopes('include', include)
    _check_scopes('exclude', exclude)
    included = get_variables() if include is None else [v for scope in include for v in get_variables(scope)]
    excluded = {id(v) for scope in exclude or () for v in get_variables(scope)}
    return [v for v in included if id(v) not in excluded]


def _check_scopes(name: str, scopes: object) -> None:
    if scopes is not None and not isinstance(scopes, (list, tuple)):
        raise TypeError(f'{name} must be a list or a tuple of scopes, got {scopes!r}; write [{scopes!r}].')


def filter_variables(
    var_list: Sequence[tf.Variable],
    include_patterns: Sequence[str] | None = None,
    exclude_patterns: Sequence[str] | None = None,
    reg_search: bool = True,
) -> list[tf.Variable]:
    """Returns the variables whose names fit any of the one patterns and none of the others, in their order.

    Args:
      var_list: the variables.
      include_patterns: regular expressions; None for all variables, an empty list for none.
      exclude_patterns: regular expressions; None or an empty list to exclude none.
      reg_search: whether an expression may fit anywhere in a name, or only at its beginning.
    """
    fits = re.search if reg_search else re.match

    def chosen(var: tf.Variable) -> bool:
        wanted = include_patterns is None or any(fits(pattern, var.op.name) for pattern in include_patterns)
        return wanted and not any(fits(pattern, var.op.name) for pattern in exclude_patterns or ())

    return [var for var in var_list if chosen(var)]
