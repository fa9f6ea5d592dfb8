"""Errors of a session begin with what went wrong, as on TF 1.15; where the node was built stands after it.

An operation that cannot be built is named by its name and type, without its attributes and inputs.

TensorFlow 2 puts "Graph execution error:" and the node's traceback first, so that programs that look at `e.message` or
at the first line of `str(e)` ("End of sequence", "nope; No such file or directory") find nothing.
"""

from __future__ import annotations

import functools
import re
from typing import Any

import tensorflow.compat.v1 as tf
from tensorflow.python.framework import ops

_HEAD = 'Graph execution error:'
_LAST_NODE = re.compile(r"(?P<where>.*\nNode: '[^\n]*')\n(?P<what>.*)", re.DOTALL)
_NODE = re.compile(r'\{\{(node [^}]*)\}\}')
_BUILT = re.compile(r"'\{\{node (?P<name>[^}]*)\}\} = (?P<type>\w+)(\[.*?\])?\([^']*\)'")


def install() -> None:
    """Changes what sessions raise, for the process."""
    base = tf.Session.__mro__[1]
    usual = base._do_call
    if hasattr(usual, '__wrapped__'):
        return

    @functools.wraps(usual)
    def _do_call(session: Any, fn: Any, *args: Any) -> Any:
        try:
            return usual(session, fn, *args)
        except tf.errors.OpError as error:
            error._message = message(error.message)
            raise

    base._do_call = _do_call
    ops._create_c_op = _naming(ops._create_c_op)


def _naming(usual: Any) -> Any:
    """Returns what adds an operation to a graph, and names it briefly where it cannot be built."""

    @functools.wraps(usual)
    def _create_c_op(*args: Any, **options: Any) -> Any:
        try:
            return usual(*args, **options)
        except ValueError as error:
            error.args = tuple(_BUILT.sub(r"'\g<name>' (op: '\g<type>')", str(part)) for part in error.args)
            raise

    return _create_c_op


def message(text: str) -> str:
    """Returns the message of an error with the part that TF 1.15 gives before the part that says where."""
    parts = _LAST_NODE.fullmatch(text) if text.startswith(_HEAD) else None
    if parts is None:
        return text.removeprefix(_HEAD).lstrip('\n')
    what = _NODE.sub(r'\1', parts['what'])
    return f'{what}\n\n{parts["where"]}'
