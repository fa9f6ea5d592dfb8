"""A view of a part of a graph, seen as a function from some tensors to others."""

from __future__ import annotations

import copy
from collections.abc import Iterable

import tf1 as tf
from tf1.contrib.graph_editor import select, util


class SubGraphView:
    """Operations of a graph, with the tensors that enter them and leave them.

    A view changes nothing in the graph. Its inputs are at first all tensors that come from outside, and its outputs
    all that something outside takes or that nothing takes. Both can be chosen anew by the methods `remap...`, which
    return another view. A passthrough tensor belongs to none of the operations; it is an input and an output.

    Args:
      inside_ops: operations.
      passthrough_ts: tensors; those that the operations have are left out.

    Raises:
      TypeError: `inside_ops` are no operations, or `passthrough_ts` no tensors.
      ValueError: they are in several graphs.
    """

    def __init__(self, inside_ops: object = (), passthrough_ts: object = ()):
        self._ops = util.make_list_of_op(inside_ops)
        tensors = util.make_list_of_t(passthrough_ts)
        self._graph = util.get_unique_graph([*self._ops, *tensors], none_if_empty=True)
        inputs, outputs, inside = select.compute_boundary_ts(self._ops)
        own = {*inputs, *outputs, *inside}
        self._passthrough_ts = [tensor for tensor in tensors if tensor not in own]
        self._input_ts = inputs + self._passthrough_ts
        self._output_ts = outputs + self._passthrough_ts

    @property
    def graph(self) -> tf.Graph | None:
        """The graph; None of an empty view."""
        return self._graph

    @property
    def ops(self) -> list[tf.Operation]:
        """The operations."""
        return self._ops

    @property
    def inputs(self) -> util.ListView:
        """The tensors that enter."""
        return util.ListView(self._input_ts)

    @property
    def outputs(self) -> util.ListView:
        """The tensors that leave."""
        return util.ListView(self._output_ts)

    @property
    def passthroughs(self) -> util.ListView:
        """The tensors that are inputs and outputs and belong to no operation of the view."""
        return util.ListView(self._passthrough_ts)

    @property
    def connected_inputs(self) -> list[tf.Tensor]:
        """The inputs that operations of the view take."""
        return [tensor for tensor in self._input_ts if not self.is_passthrough(tensor)]

    @property
    def connected_outputs(self) -> list[tf.Tensor]:
        """The outputs that operations of the view have."""
        return [tensor for tensor in self._output_ts if not self.is_passthrough(tensor)]

    def is_passthrough(self, t: tf.Tensor) -> bool:
        """Returns whether `t` passes by the operations."""
        return t in self._passthrough_ts

    def op(self, op_id: int) -> tf.Operation:
        """Returns the operation with this index."""
        return self._ops[op_id]

    def find_op_by_name(self, op_name: str) -> tf.Operation:
        """Returns the operation of this name; raises ValueError if there is none."""
        found = [op for op in self._ops if op.name == op_name]
        if not found:
            raise ValueError(f'{op_name} is no operation of {[op.name for op in self._ops]}.')
        return found[0]

    def input_index(self, t: tf.Tensor) -> int:
        """Returns the index of `t` among the inputs; raises ValueError if it is none."""
        return _index(t, self._input_ts)

    def output_index(self, t: tf.Tensor) -> int:
        """Returns the index of `t` among the outputs; raises ValueError if it is none."""
        return _index(t, self._output_ts)

    def consumers(self) -> list[tf.Operation]:
        """Returns the operations outside of the view that take one of its outputs."""
        own = set(self._ops)
        return [op for op in util.get_consuming_ops(self._output_ts) if op not in own]

    def copy(self) -> SubGraphView:
        """Returns another view of the same."""
        return copy.copy(self)

    def __copy__(self) -> SubGraphView:
        other = SubGraphView()
        other._assign_from(self)
        return other

    def _assign_from(self, other: SubGraphView) -> None:
        """Makes this a view of what `other` is one of."""
        if not isinstance(other, SubGraphView):
            raise TypeError(f'other must be a SubGraphView, got {other!r}.')
        self._graph = other._graph
        self._ops = list(other._ops)
        self._input_ts, self._output_ts = list(other._input_ts), list(other._output_ts)
        self._passthrough_ts = list(other._passthrough_ts)

    def remap_inputs(self, new_input_indices: Iterable[int | tf.Tensor]) -> SubGraphView:
        """Returns a view with these of the inputs, in this order.

        Args:
          new_input_indices: indices of inputs, or inputs; each once at most.

        Raises:
          ValueError: an index is out of range or comes twice, or a tensor is no input.
        """
        indices = _indices(new_input_indices, self._input_ts)
        if len(set(indices)) != len(indices):
            raise ValueError(f'Each input may be named once, got {indices}.')
        other = self.copy()
        other._input_ts = [self._input_ts[index] for index in indices]
        return other

    def remap_outputs(self, new_output_indices: Iterable[int | tf.Tensor]) -> SubGraphView:
        """Returns a view with these of the outputs, in this order.

        Args:
          new_output_indices: indices of outputs, or outputs; one may come several times.

        Raises:
          ValueError: an index is out of range, or a tensor is no output.
        """
        other = self.copy()
        other._output_ts = [self._output_ts[index] for index in _indices(new_output_indices, self._output_ts)]
        return other

    def remap(
        self,
        new_input_indices: Iterable[int | tf.Tensor] | None = None,
        new_output_indices: Iterable[int | tf.Tensor] | None = None,
    ) -> SubGraphView:
        """Returns a view with both remapped; None for as they are. See `remap_inputs` and `remap_outputs`."""
        other = self.copy()
        if new_input_indices is not None:
            other = other.remap_inputs(new_input_indices)
        if new_output_indices is not None:
            other = other.remap_outputs(new_output_indices)
        return other

    def remap_default(self, remove_input_map: bool = True, remove_output_map: bool = True) -> SubGraphView:
        """Returns a view with all inputs, all outputs, or both, as they are at first."""
        other, first = self.copy(), SubGraphView(self._ops, self._passthrough_ts)
        if remove_input_map:
            other._input_ts = first._input_ts
        if remove_output_map:
            other._output_ts = first._output_ts
        return other

    def remap_outputs_make_unique(self) -> SubGraphView:
        """Returns a view with each output once."""
        other = self.copy()
        other._output_ts = util.concatenate_unique([], self._output_ts)
        return other

    def remap_outputs_to_consumers(self) -> SubGraphView:
        """Returns a view with each output as many times as it has consumers."""
        other = self.remap_outputs_make_unique()
        other._output_ts = [tensor for tensor in other._output_ts for _ in tensor.consumers()]
        return other

    def remove_unused_ops(self, control_inputs: bool = True) -> SubGraphView:
        """Returns a view without the operations that neither depend on an input nor lead to an output.

        Args:
          control_inputs: whether an operation that another waits for leads to it.
        """
        used = set(
            select.get_walks_union_ops(
                self.connected_inputs, self.connected_outputs, within_ops=self._ops, control_inputs=control_inputs
            )
        )
        other = self.copy()
        other._ops = [op for op in self._ops if op in used]
        return other

    def __bool__(self) -> bool:
        return self._graph is not None

    def __enter__(self) -> SubGraphView:
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def __str__(self) -> str:
        if not self:
            return 'SubGraphView: empty'
        lines = [f'SubGraphView (graphid={id(self._graph)}):', f'** ops[{len(self._ops)}]:']
        lines += [f'  {op.name}' for op in self._ops]
        for title, tensors in (('inputs', self._input_ts), ('outputs', self._output_ts)):
            lines.append(f'** {title}[{len(tensors)}]:')
            lines += [f'  {tensor.name}{" *" if self.is_passthrough(tensor) else ""}' for tensor in tensors]
        return '\n'.join(lines) + '\n'


