"""Many training steps in one call, where nobody has to see the steps between.

A step of a small model is mostly overhead: of Python, of the session, of hooks that have nothing to do. Once training
has gone on for a while, the steps that no hook wants to see are made by a loop in the graph (`loop_graph`), as many a
call as take about 50 ms. All numbers, files and log lines are those of single steps.
"""

from __future__ import annotations

import collections
import math
import statistics
import time

import tensorflow as tf2
import tensorflow.compat.v1 as tf

from tf1._engine import session_observer
from tf1.estimator import loop_graph, skippable
from tf1.estimator.hooked_session import HookedSession
from tf1.estimator.model_graph import ModelGraph
from tf1.estimator.run_config import RunConfig
from tf1.estimator.spec import EstimatorSpec

_SECONDS_BEFORE = 0.1
"""Of single steps: building the loop takes as long."""
_STEPS_BEFORE = 20
_SECONDS_OF_CALL = 0.05
_LONG_STEP = 0.005
"""Seconds of a step beside which the overhead is nothing."""
_FEWEST = 4
"""Steps that are worth a call."""
_CALLS_TO_JUDGE = 12


class StepLoops:
    """Makes the steps that no hook has to see.

    Args:
      session: a training's session.
      spec: the model.
      config: settings; `experimental_steps_per_call` bounds the steps of a call.

    Attributes:
      last_loss: the loss of the last step, where a loop made it and met the end of the input then; else None.
    """

    def __init__(self, session: HookedSession, spec: EstimatorSpec, config: RunConfig):
        self._hooked = session
        self._spec = spec
        self._most = config.experimental_steps_per_call or math.inf
        self._config = config
        self._hooks = skippable.Hooks(session.hooks, spec.loss)
        self._graph = tf.get_default_graph()
        self._global_step = tf.train.get_global_step()
        self._is_off = self._most == 1
        self.last_loss: float | None = None
        self._loop: loop_graph.Loop | None = None
        self._session: tf.Session | None = None
        self._last = time.perf_counter()
        self._single: collections.deque[float] = collections.deque(maxlen=64)
        self._spent = 0.0
        self._in_calls: list[float] = []

    def run_unseen(self) -> None:
        """Makes the steps before the next one that a hook has to see; none before loops are worth it.

        Raises:
          tf.errors.OutOfRangeError: the input has ended.
          tf.estimator.NanLossDuringTrainingError: the loss became NaN.
          Exception: whatever an operation of the step raised.
        """
        if self._is_off:
            return
        now = time.perf_counter()
        if self._loop is None:
            self._single.append(now - self._last)
            self._spent += now - self._last
            if self._spent >= _SECONDS_BEFORE and len(self._single) >= _STEPS_BEFORE:
                self._decide()
        elif self._hooked.session is not self._session:
            self._open()  # A new session makes its first step alone.
        else:
            self._run()
        self._last = time.perf_counter()

    def _decide(self) -> None:
        try:
            self._check()
            self._loop = loop_graph.build(self._graph, self._spec.train_op, self._spec.loss, self._global_step)
        except loop_graph.CannotLoop as reason:
            self._turn_off(str(reason))
        else:
            self._open()

    def _check(self) -> None:
        hook = self._hooks.sees_every_step
        if hook is not None:
            raise loop_graph.CannotLoop(f'{type(hook).__name__} sees every step')
        if session_observer.is_observed():
            raise loop_graph.CannotLoop('a ProfileContext counts steps')
        if self._config.master or self._config.cluster_spec:
            raise loop_graph.CannotLoop('other processes take part')
        if not isinstance(self._graph, ModelGraph):
            raise loop_graph.CannotLoop('the graph is not of the library')
        if tf2.config.list_physical_devices('GPU'):
            raise loop_graph.CannotLoop('there is a GPU')
        if self._step_seconds() > _LONG_STEP:
            raise loop_graph.CannotLoop(f'a step takes {self._step_seconds() * 1e3:.1f} ms')

    def _turn_off(self, reason: str) -> None:
        self._is_off = True
        tf.logging.info('Every training step is a call of its own: %s.', reason)

    def _step_seconds(self) -> float:
        return statistics.quantiles(self._single)[0]

    def _open(self) -> None:
        if self._session is not None:
            for batches in self._graph.array_inputs.values():
                batches.restart()
        self._session = self._hooked.session
        loop = self._loop
        self._call = self._session.make_callable([loop.count, loop.loss], feed_list=[loop.limit])
        self._read_step = self._session.make_callable(self._global_step)

    def _run(self) -> None:
        global_step = int(self._read_step())
        steps = self._hooks.skippable(global_step)
        if steps < _FEWEST:
            return
        start = time.perf_counter()
        while steps > 0:
            seconds = statistics.median(self._in_calls[-5:]) if self._in_calls else self._step_seconds()
            begin = time.perf_counter()
            try:
                count = self._run_loop(int(min(steps, self._most, max(1, _SECONDS_OF_CALL // seconds))))
            except tf.errors.OpError as error:
                self._end(error, global_step)
                raise loop_graph.model_error(error, self._graph) from None
            now = time.perf_counter()
            if not count:
                return  # The input ends with the next step.
            global_step += count
            self._hooks.skip(count, global_step)
            self._judge((now - begin) / count)
            steps -= count
            if self._is_off or now - start > _SECONDS_OF_CALL:
                return

    def _run_loop(self, limit: int) -> int:
        count, loss = self._call(limit)
        if math.isnan(loss):
            # As after a step of its own: this hook comes before all that look at steps.
            context = tf.train.SessionRunContext(None, self._session)
            self._hooks.nan_hook().after_run(context, tf.train.SessionRunValues(loss, None, None))
        return int(count)

    def _end(self, error: tf.errors.OpError, global_step: int) -> None:
        """Tells hooks, which end next, of the steps before the one that found no input."""
        if not loop_graph.is_end(error):
            return
        count = int(self._read_step()) - global_step
        if count:
            self.last_loss = self._session.run(self._loop.kept_loss)
            self._hooks.skip(count, global_step + count)

    def _judge(self, seconds: float) -> None:
        """Looks whether calls gain time; the first makes TensorFlow ready for the loop."""
        self._in_calls.append(seconds)
        if len(self._in_calls) == _CALLS_TO_JUDGE:
            gained = statistics.quantiles(self._in_calls[1:])[0]
            if gained > self._step_seconds():
                self._turn_off('many in one call are no faster')
        elif len(self._in_calls) > 2 * _CALLS_TO_JUDGE:
            del self._in_calls[: -_CALLS_TO_JUDGE - 1]
