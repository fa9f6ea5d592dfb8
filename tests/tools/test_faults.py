"""The campaign of faults in its short form: nothing is lost, and every end is that of a training left alone."""

from __future__ import annotations

import os
import pathlib
import subprocess
import sys

_ROOT = pathlib.Path(__file__).parents[2]


def test_a_short_campaign_loses_nothing():
    kinds = ('kills', 'disks', 'memories', 'folders', 'signals', 'races')
    counts = ['--mutations=3', '--cluster_kills=0', *(f'--{kind}=1' for kind in kinds)]
    ended = subprocess.run(
        [sys.executable, '-m', 'tools.faults', '--systems=linear', '--seconds=45', *counts],
        env={**os.environ, 'PYTHONPATH': str(_ROOT)},
        cwd=_ROOT,
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 0, ended.stderr
    table = [line.split() for line in ended.stdout.splitlines()]
    assert table[0] == ['system', 'fault', 'tried', 'survived', 'refused', 'lost', 'wrong', 'unclear']
    assert [row[-3:] for row in table[1:-1]] == [['0', '0', '0']] * (len(table) - 2)
