"""A session with hooks: the contract of `tf.train.MonitoredSession`, made cheap for the many steps that look alike.

Between two steps the hooks of a training run mostly ask for the same tensors. What they and the caller ask for is
compiled once, by its structure, into a callable of TensorFlow's session; a step that asks for the same again costs a
dictionary look-up. Steps with feeds, run options or exotic fetches take the session's general path.
"""

from __future__ import annotations

import contextlib
import operator
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Any

import tensorflow.compat.v1 as tf

from tf1._engine import session_observer
from tf1.estimator import checkpoints
from tf1.estimator.run_config import RunConfig

Fetches = Any
_PREEMPTED = (tf.errors.AbortedError, tf.errors.UnavailableError)
_EXHAUSTED = (tf.errors.OutOfRangeError, StopIteration)
_MAX_CALLABLES = 64


class HookedSession:
    """Runs steps with `hooks` around them, from creation to the end, as TF 1.15's MonitoredSession documents it.

    Creation calls every hook's `begin`, creates the session, starts queue runners and calls every hook's
    `after_create_session`. A preempted session (AbortedError, UnavailableError) is created anew and the step run again.
    Used in a `with` statement it swallows the end of the input (OutOfRangeError, StopIteration); hooks' `end` is
    called unless another exception passes through.

    Args:
      session_creator: creates an initialised or restored `tf.Session`.
      hooks: session hooks, called in this order.
      stop_grace_period_secs: seconds that threads get to stop.
    """

    def __init__(
        self,
        session_creator: tf.train.SessionCreator,
        hooks: Sequence[tf.train.SessionRunHook],
        stop_grace_period_secs: float = 120,
    ):
        self._creator = session_creator
        self.hooks = tuple(hooks)
        self._grace_secs = stop_grace_period_secs
        for hook in self.hooks:
            hook.begin()
        self._graph = tf.get_default_graph()
        self._closed = False
        self._no_options = tf.RunOptions()
        self._no_metadata = tf.RunMetadata()
        self._create()

    def run(self, fetches: Fetches) -> Any:
        """Runs one step and returns the values of `fetches`.

        Raises:
          RuntimeError: the session is closed.
          Exception: whatever an op, a hook or an input thread raised.
        """
        if self._closed:
            raise RuntimeError('This session is closed and runs no more steps.')
        with self._in_graph():
            while True:
                try:
                    return self._run_step(fetches)
                except _PREEMPTED as error:
                    tf.logging.info('The session was lost (%s); creating it anew and running the step again.', error)
                    self._abandon()
                    self._create()

    def should_stop(self) -> bool:
        """Returns whether a hook, an input thread or the end of the input asked to stop."""
        return self._closed or self._coordinator.should_stop()

    def close(self) -> None:
        """Calls every hook's `end`, stops threads and closes the session."""
        self._close(call_end=True)

    def __enter__(self) -> HookedSession:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        clean = kind is None or issubclass(kind, _EXHAUSTED)
        self._close(call_end=clean)
        return clean

    def _in_graph(self) -> contextlib.AbstractContextManager:
        """Hooks look up tensors in the default graph, and whoever predicts has left it between two steps."""
        if tf.get_default_graph() is self._graph:
            return contextlib.nullcontext()  # Entering it once more takes 10 microseconds.
        return self._graph.as_default()

    def _create(self) -> None:
        while True:
            self._coordinator = tf.train.Coordinator(clean_stop_exception_types=())
            self.session: tf.Session | None = None
            try:
                return self._start()
            except _PREEMPTED as error:
                tf.logging.info('The session was lost while it was created (%s); creating it anew.', error)
                self._abandon()

    def _start(self) -> None:
        self.session = self._creator.create_session()
        self._callables: dict[Any, Callable[[], Any]] = {}
        if self._graph.get_collection(tf.GraphKeys.QUEUE_RUNNERS):
            tf.train.start_queue_runners(sess=self.session, coord=self._coordinator)
        for hook in self.hooks:
            hook.after_create_session(self.session, self._coordinator)

    def _abandon(self) -> None:
        self._coordinator.request_stop()
        # Input threads lose the session too, and report the same error.
        with contextlib.suppress(*_PREEMPTED):
            self._join()
        if self.session is not None:
            self.session.close()

    def _close(self, call_end: bool) -> None:
        if self._closed:
            return
        self._closed = True
        try:
            if call_end:
                with self._in_graph():
                    for hook in self.hooks:
                        hook.end(self.session)
        finally:
            self._coordinator.request_stop()
            try:
                self._join()
            finally:
                self.session.close()

    def _join(self) -> None:
        self._coordinator.join(stop_grace_period_secs=self._grace_secs, ignore_live_threads=True)

    def _run_step(self, fetches: Fetches) -> Any:
        context = tf.train.SessionRunContext(tf.train.SessionRunArgs(fetches), self.session)
        requests = [hook.before_run(context) for hook in self.hooks]
        try:
            (own, results), options, metadata = self._fetch(fetches, requests)
        except (tf.errors.CancelledError, *_EXHAUSTED):
            # A failed input thread closes its queue: what it raised says more than the queue's own error.
            self._coordinator.raise_requested_exception()
            raise
        for hook, result in zip(self.hooks, results, strict=True):
            hook.after_run(context, tf.train.SessionRunValues(result, options, metadata))
        if context.stop_requested:
            self._coordinator.request_stop()
        return own

    def _fetch(self, fetches: Fetches, requests: list[Any]) -> tuple[Any, tf.RunOptions, tf.RunMetadata]:
        wanted = [request.fetches if request else None for request in requests]
        is_general = any(request and (request.feed_dict or request.options) for request in requests)
        if is_general or session_observer.is_observed():
            return self._fetch_generally(fetches, wanted, requests)
        key = (_structure(fetches), *map(_structure, wanted))
        call = self._callables.get(key)
        if call is None:
            if len(self._callables) == _MAX_CALLABLES:
                return self._fetch_generally(fetches, wanted, requests)
            call = self._callables[key] = self._compile(fetches, wanted)
        return call(), self._no_options, self._no_metadata

    def _compile(self, fetches: Fetches, wanted: list[Any]) -> Callable[[], tuple[Any, list[Any]]]:
        leaves: dict[int, Any] = {}
        build_own = _builder(fetches, leaves)
        builders = [_nothing if each is None else _builder(each, leaves) for each in wanted]
        fetch = self.session.make_callable(list(leaves.values()))

        def call(kept: Any = leaves) -> tuple[Any, list[Any]]:  # Identities of what is kept stay taken.
            values = fetch()
            return build_own(values), [build(values) for build in builders]

        return call

    def _fetch_generally(
        self, fetches: Fetches, wanted: list[Any], requests: list[Any]
    ) -> tuple[tuple[Any, list[Any]], tf.RunOptions, tf.RunMetadata]:
        options, metadata = _merged_options(requests), tf.RunMetadata()
        own, values = self.session.run(
            [fetches, _present(wanted)], feed_dict=_merged_feeds(requests), options=options, run_metadata=metadata
        )
        return (own, _spread(values, wanted)), options, metadata


