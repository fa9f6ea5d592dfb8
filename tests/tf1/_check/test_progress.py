from __future__ import annotations

import sys

import pytest

from tf1._check import progress


class Terminal:
    def __init__(self, stream):
        self._stream = stream

    def isatty(self):
        return True

    def __getattr__(self, name):
        return getattr(self._stream, name)


@pytest.fixture
def clock(monkeypatch):
    """Lets a second go by at each look."""
    times = iter(range(1000))
    monkeypatch.setattr(progress.time, 'monotonic', lambda: next(times))


PATHS = [f'{n}.py' for n in range(25)]


def test_a_log_gets_a_line_every_ten_seconds(clock, capsys):
    assert list(progress.told(PATHS)) == PATHS
    assert capsys.readouterr().err.splitlines()[:2] == [
        'tf1.check: 9 of 25 programs',
        'tf1.check: 19 of 25 programs',
    ]


def test_a_terminal_has_one_line_that_is_gone_in_the_end(clock, capsys, monkeypatch):
    monkeypatch.setattr(sys, 'stderr', Terminal(sys.stderr))
    assert list(progress.told(PATHS[:2])) == PATHS[:2]
    one, two, end = capsys.readouterr().err.split('\r\x1b[K')[1:]
    assert (one, two, end) == ('tf1.check: 0 of 2 programs', 'tf1.check: 1 of 2 programs', '')


def test_what_is_quick_says_nothing(capsys):
    assert list(progress.told(PATHS)) == PATHS
    assert capsys.readouterr().err == ''
