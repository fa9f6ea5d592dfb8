"""Tests that run twice: building a graph, and eagerly."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import tf1 as tf
from tf1._namespace import module_loader


def run_test_in_graph_and_eager_modes(
    func: Callable[..., None] | None = None,
    config: tf.ConfigProto | None = None,
    use_gpu: bool = True,
    reset_test: bool = True,
    assert_no_eager_garbage: bool = False,
) -> Callable[..., None]:
    """Makes a test method run in a graph with a session, and then eagerly; a decorator, with or without arguments.

    Args:
      func: method of a `tf.test.TestCase`.
      config: of the session.
      use_gpu: lets the session use GPUs.
      reset_test: runs `tearDown` and `setUp` between the two.
      assert_no_eager_garbage: is accepted, but nothing is counted.
    """
    if func is None:
        return lambda method: run_test_in_graph_and_eager_modes(method, config, use_gpu, reset_test)

    @functools.wraps(func)
    def twice(self: tf.test.TestCase, *args: Any, **kwargs: Any) -> None:
        with tf.Graph().as_default(), self.test_session(use_gpu=use_gpu, config=config):
            func(self, *args, **kwargs)
        if reset_test:
            self.tearDown()
            self._tempdir = None
            self.setUp()
        with module_loader('tf1._engine')().v2.__internal__.eager_context.eager_mode():
            func(self, *args, **kwargs)

    return twice


def run_all_tests_in_graph_and_eager_modes(cls: type) -> type:
    """Makes all test methods of a class run in a graph, and then eagerly; a decorator."""
    for name, value in list(vars(cls).items()):
        if name.startswith('test') and callable(value) and name != 'test_session':
            setattr(cls, name, run_test_in_graph_and_eager_modes(value))
    return cls
