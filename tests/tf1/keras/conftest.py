from __future__ import annotations

from collections.abc import Callable

import pytest

from tools import forked_python


@pytest.fixture
def lines_of(tmp_path) -> Callable[..., list[str]]:
    """Runs the text of a program by `python -m tf1.run`; returns the lines that it prints."""

    def run(program: str, **options: str) -> list[str]:
        (tmp_path / 'program.py').write_text(program)
        return forked_python.run(['-m', 'tf1.run', tmp_path / 'program.py'], check=True, **options).stdout.splitlines()

    return run