def open_session(
    scaffold: tf.train.Scaffold,
    master: str,
    config: RunConfig,
    checkpoint_path: str | None,
    hooks: Sequence[tf.train.SessionRunHook],
) -> HookedSession:
    """Returns a session on the default graph, restored from a checkpoint or initialised where that is None.

    Raises:
      tf.errors.NotFoundError, tf.errors.InvalidArgumentError: the checkpoint belongs to another model.
    """
    if not checkpoints.has_own_saver(scaffold):
        if checkpoint_path is not None:
            checkpoints.check_fits(checkpoint_path)
        checkpoints.take_variables_for_filled(scaffold, master)
    creator = checkpoints.RestoringSessionCreator(
        scaffold, master=master, config=config.session_config, checkpoint_filename_with_path=checkpoint_path
    )
    return HookedSession(creator, hooks)


def _structure(fetches: Fetches) -> Any:
    """Returns a description of `fetches`: equal ones, of what is kept, fetch the same values in the same structure."""
    if isinstance(fetches, (list, tuple)):
        return (type(fetches), *map(_structure, fetches))
    if isinstance(fetches, dict):
        return (type(fetches), *((key, _structure(value)) for key, value in fetches.items()))
    return fetches if isinstance(fetches, str) else id(fetches)


def _builder(fetches: Fetches, leaves: dict[int, Any]) -> Callable[[list[Any]], Any]:
    """Returns what makes the result of `fetches` from the values of `leaves`, to which it adds what is missing there.

    TensorFlow takes plain structures apart and builds them again too, but slowly and with each step.
    """
    kind = type(fetches)
    if kind is dict:
        fields = [(key, _builder(value, leaves)) for key, value in fetches.items()]
        return lambda values: {key: build(values) for key, build in fields}
    if kind is list or kind is tuple:
        parts = [_builder(part, leaves) for part in fetches]
        return lambda values: kind([build(values) for build in parts])
    leaves.setdefault(id(fetches), fetches)
    return operator.itemgetter(list(leaves).index(id(fetches)))


def _nothing(values: list[Any]) -> None:
    """What a hook gets that asks for nothing."""


def _present(wanted: list[Any]) -> list[Any]:
    return [fetches for fetches in wanted if fetches is not None]


def _spread(values: list[Any], wanted: list[Any]) -> list[Any]:
    """Returns one result per entry of `wanted`: None where nothing was asked for, else the next of `values`."""
    following = iter(values)
    return [None if fetches is None else next(following) for fetches in wanted]


def _merged_feeds(requests: list[Any]) -> dict[Any, Any]:
    feeds: dict[Any, Any] = {}
    for request in requests:
        for tensor, value in (request.feed_dict or {}).items() if request else ():
            if tensor in feeds:
                raise RuntimeError(f'Two hooks feed the same tensor: {tensor}.')
            feeds[tensor] = value
    return feeds


def _merged_options(requests: list[Any]) -> tf.RunOptions:
    """Returns options that give every hook at least what it asked for."""
    merged = tf.RunOptions()
    for options in (request.options for request in requests if request and request.options):
        trace_level = max(merged.trace_level, options.trace_level)
        timeout_in_ms = max(merged.timeout_in_ms, options.timeout_in_ms)
        merged.MergeFrom(options)
        merged.trace_level, merged.timeout_in_ms = trace_level, timeout_in_ms
    return merged
