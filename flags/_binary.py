"""What every binary does the same way: flags, errors, and the one line of JSON at the end."""

from __future__ import annotations

import functools
import json
import os
import sys
import time
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from absl import app, flags

import tf1 as tf
from tf1.datasets.idx import DataError

USAGE_ERROR = 2
_INPUT_ERRORS = (
    DataError,
    tf.errors.NotFoundError,
    tf.errors.InvalidArgumentError,
    tf.errors.DataLossError,
    tf.train.NanLossDuringTrainingError,
)


class InputError(Exception):
    """Something that the person at the keyboard can mend; the text names the flag or file, its value and the remedy."""


class Ended(NamedTuple):
    """How a binary ended that has no result to print, or whose exit status says something."""

    result: dict[str, Any] | None
    status: int = 0


def run(main: Callable[..., dict[str, Any] | Ended], arguments: bool = False) -> None:
    """Parses the command line, calls `main` and prints its result as the last line of standard output.

    The process ends with status 0, or the one that `main` gives; with 2 and one line on standard error for a bad flag
    or bad input. With `arguments`, what stands on the command line beside flags is handed to `main`, a list of strings.
    """
    start = time.perf_counter()

    def call(argv: list[str]) -> None:
        show_log_lines(True)
        try:
            result = main(argv[1:]) if arguments else main()
        except InputError as error:
            _fail(str(error))
        except _INPUT_ERRORS as error:
            _fail(getattr(error, 'message', None) or str(error))
        result, status = result if isinstance(result, Ended) else (result, 0)
        if result is not None:
            seconds = round(time.perf_counter() - start, 3)
            print(json.dumps({**result, 'seconds': seconds}, default=_plain), flush=True)
        sys.exit(status)

    app.run(call, flags_parser=functools.partial(_parse, arguments=arguments))


def show_log_lines(wanted: bool) -> None:
    """Turns TensorFlow's lines below warnings on or off; each is written once, in TF 1.15's `INFO:tensorflow:` form."""
    logger = tf.get_logger()
    logger.propagate = False
    logger.setLevel('INFO' if wanted else 'WARNING')


def _parse(argv: list[str], arguments: bool = False) -> list[str]:
    flags.FLAGS.set_gnu_getopt(arguments)
    try:
        rest = flags.FLAGS(argv)
    except SystemExit:  # --help has printed what was asked for; absl calls that a failure.
        sys.exit(0)
    except flags.Error as error:
        _fail(' '.join(str(error).split()) + ' (--help lists all flags.)')
    if len(rest) > 1 and not arguments:
        _fail(f'unexpected argument {rest[1]!r}: give everything as --flag=value (--help lists all flags).')
    return rest


def _fail(text: str) -> None:
    program = os.path.splitext(os.path.basename(sys.argv[0]))[0]
    print(f'{program}: {" ".join(text.split())}', file=sys.stderr, flush=True)
    sys.exit(USAGE_ERROR)


def _plain(value: Any) -> Any:
    """Makes NumPy's numbers and arrays plain for JSON; a float32 keeps its own few digits."""
    if isinstance(value, np.float32):
        return float(str(value))
    if isinstance(value, (np.ndarray, np.generic)):
        return value.tolist()
    raise TypeError(f'{type(value).__name__} has no form in JSON.')


def writable_dir(flag: str, path: str) -> str:
    """Creates the folder if need be.

    Raises:
      InputError: it cannot be created or written to.
    """
    probe = os.path.join(path, f'.writable.{os.getpid()}')
    try:
        os.makedirs(path, exist_ok=True)
        with open(probe, 'w'):
            os.remove(probe)
    except OSError as error:
        reason = error.strerror or error
        raise InputError(f'--{flag}={path} cannot be written to ({reason}): choose a folder that you own.') from error
    return path
