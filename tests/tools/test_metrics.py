"""Metrics against values worked out by hand, naive counting and scikit-learn."""

from __future__ import annotations

import dataclasses
import warnings

import numpy as np
import pytest
import sklearn.metrics

from tools.metrics import (
    ConfusionCounter,
    Scores,
    accuracy_text,
    classification_report,
    confusion_matrix,
    confusion_text,
    example_errors,
)

# Class 0: right twice, once taken for 2. Class 1: once right, once taken for 0. Class 2: once right.
TRUE = [0, 1, 0, 2, 1, 0]
PREDICTED = [0, 1, 2, 2, 0, 0]
MATRIX = [[2, 0, 1], [1, 1, 0], [0, 0, 1]]


def sklearn_text(y_true, y_pred):
    with warnings.catch_warnings():
        warnings.simplefilter('ignore', sklearn.exceptions.UndefinedMetricWarning)
        return sklearn.metrics.classification_report(y_true, y_pred, digits=2)


def test_the_confusion_matrix_counts_true_classes_in_rows_and_predicted_ones_in_columns():
    matrix = confusion_matrix(TRUE, PREDICTED, num_classes=3)
    assert matrix.tolist() == MATRIX
    assert matrix.dtype == np.int64


def test_the_confusion_matrix_equals_naive_counting_and_scikit_learn():
    rng = np.random.default_rng(0)
    for dtype in (np.uint8, np.int32, np.int64):
        y_true, y_pred = rng.integers(0, 10, (2, 500)).astype(dtype)
        naive = np.zeros((10, 10), int)
        for true, predicted in zip(y_true, y_pred, strict=True):
            naive[true, predicted] += 1
        np.testing.assert_array_equal(confusion_matrix(y_true, y_pred), naive)
        np.testing.assert_array_equal(naive, sklearn.metrics.confusion_matrix(y_true, y_pred, labels=range(10)))


def test_no_examples_give_a_matrix_of_zeros():
    assert confusion_matrix([], []).tolist() == np.zeros((10, 10)).tolist()


def test_batches_add_up_to_the_matrix_of_all_examples():
    rng = np.random.default_rng(1)
    y_true, y_pred = rng.integers(0, 10, (2, 1030))
    counter = ConfusionCounter()
    for start in range(0, 1030, 100):
        counter.add(y_true[start : start + 100], y_pred[start : start + 100])
    np.testing.assert_array_equal(counter.matrix, confusion_matrix(y_true, y_pred))
    assert counter.total == 1030
    assert counter.correct == (y_true == y_pred).sum()


def test_a_refused_batch_leaves_the_count_as_it_was():
    counter = ConfusionCounter(num_classes=3)
    counter.add(TRUE, PREDICTED)
    with pytest.raises(ValueError, match=r'y_pred must be in 0\.\.2, got 3 at index 1'):
        counter.add([0, 1], [0, 3])
    assert counter.matrix.tolist() == MATRIX


@pytest.mark.parametrize(
    ('correct', 'total', 'text'),
    [
        (9850, 10_000, '98.5% (9850 / 10000)'),
        (980, 10_000, '9.8% (980 / 10000)'),
        (0, 7, '0.0% (0 / 7)'),
        (7, 7, '100.0% (7 / 7)'),
        (np.int64(2), np.int64(3), '66.7% (2 / 3)'),
    ],
)
def test_accuracy_reads_as_document_4_prints_it(correct, total, text):
    assert accuracy_text(correct, total) == text


def test_the_report_holds_precision_recall_f1_and_support_per_class():
    report = classification_report(MATRIX)
    # Right of each column: 2 of 3, 1 of 1, 1 of 2. Right of each row: 2 of 3, 1 of 2, 1 of 1.
    # F1 is twice the right ones / (row + column).
    scores = dict(report.classes)
    assert scores[0] == Scores(2 / 3, 2 / 3, 4 / 6, 3)
    assert scores[1] == Scores(1.0, 0.5, 2 / 3, 2)
    assert scores[2] == Scores(0.5, 1.0, 2 / 3, 1)
    assert report.accuracy == 4 / 6
    assert report.macro == pytest.approx(Scores(13 / 18, 13 / 18, 2 / 3, 6))
    assert report.weighted == pytest.approx(Scores((2 + 2 + 0.5) / 6, (2 + 1 + 1) / 6, 2 / 3, 6))


def test_the_report_prints_as_document_5s_table():
    assert classification_report(MATRIX).text() == (
        '              precision    recall  f1-score   support\n'
        '\n'
        '           0       0.67      0.67      0.67         3\n'
        '           1       1.00      0.50      0.67         2\n'
        '           2       0.50      1.00      0.67         1\n'
        '\n'
        '    accuracy                           0.67         6\n'
        '   macro avg       0.72      0.72      0.67         6\n'
        'weighted avg       0.75      0.67      0.67         6\n'
    )


