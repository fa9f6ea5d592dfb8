"""Command lines of tools: bad input ends with status 2 and one line on standard error."""

from __future__ import annotations

import argparse
import os
import re
import stat
import sys
from collections.abc import Callable
from typing import NoReturn

_USAGE_ERROR = 2
# Words of argparse, and ours for the same.
_WORDS = (
    (r"argument (--\S+): invalid (?:int|float) value: '(.*)'", r'\1=\2 must be a number.'),
    (r"argument (--\S+): invalid \S+ value: '(.*)'", r'\1=\2 is out of range.'),
    (r'argument (--\S+): expected one argument', r'\1 lacks its value.'),
    (r'unrecognized arguments: (.*)', r'\1 is no argument of this command.'),
    (r'the following arguments are required: (.*)', r'\1 is missing.'),
)


def one_line(text: str) -> str:
    """Returns text on one line that a terminal takes for nothing but text: control characters are escaped.

    `tf1._checkpoint.terminal` does the same; to import that is to import TensorFlow, and command lines are checked
    before.
    """
    line = ' '.join(text.split())
    return ''.join(c if c.isprintable() else c.encode('unicode_escape', 'backslashreplace').decode() for c in line)


class Parser(argparse.ArgumentParser):
    """Parses the command line of `python -m MODULE`.

    Args:
      module: such as `tools.symbols`.
      about: the module's docstring.
    """

    def __init__(self, module: str, about: str | None):
        raw = argparse.RawDescriptionHelpFormatter
        super().__init__(prog=module, description=about, formatter_class=raw, allow_abbrev=False)

    def error(self, message: str) -> NoReturn:
        """Ends the process with status 2."""
        for pattern, words in _WORDS:
            if re.fullmatch(pattern, message):
                message = re.sub(pattern, words, message)
                break
        fail(self.prog, f'{message} (--help lists all arguments.)')


def fail(module: str, text: str) -> NoReturn:
    """Ends the process with status 2 and one line."""
    print(f'{module}: {one_line(text)}', file=sys.stderr, flush=True)
    sys.exit(_USAGE_ERROR)


def at_least(least: float, kind: Callable[[str], float] = int) -> Callable[[str], float]:
    """Returns a function that reads a number of an argument, `int` or `float`, which must be `least` or more."""

    def number(word: str) -> float:
        value = kind(word)
        if not value >= least:
            raise argparse.ArgumentTypeError(f'it must be at least {least:g}, got {word}.')
        return value

    number.__name__ = kind.__name__
    return number


def new_file(word: str) -> str:
    """Returns the path of a file that can be written: nothing is there, or a regular file, in a folder that exists."""
    if os.path.exists(word) and not stat.S_ISREG(os.stat(word).st_mode):
        raise argparse.ArgumentTypeError(f'{word} is no regular file: name a file to write.')
    folder = os.path.dirname(word) or '.'
    if not os.path.isdir(folder) or not os.access(folder, os.W_OK):
        raise argparse.ArgumentTypeError(f'{folder} is no folder that can be written to: name a file in another one.')
    return word


def folder(word: str) -> str:
    """Returns the path of a folder that exists."""
    if not os.path.isdir(word):
        raise argparse.ArgumentTypeError(f'{word} is no folder.')
    return word
