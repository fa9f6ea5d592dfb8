from __future__ import annotations

import pytest

from tools.reproduction import timing


def test_what_was_measured_counts_for_more_than_the_probe():
    pace = timing.Pace(2.0)
    assert pace.of(10) == 20
    pace.learn(180, 540)  # (20 * 2 + 540) / (20 + 180) = 2.9
    assert pace.of(10) == 29


def test_what_is_done_costs_no_more_time():
    whole = timing.cost('cnn', 1000)
    assert whole == timing.START_SECONDS + 75
    assert timing.cost('cnn', 1000, done=0.8) == pytest.approx(timing.START_SECONDS + 15)


@pytest.mark.parametrize(
    ('seconds', 'words'),
    [
        (0, 'less than a minute'),
        (59, 'less than a minute'),
        (80, 'about 1 minute'),
        (700, 'about 12 minutes'),
        (5399, 'about 90 minutes'),
        (9000, 'about 2.5 hours'),
    ],
)
def test_times_are_told_in_round_words(seconds, words):
    assert timing.words(seconds) == words


def test_the_probe_runs():
    assert timing.slowness() > 0