@pytest.mark.parametrize('seed', range(30))
def test_the_report_prints_what_scikit_learn_prints(seed):
    rng = np.random.default_rng(seed)
    n, true_classes, predicted_classes = (int(v) for v in rng.integers((1, 1, 1), (2000, 11, 11)))
    y_true, y_pred = rng.integers(0, true_classes, n), rng.integers(0, predicted_classes, n)
    y_pred = np.where(rng.random(n) < rng.random(), np.minimum(y_true, y_pred), y_pred)
    assert classification_report(confusion_matrix(y_true, y_pred)).text() == sklearn_text(y_true, y_pred)


@pytest.mark.parametrize(
    ('y_true', 'y_pred'),
    [
        ([0, 1, 2, 2], [0, 1, 1, 1]),  # 2 is never predicted
        ([0, 1, 1, 1], [0, 1, 2, 2]),  # 2 never occurs
        ([0, 9, 9, 3], [0, 9, 3, 3]),  # most classes do neither
        ([4, 4, 4], [4, 4, 4]),
        ([0, 0, 1], [1, 1, 1]),
        ([5], [5]),
    ],
)
def test_classes_that_never_occur_or_are_never_predicted_print_as_in_scikit_learn(y_true, y_pred):
    assert classification_report(confusion_matrix(y_true, y_pred)).text() == sklearn_text(y_true, y_pred)


def test_support_stays_whole_where_every_prediction_is_wrong():
    # scikit-learn 1.9 prints 2.0 there, and 2 as soon as one prediction is right.
    text = classification_report(confusion_matrix([0, 0], [1, 1])).text()
    assert text == sklearn_text([0, 0], [1, 1]).replace('2.0', '  2').replace(' 0.0\n', '   0\n')


def test_the_report_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        classification_report(MATRIX).accuracy = 1.0


def test_the_matrix_prints_as_numpy_prints_it():
    matrix = confusion_matrix(np.arange(10).repeat(100), np.arange(10).repeat(100))
    assert confusion_text(matrix) == str(matrix)
    assert confusion_text(MATRIX) == '[[2 0 1]\n [1 1 0]\n [0 0 1]]'
    assert '...' not in confusion_text(np.zeros((47, 47), int))


def test_example_errors_are_the_first_wrong_ones():
    assert example_errors(TRUE, PREDICTED).tolist() == [2, 4]
    assert example_errors([1] * 20, [1, 2] * 10).tolist() == [1, 3, 5, 7, 9, 11, 13, 15, 17]
    assert example_errors([1] * 20, [1, 2] * 10, n=2).tolist() == [1, 3]
    assert example_errors(TRUE, TRUE).tolist() == []
    assert example_errors([], []).tolist() == []


@pytest.mark.parametrize(
    ('call', 'message'),
    [
        (
            lambda: confusion_matrix([1, 2, 10], [1, 2, 3]),
            'y_true must be in 0..9, got 10 at index 2; correct the label or raise num_classes.',
        ),
        (
            lambda: confusion_matrix([1, 2], [1, -1]),
            'y_pred must be in 0..9, got -1 at index 1; correct the label or raise num_classes.',
        ),
        (
            lambda: confusion_matrix([1, 2], [1]),
            'y_true and y_pred must have the same length, got 2 and 1; predict exactly the examples that have labels.',
        ),
        (
            lambda: example_errors([[0, 1]], [1]),
            'y_true must have shape [n], got (1, 2); take the argmax of one-hot labels.',
        ),
        (
            lambda: example_errors([1], [1.0]),
            'y_pred must hold whole numbers, got dtype float64; convert with astype(int).',
        ),
        (lambda: example_errors([1], [1], n=-1), 'n must be >= 0, got -1.'),
        (lambda: ConfusionCounter(0), 'num_classes must be > 0, got 0.'),
        (lambda: accuracy_text(0, 0), 'total must be > 0, got 0; evaluate at least one example.'),
        (lambda: accuracy_text(8, 7), 'correct must be in 0..7 (total), got 8.'),
        (
            lambda: classification_report(np.zeros((10, 10), int)),
            'matrix must count at least one example, got 0; evaluate some examples first.',
        ),
        (
            lambda: classification_report(TRUE),
            'matrix must have shape [c, c], got (6,); make it with confusion_matrix.',
        ),
        (
            lambda: confusion_text([[0.5]]),
            'matrix must hold counts, got dtype float64; make it with confusion_matrix.',
        ),
        (lambda: confusion_text([[-3]]), 'matrix must hold counts >= 0, got -3; make it with confusion_matrix.'),
    ],
)
def test_a_wrong_argument_is_named_with_its_value_and_the_remedy(call, message):
    with pytest.raises(ValueError, match='^.*$') as error:
        call()
    assert str(error.value) == message
