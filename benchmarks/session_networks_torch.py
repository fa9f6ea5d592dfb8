"""The networks of the session systems in PyTorch, which `benchmarks.sessions` times in a process of its own.

Usage: python session_networks_torch.py SYSTEM. Reads how many steps to train, a number a line, answers with the seconds
that they took. Needs PyTorch and NumPy alone. Images are random: their values do not change how long a step takes.
"""

from __future__ import annotations

import json
import os
import sys
import time

import numpy as np
import torch
from torch import nn

BATCHES = {'patch_cnn': 50, 'lowlevel_cnn': 64, 'layers_cnn': 64, 'ocr_cnn': 64, 'batchnorm_cnn': 749}
RATES = {'batchnorm_cnn': 0.005}
_USUAL_RATE = 1e-4
_BATCHES_READY = 20


def network(system: str) -> nn.Module:
    """Returns what takes `[batch, 1, 28, 28]` float32 images to logits, `[batch, 10]`."""
    if system == 'patch_cnn':
        layers = [nn.Conv2d(1, 25, 12, stride=2), nn.ReLU(), nn.Conv2d(25, 64, 5, padding='same'), nn.ReLU()]
        layers += [nn.MaxPool2d(2), nn.Flatten(), nn.Linear(1024, 1024), nn.ReLU(), nn.Dropout(0.5)]
        layers += [nn.Linear(1024, 10), nn.ReLU()]
    elif system in ('lowlevel_cnn', 'layers_cnn'):
        layers = [nn.Conv2d(1, 32, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(32, 64, 5), nn.ReLU(), nn.MaxPool2d(2)]
        layers += [nn.Flatten(), nn.Linear(1024, 1024), nn.ReLU(), nn.Dropout(0.5), nn.Linear(1024, 10)]
    elif system == 'ocr_cnn':
        layers = [nn.Conv2d(1, 16, 5, padding='same'), nn.MaxPool2d(2), nn.ReLU()]
        layers += [nn.Conv2d(16, 36, 5, padding='same'), nn.MaxPool2d(2), nn.ReLU(), nn.Flatten()]
        layers += [nn.Linear(1764, 128), nn.ReLU(), nn.Linear(128, 10)]
    else:
        layers = [*normalised(1, 32, stride=2), nn.MaxPool2d(3, 2, padding=1), *normalised(32, 64)]
        layers += [*normalised(64, 128), nn.MaxPool2d(3, 2, padding=1), nn.Flatten(), nn.Linear(2048, 128), nn.ReLU()]
        layers += [nn.Linear(128, 128), nn.Sigmoid(), nn.Linear(128, 10)]
    return nn.Sequential(*layers)


def normalised(channels: int, filters: int, stride: int = 1) -> list[nn.Module]:
    """A convolution with relu, normalised by its batch's own moments."""
    norm = nn.BatchNorm2d(filters, eps=1e-12, affine=False, track_running_stats=False)
    return [nn.Conv2d(channels, filters, 3, stride=stride, padding=1), nn.ReLU(), norm]


def main(system: str) -> None:
    """Answers requests until standard input ends."""
    batch = BATCHES[system]
    rng = np.random.default_rng(0)
    images = rng.random((_BATCHES_READY, batch, 1, 28, 28), np.float32)
    labels = rng.integers(0, 10, (_BATCHES_READY, batch))
    model = network(system)
    optimizer = torch.optim.Adam(model.parameters(), RATES.get(system, _USUAL_RATE))
    answers = os.fdopen(os.dup(1), 'w')
    for line in sys.stdin:
        start = time.perf_counter()
        for step in range(json.loads(line)):
            x = torch.from_numpy(images[step % _BATCHES_READY])
            y = torch.from_numpy(labels[step % _BATCHES_READY])
            optimizer.zero_grad()
            loss = nn.functional.cross_entropy(model(x), y)
            loss.backward()
            optimizer.step()
            loss.item()
        print(json.dumps(time.perf_counter() - start), file=answers, flush=True)


if __name__ == '__main__':
    main(*sys.argv[1:])
