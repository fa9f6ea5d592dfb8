"""Evaluates a trained system on MNIST: accuracy, loss, a report per class, the confusion matrix, example errors.

`python -m flags.evaluate --model=cnn --model_dir=DIR --checkpoint=latest`.
"""

from __future__ import annotations

import os
from typing import Any

from absl import flags

from flags import _binary, _restoring, _shared
from tools.systems import registry

_SPLIT = flags.DEFINE_enum('split', 'test', ['train', 'validation', 'test'], 'Which images to evaluate on.')
flags.adopt_module_key_flags(_restoring)
flags.adopt_module_key_flags(_shared)


def main() -> dict[str, Any]:
    """Evaluates what the flags name; prints the report and returns the figures."""
    name = _shared.model(registry.NAMES)
    model_dir = _shared.existing_model_dir()
    _shared.check_data_dir()
    _binary.load_tensorflow()
    from tools import metrics
    from tools.systems import drawing

    source = _shared.source(_restoring.checkpoint())
    result = registry.kind(name).evaluate(name, model_dir, _SPLIT.value, source)
    matrix = metrics.confusion_matrix(result.labels, result.predicted)
    correct = int(matrix.trace())
    print(f'Accuracy on the {_SPLIT.value} images: {metrics.accuracy_text(correct, len(result.labels))}')
    print(metrics.classification_report(matrix).text())
    print(metrics.confusion_text(matrix))
    if _shared.wants_figures():
        folder = _binary.writable_dir('model_dir', os.path.join(model_dir, 'figures'))
        drawing.draw_evaluation(folder, result, matrix, _SPLIT.value)
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


def run() -> None:
    """Runs the binary."""
    _binary.run(main)


if __name__ == '__main__':
    run()
