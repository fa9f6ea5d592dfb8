"""`tf.contrib.tfprof.ProfileContext`: profiles of a program's `session.run`, taken while it runs."""

from __future__ import annotations

import os
from collections.abc import Collection
from types import TracebackType
from typing import Any

import tf1 as tf
from tf1._engine import session_observer
from tf1._files.atomic_output import write_whole

# Those of TF 1.15.
_TRACED = (*range(11, 20), 43, 51, 54, 56, 63, 64, 74, 78, 85)
_DUMPED = (100,)


class ProfileContext:
    """Traces some calls of `session.run` in this process, profiles them and writes the profiles to files.

    A step is a call of `session.run` in any session; the first one inside of the context is step 0.

    Args:
      profile_dir: folder of the files `profile_STEP`, which `tfprof` and `tf.profiler` read.
      trace_steps: steps to trace; None for some among the first hundred.
      dump_steps: steps after which the profile of all steps traced so far is written; None for 100.
      enabled: False does nothing, and `profiler` is None.
      debug: also write each trace, as `run_meta_STEP`.

    Raises:
      ValueError: there is no `profile_dir`.
    """

    def __init__(
        self,
        profile_dir: str,
        trace_steps: Collection[int] | None = None,
        dump_steps: Collection[int] | None = None,
        enabled: bool = True,
        debug: bool = False,
    ):
        self._enabled = enabled
        if not enabled:
            return
        if not profile_dir:
            raise ValueError('ProfileContext needs a profile_dir to write to.')
        self._folder = profile_dir
        self._debug = debug
        self._traced = frozenset(_TRACED if trace_steps is None else trace_steps)
        self._dumped = frozenset(_DUMPED if dump_steps is None else dump_steps)
        self._commands: list[tuple[str, dict[str, Any], frozenset[int]]] = []
        self._found: dict[str, dict[int, Any]] = {}
        self._trace_next = self._dump_next = False
        self._step = 0
        self._profiler: tf.profiler.Profiler | None = None
        self._graph: tf.Graph | None = None

    @property
    def profiler(self) -> tf.profiler.Profiler | None:
        """The profiler that holds the traced steps, of the graph that ran first."""
        if not self._enabled:
            return None
        if self._profiler is None:
            self._profiler = tf.profiler.Profiler(self._graph or tf.get_default_graph())
        return self._profiler

    def add_auto_profiling(self, cmd: str, options: dict[str, Any], profile_steps: Collection[int]) -> None:
        """Traces steps and profiles after each.

        Args:
          cmd: 'scope', 'graph', 'op' or 'code'.
          options: as of `tf.profiler.ProfileOptionBuilder`.
          profile_steps: which steps.
        """
        if self._enabled:
            self._commands.append((cmd, options, frozenset(profile_steps)))

    def get_profiles(self, cmd: str) -> dict[int, Any]:
        """Returns what `add_auto_profiling` found with a command, by step.

        Raises:
          ValueError: the command has not run.
        """
        if cmd not in self._found:
            raise ValueError(f'No profiling with {cmd!r} has run; add_auto_profiling asks for it at steps.')
        return self._found[cmd]

    def trace_next_step(self) -> None:
        """Traces the next `session.run`."""
        self._trace_next = True

    def dump_next_step(self) -> None:
        """Writes the profile after the next `session.run`."""
        self._dump_next = True

    def __enter__(self) -> ProfileContext:
        if self._enabled:
            if session_observer.is_observed():
                raise tf.errors.InternalError(None, None, 'Another ProfileContext is active; leave it first.')
            session_observer.observe(self._run)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._enabled:
            session_observer.stop()

    def _run(
        self, session: tf.Session, run: session_observer.Run, options: Any, metadata: tf.RunMetadata | None
    ) -> Any:
        """Makes a step: `run` with the options and the metadata that it gets."""
        step, self._step = self._step, self._step + 1
        self._graph = self._graph or session.graph
        commands = [each for each in self._commands if step in each[2]]
        if self._trace_next or commands or step in self._traced:
            self._trace_next = False
            traced = tf.RunOptions()
            traced.CopyFrom(options or traced)
            traced.trace_level = tf.RunOptions.FULL_TRACE
            metadata = metadata or tf.RunMetadata()
            result = run(traced, metadata)
            self.profiler.add_step(step, metadata)
            if self._debug:
                self._write(f'run_meta_{step}', str(metadata).encode())
        else:
            result = run(options, metadata)
        for command, settings, _ in commands:
            self._found.setdefault(command, {})[step] = self._profile(command, settings)
        if self._dump_next or step in self._dumped:
            self._dump_next = False
            self._write(f'profile_{step}', self.profiler.serialize_to_string())
        return result

    def _profile(self, command: str, options: dict[str, Any]) -> Any:
        profiles = {
            'code': self.profiler.profile_python,
            'graph': self.profiler.profile_graph,
            'op': self.profiler.profile_operations,
            'scope': self.profiler.profile_name_scope,
        }
        if command not in profiles:
            raise ValueError(f'A profiling command is one of {", ".join(sorted(profiles))}, got {command!r}.')
        return profiles[command](options)

    def _write(self, name: str, content: bytes) -> None:
        write_whole(os.path.join(self._folder, name), content)
