"""Evaluates a trained system on MNIST: accuracy, loss, a report per class, the confusion matrix, example errors.

`python -m flags.evaluate --model=cnn --model_dir=DIR --checkpoint=latest`.
"""

from __future__ import annotations

import os
from typing import Any

from absl import flags

from flags import _binary, _models, _restoring, _shared
from flags._results import Evaluated
from tools import figures, metrics

_SPLIT = flags.DEFINE_enum('split', 'test', ['train', 'validation', 'test'], 'Which images to evaluate on.')
_NUM_ERRORS = 9
flags.adopt_module_key_flags(_restoring)
flags.adopt_module_key_flags(_shared)


def main() -> dict[str, Any]:
    """Evaluates what the flags name; prints the report and returns the figures."""
    name = _shared.model(_models.NAMES)
    model_dir = _shared.model_dir()
    result = _models.kind(name).evaluate(name, model_dir, _SPLIT.value)
    matrix = metrics.confusion_matrix(result.labels, result.predicted)
    correct = int(matrix.trace())
    print(f'Accuracy on the {_SPLIT.value} images: {metrics.accuracy_text(correct, len(result.labels))}')
    print(metrics.classification_report(matrix).text())
    print(metrics.confusion_text(matrix))
    if _shared.wants_figures():
        _draw(_binary.writable_dir('model_dir', os.path.join(model_dir, 'figures')), result, matrix)
    return {
        'model': name,
        'global_step': result.global_step,
        'accuracy': correct / len(result.labels),
        'loss': result.loss,
        'correct': correct,
        'total': len(result.labels),
        'split': _SPLIT.value,
        'model_dir': model_dir,
    }


def _draw(folder: str, result: Evaluated, matrix: Any) -> None:
    figures.save(figures.confusion_figure(matrix), os.path.join(folder, f'confusion_{_SPLIT.value}.png'))
    wrong = metrics.example_errors(result.labels, result.predicted, _NUM_ERRORS)
    if len(wrong):
        grid = figures.image_grid(
            result.images[wrong], 3, 3, true=result.labels[wrong], predicted=result.predicted[wrong]
        )
        figures.save(grid, os.path.join(folder, f'errors_{_SPLIT.value}.png'))


def run() -> None:
    """Runs the binary."""
    _binary.run(main)


if __name__ == '__main__':
    run()
