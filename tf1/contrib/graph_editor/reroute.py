"""Changes of what operations take: other tensors as inputs, other operations to wait for."""

from __future__ import annotations

from collections.abc import Iterable

import tf1 as tf
from tf1.contrib.graph_editor import rewiring, subgraph, util


def swap_ts(ts0: object, ts1: object, can_modify: object = None, cannot_modify: object = None) -> int:
    """Gives the consumers of each tensor in `ts0` the one in `ts1` at its place, and the other way round.

    Args:
      ts0: tensors.
      ts1: as many tensors, of the same types and of shapes that can be the same.
      can_modify: operations that may be changed; None for all.
      cannot_modify: operations that may not.

    Returns:
      How many inputs were changed.

    Raises:
      TypeError: these are no tensors and operations.
      ValueError: numbers, types or shapes differ.
    """
    return _reroute(ts0, ts1, True, can_modify, cannot_modify)


def reroute_ts(ts0: object, ts1: object, can_modify: object = None, cannot_modify: object = None) -> int:
    """Gives the consumers of each tensor in `ts1` the one in `ts0` at its place; see `swap_ts`."""
    return _reroute(ts0, ts1, False, can_modify, cannot_modify)


def _reroute(ts0: object, ts1: object, swap: bool, can_modify: object, cannot_modify: object) -> int:
    ts0, ts1 = util.make_list_of_t(ts0), util.make_list_of_t(ts1)
    if len(ts0) != len(ts1):
        raise ValueError(f'ts0 and ts1 must have as many tensors, got {len(ts0)} and {len(ts1)}.')
    if cannot_modify is not None:
        cannot_modify = frozenset(util.make_list_of_op(cannot_modify))
    if can_modify is not None:
        can_modify = frozenset(util.make_list_of_op(can_modify))
    consumers = [
        [_modifiable(tensor.consumers(), can_modify, cannot_modify) for tensor in pair]
        for pair in zip(ts0, ts1, strict=True)
    ]
    count = 0
    for t0, t1, (of_t0, of_t1) in zip(ts0, ts1, consumers, strict=True):
        if t0 is not t1:
            _check_compatible(t0, t1)
            places0, places1 = _places(t0, of_t0) if swap else [], _places(t1, of_t1)
            for tensor, places in ((t0, places1), (t1, places0)):
                for op, index in places:
                    rewiring.set_input(op, index, tensor)
                count += len(places)
    return count


def _check_compatible(t0: tf.Tensor, t1: tf.Tensor) -> None:
    if t0.dtype.base_dtype != t1.dtype.base_dtype:
        raise ValueError(f'{t0.name} and {t1.name} must have one type, got {t0.dtype.name} and {t1.dtype.name}.')
    if not t0.shape.is_compatible_with(t1.shape):
        raise ValueError(f'{t0.name} and {t1.name} must have shapes that agree, got {t0.shape} and {t1.shape}.')


def _modifiable(
    ops: Iterable[tf.Operation], can_modify: frozenset | None, cannot_modify: frozenset | None
) -> list[tf.Operation]:
    return [
        op
        for op in dict.fromkeys(ops)
        if (can_modify is None or op in can_modify) and (cannot_modify is None or op not in cannot_modify)
    ]


def _places(tensor: tf.Tensor, consumers: list[tf.Operation]) -> list[tuple[tf.Operation, int]]:
    return [(op, index) for op in consumers for index, taken in enumerate(op.inputs) if taken is tensor]


def swap_inputs(sgv0: object, sgv1: object) -> tuple[subgraph.SubGraphView, subgraph.SubGraphView]:
    """Gives each of two views the inputs of the other; see `reroute_inputs`."""
    return _reroute_inputs(sgv0, sgv1, True)


def reroute_inputs(sgv0: object, sgv1: object) -> tuple[subgraph.SubGraphView, subgraph.SubGraphView]:
    """Gives `sgv1` the inputs of `sgv0`.

    Args:
      sgv0: a view, or what `make_view` makes one of.
      sgv1: likewise, with as many inputs; a view shows its new inputs afterwards.

    Returns:
      Both views.

    Raises:
      TypeError: one is neither a view nor can become one.
      ValueError: numbers, types or shapes of the inputs differ.
    """
    return _reroute_inputs(sgv0, sgv1, False)


