"""Kills of processes of a cluster: each role's process is killed in mid-training and started again.

One training lives through all of it. After each kill it must go on: nobody else ends, nothing is trained again that a
checkpoint held. In the end it has its steps, its last checkpoint and its evaluation.
"""

from __future__ import annotations

import os
import pathlib
import random
import re
import sys
import time
from collections.abc import Callable, Iterator
from types import TracebackType

from tf1._checkpoint import lookup
from tf1._checkpoint.errors import CheckpointError
from tools.faults.campaign import LOST, SURVIVED, UNCLEAR, WRONG, Trial
from tools.local_cluster import CHIEF, EVALUATOR, PS, WORKER, LocalCluster

ROLES = (PS, CHIEF, WORKER, EVALUATOR)
_PATIENCE_SECONDS = 150.0
_POLL_SECONDS = 0.1
_STEPS_PER_KILL = 500
_STEP = re.compile(r'loss = .*, step = (\d+)')
_RESTORED = re.compile(r'Restoring parameters from \S+-(\d+)$', re.MULTILINE)
_EVALUATED = re.compile(r'Saving dict for global step (\d+)')
_AT_WORK = {
    PS: re.compile('Start Tensorflow server'),
    CHIEF: _STEP,
    WORKER: _STEP,
    EVALUATOR: _EVALUATED,
}
"""What a process of each role writes once it does its part."""


class ClusterCampaign:
    """A cluster in training, to be used in a `with` statement.

    Args:
      folder: scratch space.
      chance: chooses moments.
      kills: how many there will be; there are steps to train for as many.
    """

    def __init__(self, folder: str, chance: random.Random, kills: int):
        self._model_dir, self._hurry = os.path.join(folder, 'model'), pathlib.Path(folder, 'hurry')
        self._chance, self._max_steps = chance, _STEPS_PER_KILL * (kills + 1)
        program = ['tools.faults.cluster_program', self._model_dir, str(self._max_steps), str(self._hurry)]
        self._cluster = LocalCluster([sys.executable, '-m', *program], os.path.join(folder, 'logs'))

    def __enter__(self) -> ClusterCampaign:
        self._cluster.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._cluster.__exit__(kind, error, trace)

    def kill(self, role: str) -> Trial:
        """Kills the process of a role and starts it again."""
        what = f'kills of {role}'
        begun = self._mark()
        if not self._wait(lambda: all(self._is_at_work(each, {}) for each in ROLES) and self._chief_steps(begun)):
            return Trial(what, UNCLEAR, f'no training to disturb; {self._state()}')
        time.sleep(self._chance.uniform(0, 3))
        newest, killed = self._newest(), self._mark()
        self._cluster.kill((role, 0))
        time.sleep(self._chance.uniform(0, 2))
        mark = self._mark()
        self._cluster.start((role, 0))
        if not self._wait(lambda: self._is_at_work(role, mark) and len(self._chief_steps(mark)) > 1):
            return Trial(what, UNCLEAR, f'does not go on; {self._state()}')
        # The chief may say what it restores while it still waits for the parameter server.
        return self._judge(what, role, self._numbers(_RESTORED, CHIEF, killed), self._chief_steps(mark)[0], newest)

    def finish(self) -> Trial:
        """Lets the training come to its end."""
        what = 'the end'
        self._hurry.touch()
        try:
            self._cluster.wait(_PATIENCE_SECONDS)
            reached = lookup.step_of(lookup.latest_readable(self._model_dir))
        except (RuntimeError, TimeoutError, CheckpointError) as error:
            return Trial(what, UNCLEAR, str(error))
        evaluated = self._numbers(_EVALUATED, EVALUATOR, {})[-1]
        said = f'saved at {reached}, evaluated at {evaluated}, of {self._max_steps}'
        return Trial(what, SURVIVED if min(reached, evaluated) >= self._max_steps else LOST, said)

    def _judge(self, what: str, role: str, restored: list[int], first: int, newest: int) -> Trial:
        said = f'newest checkpoint {newest}, restored {restored}, trained on at {first}'
        if role in (CHIEF, PS) and not (restored and restored[0] >= newest):
            return Trial(what, LOST, said)
        if role in (WORKER, EVALUATOR) and restored:
            return Trial(what, WRONG, said)
        return Trial(what, SURVIVED if first >= newest else WRONG, said)

    def _wait(self, condition: Callable[[], object]) -> bool:
        """Waits for a condition; returns whether it came to hold while all processes lived."""
        end = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < end and not self._ended():
            if condition():
                return True
            time.sleep(_POLL_SECONDS)
        return False

    def _state(self) -> str:
        """What tells most about why nothing moves: who ended, and the last lines of that log or the chief's."""
        ended = self._ended()
        role = next(iter(ended), CHIEF)
        lines = self._cluster.log((role, 0)).strip().splitlines()[-3:]
        return f'ended: {ended or "nobody"}; {role} wrote: {" | ".join(lines)}'

    def _ended(self) -> dict[str, int]:
        return {role: status for (role, _), status in self._cluster.statuses().items() if status is not None}

    def _newest(self) -> int:
        return lookup.step_of(lookup.latest_readable(self._model_dir, warn=lambda text: None))

    def _mark(self) -> dict[str, int]:
        """The lengths of all logs, as texts."""
        return {role: len(self._cluster.log((role, 0))) for role in ROLES}

    def _is_at_work(self, role: str, mark: dict[str, int]) -> bool:
        return bool(_AT_WORK[role].search(self._since(role, mark)))

    def _chief_steps(self, mark: dict[str, int]) -> list[int]:
        return self._numbers(_STEP, CHIEF, mark)

    def _numbers(self, pattern: re.Pattern[str], role: str, mark: dict[str, int]) -> list[int]:
        return [int(number) for number in pattern.findall(self._since(role, mark))]

    def _since(self, role: str, mark: dict[str, int]) -> str:
        return self._cluster.log((role, 0))[mark.get(role, 0) :]


def trials(folder: str, chance: random.Random, kills_of_each: int) -> Iterator[Trial]:
    """Yields a trial for each kill, each role as often, in an order by chance, and one for the end."""
    roles = list(ROLES) * kills_of_each
    chance.shuffle(roles)
    with ClusterCampaign(folder, chance, len(roles)) as campaign:
        for role in roles:
            yield campaign.kill(role)
        yield campaign.finish()
