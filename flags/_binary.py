"""What every binary does the same way: flags, errors, exit status, and the one line of JSON at the end.

A binary's module declares flags and imports nothing that takes long: the command line is checked before TensorFlow,
which takes seconds to load. `main` calls `load_tensorflow` and imports the rest after its own checks.
"""

from __future__ import annotations

import contextlib
import functools
import json
import logging
import math
import os
import re
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from absl import app, flags

from flags import _failures
from flags._failures import InputError, Terminated
from tools.command_line import one_line

USAGE_ERROR = 2
__all__ = ['Ended', 'InputError', 'USAGE_ERROR', 'load_tensorflow', 'run', 'show_log_lines', 'writable_dir']


class Ended(NamedTuple):
    """How a binary ended that has no result to print, or whose exit status says something."""

    result: dict[str, Any] | None
    status: int = 0


def run(main: Callable[..., dict[str, Any] | Ended], arguments: bool = False) -> None:
    """Parses the command line, calls `main` and prints its result as the last line of standard output.

    The process ends with status 0, or the one that `main` gives; with 2 and one line on standard error for a bad flag
    or bad input; with 1 and one line where a resource of the machine ran out; with 130 after Ctrl-C and 143 after
    SIGTERM. With `arguments`, what stands on the command line beside flags is handed to `main`, a list of strings.
    """
    start = time.perf_counter()

    def call(argv: list[str]) -> None:
        try:
            with _sigterm_raised(), _errors_of_threads() as in_threads:
                result = main(argv[1:]) if arguments else main()
            if in_threads:
                raise in_threads[0]
        except (Exception, KeyboardInterrupt, Terminated) as error:
            failure = _failures.describe(error)
            if failure is None or _is_verbose():
                raise
            _fail(failure.text, failure.status)
        result, status = result if isinstance(result, Ended) else (result, 0)
        if result is not None:
            seconds = round(time.perf_counter() - start, 3)
            print(json.dumps({**result, 'seconds': seconds}, default=_plain), flush=True)
        sys.exit(status)

    app.run(call, flags_parser=functools.partial(_parse, arguments=arguments))


@contextlib.contextmanager
def _sigterm_raised() -> Iterator[None]:
    """Lets SIGTERM end the process by an exception, so that what is half written is removed."""

    def terminate(number: int, frame: object) -> None:
        signal.signal(number, signal.SIG_DFL)  # A second one ends the process at once.
        raise Terminated

    before = signal.signal(signal.SIGTERM, terminate)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextlib.contextmanager
def _errors_of_threads() -> Iterator[list[BaseException]]:
    """Keeps what a thread that writes events says of its error, which comes up in the main thread, too.

    Yields:
      The errors that ended threads and that can be told in one line; others are printed as Python does.
    """
    found: list[BaseException] = []
    before = threading.excepthook

    def in_thread(ended: threading.ExceptHookArgs) -> None:
        if ended.exc_value is None or _is_verbose() or _failures.describe(ended.exc_value) is None:
            before(ended)
        else:
            found.append(ended.exc_value)

    def is_new(record: logging.LogRecord) -> bool:
        return _is_verbose() or not record.getMessage().startswith('EventFileWriter writer thread error')

    logger = logging.getLogger('tensorflow')
    threading.excepthook = in_thread
    logger.addFilter(is_new)
    try:
        yield found
    finally:
        threading.excepthook = before
        logger.removeFilter(is_new)


def load_tensorflow() -> None:
    """Imports TensorFlow and `tf1` without what TensorFlow says as it starts, unless --verbosity=1 asks for it."""
    if _is_verbose():
        import tf1  # noqa: F401
    else:
        # TensorFlow's C++ code writes to the file descriptor, before and after anything in Python could keep it.
        os.environ.setdefault('TF_CPP_MIN_LOG_LEVEL', '3')
        with _without_standard_error():
            import tf1  # noqa: F401
    show_log_lines(True)


def show_log_lines(wanted: bool) -> None:
    """Turns TensorFlow's lines below warnings on or off; each is written once, in TF 1.15's `INFO:tensorflow:` form."""
    import tf1 as tf

    logger = tf.get_logger()
    if not logger.handlers:  # TensorFlow adds none where absl has set up Python's logging before it is imported.
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter(logging.BASIC_FORMAT))
        logger.addHandler(handler)
    logger.propagate = False
    logger.setLevel('INFO' if wanted else 'WARNING')


@contextlib.contextmanager
def _without_standard_error() -> Iterator[None]:
    """Keeps what is written to file descriptor 2 away, and writes it after all where an exception passes through."""
    if 'tensorflow' in sys.modules:
        yield
        return
    sys.stderr.flush()
    kept = os.dup(2)
    with tempfile.TemporaryFile() as said:
        os.dup2(said.fileno(), 2)
        try:
            yield
        except BaseException:
            said.seek(0)
            os.write(kept, said.read())
            raise
        finally:
            sys.stderr.flush()
            os.dup2(kept, 2)
            os.close(kept)