def _reroute_inputs(sgv0: object, sgv1: object, swap: bool) -> tuple[subgraph.SubGraphView, subgraph.SubGraphView]:
    sgv0, sgv1 = _views(sgv0, sgv1)
    can_modify = {*sgv0.ops, *sgv1.ops}
    # What a passthrough tensor enters is outside of its view.
    can_modify.update(util.get_consuming_ops(sgv0.passthroughs))
    can_modify.update(util.get_consuming_ops(sgv1.passthroughs))
    _reroute(sgv0.inputs, sgv1.inputs, swap, can_modify, None)
    states = [(list(view.inputs), list(view.passthroughs), view) for view in (sgv0, sgv1)]
    _take_inputs(sgv1, *states[0][:2])
    if swap:
        _take_inputs(sgv0, *states[1][:2])
    return sgv0, sgv1


def _take_inputs(view: subgraph.SubGraphView, inputs: list[tf.Tensor], passthroughs: list[tf.Tensor]) -> None:
    """Makes a view show new inputs, of which some pass through; an output that passed through goes with its input."""
    renamed = {old: new for old, new in zip(view.inputs, inputs, strict=True) if view.is_passthrough(old)}
    view._output_ts = [renamed.get(tensor, tensor) for tensor in view.outputs]
    view._input_ts = list(inputs)
    view._passthrough_ts = [tensor for tensor in inputs if tensor in passthroughs]


def swap_outputs(sgv0: object, sgv1: object) -> tuple[subgraph.SubGraphView, subgraph.SubGraphView]:
    """Gives what takes an output of one of two views that of the other; see `reroute_outputs`."""
    return _reroute_outputs(sgv0, sgv1, True)


def reroute_outputs(sgv0: object, sgv1: object) -> tuple[subgraph.SubGraphView, subgraph.SubGraphView]:
    """Gives what takes the outputs of `sgv1` those of `sgv0`; arguments and errors are those of `reroute_inputs`."""
    return _reroute_outputs(sgv0, sgv1, False)


def _reroute_outputs(sgv0: object, sgv1: object, swap: bool) -> tuple[subgraph.SubGraphView, subgraph.SubGraphView]:
    sgv0, sgv1 = _views(sgv0, sgv1)
    _reroute(sgv0.outputs, sgv1.outputs, swap, None, [*sgv0.ops, *sgv1.ops])
    return sgv0, sgv1


def swap_ios(sgv0: object, sgv1: object) -> tuple[subgraph.SubGraphView, subgraph.SubGraphView]:
    """Puts each of two views at the place of the other; see `swap_inputs` and `swap_outputs`."""
    swap_outputs(*_views(sgv0, sgv1))
    return swap_inputs(sgv0, sgv1)


def reroute_ios(sgv0: object, sgv1: object) -> tuple[subgraph.SubGraphView, subgraph.SubGraphView]:
    """Gives `sgv1` the inputs of `sgv0`, and its consumers the outputs of `sgv0`; see `reroute_inputs`."""
    reroute_outputs(*_views(sgv0, sgv1))
    return reroute_inputs(sgv0, sgv1)


def _views(sgv0: object, sgv1: object) -> tuple[subgraph.SubGraphView, subgraph.SubGraphView]:
    sgv0, sgv1 = subgraph.make_view(sgv0), subgraph.make_view(sgv1)
    util.check_graphs(sgv0, sgv1)
    return sgv0, sgv1


def remove_control_inputs(op: tf.Operation, cops: object) -> None:
    """Makes `op` no longer wait for the operations `cops`.

    Raises:
      TypeError: `op` is no operation, or `cops` are none.
      ValueError: it waits for one of them no more than now.
    """
    gone = _control_inputs(op, cops)
    for cop in gone:
        if cop not in op.control_inputs:
            raise ValueError(f'{cop.name} is no control input of {op.name}.')
    rewiring.set_control_inputs(op, [cop for cop in op.control_inputs if cop not in gone])


def add_control_inputs(op: tf.Operation, cops: object) -> None:
    """Makes `op` wait for the operations `cops` as well.

    Raises:
      TypeError: `op` is no operation, or `cops` are none.
      ValueError: it waits for one of them already.
    """
    more = _control_inputs(op, cops)
    for cop in more:
        if cop in op.control_inputs:
            raise ValueError(f'{cop.name} is a control input of {op.name} already.')
    rewiring.add_control_inputs(op, more)


def _control_inputs(op: tf.Operation, cops: object) -> list[tf.Operation]:
    if not isinstance(op, tf.Operation):
        raise TypeError(f'op must be a tf.Operation, got {op!r}.')
    return util.make_list_of_op(cops, allow_graph=False)
