"""Copies of parts of a graph, into the same graph or another, with other inputs where wanted."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import tf1 as tf
from tf1.contrib.graph_editor import rewiring, select, subgraph, util


class _Info:
    """What handlers are told: the source, the destination, and what has been made so far.

    Attributes:
      sgv: the view that is copied.
      sgv_inputs_set: its inputs.
      ops: its operations.
      graph: its graph.
      scope: of the source, with a slash at its end, or ''.
      graph_: the graph of the copy.
      scope_: of the copy, likewise.
      transformed_ops: copies by operation.
      transformed_ts: copies by tensor.
      collections: names of the graph's collections that hold an operation or a tensor, by that.
    """

    def __init__(self, sgv: subgraph.SubGraphView, graph_: tf.Graph, scope_: str, scope: str):
        self.sgv = sgv
        self.sgv_inputs_set = frozenset(sgv.inputs)
        self.ops = frozenset(sgv.ops)
        self.graph, self.scope = sgv.graph, scope
        self.graph_, self.scope_ = graph_, scope_
        self.transformed_ops: dict[tf.Operation, tf.Operation] = {}
        self.transformed_ts: dict[tf.Tensor, tf.Tensor] = {}
        self.collections: dict[object, list[str]] = {}
        for name in self.graph.get_all_collection_keys():
            for item in self.graph.get_collection_ref(name):
                if isinstance(name, str) and isinstance(item, (tf.Operation, tf.Tensor)):
                    self.collections.setdefault(item, []).append(name)
        # Inputs that close a loop: the copy, the index of the input, the tensor that is to become it.
        self.cycles: list[tuple[tf.Operation, int, tf.Tensor]] = []

    def new_name(self, name: str) -> str:
        """Returns the name of a copy; raises ValueError if `name` is not in the source's scope."""
        if not name.startswith(self.scope):
            raise ValueError(f'{name} must be in src_scope {self.scope!r}.')
        return self.scope_ + name.removeprefix(self.scope)


def replace_t_with_placeholder_handler(info: _Info, t: tf.Tensor) -> tf.Tensor:
    """Returns a placeholder that stands for `t` in the graph of the copy."""
    with info.graph_.as_default():
        return util.make_placeholder_from_tensor(t, scope=info.scope_)


def keep_t_if_possible_handler(info: _Info, t: tf.Tensor) -> tf.Tensor:
    """Returns `t` where the copy is in the same graph, else a placeholder."""
    return t if info.graph is info.graph_ else replace_t_with_placeholder_handler(info, t)


def assign_renamed_collections_handler(info: _Info, elem: object, elem_: object) -> None:
    """Adds the copy `elem_` to the collections that hold `elem`.

    A collection with a name of one's own gets the scope of the copy before its name; those of `tf.GraphKeys` do not.
    """
    names = info.collections.get(elem, ())
    known = util.get_predefined_collection_names() if names else ()
    for name in names:
        info.graph_.add_to_collection(name if name in known else info.scope_ + name, elem_)


def transform_op_if_inside_handler(
    info: _Info, op: tf.Operation | None, keep_if_possible: bool = True
) -> tf.Operation | None:
    """Returns the copy of `op`; where it is not copied, itself in the same graph, if `keep_if_possible`, or None."""
    if op in info.ops:
        return info.transformed_ops[op]
    return op if keep_if_possible and info.graph is info.graph_ else None


def copy_op_handler(
    info: _Info,
    op: tf.Operation,
    new_inputs: list[tf.Tensor],
    copy_shape: bool = False,
    nodedef_fn: Callable[[object], object] | None = None,
) -> tuple[tf.Operation, list[tf.Tensor]]:
    """Returns a copy of `op` and its outputs.

    Args:
      info: as handlers get it.
      op: what is copied.
      new_inputs: inputs of the copy.
      copy_shape: whether shapes that were set by hand are copied, too.
      nodedef_fn: changes the operation's definition (a `NodeDef`) first; None to leave it.

    Raises:
      ValueError: its name is not in the source's scope.
    """
    definition = type(op.node_def)()
    definition.CopyFrom(op.node_def)
    definition.name = info.new_name(op.name)
    if nodedef_fn is not None:
        definition = nodedef_fn(definition)
    graph = info.graph_
    # All that the surroundings would add, the definition has or must not have.
    with (
        graph.as_default(),
        tf.control_dependencies(None),
        graph.colocate_with(None, True),
        tf.device(None),
        tf.device(definition.device or None),
    ):
        copied = graph.create_op(
            definition.op,
            new_inputs,
            [output.dtype for output in op.outputs],
            input_types=[taken.dtype for taken in op.inputs],
            name=definition.name,
            attrs=dict(definition.attr),
        )
    outputs = list(copied.outputs)
    if copy_shape:
        for output, output_ in zip(op.outputs, outputs, strict=True):
            output_.set_shape(output.shape)
    return copied, outputs


