"""Evaluation figures from true and predicted classes: accuracy, confusion matrix, per-class scores.

Classes are whole numbers from 0. Everything but the first errors follows from the confusion matrix, which is added up
batch by batch: a test set of any size takes no more memory than one batch.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

DIGITS = 10

_NAME = '{:>12} '  # as wide as 'weighted avg'


class Scores(NamedTuple):
    """Precision, recall and F1 in [0, 1], and support: the number of true examples behind them."""

    precision: float
    recall: float
    f1: float
    support: int


@dataclass(frozen=True)
class ClassificationReport:
    """Scores per class and over all classes.

    Attributes:
      classes: scores of each class that occurs among the true or the predicted ones, by class in rising order.
      accuracy: correct / total.
      macro: plain means over `classes`.
      weighted: means over `classes`, weighted by support.
    """

    classes: tuple[tuple[int, Scores], ...]
    accuracy: float
    macro: Scores
    weighted: Scores

    def text(self) -> str:
        """Returns the table that document 5 prints, as scikit-learn's `classification_report` lays it out."""
        total = self.macro.support
        lines = [
            _NAME.format('') + ''.join(f' {heading:>9}' for heading in ('precision', 'recall', 'f1-score', 'support')),
            '',
            *(_score_line(str(label), scores) for label, scores in self.classes),
            '',
            _NAME.format('accuracy') + f' {"":>9} {"":>9} {self.accuracy:>9.2f} {total:>9}',
            _score_line('macro avg', self.macro),
            _score_line('weighted avg', self.weighted),
            '',
        ]
        return '\n'.join(lines)


class ConfusionCounter:
    """Adds up a confusion matrix over batches.

    Attributes:
      matrix: counts so far, `[num_classes, num_classes]` int64, as `confusion_matrix` gives them.
    """

    def __init__(self, num_classes: int = DIGITS) -> None:
        self.matrix = confusion_matrix([], [], num_classes)

    def add(self, y_true: ArrayLike, y_pred: ArrayLike) -> None:
        """Counts one batch of classes, both `[n]`; raises ValueError as `confusion_matrix` does."""
        self.matrix += confusion_matrix(y_true, y_pred, len(self.matrix))

    @property
    def correct(self) -> int:
        """Number of examples whose class was predicted."""
        return int(np.trace(self.matrix))

    @property
    def total(self) -> int:
        """Number of examples."""
        return int(self.matrix.sum())


def confusion_matrix(y_true: ArrayLike, y_pred: ArrayLike, num_classes: int = DIGITS) -> np.ndarray:
    """Returns how often each true class (row) was predicted as each class (column), `[num_classes, num_classes]` int64.

    Args:
      y_true: true classes `[n]`, whole numbers.
      y_pred: predicted classes `[n]`, whole numbers.
      num_classes: classes are 0..num_classes - 1.

    Raises:
      ValueError: shapes are not `[n]` or differ, a dtype is not integer, a class is out of range, `num_classes` is
        under 1.
    """
    if num_classes < 1:
        raise ValueError(f'num_classes must be > 0, got {num_classes}.')
    y_true, y_pred = _pair(y_true, y_pred)
    for name, labels in (('y_true', y_true), ('y_pred', y_pred)):
        _check_range(name, labels, num_classes)
    cells = y_true.astype(np.int64) * num_classes + y_pred.astype(np.int64)
    return np.bincount(cells, minlength=num_classes**2).reshape(num_classes, num_classes).astype(np.int64, copy=False)


def accuracy_text(correct: int, total: int) -> str:
    """Returns document 4's form of an accuracy, such as '98.5% (9850 / 10000)'.

    Raises:
      ValueError: `total` is under 1, or `correct` is not in 0..total.
    """
    if total < 1:
        raise ValueError(f'total must be > 0, got {total}; evaluate at least one example.')
    if not 0 <= correct <= total:
        raise ValueError(f'correct must be in 0..{total} (total), got {correct}.')
    return f'{correct / total:.1%} ({correct} / {total})'


