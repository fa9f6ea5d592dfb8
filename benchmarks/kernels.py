"""Where the time of a training step goes: which kernels, and what is left for everything else.

Usage: python -m benchmarks.kernels [NAME ...]

Trains each of the nine systems some steps under TensorFlow's tracer. Prints, by system, the milliseconds of a step, the
share of it in which a kernel is at work, and of the kernels' own time the share of each kind of operation. Medians over
the steps; kernels that run side by side count each.
"""

from __future__ import annotations

import collections
import contextlib
import dataclasses
import io
import statistics
import sys
import tempfile
import time
from typing import Any, NamedTuple

import tf1 as tf
from benchmarks import machine, sessions_contender
from estimators import systems
from tf1.datasets import mnist

_WARM_UP, _STEPS = 3, 12
_SHOWN = 5


class Step(NamedTuple):
    """A step: its seconds, those in which a kernel was at work, and the kernels' own by kind of operation."""

    seconds: float
    busy: float
    kinds: dict[str, float]


def main(names: list[str]) -> None:
    """Prints the table."""
    print(machine.describe())
    print('system             ms    in kernels  of the kernels')
    for name in names or [*systems.SYSTEMS, *sessions_contender.CASES]:
        steps = (_of_estimator if name in systems.SYSTEMS else _of_session)(name)
        print(_line(name, steps[_WARM_UP:]), flush=True)


def _line(name: str, steps: list[Step]) -> str:
    seconds = statistics.median(step.seconds for step in steps)
    busy = statistics.median(step.busy / step.seconds for step in steps)
    kinds: collections.Counter[str] = collections.Counter()
    for step in steps:
        kinds.update(step.kinds)
    shares = ', '.join(f'{kind} {spent / kinds.total():.0%}' for kind, spent in kinds.most_common(_SHOWN))
    return f'{name:17} {seconds * 1e3:6.1f} {busy:8.0%}        {shares}'


def _of_estimator(name: str) -> list[Step]:
    system = systems.SYSTEMS[name]
    hparams = dataclasses.replace(system.hparams, steps=_WARM_UP + _STEPS)
    hook = _Tracing()
    with tempfile.TemporaryDirectory() as folder:
        estimator = systems.make_estimator(
            system, folder, hparams, save_checkpoints_steps=None, save_summary_steps=None
        )
        systems.train(estimator, systems.load(system), hooks=[hook])
    return hook.steps


class _Tracing(tf.train.SessionRunHook):
    """Traces each step; asking for nothing, it is asked at each."""

    def __init__(self):
        self.steps: list[Step] = []

    def before_run(self, run_context: tf.train.SessionRunContext) -> tf.train.SessionRunArgs:
        self._start = time.perf_counter()
        return tf.train.SessionRunArgs(None, options=_options())

    def after_run(self, run_context: tf.train.SessionRunContext, run_values: tf.train.SessionRunValues) -> None:
        graph = run_context.session.graph
        self.steps.append(_step(time.perf_counter() - self._start, run_values.run_metadata, graph))


def _of_session(name: str) -> list[Step]:
    case = dataclasses.replace(sessions_contender.CASES[name], steps=_WARM_UP + _STEPS)
    with contextlib.redirect_stdout(io.StringIO()):
        run = sessions_contender.start(case)
    with run:
        fetches, feeds = sessions_contender.bare_steps(case, run, *sessions_contender.examples_of(case, mnist.load()))
        steps = []
        for feed in feeds:
            metadata, start = tf.RunMetadata(), time.perf_counter()
            run.session.run(fetches, feed, options=_options(), run_metadata=metadata)
            steps.append(_step(time.perf_counter() - start, metadata, run.graph))
        return steps


def _options() -> tf.RunOptions:
    return tf.RunOptions(trace_level=tf.RunOptions.FULL_TRACE)


def _step(seconds: float, metadata: tf.RunMetadata, graph: tf.Graph) -> Step:
    kinds: collections.Counter[str] = collections.Counter()
    spans = []
    for device in metadata.step_stats.dev_stats:
        for node in device.node_stats:
            start = node.all_start_micros + node.op_start_rel_micros
            end = node.all_start_micros + node.op_end_rel_micros
            kinds[_kind(node, graph)] += (end - start) / 1e6
            spans.append((start, end))
    return Step(seconds, _covered(spans) / 1e6, dict(kinds))


def _kind(node: Any, graph: tf.Graph) -> str:
    """Returns the operation's type; where TensorFlow has rewritten the graph, as it names it in its timeline."""
    _, _, told = node.timeline_label.partition(' = ')
    if told:
        return told.partition('(')[0]
    with contextlib.suppress(KeyError, ValueError):
        return graph.get_operation_by_name(node.node_name).type
    return node.node_name


def _covered(spans: list[tuple[int, int]]) -> int:
    """Returns how much of the time line the spans cover together."""
    total = end = 0
    for start, stop in sorted(spans):
        total += max(0, stop - max(start, end))
        end = max(end, stop)
    return total


if __name__ == '__main__':
    main(sys.argv[1:])
