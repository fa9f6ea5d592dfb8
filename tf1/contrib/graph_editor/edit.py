"""Views taken out of a graph, connected to each other, or passed by."""

from __future__ import annotations

import tf1 as tf
from tf1.contrib.graph_editor import reroute, select, subgraph, util


def detach_control_inputs(sgv: object) -> None:
    """Makes the operations of a view wait for none outside of it; raises TypeError unless `sgv` can become a view."""
    view = subgraph.make_view(sgv)
    own = set(view.ops)
    for op in view.ops:
        outside = [control_input for control_input in op.control_inputs if control_input not in own]
        if outside:
            reroute.remove_control_inputs(op, outside)


def detach_control_outputs(sgv: object, control_outputs: util.ControlOutputs) -> None:
    """Makes no operation outside of a view wait for one in it.

    Args:
      sgv: a view, or what `make_view` makes one of.
      control_outputs: of the graph.

    Raises:
      TypeError: `sgv` is neither, or `control_outputs` is none.
    """
    if not isinstance(control_outputs, util.ControlOutputs):
        raise TypeError(f'control_outputs must be a ControlOutputs, got {control_outputs!r}.')
    control_outputs.update()
    view = subgraph.make_view(sgv)
    own = set(view.ops)
    for op in view.ops:
        for waiting in list(control_outputs.get(op)):
            if waiting not in own:
                reroute.remove_control_inputs(waiting, op)


def detach_inputs(sgv: object, control_inputs: bool = False) -> tuple[subgraph.SubGraphView, list[tf.Tensor]]:
    """Gives a view placeholders in place of its inputs.

    Args:
      sgv: a view, which shows them afterwards, or what `make_view` makes one of.
      control_inputs: whether it waits for nothing outside any more.

    Returns:
      The view and the placeholders.

    Raises:
      TypeError: `sgv` is neither.
    """
    view = subgraph.make_view(sgv)
    with view.graph.as_default():
        placeholders = [util.make_placeholder_from_tensor(tensor) for tensor in view.inputs]
    reroute.reroute_inputs(subgraph.SubGraphView(passthrough_ts=placeholders), view)
    if control_inputs:
        detach_control_inputs(view)
    return view, placeholders


def detach_outputs(
    sgv: object, control_outputs: util.ControlOutputs | None = None
) -> tuple[subgraph.SubGraphView, list[tf.Tensor]]:
    """Gives what takes the outputs of a view placeholders.

    Args:
      sgv: a view, or what `make_view` makes one of.
      control_outputs: of the graph, so that nothing waits for the view any more; None to leave that.

    Returns:
      A view with the outputs that something took, and the placeholders.

    Raises:
      TypeError: `sgv` is neither, or `control_outputs` is none.
    """
    view = subgraph.make_view(sgv)
    taken = view.remap_outputs([index for index, tensor in enumerate(view.outputs) if tensor.consumers()])
    with view.graph.as_default():
        placeholders = [util.make_placeholder_from_tensor(tensor) for tensor in taken.outputs]
    reroute.reroute_outputs(subgraph.SubGraphView(passthrough_ts=placeholders), taken)
    if control_outputs is not None:
        detach_control_outputs(view, control_outputs)
    return taken, placeholders


def detach(
    sgv: object,
    control_inputs: bool = False,
    control_outputs: util.ControlOutputs | None = None,
    control_ios: util.ControlOutputs | None = None,
) -> tuple[subgraph.SubGraphView, list[tf.Tensor], list[tf.Tensor]]:
    """Returns `detach_inputs` and `detach_outputs` of a view together; control arguments are those of `check_cios`."""
    control_inputs, control_outputs = select.check_cios(control_inputs, control_outputs, control_ios)
    _, inputs = detach_inputs(sgv := subgraph.make_view(sgv), control_inputs)
    _, outputs = detach_outputs(sgv, control_outputs)
    return sgv, inputs, outputs


def connect(
    sgv0: object, sgv1: object, disconnect_first: bool = False
) -> tuple[subgraph.SubGraphView, subgraph.SubGraphView]:
    """Gives `sgv1` the outputs of `sgv0` as inputs.

    Args:
      sgv0: a view, or what `make_view` makes one of.
      sgv1: likewise, with as many inputs; a view shows them afterwards.
      disconnect_first: whether what took the outputs of `sgv0` gets placeholders.

    Returns:
      Both views.

    Raises:
      TypeError: one is neither.
      ValueError: numbers, types or shapes differ.
    """
    sgv0, sgv1 = subgraph.make_view(sgv0), subgraph.make_view(sgv1)
    util.check_graphs(sgv0, sgv1)
    if disconnect_first:
        detach_outputs(sgv0)
    reroute.reroute_inputs(subgraph.SubGraphView(passthrough_ts=list(sgv0.outputs)), sgv1)
    return sgv0, sgv1


def bypass(sgv: object) -> tuple[subgraph.SubGraphView, list[tf.Tensor]]:
    """Gives what takes the outputs of a view its inputs, and the view placeholders.

    Args:
      sgv: a view, which shows the placeholders afterwards, or what `make_view` makes one of.

    Returns:
      The view and the placeholders.

    Raises:
      TypeError: `sgv` is neither.
      ValueError: numbers, types or shapes of inputs and outputs differ.
    """
    view = subgraph.make_view(sgv)
    inputs = list(view.inputs)
    view, placeholders = detach_inputs(view)
    reroute.reroute_ts(inputs, view.outputs)
    return view, placeholders
