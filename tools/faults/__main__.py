"""Disturbs trainings in every way that a machine knows, and counts what is lost.

    python -m tools.faults [--kills=20] [--mutations=40] [--disks=6] [--signals=10] [--races=3] [--seed=0]

Trains a system of each kind (an Estimator and a session graph) on a few images, disturbs the training so many times,
lets the same command go on, and compares the last weights with those of an undisturbed training. Exit status: 0 where
nothing was lost, no training went on wrongly, and every refusal was one clear line; else 1.
"""

from __future__ import annotations

import argparse
import collections
import os
import random
import sys
import tempfile
import time
from collections.abc import Sequence

from tools.faults import programs

_COUNTS = {'kills': 20, 'mutations': 40, 'full disks': 6, 'signals': 10, 'races': 3}
_FLAGS = {'kills': 'kills', 'mutations': 'mutations', 'full disks': 'disks', 'signals': 'signals', 'races': 'races'}


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the campaign of the command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog='tools.faults', description=__doc__.splitlines()[0])
    for kind, flag in _FLAGS.items():
        parser.add_argument(f'--{flag}', dest=kind, type=int, default=_COUNTS[kind], help=f'{kind} of each system')
    parser.add_argument('--systems', default='linear,ocr_cnn', help='systems to disturb, by comma')
    parser.add_argument('--seconds', type=float, default=float('inf'), help='begins no trial after so many seconds')
    parser.add_argument('--seed', type=int, default=0, help='of moments and files')
    options = vars(parser.parse_args(arguments))
    programs.prepare()
    from tools.faults import campaign

    counted: dict[tuple[str, str], collections.Counter] = {}
    bad = 0
    start = time.monotonic()
    for name in options['systems'].split(','):
        with tempfile.TemporaryDirectory(prefix='tf1-faults-') as folder:
            trained = campaign.Campaign(campaign.SYSTEMS[name], folder, random.Random(options['seed']))
            for kind, trial in campaign.trials(trained, {kind: options[kind] for kind in _COUNTS}):
                counted.setdefault((name, kind), collections.Counter())[trial.outcome] += 1
                if trial.outcome not in (campaign.SURVIVED, campaign.REFUSED):
                    bad += 1
                    print(f'{name}: {trial.what}: {trial.outcome}: {trial.said}', file=sys.stderr, flush=True)
                if time.monotonic() - start > options['seconds']:
                    break
    print(_table(counted, campaign.OUTCOMES))
    print(f'{sum(map(sum, (c.values() for c in counted.values())))} trials in {time.monotonic() - start:.0f} s.')
    return int(bool(bad))


def _table(counted: dict[tuple[str, str], collections.Counter], outcomes: Sequence[str]) -> str:
    lines = [f'{"system":10}{"fault":14}{"tried":>8}' + ''.join(f'{outcome:>10}' for outcome in outcomes)]
    for (name, kind), counts in counted.items():
        numbers = ''.join(f'{counts[outcome]:>10}' for outcome in outcomes)
        lines.append(f'{name:10}{kind:14}{sum(counts.values()):>8}{numbers}')
    return os.linesep.join(lines)


if __name__ == '__main__':
    sys.exit(main())
