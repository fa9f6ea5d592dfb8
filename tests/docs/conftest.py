"""The blocks of pages, to be read here and run in processes of their own."""

from __future__ import annotations

import importlib.util
import json
import os
import pathlib
import subprocess
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from tools import forked_python
from tools.conversion.tf2_process import environment

_ROOT = pathlib.Path(__file__).parents[2]
_PROGRAM = pathlib.Path(__file__).with_name('blocks.py')


@pytest.fixture(scope='session')
def blocks() -> ModuleType:
    """`blocks.py`."""
    spec = importlib.util.spec_from_file_location('blocks', _PROGRAM)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope='session')
def pages() -> pathlib.Path:
    """The folder of the pages."""
    return _ROOT / 'docs'


@pytest.fixture(scope='session')
def python() -> Callable[..., subprocess.CompletedProcess]:
    """Runs python with arguments in a folder, as a program of TF 1.x or of Keras 3."""

    def run(folder: pathlib.Path, *arguments: object, keras: bool = False) -> subprocess.CompletedProcess:
        variables = {**(environment() if keras else os.environ), 'PYTHONPATH': str(_ROOT)}
        if not keras:
            return forked_python.run(arguments, cwd=folder, env=variables)
        command = [sys.executable, *map(str, arguments)]
        return subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True)

    return run


@pytest.fixture(scope='session')
def run_blocks(python) -> Callable[[pathlib.Path, str, pathlib.Path], list[dict[str, Any]]]:
    """Runs a page's blocks of one kind, `tf1` or `keras`, in a folder, and returns what `blocks.py` reports."""

    def run(page: pathlib.Path, kind: str, folder: pathlib.Path) -> list[dict[str, Any]]:
        report = folder / f'{kind}.json'
        process = python(folder, _PROGRAM, page, kind, report, keras=kind == 'keras')
        assert process.returncode == 0, process.stderr
        return json.loads(report.read_text())

    return run