class TransformerInfo:
    """Which copy belongs to which original."""

    def __init__(self, info: _Info):
        self._graph, self._graph_, self._scope, self._scope_ = info.graph, info.graph_, info.scope, info.scope_
        self._transformed_ops, self._transformed_ts = info.transformed_ops, info.transformed_ts

    def transformed(self, original: object, missing_fn: Callable | None = None) -> object:
        """Returns the copies of `original`.

        Args:
          original: an operation, a tensor, or nested iterables and dictionaries of them.
          missing_fn: gives what stands for one without a copy; None for None.

        Returns:
          The like, with lists for other iterables.

        Raises:
          TypeError: a member is neither an operation nor a tensor.
        """
        maps = (self._transformed_ops, self._transformed_ts)
        return util.transform_tree(original, lambda item: _looked_up(item, maps, missing_fn), list)

    def original(self, transformed: object, missing_fn: Callable | None = None) -> object:
        """Returns what `transformed` are copies of; arguments and errors are those of `transformed`."""
        maps = tuple({copy: one for one, copy in known.items()} for known in self._maps())
        return util.transform_tree(transformed, lambda item: _looked_up(item, maps, missing_fn), list)

    def _maps(self) -> tuple[dict, dict]:
        return self._transformed_ops, self._transformed_ts

    def __str__(self) -> str:
        lines = ['Transform result info:']
        if self._graph is self._graph_:
            lines.append(f'  Within graph[{id(self._graph)}]')
        else:
            lines.append(f'  graph[{id(self._graph)}] => graph[{id(self._graph_)}]')
        if self._scope:
            lines.append(f'  Relative to source scope: {self._scope}')
        if self._scope_:
            lines.append(f'  Scope destination: {self._scope_}')
        lines.append('Operations mapping:')
        lines += [f'  {op.name} => {copied.name}' for op, copied in self._transformed_ops.items()]
        return '\n'.join(lines) + '\n'


def _looked_up(item: object, maps: tuple[dict, dict], missing_fn: Callable | None) -> object:
    if not isinstance(item, (tf.Operation, tf.Tensor)):
        raise TypeError(f'An operation or a tensor is needed, got {item!r}.')
    known = maps[isinstance(item, tf.Tensor)]
    if item in known:
        return known[item]
    return None if missing_fn is None else missing_fn(item)


