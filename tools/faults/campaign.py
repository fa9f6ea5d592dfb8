"""The trials of a campaign, and how each one's end is judged.

A trial disturbs a training, lets the same command go on, and compares the last weights, bit by bit, with those of a
training that nobody disturbed. It may be refused instead, with status 2, one line and nothing changed.
"""

from __future__ import annotations

import hashlib
import os
import random
import re
import shutil
import signal
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from tf1._checkpoint import lookup
from tf1._checkpoint.errors import CheckpointError
from tf1._checkpoint.reading import Stored
from tf1.datasets import mnist
from tools.faults import mutations, programs
from tools.faults.programs import Ended, Program

SURVIVED, REFUSED, LOST, WRONG, UNCLEAR = 'survived', 'refused', 'lost', 'wrong', 'unclear'
OUTCOMES = (SURVIVED, REFUSED, LOST, WRONG, UNCLEAR)
_IMAGES, _LONGEST = 600, 120.0
_LINE = re.compile(r'^(train_estimator|train_graph): \S.*\.$')


class System(NamedTuple):
    """A training to disturb."""

    name: str
    binary: str
    arguments: tuple[str, ...]
    """How far to train, and how often to save."""
    checkpoint_name: str = 'model.ckpt'


SYSTEMS = {
    'linear': System('linear', 'flags.train_estimator', ('--steps=60', '--save_checkpoints_steps=10')),
    'ocr_cnn': System('ocr_cnn', 'flags.train_graph', ('--steps=30', '--save_every=5', '--batch_size=8')),
}


class Trial(NamedTuple):
    """What was done, and what came of it."""

    what: str
    outcome: str
    said: str = ''


class Campaign:
    """Trials of one system, in a folder of their own.

    Args:
      system: whose training is disturbed.
      folder: scratch space.
      chance: chooses moments and files.
    """

    def __init__(self, system: System, folder: str, chance: random.Random):
        self._system, self._folder, self._chance = system, folder, chance
        self._data = _few_images(os.path.join(folder, 'data'))
        self._count = 0
        whole = self._new()
        ended = self._train(whole).end()
        if ended.status:
            raise RuntimeError(f'{system.name} cannot be trained at all:\n{ended.error}')
        self._expected = _digest(whole, system)
        self._begun = self._new()
        half = [re.sub(r'^--steps=(\d+)$', lambda m: f'--steps={int(m[1]) // 2}', a) for a in system.arguments]
        self._train(self._begun, half).end()

    def kill(self) -> Trial:
        """Kills a training at a random moment, perhaps several times."""
        folder, kills = self._new(), self._chance.randint(1, 2)
        for _ in range(kills):
            program = self._train(folder)
            program.wait_for(lambda: False, self._chance.uniform(0.1, 2.0))
            program.send(signal.SIGKILL)
            program.end()
        return self._go_on(f'{kills} kills', folder)

    def mutate(self) -> Trial:
        """Damages a file of a training that is half done."""
        folder = self._new()
        shutil.copytree(self._begun, folder)
        return self._go_on(mutations.damage(folder, self._chance), folder)

    def fill_disk(self) -> Trial:
        """Lets no file grow beyond a size at which checkpoints fail."""
        folder = self._new()
        limit = self._chance.choice([20_000, 200_000, 2_000_000])
        ended = self._train(folder, limit=lambda: programs.limit_files(limit)).end()
        return self._after_want(f'files of at most {limit} bytes', folder, ended)

    def limit_memory(self) -> Trial:
        """Lets the training take little memory, at which TensorFlow may end the process itself."""
        folder, more = self._new(), self._chance.choice([5, 20, 80, 150, 300])
        ended = self._train(folder, limit=lambda: programs.limit_memory(more << 20)).end()
        return self._after_want(f'{more} MB of memory', folder, ended, -signal.SIGABRT)

    def forbid(self) -> Trial:
        """Makes the folder read-only during the steps."""
        folder = self._new()
        program = self._train(folder, limit=programs.obey_permissions)
        program.wait_for(lambda: bool(lookup.steps(folder)), _LONGEST)
        program.wait_for(lambda: False, self._chance.uniform(0, 0.1))
        os.chmod(folder, 0o555)
        ended = program.end()
        os.chmod(folder, 0o755)
        return self._after_want('a read-only folder', folder, ended)

    def _after_want(self, what: str, folder: str, ended: Ended, *other_ends: int) -> Trial:
        """Judges a training that a resource ran out for, and goes on with it."""
        if ended.status not in (0, 1, *other_ends) or (ended.status == 1 and not _is_clear(ended)):
            return Trial(what, UNCLEAR, f'status {ended.status}: {_last_line(ended)}')
        return self._go_on(what, folder)

    def interrupt(self) -> Trial:
        """Sends SIGTERM or SIGINT during the steps."""
        folder, number = self._new(), self._chance.choice([signal.SIGTERM, signal.SIGINT])
        program = self._train(folder)
        program.wait_for(lambda: bool(lookup.steps(folder)), _LONGEST)
        program.wait_for(lambda: False, self._chance.uniform(0, 0.3))
        program.send(number)
        ended = program.end()
        if ended.status not in (0, 128 + number, -number):
            return Trial(number.name, UNCLEAR, f'status {ended.status}: {_last_line(ended)}')
        return self._go_on(number.name, folder)

    def race(self) -> Trial:
        """Starts a second training in the same folder."""
        folder = self._new()
        first = self._train(folder)
        first.wait_for(lambda: bool(lookup.steps(folder)), _LONGEST)
        second = self._train(folder).end()
        first.end()
        if second.status not in (0, 2) or (second.status == 2 and not _is_clear(second)):
            return Trial('a second training', UNCLEAR, _last_line(second))
        return self._go_on('a second training', folder)

    def _go_on(self, what: str, folder: str) -> Trial:
        before = _contents(folder)
        steps = list(lookup.steps(folder))
        ended = self._train(folder).end()
        try:
            return self._judge(what, folder, ended, before, steps)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _judge(self, what: str, folder: str, ended: Ended, before: dict[str, bytes], steps: list[int]) -> Trial:
        if ended.status == 2 and _is_clear(ended):
            kept = all(_contents(folder).get(name) == content for name, content in before.items() if 'ckpt' in name)
            return Trial(what, REFUSED if kept else LOST, _last_line(ended))
        if ended.status:
            return Trial(what, UNCLEAR, f'status {ended.status}: {_last_line(ended)}')
        try:
            digest = _digest(folder, self._system)
        except CheckpointError as error:
            return Trial(what, LOST, str(error))
        return Trial(what, SURVIVED if digest == self._expected else WRONG, f'checkpoints before: {steps}')

    def _train(
        self, folder: str, arguments: tuple[str, ...] | list[str] | None = None, limit: Callable[[], None] | None = None
    ) -> Program:
        self._count += 1
        given = [f'--model={self._system.name}', f'--model_dir={folder}', f'--data_dir={self._data}', '--nofigures']
        log = os.path.join(self._folder, f'{self._count}.log')
        return Program(self._system.binary, [*given, *(arguments or self._system.arguments)], log, limit)

    def _new(self) -> str:
        self._count += 1
        return os.path.join(self._folder, f'{self._system.name}-{self._count}')


