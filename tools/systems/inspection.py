"""Fills a model_dir with what TensorBoard's projector, PR curves, HParams and image tabs show."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from tf1._checkpoint import lookup
from tf1._files import regular_files
from tools.inspection import evaluations, hyperparameters, projector
from tools.systems import graph_systems
from tools.systems.answers import LAYERS, Asked, identify
from tools.systems.results import Source

PROJECTED = 1000
FOLDER = 'eval_checkpoints'


def model_dirs(path: str) -> list[str]:
    """Returns the folders with checkpoints: `path` itself and those below it, by name."""
    return sorted(folder for folder, _, files in os.walk(path) if 'checkpoint' in files)


def fill(model_dir: str, name: str | None, source: Source) -> bool:
    """Writes what is missing for the checkpoints that are there; returns whether the folder is of a known system.

    For each checkpoint: PR curves and the confusion matrix of the test images, into MODEL_DIR/eval_checkpoints. For
    the newest: the last hidden layer of 1,000 test images. The hyperparameters, where `model.json` tells them.

    Args:
      model_dir: folder of checkpoints.
      name: the system; None finds out.
      source: of the test images.

    Raises:
      CheckpointError: a checkpoint cannot be read.
      OSError: a file cannot be written.
    """
    stored = _stored(model_dir)
    if stored:
        hyperparameters.write(model_dir, stored['hparams'], os.path.basename(os.path.normpath(model_dir)))
    name = name or (stored['model'] if stored else identify(model_dir))
    if name is None:
        return False
    newest = lookup.step_of(lookup.find(model_dir))
    curves = evaluations.steps_with(os.path.join(model_dir, FOLDER), evaluations.PR_CURVE_TAG.format(0))
    missing = [step for step in lookup.steps(model_dir) if step > max(curves, default=-1)]
    unprojected = not any(projector.is_written(model_dir, _embedding(layer, newest)) for layer in LAYERS)
    if missing or unprojected:
        asked = Asked(name, model_dir, source)
        for step in missing:
            _evaluate(asked, model_dir, step)
        if unprojected:
            _project(asked, model_dir, newest)
    return True


def _evaluate(asked: Asked, model_dir: str, step: int) -> None:
    _say(f'{model_dir}: precision and recall of checkpoint {step} on {len(asked.labels):,} test images')
    probabilities = asked.answers(lookup.at_step(model_dir, step)).probabilities
    evaluations.write(os.path.join(model_dir, FOLDER), step, asked.labels, probabilities)


def _project(asked: Asked, model_dir: str, step: int) -> None:
    _say(f'{model_dir}: {asked.layer} of checkpoint {step} for the projector')
    answers = asked.answers(lookup.at_step(model_dir, step), PROJECTED)
    labels, images = asked.labels[:PROJECTED], asked.images[:PROJECTED]
    predicted = answers.probabilities.argmax(1)
    projector.write(model_dir, _embedding(asked.layer, step), answers.hidden, labels, predicted, images)


def _stored(model_dir: str) -> dict[str, Any] | None:
    path = os.path.join(model_dir, graph_systems.SETTINGS)
    if not os.path.exists(path):
        return None
    return json.loads(regular_files.read_text(path))


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _embedding(layer: str, step: int) -> str:
    return f'{layer}_{step}'