class Transformer:
    """Copies a view. What happens to each part is up to functions that can be replaced before the call.

    Attributes:
      transform_op_handler: `(info, op, new_inputs)`, returns a copy and its outputs; `copy_op_handler` at first.
      assign_collections_handler: `(info, elem, elem_)`; `assign_renamed_collections_handler` at first.
      transform_control_input_handler: `(info, op)`, returns what a copy waits for in place of `op`, or None for
        nothing; `transform_op_if_inside_handler` at first.
      transform_external_input_handler: `(info, t)`, returns what stands for an input of the view;
        `replace_t_with_placeholder_handler` at first.
      transform_external_hidden_input_handler: likewise for what enters the view and is not among its inputs;
        `keep_t_if_possible_handler` at first.
      transform_original_op_handler: not called here; TensorFlow no longer keeps what it is for.
    """

    def __init__(self):
        self.transform_op_handler = copy_op_handler
        self.transform_control_input_handler = transform_op_if_inside_handler
        self.assign_collections_handler = assign_renamed_collections_handler
        self.transform_external_input_handler = replace_t_with_placeholder_handler
        self.transform_external_hidden_input_handler = keep_t_if_possible_handler
        self.transform_original_op_handler = transform_op_if_inside_handler

    def __call__(
        self, sgv: object, dst_graph: tf.Graph, dst_scope: str, src_scope: str = '', reuse_dst_scope: bool = False
    ) -> tuple[subgraph.SubGraphView, TransformerInfo]:
        """Returns a view of the copy, and which copy belongs to which original.

        Args:
          sgv: a view, or what `make_view` makes one of.
          dst_graph: where the copy goes.
          dst_scope: what its names begin with; '' for as they were.
          src_scope: what of the names is left out.
          reuse_dst_scope: whether an existing scope is used; else a number is added to its name.

        Raises:
          TypeError: `sgv` is neither, or `dst_graph` is none.
          ValueError: an operation is not in `src_scope`.
        """
        view = subgraph.make_view(sgv)
        util.check_graph(dst_graph)
        scope = util.scope_finalize(src_scope)
        scope_ = util.scope_finalize(dst_scope)
        if scope_ and not reuse_dst_scope:
            scope_ = util.scope_finalize(dst_graph.unique_name(scope_[:-1]))
        info = _Info(view, dst_graph, scope_, scope)
        self._copy_ops(info)
        for copied, index, tensor in info.cycles:
            rewiring.set_input(copied, index, info.transformed_ts[tensor])
        self._connect_control_inputs(info)
        for known in (info.transformed_ops, info.transformed_ts):
            for elem, elem_ in known.items():
                self.assign_collections_handler(info, elem, elem_)
        return _copied_view(info), TransformerInfo(info)

    def _copy_ops(self, info: _Info) -> None:
        for op in _inputs_first(info):
            taken = [self._transformed_t(info, tensor) for tensor in op.inputs]
            # An input that is copied later closes a loop; another of its type stands in until then.
            missing = [index for index, tensor in enumerate(taken) if tensor is None]
            for index in missing:
                taken[index] = _stand_in(op, index, taken)
            op_, outputs_ = self.transform_op_handler(info, op, taken)
            info.transformed_ops[op] = op_
            info.transformed_ts.update(zip(op.outputs, outputs_, strict=True))
            info.cycles += [(op_, index, op.inputs[index]) for index in missing]

    def _transformed_t(self, info: _Info, tensor: tf.Tensor) -> tf.Tensor | None:
        if tensor in info.transformed_ts:
            return info.transformed_ts[tensor]
        if tensor.op in info.ops:
            return None
        if tensor in info.sgv_inputs_set:
            return self.transform_external_input_handler(info, tensor)
        return self.transform_external_hidden_input_handler(info, tensor)

    def _connect_control_inputs(self, info: _Info) -> None:
        for op, op_ in info.transformed_ops.items():
            waited = [self.transform_control_input_handler(info, control_input) for control_input in op.control_inputs]
            waited = [control_input for control_input in waited if control_input is not None]
            if waited:
                reroutable = [control_input for control_input in waited if control_input not in op_.control_inputs]
                rewiring.add_control_inputs(op_, reroutable)


def _stand_in(op: tf.Operation, index: int, taken: list[tf.Tensor | None]) -> tf.Tensor:
    for tensor in taken:
        if tensor is not None and tensor.dtype.base_dtype == op.inputs[index].dtype.base_dtype:
            return tensor
    raise ValueError(f'{op.name} takes {op.inputs[index].name}, which depends on it; only tf.while_loop may do that.')


def _inputs_first(info: _Info) -> list[tf.Operation]:
    """Returns the operations, each after those of its inputs that are among them, but for loops."""
    place = {op: index for index, op in enumerate(info.graph.get_operations())}
    ordered: dict[tf.Operation, None] = {}
    entered = set()
    # Not by recursion: a graph is deeper than Python's stack.
    stack = sorted(info.ops, key=place.__getitem__, reverse=True)
    while stack:
        op = stack.pop()
        if op in ordered:
            continue
        before = [tensor.op for tensor in op.inputs if tensor.op in info.ops and tensor.op not in ordered]
        before = [other for other in before if other not in entered and other.type != 'NextIteration']
        if op in entered or not before:
            ordered[op] = None
        else:
            entered.add(op)
            stack += [op, *reversed(before)]
    return list(ordered)


def _copied_view(info: _Info) -> subgraph.SubGraphView:
    """Returns a view of the copies. What is not copied, as a placeholder, is neither input nor output."""
    view = subgraph.SubGraphView([info.transformed_ops[op] for op in info.sgv.ops])
    known = info.transformed_ts
    outputs = [known[tensor] for tensor in info.sgv.outputs if tensor in known]
    leaving = set(view._output_ts)
    view._input_ts = [known[tensor] for tensor in info.sgv.inputs if tensor in known]
    view._output_ts = [tensor for tensor in outputs if tensor in leaving]
    return view


