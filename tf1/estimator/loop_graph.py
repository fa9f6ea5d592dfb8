"""A loop in the graph that makes many training steps in one call: copies of a step's nodes beside the model's own.

The loop works on what the session keeps: the model's variables, its tables, the iterator of a Dataset. Its body holds a
copy of every other node that a step runs, so it computes what the step does, with the same kernels in the same order;
batches of arrays are cut from an array of many. The next pass begins when all of the one before is done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
import tensorflow.compat.v1 as tf

from tf1.estimator.model_graph import BESIDE_THE_MODEL, ModelGraph

_SCOPE = BESIDE_THE_MODEL.rstrip('/')
_STEP = f'{BESIDE_THE_MODEL}step/'
_HARMLESS = ('Assert', 'TensorArray', 'Stack')
"""Beginnings of types of stateful operations whose state is a step's alone."""
_NEXT = ('IteratorGetNext', 'IteratorGetNextSync')
_FRAME = 'tf1_steps'


class CannotLoop(Exception):
    """The step holds something that a loop would change; the text says what."""


class Loop(NamedTuple):
    """The loop's ends in the graph.

    Attributes:
      limit: placeholder, scalar int64: how many steps to make at most.
      count: scalar int64, the steps made.
      loss: scalar, the loss of the last of them; no step follows one whose loss is NaN.
      kept_loss: scalar, the same where the loop ended with an error, above all with the end of a Dataset; None where
        the input has no end that a loop could meet.
    """

    limit: tf.Tensor
    count: tf.Tensor
    loss: tf.Tensor
    kept_loss: tf.Tensor | None


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
        all_found = operations_of([train_op, loss], lambda op: op.name in graph.array_inputs or _is_kept(op))
        self._arrays = [op for op in all_found if op.name in graph.array_inputs]
        self._kept = [op for op in all_found if _is_kept(op)]
        outside = {op.name for op in (*self._arrays, *self._kept)}
        self._body = [op for op in all_found if op.name not in outside]
        self._has_end = any(op.type in _NEXT for op in self._body)
        self._check(global_step)

    def _check(self, global_step: Any) -> None:
        if len(self._arrays) > 1:
            raise CannotLoop(f'it has {len(self._arrays)} inputs from arrays')
        if self._loss.shape.rank != 0 or not self._loss.dtype.is_floating:
            raise CannotLoop(f'its loss is no floating-point scalar: {self._loss}')
        for operation in self._body:
            if operation.type == 'Placeholder':
                raise CannotLoop(f'it feeds {operation.name}')
            if (
                operation._is_stateful
                and not operation.type.startswith(_HARMLESS)
                and not _works_on_kept(operation)
                and not _is_chance(operation)
            ):
                raise CannotLoop(f'it holds the stateful operation {operation.name} ({operation.type})')
            if any(kind in ('func', 'list(func)') for kind in _attribute_kinds(operation)):
                raise CannotLoop(f'it calls a function in {operation.name} ({operation.type})')
        self._check_counting(global_step)

    def _check_counting(self, global_step: Any) -> None:
        """Hooks count by the global step, so a step has to add 1 to it, and none where the input has ended."""
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
        before = operations_of(changes, _is_kept)
        if not all(op in before for op in self._body if op.type in _NEXT):
            raise CannotLoop('it adds to the global step without waiting for the input')

    def add(self) -> Loop:
        """Adds all nodes."""
        with tf.name_scope(BESIDE_THE_MODEL):
            limit = tf.placeholder(tf.int64, [], name='limit')
            count, batches = self._many_batches(limit)
            first = tf.constant(0, tf.int64, name='first')
            no_loss = tf.zeros([], self._loss.dtype, name='no_loss')
            keeper, kept_loss = self._loss_keeper()
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
        for k, (one, column) in enumerate(batches):
            new_names[one.name] = nodes.add(
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
        for k, kept in enumerate(self._kept):
            new_names[f'{kept.name}:0'] = enter(f'kept_{k}', kept.outputs[0])
        cut_out = {op.name: [f'^{new_names[tensor.name]}' for tensor in op.outputs] for op in self._arrays}
        for operation in self._body:
            nodes.copy(operation, new_names, cut_out, f'^{index}', self._kept)
        loss = f'{_copied(self._loss.op.name)}:{self._loss.value_index}'
        done = [f'^{_copied(op.name)}' for op in {self._train_op, self._loss.op} if op in self._body]
        if keeper is not None:
            keep = enter('keeper', keeper)
            done.append('^' + nodes.add('keep', 'AssignVariableOp', keep, loss, *done, dtype=no_loss.dtype))
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
        return Loop(limit, made[0], made[1], kept_loss)

    def _many_batches(self, limit: tf.Tensor) -> tuple[tf.Tensor, list[tuple[tf.Tensor, tf.Tensor]]]:
        """Returns how many steps there is input for, and what a batch of arrays is cut from, beside the batch."""
        if not self._arrays:
            return limit, []
        (source,) = self._arrays
        types = [tf.int64, *(tensor.dtype for tensor in source.outputs)]
        count, *columns = tf.numpy_function(self._graph.array_inputs[source.name].take, [limit], types)
        return count, [
            (one, tf.ensure_shape(column, tf.TensorShape([None]).concatenate(one.shape)))
            for one, column in zip(source.outputs, columns, strict=True)
        ]

    def _loss_keeper(self) -> tuple[tf.Tensor | None, tf.Tensor | None]:
        """Returns the handle of a place for the loss of the last step that was made, and what it holds."""
        if not self._has_end:
            return None, None
        dtype = self._loss.dtype
        keeper = tf.raw_ops.VarHandleOp(dtype=dtype, shape=[], shared_name=f'{BESIDE_THE_MODEL}loss', name='keeper')
        return keeper, tf.raw_ops.ReadVariableOp(resource=keeper, dtype=dtype, name='kept_loss')


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
        kept: Sequence[tf.Operation],
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
        is_free = all(tensor.op in kept for tensor in operation.inputs)
        controls: list[str] = []
        for before in operation.control_inputs:
            controls += done.get(before.name, []) if before.name in done else [f'^{_copied(before.name)}']
        outside = {f'^{_copied(one.name)}' for one in kept}
        controls = [name for name in dict.fromkeys(controls) if name not in outside]
        del node.input[:]
        node.input.extend([*inputs, *controls, *([pivot] if is_free and not controls else [])])
        self.all.append(node)


def _is_kept(operation: tf.Operation) -> bool:
    """Returns whether the session keeps it between steps: a variable, or the handle of one, a table, an iterator."""
    if operation.type in ('VariableV2', 'Variable'):
        return True
    return bool(
        operation._is_stateful
        and not operation.inputs
        and [tensor.dtype for tensor in operation.outputs] == [tf.resource]
    )


def _works_on_kept(operation: tf.Operation) -> bool:
    """Returns whether its only state is what the session keeps. Queues are left to steps: threads fill them."""
    handles = [tensor.op for tensor in operation.inputs if tensor.dtype == tf.resource]
    return bool(handles) and all(_is_kept(handle) and 'Queue' not in handle.type for handle in handles)


def _is_chance(operation: tf.Operation) -> bool:
    """Returns whether it draws random numbers without a seed: those of a copy are as good."""
    attributes = operation.node_def.attr
    return {'seed', 'seed2'} <= set(attributes) and not attributes['seed'].i and not attributes['seed2'].i


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


def is_end(error: tf.errors.OpError) -> bool:
    """Returns whether an error of the loop is the end of its Dataset."""
    return isinstance(error, tf.errors.OutOfRangeError) and error.op is not None and error.op.type in _NEXT


def model_error(error: tf.errors.OpError, graph: tf.Graph) -> tf.errors.OpError:
    """Returns an error of the loop as the step itself would have raised it: about the model's node."""
    operation = error.op
    if operation is not None and operation.name.startswith(_STEP):
        operation = graph.get_operation_by_name(operation.name[len(_STEP) :])
    node_def = operation.node_def if operation is not None else error.node_def
    return type(error)(node_def, operation, error.message.replace(_STEP, ''))
