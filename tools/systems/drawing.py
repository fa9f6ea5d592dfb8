"""The pictures of an evaluation."""

from __future__ import annotations

import os

import numpy as np

from tools import figures, metrics
from tools.systems.results import Evaluated

_NUM_ERRORS = 9


def draw_evaluation(folder: str, result: Evaluated, matrix: np.ndarray, split: str) -> None:
    """Draws the confusion matrix, `[10, 10]`, and the first errors, where there are any, into a folder."""
    figures.save(figures.confusion_figure(matrix), os.path.join(folder, f'confusion_{split}.png'))
    wrong = metrics.example_errors(result.labels, result.predicted, _NUM_ERRORS)
    if len(wrong):
        grid = figures.image_grid(
            result.images[wrong], 3, 3, true=result.labels[wrong], predicted=result.predicted[wrong]
        )
        figures.save(grid, os.path.join(folder, f'errors_{split}.png'))