def trials(campaign: Campaign, counts: dict[str, int]) -> Iterator[tuple[str, Trial]]:
    """Yields each trial with the name of its kind; `counts` says how many of each."""
    kinds: dict[str, Callable[[], Trial]] = {
        'kills': campaign.kill,
        'mutations': campaign.mutate,
        'full disks': campaign.fill_disk,
        'memory limits': campaign.limit_memory,
        'read-only folders': campaign.forbid,
        'signals': campaign.interrupt,
        'races': campaign.race,
    }
    for kind, count in counts.items():
        for _ in range(count):
            yield kind, kinds[kind]()


def _is_clear(ended: Ended) -> bool:
    """Returns whether the last line says what was wrong, in the words of the binaries, and no traceback hides it."""
    return 'Traceback' not in ended.error and bool(_LINE.match(_last_line(ended)))


def _last_line(ended: Ended) -> str:
    lines = ended.error.strip().splitlines()
    return lines[-1] if lines else ''


def _digest(folder: str, system: System) -> str:
    prefix = lookup.latest(folder, system.checkpoint_name, warn=lambda text: None)
    if prefix is None:
        raise CheckpointError(f'{folder} holds no checkpoint.')
    stored = Stored(prefix)
    whole = hashlib.sha256()
    for name in stored.names:
        whole.update(name.encode() + stored.value(name).tobytes())
    return f'{lookup.step_of(prefix)}:{whole.hexdigest()}'


def _contents(folder: str) -> dict[str, bytes]:
    found = {}
    for name in os.listdir(folder) if os.path.isdir(folder) else []:
        path = os.path.join(folder, name)
        if os.path.isfile(path):
            with open(path, 'rb') as file:
                found[name] = file.read()
    return found


def _few_images(folder: str) -> str:
    """Writes the first images of MNIST as IDX files; returns the folder."""
    data = mnist.load()
    os.makedirs(folder, exist_ok=True)
    names = ('train-images-idx3-ubyte', 'train-labels-idx1-ubyte', 't10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte')
    for name, array in zip(names, data, strict=True):
        few = array[:_IMAGES]
        with open(os.path.join(folder, name), 'wb') as file:
            file.write(np.array([0x0800 + few.ndim, *few.shape], '>u4').tobytes() + few.tobytes())
    return folder
