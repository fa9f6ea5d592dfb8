"""Operations and variables copied from one graph into another, with all that they are computed from."""

from __future__ import annotations

from collections.abc import Sequence

import tf1 as tf

_Element = tf.Tensor | tf.Operation
# Other collections have the scope before their names in the other graph.
_UNSCOPED = (tf.GraphKeys.GLOBAL_VARIABLES, tf.GraphKeys.TRAINABLE_VARIABLES)


def copy_variable_to_graph(org_instance: tf.Variable, to_graph: tf.Graph, scope: str = '') -> tf.Variable:
    """Makes a variable with the same initial value, name and collections in another graph.

    Args:
      org_instance: the variable. Its initializer runs once, in a session of its own.
      to_graph: the other graph.
      scope: name scope in it.

    Raises:
      TypeError: `org_instance` is no variable.
    """
    if not isinstance(org_instance, tf.compat.v2.Variable):
        raise TypeError(f'org_instance must be a tf.Variable, got {org_instance!r}.')
    with tf.Session(graph=org_instance.graph) as session:
        session.run(org_instance.initializer)
        value = session.run(org_instance)
    with to_graph.as_default():
        return tf.Variable(
            value,
            trainable=org_instance.trainable,
            name=_scoped(org_instance.op.name, scope),
            collections=[key if key in _UNSCOPED else _scoped(key, scope) for key in _keys(org_instance)],
            validate_shape=False,
        )


def copy_op_to_graph(
    org_instance: _Element, to_graph: tf.Graph, variables: Sequence[tf.Variable], scope: str = ''
) -> _Element:
    """Copies an operation or tensor into another graph, and what it is computed from, as far as it is not there yet.

    Args:
      org_instance: the operation or tensor.
      to_graph: the other graph.
      variables: of the other graph; those of the same name stand for the originals.
      scope: name scope in it.

    Returns:
      The copy.
    """
    copies = {variable.name: variable for variable in variables}
    return _copied(org_instance, to_graph, copies, scope)


def get_copied_op(org_instance: _Element | tf.Variable, graph: tf.Graph, scope: str = '') -> _Element:
    """Returns the copy of an operation, tensor or variable.

    Args:
      org_instance: the original.
      graph: where the copy is.
      scope: name scope in it.

    Raises:
      KeyError: there is none.
    """
    return graph.as_graph_element(_scoped(org_instance.name, scope), allow_tensor=True, allow_operation=True)


def _copied(element: _Element, to_graph: tf.Graph, copies: dict[str, tf.Variable], scope: str) -> _Element:
    name = _scoped(element.name, scope)
    if name in copies:
        return to_graph.get_tensor_by_name(copies[name].name)
    try:
        return to_graph.as_graph_element(name)
    except KeyError:
        pass
    if isinstance(element, tf.Tensor):
        copy = _copied(element.op, to_graph, copies, scope).outputs[element.value_index]
        return _collected(copy, element, scope)
    inputs = [_copied(each, to_graph, copies, scope) for each in element.inputs]
    controls = [_copied(each, to_graph, copies, scope) for each in element.control_inputs]
    with to_graph.as_default(), to_graph.control_dependencies(controls), to_graph.device(element.device):
        copy = to_graph.create_op(
            element.type,
            inputs,
            [output.dtype for output in element.outputs],
            name=name,
            attrs={key: value for key, value in element.node_def.attr.items() if key != '_class'},
        )
    return _collected(copy, element, scope)


def _collected(copy: _Element, original: _Element, scope: str) -> _Element:
    """Adds a copy to the collections of its original."""
    for key in _keys(original):
        copy.graph.add_to_collection(_scoped(key, scope), copy)
    return copy


def _keys(element: _Element | tf.Variable) -> list[str]:
    graph = element.graph
    return [key for key in graph.get_all_collection_keys() if any(it is element for it in graph.get_collection(key))]


def _scoped(name: str, scope: str) -> str:
    return f'{scope}/{name}' if scope else name
