"""Precision-recall curves of each class and confusion matrices, as summaries of an evaluation folder."""

from __future__ import annotations

import contextlib
import glob
import io
import os

import numpy as np
from tensorboard.plugins.pr_curve import summary as pr_curve

import tf1 as tf
from tf1._checkpoint import event_files
from tools import figures, metrics

CONFUSION = 'confusion_matrix'
PR_CURVE = 'pr_curve/class_{}'
PR_CURVE_TAG = f'{PR_CURVE}/pr_curves'
_THRESHOLDS = 127


def steps_with(folder: str, tag: str) -> set[int]:
    """Returns the steps at which event files of a folder hold a tag; what stands behind damage in one is missing."""
    steps = set()
    for file in glob.glob(os.path.join(glob.escape(folder), '*.tfevents.*')):
        for event in event_files.read(file):
            steps.update(event.step for value in event.summary.value if value.tag == tag)
    return steps


def write(folder: str, step: int, labels: np.ndarray, probabilities: np.ndarray) -> None:
    """Adds a precision-recall curve for each class and the confusion matrix to a folder's event files.

    Steps have to rise from call to call: TensorBoard drops what a later file overtakes.

    Args:
      folder: of event files; a run of its own in TensorBoard.
      step: of the checkpoint that was asked.
      labels: true classes `[n]`.
      probabilities: `[n, classes]` float32.
    """
    values = []
    for digit in range(probabilities.shape[1]):
        curve = pr_curve.pb(
            PR_CURVE.format(digit), labels == digit, probabilities[:, digit], num_thresholds=_THRESHOLDS
        )
        values.append(tf.Summary.FromString(curve.SerializeToString()).value[0])
    values.append(confusion_value(metrics.confusion_matrix(labels, probabilities.argmax(1))))
    # Two writers of the same second would share a file name, and the later would empty the earlier's file.
    with contextlib.closing(tf.summary.FileWriter(folder, filename_suffix=f'.asked-{step}')) as writer:
        writer.add_summary(tf.Summary(value=values), step)


def confusion_value(matrix: np.ndarray) -> tf.Summary.Value:
    """Returns the picture of a confusion matrix, `[c, c]`, as a summary's value."""
    png = io.BytesIO()
    figure = figures.confusion_figure(matrix)
    figure.savefig(png, format='png')
    height, width = (int(side * figure.dpi) for side in reversed(figure.get_size_inches()))
    image = tf.Summary.Image(height=height, width=width, colorspace=4, encoded_image_string=png.getvalue())
    return tf.Summary.Value(tag=CONFUSION, image=image)
