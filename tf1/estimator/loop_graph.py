"""A loop in the graph that makes many training steps in one call: copies of a step's nodes beside the model's own.

The loop works on the model's variables. Its body holds a copy of every node that a step runs, so it computes what the
step does, with the same kernels in the same order; batches are cut from an array of many. The next pass begins when all
of the one before is done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
import tensorflow.compat.v1 as tf

from tf1.estimator.model_graph import BESIDE_THE_MODEL, ModelGraph

_SCOPE = BESIDE_THE_MODEL.rstrip('/')
_STEP = f'{BESIDE_THE_MODEL}step/'
_VARIABLES = ('VariableV2', 'Variable', 'VarHandleOp')
_HARMLESS = ('Assert', 'TensorArray', 'Stack')
"""Beginnings of types of stateful operations whose state is a step's alone."""
_FRAME = 'tf1_steps'


class CannotLoop(Exception):
    """The step holds something that a loop would change; the text says what."""


class Loop(NamedTuple):
    """The loop's ends in the graph.

    Attributes:
      limit: placeholder, scalar int64: how many steps to make at most.
      count: scalar int64, the steps made.
      loss: scalar, the loss of the last of them; no step follows one whose loss is NaN.
    """

    limit: tf.Tensor
    count: tf.Tensor
    loss: tf.Tensor


def operations_of(fetches: Iterable[tf.Tensor | tf.Operation], stop: Callable[[tf.Operation], bool]) -> list[Any]:
    """Returns what has to run for `fetches`, by name; nothing before an operation at which to `stop`."""
    waiting = [fetch.op if isinstance(fetch, tf.Tensor) else fetch for fetch in fetches]
    found: dict[str, tf.Operation] = {}
    while waiting:
        operation = waiting.pop()
        if operation.name in found:
            continue
        found[operation.name] = operation
        if not stop(operation):
            waiting += [tensor.op for tensor in operation.inputs] + list(operation.control_inputs)
    return [found[name] for name in sorted(found)]


def build(graph: ModelGraph, train_op: tf.Operation | tf.Tensor, loss: tf.Tensor, global_step: Any) -> Loop:
    """Adds a loop over training steps to a graph that is final.

    Raises:
      CannotLoop: a step holds what cannot be in a loop.
    """
    step = _Step(graph, train_op, loss, global_step)
    graph._unsafe_unfinalize()
    try:
        with graph.as_default(), graph.device(None), tf.control_dependencies(None):
            return step.add()
    finally:
        graph.finalize()


