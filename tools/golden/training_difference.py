"""Says where the losses of small trainings leave TF 1.15.5's, under a graph's seed alone.

    python -m tools.golden.training_difference [NAME ...]

For each training of `tools.golden.seeded_trainings`: the largest relative difference of its losses, and the first step
whose loss differs by more than `TOLERANCE`.
"""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Iterable, Iterator

from tools.golden import seeded_trainings

TOLERANCE = 1e-4
"""Relative, at every step."""


@dataclasses.dataclass(frozen=True)
class TrainingDifference:
    """How a training's losses differ from TF 1.15.5's.

    Attributes:
      name: The training.
      largest: The largest relative difference of two losses; infinite where their number differs or it fails.
      first: The first loss that differs by more than `TOLERANCE`, from 0 on; -1 if none does.
      error: Why it could not run, or ''.
    """

    name: str
    largest: float
    first: int
    error: str = ''


def differences(names: Iterable[str] = ()) -> Iterator[TrainingDifference]:
    """Yields the differences of the named trainings, or of all in the golden file."""
    import tf1

    with open(seeded_trainings.PATH) as file:
        golden = json.load(file)
    trainings = seeded_trainings.trainings()
    for name in names or golden:
        try:
            ours = seeded_trainings.run(tf1, trainings[name])
        except Exception as error:  # A training that fails is a finding, whatever it raises.
            text = f'{type(error).__name__}: {error}'.splitlines()[0]
            yield TrainingDifference(name, float('inf'), 0, text)
        else:
            yield compare(name, golden[name], ours)


def compare(name: str, theirs: list[float], ours: list[float]) -> TrainingDifference:
    """Returns how two lists of losses differ."""
    if len(theirs) != len(ours):
        return TrainingDifference(name, float('inf'), min(len(theirs), len(ours)))
    apart = [abs(a - b) / max(abs(a), 1e-12) for a, b in zip(theirs, ours, strict=True)]
    return TrainingDifference(name, max(apart), next((i for i, value in enumerate(apart) if value > TOLERANCE), -1))


def main(names: list[str]) -> int:
    """Prints the differences; returns 0 if there are none, else 1."""
    found = []
    for difference in differences(names):
        found.append(difference)
        verdict = 'equal  ' if difference.first < 0 else 'differs'
        step = '' if difference.first < 0 else f'from loss {difference.first}'
        print(f'{verdict} {difference.largest:9.2e}  {difference.name} {step} {difference.error}'.rstrip(), flush=True)
    equal = sum(difference.first < 0 for difference in found)
    print(f'{equal} of {len(found)} trainings equal')
    return 0 if equal == len(found) else 1


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