def classification_report(matrix: ArrayLike) -> ClassificationReport:
    """Returns the scores that a confusion matrix holds.

    A class that is never predicted has precision 0, one that never occurs has recall 0, and one that does neither is
    left out, as in scikit-learn.

    Args:
      matrix: counts `[c, c]`, true classes in rows, as `confusion_matrix` and `ConfusionCounter` give them.

    Raises:
      ValueError: `matrix` is not a square matrix of counts, or counts no example.
    """
    matrix = _counts(matrix)
    correct, support, predicted = np.diag(matrix), matrix.sum(axis=1), matrix.sum(axis=0)
    total = int(support.sum())
    if not total:
        raise ValueError('matrix must count at least one example, got 0; evaluate some examples first.')
    labels = np.flatnonzero(support + predicted)
    correct, support, predicted = correct[labels], support[labels], predicted[labels]
    scores = np.stack([_ratio(correct, predicted), _ratio(correct, support), _ratio(2 * correct, support + predicted)])
    rows = zip(labels.tolist(), scores.T.tolist(), support.tolist(), strict=True)
    return ClassificationReport(
        classes=tuple((label, Scores(*values, count)) for label, values, count in rows),
        accuracy=int(correct.sum()) / total,
        macro=Scores(*np.average(scores, axis=1).tolist(), total),
        weighted=Scores(*np.average(scores, axis=1, weights=support).tolist(), total),
    )


def confusion_text(matrix: ArrayLike) -> str:
    """Returns a confusion matrix `[c, c]` as NumPy prints it, with every row whatever its size.

    Raises:
      ValueError: `matrix` is not a square matrix of counts.
    """
    matrix = _counts(matrix)
    return np.array2string(matrix, threshold=matrix.size + 1)


def example_errors(y_true: ArrayLike, y_pred: ArrayLike, n: int = 9) -> np.ndarray:
    """Returns the indices of the first `n` examples whose class was not predicted, `[at most n]` int64.

    Raises:
      ValueError: shapes are not `[n]` or differ, a dtype is not integer, `n` is negative.
    """
    if n < 0:
        raise ValueError(f'n must be >= 0, got {n}.')
    y_true, y_pred = _pair(y_true, y_pred)
    return np.flatnonzero(y_true != y_pred)[:n]


def _score_line(name: str, scores: Scores) -> str:
    *ratios, support = scores
    return _NAME.format(name) + ''.join(f' {ratio:>9.2f}' for ratio in ratios) + f' {support:>9}'


def _ratio(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """Returns part / whole, and 0 where whole is 0."""
    return np.divide(part, whole, out=np.zeros(len(part)), where=whole > 0)


def _pair(y_true: ArrayLike, y_pred: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    y_true, y_pred = _labels('y_true', y_true), _labels('y_pred', y_pred)
    if len(y_true) != len(y_pred):
        raise ValueError(
            f'y_true and y_pred must have the same length, got {len(y_true)} and {len(y_pred)}; '
            'predict exactly the examples that have labels.'
        )
    return y_true, y_pred


def _labels(name: str, values: ArrayLike) -> np.ndarray:
    labels = np.asarray(values)
    if labels.ndim != 1:
        raise ValueError(f'{name} must have shape [n], got {labels.shape}; take the argmax of one-hot labels.')
    if labels.size and not np.issubdtype(labels.dtype, np.integer):
        raise ValueError(f'{name} must hold whole numbers, got dtype {labels.dtype}; convert with astype(int).')
    return labels.astype(np.int64) if not labels.size else labels


def _check_range(name: str, labels: np.ndarray, num_classes: int) -> None:
    outside = np.flatnonzero((labels < 0) | (labels >= num_classes))
    if outside.size:
        index = int(outside[0])
        raise ValueError(
            f'{name} must be in 0..{num_classes - 1}, got {labels[index]} at index {index}; '
            'correct the label or raise num_classes.'
        )


def _counts(matrix: ArrayLike) -> np.ndarray:
    matrix = np.asarray(matrix)
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1]:
        raise ValueError(f'matrix must have shape [c, c], got {matrix.shape}; make it with confusion_matrix.')
    if not np.issubdtype(matrix.dtype, np.integer):
        raise ValueError(f'matrix must hold counts, got dtype {matrix.dtype}; make it with confusion_matrix.')
    if (matrix < 0).any():
        raise ValueError(f'matrix must hold counts >= 0, got {matrix.min()}; make it with confusion_matrix.')
    return matrix