class _Step:
    """A training step, taken apart."""

    def __init__(self, graph: ModelGraph, train_op: Any, loss: tf.Tensor, global_step: Any):
        self._graph = graph
        self._train_op = train_op.op if isinstance(train_op, tf.Tensor) else train_op
        self._loss = loss
        all_found = operations_of([train_op, loss], lambda op: op.name in graph.array_inputs or op.type in _VARIABLES)
        self._inputs = [op for op in all_found if op.name in graph.array_inputs]
        self._variables = [op for op in all_found if op.type in _VARIABLES]
        outside = {op.name for op in (*self._inputs, *self._variables)}
        self._body = [op for op in all_found if op.name not in outside]
        self._check(global_step)

    def _check(self, global_step: Any) -> None:
        if not self._inputs:
            raise CannotLoop('its input is not made of arrays (numpy_input_fn)')
        if len(self._inputs) > 1:
            raise CannotLoop(f'it has {len(self._inputs)} inputs from arrays')
        if self._loss.shape.rank != 0 or not self._loss.dtype.is_floating:
            raise CannotLoop(f'its loss is no floating-point scalar: {self._loss}')
        for operation in self._body:
            if operation.type == 'Placeholder':
                raise CannotLoop(f'it feeds {operation.name}')
            if (
                operation._is_stateful
                and not operation.type.startswith(_HARMLESS)
                and not self._is_of_variable(operation)
            ):
                raise CannotLoop(f'it holds the stateful operation {operation.name} ({operation.type})')
            if any(kind in ('func', 'list(func)') for kind in _attribute_kinds(operation)):
                raise CannotLoop(f'it calls a function in {operation.name} ({operation.type})')
        self._check_counting(global_step)

    def _is_of_variable(self, operation: tf.Operation) -> bool:
        handles = [tensor.op for tensor in operation.inputs if tensor.dtype == tf.resource]
        return bool(handles) and all(handle.type == 'VarHandleOp' for handle in handles)

    def _check_counting(self, global_step: Any) -> None:
        """Hooks count by the global step, so a step has to add 1 to it."""
        where = _variable_operation(global_step)
        changes = [
            op
            for op in self._body
            if op.type not in ('Identity', 'ReadVariableOp') and any(tensor.op is where for tensor in op.inputs)
        ]
        if [op.type for op in changes] not in (['AssignAdd'], ['AssignAddVariableOp']):
            raise CannotLoop('it does not add to the global step once')
        if tf.get_static_value(changes[0].inputs[1]) != 1:
            raise CannotLoop('it does not add 1 to the global step')

    def add(self) -> Loop:
        """Adds all nodes."""
        (source,) = self._inputs
        with tf.name_scope(BESIDE_THE_MODEL):
            limit = tf.placeholder(tf.int64, [], name='limit')
            types = [tf.int64, *(tensor.dtype for tensor in source.outputs)]
            count, *columns = tf.numpy_function(self._graph.array_inputs[source.name].take, [limit], types)
            columns = [
                tf.ensure_shape(column, tf.TensorShape([None]).concatenate(one.shape))
                for column, one in zip(columns, source.outputs, strict=True)
            ]
            first = tf.constant(0, tf.int64, name='first')
            no_loss = tf.zeros([], self._loss.dtype, name='no_loss')
        nodes = _Nodes()
        outside: dict[str, tf.Tensor] = {}

        def enter(name: str, tensor: tf.Tensor, is_constant: bool = True) -> str:
            outside[f'outside/{name}'] = tensor
            kind = 'RefEnter' if tensor.dtype._is_ref_dtype else 'Enter'
            frame = {'frame_name': _FRAME, 'is_constant': is_constant, 'parallel_iterations': 1}
            return nodes.add(name, kind, f'outside/{name}', T=tensor.dtype.base_dtype, **frame)

        end = enter('end', count)
        entered = [(enter('first', first, False), first.dtype), (enter('no_loss', no_loss, False), no_loss.dtype)]
        merged = [
            nodes.add(f'merge_{k}', 'Merge', name, f'next_{k}', T=dtype, N=2) for k, (name, dtype) in enumerate(entered)
        ]
        more = nodes.add('more', 'Less', merged[0], end, T=tf.int64)
        is_nan = nodes.add('is_nan', 'IsNan', merged[1], T=no_loss.dtype)
        go_on = nodes.add('go_on', 'LogicalAnd', more, nodes.add('is_number', 'LogicalNot', is_nan))
        condition = nodes.add('condition', 'LoopCond', go_on)
        switched = [
            nodes.add(f'switch_{k}', 'Switch', name, condition, T=dtype)
            for k, (name, (_, dtype)) in enumerate(zip(merged, entered, strict=True))
        ]
        index = nodes.add('index', 'Identity', f'{switched[0]}:1', T=tf.int64)
        nodes.add('loss_before', 'Identity', f'{switched[1]}:1', T=no_loss.dtype)
        one = nodes.constant('one', np.int64(1), f'^{index}')
        following = nodes.add('following', 'AddV2', index, one, T=tf.int64)
        axis = nodes.constant('axis', np.int32(0), f'^{index}')
        cut = {'Tdim': tf.int32, 'T': tf.int64}
        begin = nodes.add('begin', 'ExpandDims', index, axis, **cut)
        stop = nodes.add('stop', 'ExpandDims', following, axis, **cut)
        strides = nodes.constant('strides', np.array([1], np.int64), f'^{index}')
        new_names = {}
        for k, column in enumerate(columns):
            name = nodes.add(
                f'column_{k}',
                'StridedSlice',
                enter(f'columns_{k}', column),
                begin,
                stop,
                strides,
                T=column.dtype,
                Index=tf.int64,
                shrink_axis_mask=1,
            )
            new_names[f'{source.name}:{k}'] = name
        for k, variable in enumerate(self._variables):
            new_names[f'{variable.name}:0'] = enter(f'variable_{k}', variable.outputs[0])
        columns_done = [f'^{new_names[f"{source.name}:{k}"]}' for k in range(len(columns))]
        for operation in self._body:
            nodes.copy(operation, new_names, {source.name: columns_done}, f'^{index}', self._variables)
        loss = f'{_copied(self._loss.op.name)}:{self._loss.value_index}'
        done = [f'^{_copied(op.name)}' for op in {self._train_op, self._loss.op} if op in self._body]
        nexts = [following, loss]
        for k, (value, (_, dtype)) in enumerate(zip(nexts, entered, strict=True)):
            kept = nodes.add(f'done_{k}', 'Identity', value, *done, T=dtype)
            nodes.add(f'next_{k}', 'NextIteration', kept, T=dtype)
        exits = [
            nodes.add(f'exit_{k}', 'Exit', name, T=dtype)
            for k, (name, (_, dtype)) in enumerate(zip(switched, entered, strict=True))
        ]
        graph_def = tf.GraphDef(node=nodes.all, versions=self._graph.graph_def_versions)
        made = tf.import_graph_def(graph_def, outside, [f'{name}:0' for name in exits], name=BESIDE_THE_MODEL)
        return Loop(limit, *made)