def _is_verbose() -> bool:
    return flags.FLAGS.is_parsed() and flags.FLAGS.verbosity >= 1


def _parse(argv: list[str], arguments: bool = False) -> list[str]:
    flags.FLAGS.set_gnu_getopt(arguments)
    _check_flagfiles(argv)
    try:
        rest = flags.FLAGS(argv)
    except SystemExit:  # --help has printed what was asked for; absl calls that a failure.
        sys.exit(0)
    except flags.Error as error:
        _fail(_own_words(str(error)) + ' (--help lists all flags.)')
    for name in flags.FLAGS:
        value = flags.FLAGS[name].value
        if isinstance(value, float) and not math.isfinite(value):
            _fail(f'--{name}={value} must be a finite number (--help lists all flags.)')
    if len(rest) > 1 and not arguments:
        _fail(f'unexpected argument {rest[1]!r}: give everything as --flag=value (--help lists all flags).')
    return rest


def _check_flagfiles(argv: list[str]) -> None:
    for word in argv:
        found = re.fullmatch(r'--?flagfile=(.+)', word)
        if found and os.path.exists(found[1]) and not os.path.isfile(found[1]):
            # To read a pipe may take for ever.
            _fail(f'--flagfile={found[1]} is no regular file: name a file with a flag on each line.')


# Words of absl and Python, and ours for the same.
_WORDS = (
    (r'flag --(\S+?)=(.*): invalid literal for int\(\) with base \d+: .*', r'--\1=\2 must be a whole number.'),
    (r'flag --(\S+?)=(.*): could not convert string to float: .*', r'--\1=\2 must be a number.'),
    (r"flag --(\S+?)=(.*): \('Non-boolean argument to boolean flag', .*\)", r'--\1=\2 must be true or false.'),
    (
        r"ERROR:: Unable to open flagfile: \[Errno \d+\] (.*): '(.*)'",
        r'--flagfile=\2 cannot be read (\1): name a file.',
    ),
    (r'flag --(\S+?)=(.*?): (.*)', r'--\1=\2: \3'),
    (r"Unknown command line flag '(.*?)'\.?(.*)", r'--\1 is no flag of this binary.\2'),
)


def _own_words(text: str) -> str:
    text = ' '.join(text.split())
    for pattern, words in _WORDS:
        if re.fullmatch(pattern, text):
            return re.sub(pattern, words, text)
    return text


def _fail(text: str, status: int = USAGE_ERROR) -> None:
    folder, file = os.path.split(sys.argv[0])
    program = os.path.basename(folder) if file == '__main__.py' else os.path.splitext(file)[0]
    print(f'{program}: {one_line(text)}', file=sys.stderr, flush=True)
    sys.exit(status)


def _plain(value: Any) -> Any:
    """Makes NumPy's numbers and arrays plain for JSON; a float32 keeps its own few digits."""
    import numpy as np

    if isinstance(value, np.float32):
        return float(str(value))
    if isinstance(value, (np.ndarray, np.generic)):
        return value.tolist()
    raise TypeError(f'{type(value).__name__} has no form in JSON.')


def check_not_a_file(flag: str, path: str) -> None:
    """Checks that a folder can be where a flag points.

    Raises:
      InputError: there is a file.
    """
    if os.path.lexists(path) and not os.path.isdir(path):
        raise InputError(f'--{flag}={path} is a file: choose a folder.')


@contextlib.contextmanager
def new_model_dir(path: str) -> Iterator[None]:
    """Creates MODEL_DIR if need be; a new one is removed again where an error leaves nothing trained in it.

    Raises:
      InputError: it cannot be created or written to.
    """
    made = not os.path.isdir(path)
    writable_dir('model_dir', path)
    try:
        yield
    except BaseException:
        if made and not any(re.search(r'-0*[1-9]\d*\.index$', name) for name in os.listdir(path)):
            shutil.rmtree(path, ignore_errors=True)
        raise


def writable_dir(flag: str, path: str) -> str:
    """Creates the folder if need be.

    Raises:
      InputError: it cannot be created or written to.
    """
    probe = os.path.join(path, f'.writable.{os.getpid()}')
    check_not_a_file(flag, path)
    try:
        os.makedirs(path, exist_ok=True)
        with open(probe, 'w'):
            os.remove(probe)
    except OSError as error:
        reason = error.strerror or error
        raise InputError(f'--{flag}={path} cannot be written to ({reason}): choose a folder that you own.') from error
    return path
