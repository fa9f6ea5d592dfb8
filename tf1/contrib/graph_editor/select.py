"""Operations and tensors chosen by name, by place in the graph, or by what leads to them and from them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import tf1 as tf
from tf1.contrib.graph_editor import util

_OPS_MARK, _TS_MARK = '(?#ops)', '(?#ts)'

Filter = Callable[[object], bool]


def can_be_regex(obj: object) -> bool:
    """Returns whether `obj` is a string or a compiled regular expression."""
    return isinstance(obj, (str, re.Pattern))


def make_regex(obj: str | re.Pattern) -> re.Pattern:
    """Returns `obj` compiled; raises ValueError if it is neither a string nor a regular expression."""
    if not can_be_regex(obj):
        raise ValueError(f'A string or a compiled regular expression is needed, got {obj!r}.')
    return re.compile(obj) if isinstance(obj, str) else obj


def _inputs(ops: Iterable[tf.Operation]) -> list[tf.Tensor]:
    return util.concatenate_unique([], (tensor for op in ops for tensor in op.inputs))


def _outputs(ops: Iterable[tf.Operation]) -> list[tf.Tensor]:
    return [tensor for op in ops for tensor in op.outputs]


def filter_ts(ops: object, positive_filter: Filter | bool) -> list[tf.Tensor]:
    """Returns the inputs, then the outputs of `ops` that pass; True for all. Raises TypeError unless `ops` are ops."""
    ops = util.make_list_of_op(ops)
    tensors = util.concatenate_unique(_inputs(ops), _outputs(ops))
    return tensors if positive_filter is True else [tensor for tensor in tensors if positive_filter(tensor)]


def filter_ts_from_regex(ops: object, regex: str | re.Pattern) -> list[tf.Tensor]:
    """Returns the inputs and outputs of `ops` in whose names `regex` is found; raises TypeError as `filter_ts`."""
    pattern = make_regex(regex)
    return filter_ts(ops, lambda tensor: pattern.search(tensor.name) is not None)


def filter_ops(ops: object, positive_filter: Filter | bool) -> list[tf.Operation]:
    """Returns the operations that pass; True for all. Raises TypeError unless `ops` are operations."""
    ops = util.make_list_of_op(ops)
    return ops if positive_filter is True else [op for op in ops if positive_filter(op)]


def filter_ops_from_regex(ops: object, regex: str | re.Pattern) -> list[tf.Operation]:
    """Returns the operations in whose names `regex` is found; raises TypeError as `filter_ops`."""
    pattern = make_regex(regex)
    return filter_ops(ops, lambda op: pattern.search(op.name) is not None)


def get_name_scope_ops(ops: object, scope: str) -> list[tf.Operation]:
    """Returns the operation called `scope` and those below it; raises TypeError unless `ops` are operations."""
    return filter_ops_from_regex(ops, f'^{re.escape(scope.removesuffix("/"))}(/.*)?$')


def check_cios(
    control_inputs: bool = False,
    control_outputs: util.ControlOutputs | None = None,
    control_ios: util.ControlOutputs | None = None,
) -> tuple[bool, util.ControlOutputs | None]:
    """Returns whether control inputs are followed, and the control outputs to follow.

    Args:
      control_inputs: whether control inputs are followed.
      control_outputs: what is followed the other way; None for none.
      control_ios: instead of both, follows both ways.

    Raises:
      TypeError: `control_outputs` or `control_ios` is no `ControlOutputs`.
      ValueError: `control_ios` stands beside `control_inputs` or `control_outputs`.
    """
    if control_ios is not None:
        _check_control_outputs(control_ios)
        if control_inputs or control_outputs is not None:
            raise ValueError('control_ios must stand alone, got control_inputs or control_outputs beside it.')
        return True, control_ios
    if control_outputs is not None:
        _check_control_outputs(control_outputs)
    return control_inputs, control_outputs


def _check_control_outputs(value: object) -> None:
    if not isinstance(value, util.ControlOutputs):
        raise TypeError(f'control_outputs and control_ios must be a ControlOutputs, got {value!r}.')


def get_ops_ios(
    ops: object,
    control_inputs: bool = False,
    control_outputs: util.ControlOutputs | None = None,
    control_ios: util.ControlOutputs | None = None,
) -> list[tf.Operation]:
    """Returns the neighbours of `ops` in both directions; for arguments and errors see `check_cios`."""
    control_inputs, control_outputs = check_cios(control_inputs, control_outputs, control_ios)
    neighbours: list[tf.Operation] = []
    for op in util.make_list_of_op(ops):
        util.concatenate_unique(neighbours, _next_ops(op, control_outputs))
        util.concatenate_unique(neighbours, _previous_ops(op, control_inputs))
    return neighbours


def _next_ops(
    op: tf.Operation, control_outputs: util.ControlOutputs | None, stop_at: frozenset = frozenset()
) -> list[tf.Operation]:
    following = [consumer for tensor in op.outputs if tensor not in stop_at for consumer in tensor.consumers()]
    return following + (control_outputs.get(op) if control_outputs is not None else [])


def _previous_ops(op: tf.Operation, control_inputs: bool, stop_at: frozenset = frozenset()) -> list[tf.Operation]:
    before = [tensor.op for tensor in op.inputs if tensor not in stop_at]
    return before + (list(op.control_inputs) if control_inputs else [])


def compute_boundary_ts(ops: object) -> tuple[list[tf.Tensor], list[tf.Tensor], list[tf.Tensor]]:
    """Returns the tensors that come from outside of `ops`, those that nothing inside or something outside takes,
    and those that something inside takes. Raises TypeError unless `ops` are operations.
    """
    ops = util.make_list_of_op(ops)
    within = set(ops)
    inputs = [tensor for tensor in _inputs(ops) if tensor.op not in within]
    taken = set(_inputs(ops))
    outputs = [
        tensor
        for tensor in _outputs(ops)
        if tensor not in taken or any(consumer not in within for consumer in tensor.consumers())
    ]
    return inputs, outputs, [tensor for tensor in _outputs(ops) if tensor in taken]


def get_within_boundary_ops(
    ops: object,
    seed_ops: object,
    boundary_ops: object = (),
    inclusive: bool = True,
    control_inputs: bool = False,
    control_outputs: util.ControlOutputs | None = None,
    control_ios: util.ControlOutputs | None = None,
) -> list[tf.Operation]:
    """Returns the operations that are reached from the seeds, either way, without passing the boundary.

    Args:
      ops: operations, or a graph, that the search stays in.
      seed_ops: where it begins.
      boundary_ops: where it ends.
      inclusive: whether the boundary is in the result.
      control_inputs: see `check_cios`.
      control_outputs: see `check_cios`.
      control_ios: see `check_cios`.

    Raises:
      TypeError: `ops`, `seed_ops` or `boundary_ops` are no operations.
      ValueError: a seed is in the boundary.
    """
    control_inputs, control_outputs = check_cios(control_inputs, control_outputs, control_ios)
    ops = util.make_list_of_op(ops)
    seeds = util.make_list_of_op(seed_ops, allow_graph=False)
    boundary = set(util.make_list_of_op(boundary_ops))
    both = [op.name for op in seeds if op in boundary]
    if both:
        raise ValueError(f'The boundary must not hold a seed, got {", ".join(both)} in both.')

    def around(op: tf.Operation) -> list[tf.Operation]:
        if op in boundary:
            return []
        return _next_ops(op, control_outputs) + _previous_ops(op, control_inputs)

    within = set(ops)
    reached = _walk(seeds, lambda op: [other for other in around(op) if other in within])
    return [op for op in reached if inclusive or op not in boundary]


def _walk(seeds: Iterable[tf.Operation], following: Callable[[tf.Operation], list]) -> list[tf.Operation]:
    """Returns the seeds and all that is reached from them, the nearer ones first."""
    reached = list(dict.fromkeys(seeds))
    known = set(reached)
    for op in reached:
        for other in following(op):
            if other not in known:
                known.add(other)
                reached.append(other)
    return reached


def _within(within_ops: object, within_ops_fn: Filter | None) -> Filter:
    allowed = None if within_ops is None else frozenset(util.make_list_of_op(within_ops, allow_graph=False))
    return lambda op: (allowed is None or op in allowed) and (within_ops_fn is None or within_ops_fn(op))


def _seeds(ops: object, of_tensors: Callable[[object], list[tf.Operation]]) -> list[tf.Operation]:
    """Returns the operations to begin at; `of_tensors` gives them where tensors are given."""
    if not util.is_iterable(ops):
        ops = [ops]
    ops = list(ops)
    if ops and isinstance(ops[0], tf.Tensor):
        return of_tensors(ops)
    return util.make_list_of_op(ops, allow_graph=False)


def get_forward_walk_ops(
    seed_ops: object,
    inclusive: bool = True,
    within_ops: object = None,
    within_ops_fn: Filter | None = None,
    stop_at_ts: object = (),
    control_outputs: util.ControlOutputs | None = None,
) -> list[tf.Operation]:
    """Returns the operations that depend on the seeds.

    Args:
      seed_ops: operations, or tensors, whose consumers the walk begins at.
      inclusive: whether the seeds are in the result.
      within_ops: operations that the walk stays in; None for all.
      within_ops_fn: whether the walk may reach an operation; None for all.
      stop_at_ts: tensors that the walk does not pass.
      control_outputs: followed as well; None for none.

    Raises:
      TypeError: `seed_ops`, `within_ops` or `stop_at_ts` are none, or `control_outputs` is not.
    """
    _, control_outputs = check_cios(False, control_outputs)
    seeds = _seeds(seed_ops, util.get_consuming_ops)
    stop_at, allowed = frozenset(util.make_list_of_t(stop_at_ts)), _within(within_ops, within_ops_fn)
    reached = _walk(
        [op for op in seeds if allowed(op)],
        lambda op: [other for other in _next_ops(op, control_outputs, stop_at) if allowed(other)],
    )
    return reached if inclusive else [op for op in reached if op not in set(seeds)]


def get_backward_walk_ops(
    seed_ops: object,
    inclusive: bool = True,
    within_ops: object = None,
    within_ops_fn: Filter | None = None,
    stop_at_ts: object = (),
    control_inputs: bool = False,
) -> list[tf.Operation]:
    """Returns the operations that the seeds depend on.

    Args:
      seed_ops: operations, or tensors, whose operations the walk begins at.
      inclusive: whether the seeds are in the result.
      within_ops: operations that the walk stays in; None for all.
      within_ops_fn: whether the walk may reach an operation; None for all.
      stop_at_ts: tensors that the walk does not pass.
      control_inputs: whether control inputs are followed as well.

    Raises:
      TypeError: `seed_ops`, `within_ops` or `stop_at_ts` are none.
    """
    seeds = _seeds(seed_ops, util.get_generating_ops)
    stop_at, allowed = frozenset(util.make_list_of_t(stop_at_ts)), _within(within_ops, within_ops_fn)
    reached = _walk(
        [op for op in seeds if allowed(op)],
        lambda op: [other for other in _previous_ops(op, control_inputs, stop_at) if allowed(other)],
    )
    return reached if inclusive else [op for op in reached if op not in set(seeds)]


def get_walks_intersection_ops(
    forward_seed_ops: object,
    backward_seed_ops: object,
    forward_inclusive: bool = True,
    backward_inclusive: bool = True,
    within_ops: object = None,
    within_ops_fn: Filter | None = None,
    control_inputs: bool = False,
    control_outputs: util.ControlOutputs | None = None,
    control_ios: util.ControlOutputs | None = None,
) -> list[tf.Operation]:
    """Returns the operations between the forward and the backward seeds; for arguments and errors see both walks."""
    control_inputs, control_outputs = check_cios(control_inputs, control_outputs, control_ios)
    within = {'within_ops': within_ops, 'within_ops_fn': within_ops_fn}
    forward = get_forward_walk_ops(forward_seed_ops, forward_inclusive, control_outputs=control_outputs, **within)
    backward = get_backward_walk_ops(backward_seed_ops, backward_inclusive, control_inputs=control_inputs, **within)
    both = set(backward)
    return [op for op in forward if op in both]


def get_walks_union_ops(
    forward_seed_ops: object,
    backward_seed_ops: object,
    forward_inclusive: bool = True,
    backward_inclusive: bool = True,
    within_ops: object = None,
    within_ops_fn: Filter | None = None,
    control_inputs: bool = False,
    control_outputs: util.ControlOutputs | None = None,
    control_ios: util.ControlOutputs | None = None,
) -> list[tf.Operation]:
    """Returns the operations of the forward walk, then of the backward one; for arguments and errors see both walks."""
    control_inputs, control_outputs = check_cios(control_inputs, control_outputs, control_ios)
    within = {'within_ops': within_ops, 'within_ops_fn': within_ops_fn}
    forward = get_forward_walk_ops(forward_seed_ops, forward_inclusive, control_outputs=control_outputs, **within)
    backward = get_backward_walk_ops(backward_seed_ops, backward_inclusive, control_inputs=control_inputs, **within)
    return util.concatenate_unique(forward, backward)


def select_ops(*args: object, **kwargs: object) -> list[tf.Operation]:
    """Returns operations by name or as they are given.

    Args:
      *args: operations, iterables of them, or regular expressions to find in names. Tensors, and expressions that
        begin with '(?#ts)', are left out.
      **kwargs: `graph`, which expressions need; `positive_filter`, to keep some alone; `restrict_ops_regex`, True for
        expressions that begin with '(?#ops)' alone.

    Raises:
      TypeError: `graph` is none, or an argument is nothing of these.
      ValueError: another keyword, or an expression without `graph`.
    """
    return _select(args, dict(kwargs), 'restrict_ops_regex', _OPS_MARK, _TS_MARK, tf.Operation, filter_ops_from_regex)


def select_ts(*args: object, **kwargs: object) -> list[tf.Tensor]:
    """Returns tensors by name or as they are given.

    Args:
      *args: tensors, iterables of them, or regular expressions to find in names. Operations, and expressions that
        begin with '(?#ops)', are left out.
      **kwargs: `graph`, which expressions need; `positive_filter`, to keep some alone; `restrict_ts_regex`, True for
        expressions that begin with '(?#ts)' alone.

    Raises:
      TypeError: `graph` is none, or an argument is nothing of these.
      ValueError: another keyword, or an expression without `graph`.
    """
    return _select(args, dict(kwargs), 'restrict_ts_regex', _TS_MARK, _OPS_MARK, tf.Tensor, filter_ts_from_regex)


def _select(
    args: tuple, options: dict, restrict: str, mark: str, other_mark: str, kind: type, from_regex: Callable
) -> list:
    graph = options.pop('graph', None)
    positive_filter, restricted = options.pop('positive_filter', None), options.pop(restrict, False)
    if graph is not None:
        util.check_graph(graph)
    if options:
        raise ValueError(f'The keywords are graph, positive_filter and {restrict}, got {", ".join(sorted(options))}.')
    chosen: list = []
    for arg in args:
        if can_be_regex(arg):
            if graph is None:
                raise ValueError(f'graph must be given beside the regular expression {arg!r}, got none.')
            pattern = make_regex(arg)
            if pattern.pattern.startswith(other_mark) or (restricted and not pattern.pattern.startswith(mark)):
                continue
            found = from_regex(graph, pattern)
        elif kind is tf.Operation:
            found = util.make_list_of_op(arg, ignore_ts=True)
        else:
            found = util.make_list_of_t(arg, ignore_ops=True)
        util.concatenate_unique(chosen, found if positive_filter is None else filter(positive_filter, found))
    return chosen


def select_ops_and_ts(*args: object, **kwargs: object) -> tuple[list[tf.Operation], list[tf.Tensor]]:
    """Returns operations as `select_ops`, and tensors as `select_ts` with expressions that begin with '(?#ts)'."""
    return select_ops(*args, restrict_ops_regex=False, **kwargs), select_ts(*args, restrict_ts_regex=True, **kwargs)
