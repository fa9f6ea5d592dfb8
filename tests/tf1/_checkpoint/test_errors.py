"""What is told of TensorFlow's errors."""

from __future__ import annotations

import pytest

import tf1 as tf
from tf1._checkpoint.errors import reason

_FULL = '/m/model.ckpt-1_temp; No space left on device'
_IN_THE_WAY = '/m/x; Is a directory'
_STACK = (
    "Detected at node 'save/Merge' defined at (most recent call last):\n  File \"a.py\", line 1\nNode: 'save/Merge'\n"
)


@pytest.mark.parametrize(
    ('text', 'told'),
    [
        (f'{_FULL}\n\t [[{{{{node save/SaveV2}}}}]]', _FULL),
        (f'Graph execution error:\n\n{_STACK}{_IN_THE_WAY}\n\t [[{{{{node a}}}}]]\n\nOriginal stack', _IN_THE_WAY),
        ('Checksum does not match: stored 1 vs. calculated 2', 'Checksum does not match: stored 1 vs. calculated 2'),
        ('[[{{node save/RestoreV2}}]]', 'DataLossError'),
    ],
)
def test_the_reason_is_told_without_the_graph(text, told):
    assert reason(tf.errors.DataLossError(None, None, text)) == told


def test_errors_of_the_system_are_told_in_its_words():
    assert reason(OSError(28, 'No space left on device', '/m')) == 'No space left on device'
