"""Errors of a session begin with what went wrong, as on TF 1.15; where the node was built stands after it.

An operation that cannot be built is named by its name and type, without its attributes and inputs. What cannot be
fetched or fed is named as Python writes it.

TensorFlow 2 puts "Graph execution error:" and the node's traceback first, so that programs that look at `e.message` or
at the first line of `str(e)` ("End of sequence", "nope; No such file or directory") find nothing.
"""

from __future__ import annotations

import functools
import re
import sys
from typing import Any

import tensorflow.compat.v1 as tf
from tensorflow.python.framework import ops

_HEAD = 'Graph execution error:'
_LAST_NODE = re.compile(r"(?P<where>.*\nNode: '[^\n]*')\n(?P<what>.*)", re.DOTALL)
_NODE = re.compile(r'\{\{(node [^}]*)\}\}')
_BUILT = re.compile(r"'\{\{node (?P<name>[^}]*)\}\} = (?P<type>\w+)(\[.*?\])?\([^']*\)'")
_CHANGED = (
    (
        re.compile(
            r'^Could not find variable (\S+)\. .*?container=([^,\s]*), status error message=([^\n]*)', re.MULTILINE
        ),
        r'Error while reading resource variable \1 from Container: \2. '
        r'This could mean that the variable was uninitialized. Not found: \3',
    ),
    (re.compile(r'^Error in user-defined function passed to \S+ transformation with iterator: [\w:]+: '), ''),
    (
        re.compile(r'^ConcatOp : Dimension \d+ in both shapes must be equal: '),
        'ConcatOp : Dimensions of inputs should match: ',
    ),
    (re.compile(r'(does not index into param shape \[[\d,]*\]), node name: \S+'), r'\1'),
    (re.compile(r'^TypeError(: `generator` yielded an element of shape )'), r'ValueError\1'),
)
"""What kernels say since, and what they said: the texts that programs look for."""
_FED = re.compile(r'^(Cannot feed value of shape .* for Tensor )(\S+), which has shape (.*)$')


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
    mapper = sys.modules[base.__module__]._ElementFetchMapper
    mapper.__init__ = _naming_fetches(mapper.__init__)
    general = mapper.__mro__[1]
    general.for_fetch = staticmethod(_refusing_none(general.for_fetch))
    ops._create_c_op = _naming(ops._create_c_op)


def of_feeds(usual: Any) -> Any:
    """Returns `Session._run`, which quotes the name and the shape of a tensor that a value does not fit."""

    @functools.wraps(usual)
    def _run(*args: Any) -> Any:
        try:
            return usual(*args)
        except ValueError as error:
            error.args = tuple(_FED.sub(r"\1'\2', which has shape '\3'", str(part)) for part in error.args)
            raise

    return _run


def _naming_fetches(usual: Any) -> Any:
    """Returns the constructor of what maps fetches, whose errors name a fetch as Python writes it."""

    @functools.wraps(usual)
    def __init__(self: Any, fetches: Any, contraction_fn: Any) -> None:
        try:
            usual(self, fetches, contraction_fn)
        except (TypeError, ValueError) as error:
            text = str(error)
            for fetch in fetches:
                kind = f'Argument `fetch` = {fetch} has invalid type "{type(fetch).__name__}"'
                text = text.replace(kind, f'Fetch argument {fetch!r} has invalid type {type(fetch)},')
                text = text.replace(f'Argument `fetch` = {fetch} ', f'Fetch argument {fetch!r} ')
            error.args = (text,)
            raise

    return __init__


def _refusing_none(usual: Any) -> Any:
    """Returns what takes fetches apart, and says of None which type it is."""

    @functools.wraps(usual)
    def for_fetch(fetch: Any) -> Any:
        if fetch is None:
            raise TypeError(f'Fetch argument {fetch!r} has invalid type {type(fetch)}')
        return usual(fetch)

    return for_fetch


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
        return _as_then(text.removeprefix(_HEAD).lstrip('\n'))
    what = _NODE.sub(r'\1', parts['what'])
    return f'{_as_then(what)}\n\n{parts["where"]}'


def _as_then(what: str) -> str:
    for since, then in _CHANGED:
        what = since.sub(then, what)
    return what