def copy(
    sgv: object,
    dst_graph: tf.Graph | None = None,
    dst_scope: str = '',
    src_scope: str = '',
    reuse_dst_scope: bool = False,
) -> tuple[subgraph.SubGraphView, TransformerInfo]:
    """Copies a view with placeholders for its inputs.

    Args:
      sgv: a view, or what `make_view` makes one of.
      dst_graph: where the copy goes; None for the same graph.
      dst_scope: what its names begin with; '' for as they were.
      src_scope: what of the names is left out.
      reuse_dst_scope: whether an existing scope is used; else a number is added to its name.

    Returns:
      A view of the copy, and which copy belongs to which original.

    Raises:
      TypeError: `sgv` is neither, or `dst_graph` is none.
      ValueError: an operation is not in `src_scope`.
    """
    view = subgraph.make_view(sgv)
    return Transformer()(view, dst_graph or view.graph, dst_scope, src_scope, reuse_dst_scope)


def copy_with_input_replacements(
    sgv: object,
    replacement_ts: Mapping[tf.Tensor, tf.Tensor],
    dst_graph: tf.Graph | None = None,
    dst_scope: str = '',
    src_scope: str = '',
    reuse_dst_scope: bool = False,
) -> tuple[subgraph.SubGraphView, TransformerInfo]:
    """Copies a view with other inputs; those without a replacement stay, in another graph as placeholders.

    `replacement_ts` has tensors by inputs of the view. The other arguments, results and errors are those of `copy`.
    """
    view = subgraph.make_view(sgv)

    def replaced(info: _Info, tensor: tf.Tensor) -> tf.Tensor:
        if tensor in replacement_ts:
            return replacement_ts[tensor]
        return keep_t_if_possible_handler(info, tensor)

    copier = Transformer()
    copier.transform_external_input_handler = replaced
    return copier(view, dst_graph or view.graph, dst_scope, src_scope, reuse_dst_scope)


def graph_replace(
    target_ts: object,
    replacement_ts: Mapping[tf.Tensor, tf.Tensor],
    dst_scope: str = '',
    src_scope: str = '',
    reuse_dst_scope: bool = False,
) -> object:
    """Returns the targets computed anew from other tensors, by copies of what is between.

    Args:
      target_ts: a tensor, or nested iterables and dictionaries of them.
      replacement_ts: tensors by those that they replace.
      dst_scope: what names of copies begin with; '' for as they were.
      src_scope: what of the names is left out.
      reuse_dst_scope: whether an existing scope is used; else a number is added to its name.

    Returns:
      The like; a target that depends on nothing replaced is itself.

    Raises:
      ValueError: no target depends on what is replaced.
    """
    targets = util.flatten_tree(target_ts)
    graph = util.get_unique_graph(targets, check_types=tf.Tensor)
    control_ios = util.ControlOutputs(graph)
    ops = select.get_walks_intersection_ops(list(replacement_ts), targets, control_ios=control_ios)
    if not ops:
        names = [tensor.name for tensor in targets]
        raise ValueError(f'A target must depend on a tensor that is replaced, got {names} that do not.')
    ops = _with_loops(ops, control_ios)
    _, info = copy_with_input_replacements(ops, replacement_ts, None, dst_scope, src_scope, reuse_dst_scope)
    return info.transformed(target_ts, missing_fn=lambda tensor: tensor)


def _with_loops(ops: list[tf.Operation], control_ios: util.ControlOutputs) -> list[tf.Operation]:
    """Returns `ops` with all operations of the loops that they are in: half of a loop does not run."""
    frames = {op.get_attr('frame_name') for op in ops if op.type == 'Enter'}
    if not frames:
        return ops
    enters = [op for op in ops[0].graph.get_operations() if op.type == 'Enter' and op.get_attr('frame_name') in frames]
    inside = select.get_forward_walk_ops(
        enters, stop_at_ts=[tensor for op in ops if op.type == 'Exit' for tensor in op.outputs]
    )
    exits = [op for op in inside if op.type in ('Exit', 'NextIteration')]
    loops = select.get_walks_intersection_ops(enters, exits, control_ios=control_ios, within_ops=None)
    return util.concatenate_unique(list(ops), loops)