def _index(tensor: tf.Tensor, tensors: list[tf.Tensor]) -> int:
    for index, other in enumerate(tensors):
        if other is tensor:
            return index
    raise ValueError(f'{tensor!r} is not among {[other.name for other in tensors]}.')


def _indices(chosen: Iterable[int | tf.Tensor], tensors: list[tf.Tensor]) -> list[int]:
    indices = [_index(item, tensors) if isinstance(item, tf.Tensor) else item for item in chosen]
    for index in indices:
        if not 0 <= index < len(tensors):
            raise ValueError(f'An index must be >= 0 and < {len(tensors)}, got {index}.')
    return indices


def make_view(*args: object, **kwargs: object) -> SubGraphView:
    """Returns a view of operations, and of tensors that pass through.

    Args:
      *args: a view alone, which is returned as it is; or operations, tensors, iterables of them, or regular expressions
        for the names of operations, or of tensors where they begin with '(?#ts)'.
      **kwargs: `graph`, which expressions need.

    Raises:
      TypeError: `graph` is none, or an argument is nothing of these.
      ValueError: another keyword, or an expression without `graph`.
    """
    if len(args) == 1 and isinstance(args[0], SubGraphView):
        return args[0]
    graph = kwargs.pop('graph', None)
    if kwargs:
        raise ValueError(f'The keyword is graph, got {", ".join(sorted(kwargs))}.')
    ops, ts = select.select_ops_and_ts(*args, graph=graph)
    view = SubGraphView(ops, ts)
    if view and graph is not None:
        util.check_graphs(view, *graph.get_operations()[:1])
    return view


def make_view_from_scope(scope: str, graph: tf.Graph) -> SubGraphView:
    """Returns a view of all operations below `scope`."""
    return SubGraphView(select.get_name_scope_ops(graph, scope))