class _Nodes:
    """Nodes of a GraphDef in the making."""

    def __init__(self) -> None:
        self.all: list[tf.NodeDef] = []

    def add(self, name: str, kind: str, *inputs: str, **attributes: Any) -> str:
        """Adds a node and returns its name."""
        node = tf.NodeDef(name=name, op=kind, input=inputs)
        for key, value in attributes.items():
            node.attr[key].CopyFrom(_attribute(value))
        self.all.append(node)
        return name

    def constant(self, name: str, value: Any, *inputs: str) -> str:
        """Adds a constant and returns its name."""
        return self.add(name, 'Const', *inputs, dtype=tf.as_dtype(value.dtype), value=tf.make_tensor_proto(value))

    def copy(
        self,
        operation: tf.Operation,
        new_names: dict[str, str],
        done: dict[str, list[str]],
        pivot: str,
        variables: Sequence[tf.Operation],
    ) -> None:
        """Adds a copy of a node that takes its inputs from the loop, and runs in each pass alone."""
        node = tf.NodeDef()
        node.CopyFrom(operation.node_def)
        node.name = _copied(operation.name)
        node.attr.pop('_class', None)  # Names nodes outside.
        inputs = [
            new_names.get(tensor.name) or f'{_copied(tensor.op.name)}:{tensor.value_index}'
            for tensor in operation.inputs
        ]
        is_free = all(tensor.op in variables for tensor in operation.inputs)
        controls: list[str] = []
        for before in operation.control_inputs:
            controls += done.get(before.name, []) if before.name in done else [f'^{_copied(before.name)}']
        outside = {f'^{_copied(variable.name)}' for variable in variables}
        controls = [name for name in dict.fromkeys(controls) if name not in outside]
        del node.input[:]
        node.input.extend([*inputs, *controls, *([pivot] if is_free and not controls else [])])
        self.all.append(node)


def _copied(name: str) -> str:
    return f'step/{name}'


def _attribute(value: Any) -> tf.AttrValue:
    if isinstance(value, tf.DType):
        return tf.AttrValue(type=value.as_datatype_enum)
    if isinstance(value, bool):
        return tf.AttrValue(b=value)
    if isinstance(value, int):
        return tf.AttrValue(i=value)
    if isinstance(value, str):
        return tf.AttrValue(s=value.encode())
    return tf.AttrValue(tensor=value)


def _attribute_kinds(operation: tf.Operation) -> list[str]:
    return [attribute.type for attribute in operation.op_def.attr]


def _variable_operation(variable: Any) -> tf.Operation:
    """Returns the operation that holds a variable's value or handle."""
    return variable.handle.op if hasattr(variable, 'handle') else variable.op


def model_error(error: tf.errors.OpError, graph: tf.Graph) -> tf.errors.OpError:
    """Returns an error of the loop as the step itself would have raised it: about the model's node."""
    operation = error.op
    if operation is not None and operation.name.startswith(_STEP):
        operation = graph.get_operation_by_name(operation.name[len(_STEP) :])
    node_def = operation.node_def if operation is not None else error.node_def
    return type(error)(node_def, operation, error.message.replace(_STEP, ''))
