"""How eager operations run, and where."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import tf1 as tf

SYNC = 0
ASYNC = 1
DEVICE_PLACEMENT_EXPLICIT = 0
DEVICE_PLACEMENT_WARN = 1
DEVICE_PLACEMENT_SILENT = 2


def set_execution_mode(mode: int | None) -> None:
    """Lets operations of this thread end before (SYNC, None) or after (ASYNC) the call that starts them.

    Raises:
      ValueError: `mode` is another value.
    """
    if mode not in (None, SYNC, ASYNC):
        raise ValueError(f'mode must be None, SYNC (0) or ASYNC (1), got {mode!r}.')
    tf.config.experimental.set_synchronous_execution(mode != ASYNC)


@contextlib.contextmanager
def execution_mode(mode: int | None) -> Iterator[None]:
    """Sets the mode, as `set_execution_mode` does, for a `with` block.

    Raises:
      ValueError: `mode` is not None, SYNC or ASYNC.
    """
    synchronous = tf.config.experimental.get_synchronous_execution()
    set_execution_mode(mode)
    try:
        yield
    finally:
        tf.config.experimental.set_synchronous_execution(synchronous)


def async_wait() -> None:
    """Waits until all operations of this thread have ended, and raises the error of one that failed."""
    if not tf.config.experimental.get_synchronous_execution():
        with execution_mode(SYNC):
            pass


def async_clear_error() -> None:
    """Forgets an error of asynchronous operations, so that more can run."""
    tf.experimental.async_clear_error()


def list_devices() -> list[str]:
    """Returns the full names of this process's devices, such as '/job:localhost/replica:0/task:0/device:CPU:0'."""
    return tf.config.experimental_list_devices()


def num_gpus() -> int:
    """Returns the number of GPUs that operations can run on."""
    return len(tf.config.list_logical_devices('GPU'))


def defun(
    func: Callable[..., Any] | None = None,
    input_signature: Sequence[tf.TensorSpec] | None = None,
    autograph: bool = True,
    experimental_autograph_options: Any = None,
    experimental_relax_shapes: bool = False,
) -> Callable[..., Any]:
    """Makes a function run as a graph, which is built at the first call with arguments of new types or shapes.

    Args:
      func: function of tensors; None to use `defun(...)` with arguments as a decorator.
      input_signature: types and shapes of the arguments, for one graph only.
      autograph: also turns Python's `if`, `while` and `for` of tensors into operations.
      experimental_autograph_options: see `tf.function`.
      experimental_relax_shapes: leaves sizes that differ between calls open instead of building graph after graph.
    """
    return tf.function(
        func,
        input_signature=input_signature,
        autograph=autograph,
        experimental_autograph_options=experimental_autograph_options,
        reduce_retracing=experimental_relax_shapes,
    )


def run(main: Callable[[list[str]], Any] | None = None, argv: list[str] | None = None) -> None:
    """Runs a program, as `tf.app.run` does, with eager execution."""
    tf.enable_eager_execution()
    tf.app.run(main, argv)
