"""Runs a binary's real main in this process."""

from __future__ import annotations

import importlib
import json
import logging
import sys
from typing import NamedTuple

import pytest
from absl.testing import flagsaver


class Run(NamedTuple):
    """What a run of a binary left: exit status and both streams."""

    status: int
    out: str
    err: str

    @property
    def result(self):
        """The last line of standard output, read as JSON."""
        return json.loads(self.out.splitlines()[-1])

    @property
    def error(self):
        """The one line that says what was wrong."""
        lines = [line for line in self.err.splitlines() if not line.startswith('INFO:')]
        assert len(lines) == 1, self.err
        return lines[0]


@pytest.fixture
def run(monkeypatch, capsys):
    """Returns a function that runs `flags.NAME` with arguments and returns a `Run`."""

    def run_binary(name, *arguments):
        binary = importlib.import_module(f'flags.{name}')
        if hasattr(binary, '__path__'):
            binary = importlib.import_module(f'flags.{name}.__main__')
            # It declares flags, which `flagsaver` would forget if it were imported later.
            importlib.import_module(f'flags.{name}.converting')
        monkeypatch.setattr(sys, 'argv', [f'{name}.py', *map(str, arguments)])
        logger = logging.getLogger('tensorflow')
        before = logger.level, logger.propagate
        capsys.readouterr()
        for handler in logger.handlers:
            # TensorFlow's own, not pytest's: it holds on to the standard error of the time when it was imported.
            if type(handler) is logging.StreamHandler:
                monkeypatch.setattr(handler, 'stream', sys.stderr)
        try:
            with flagsaver.flagsaver(), pytest.raises(SystemExit) as end:
                binary.run()
        finally:
            logger.setLevel(before[0])
            logger.propagate = before[1]
        out, err = capsys.readouterr()
        return Run(end.value.code or 0, out, err)

    return run_binary
