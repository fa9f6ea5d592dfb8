"""Disturbs trainings in every way that a machine knows, and counts what is lost.

    python -m tools.faults [--kills=20] [--mutations=40] [--disks=6] [--memories=4] [--folders=4] [--signals=10]
        [--races=3] [--cluster_kills=2] [--seed=0]

Trains a system of each kind (an Estimator and a session graph) on a few images, disturbs the training so many times,
lets the same command go on, and compares the last weights with those of an undisturbed training. In a training cluster
it kills the process of each role so many times. Exit status: 0 where nothing was lost, no training went on wrongly, and
every refusal was one clear line; else 1.
"""

from __future__ import annotations

import collections
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from tools import command_line
from tools.faults import programs

if TYPE_CHECKING:
    from tools.faults.campaign import Trial

_SYSTEMS = ('linear', 'ocr_cnn')
_COUNTS = {
    'kills': 20,
    'mutations': 40,
    'full disks': 6,
    'memory limits': 4,
    'read-only folders': 4,
    'signals': 10,
    'races': 3,
}
_FLAGS = {
    'kills': 'kills',
    'mutations': 'mutations',
    'full disks': 'disks',
    'memory limits': 'memories',
    'read-only folders': 'folders',
    'signals': 'signals',
    'races': 'races',
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the campaign of the command line; returns the exit status."""
    parser = command_line.Parser('tools.faults', __doc__)
    count = command_line.at_least(0)
    for kind, flag in _FLAGS.items():
        parser.add_argument(f'--{flag}', dest=kind, type=count, default=_COUNTS[kind], help=f'{kind} of each system')
    parser.add_argument('--cluster_kills', type=count, default=2, help="kills of each role's process in a cluster")
    parser.add_argument('--systems', default=','.join(_SYSTEMS), help='systems to disturb, by comma')
    seconds = command_line.at_least(0.0, float)
    parser.add_argument('--seconds', type=seconds, default=float('inf'), help='begins no trial after so many seconds')
    parser.add_argument('--seed', type=count, default=0, help='of moments and files')
    options = vars(parser.parse_args(arguments))
    options['systems'] = list(filter(None, options['systems'].split(',')))
    if not set(options['systems']) <= set(_SYSTEMS):
        parser.error(f'--systems must be some of {", ".join(_SYSTEMS)}, got {", ".join(options["systems"])}.')
    programs.prepare()
    from tools.faults import campaign

    counted: dict[tuple[str, str], collections.Counter] = {}
    start = time.monotonic()
    for name, kind, trial in _trials(options):
        counted.setdefault((name, kind), collections.Counter())[trial.outcome] += 1
        if trial.outcome not in (campaign.SURVIVED, campaign.REFUSED):
            print(f'{name}: {trial.what}: {trial.outcome}: {trial.said}', file=sys.stderr, flush=True)
        if time.monotonic() - start > options['seconds']:
            break
    print(_table(counted, campaign.OUTCOMES))
    print(f'{sum(c.total() for c in counted.values())} trials in {time.monotonic() - start:.0f} s.')
    return int(any(c.total() > c[campaign.SURVIVED] + c[campaign.REFUSED] for c in counted.values()))


def _trials(options: dict[str, Any]) -> Iterator[tuple[str, str, Trial]]:
    """Yields system, kind of fault and trial."""
    from tools.faults import campaign, clusters

    for name in options['systems']:
        with tempfile.TemporaryDirectory(prefix='tf1-faults-') as folder:
            trained = campaign.Campaign(campaign.SYSTEMS[name], folder, random.Random(options['seed']))
            for kind, trial in campaign.trials(trained, {kind: options[kind] for kind in _COUNTS}):
                yield name, kind, trial
    if options['cluster_kills']:
        with tempfile.TemporaryDirectory(prefix='tf1-faults-') as folder:
            for trial in clusters.trials(folder, random.Random(options['seed']), options['cluster_kills']):
                yield 'cluster', trial.what, trial


def _table(counted: dict[tuple[str, str], collections.Counter], outcomes: Sequence[str]) -> str:
    lines = [f'{"system":10}{"fault":19}{"tried":>8}' + ''.join(f'{outcome:>10}' for outcome in outcomes)]
    for (name, kind), counts in counted.items():
        numbers = ''.join(f'{counts[outcome]:>10}' for outcome in outcomes)
        lines.append(f'{name:10}{kind:19}{sum(counts.values()):>8}{numbers}')
    return os.linesep.join(lines)


if __name__ == '__main__':
    sys.exit(main())
