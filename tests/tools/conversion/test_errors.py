from __future__ import annotations

import pytest

import tf1 as tf
from tools.conversion.errors import reason

_HISTORY = """Graph execution error:

Detected at node 'save/SaveV2' defined at (most recent call last):
  File "program.py", line 3, in main
Node: 'save/SaveV2'
ckpt.data; File too large
\t [[{{node save/SaveV2}}]]"""


@pytest.mark.parametrize(
    ('error', 'said'),
    [
        (OSError(27, 'File too large'), '[Errno 27] File too large'),
        (tf.errors.OutOfRangeError(None, None, _HISTORY), 'ckpt.data; File too large'),
        (tf.errors.DataLossError(None, None, '{{function_node x}} bad block [Op:SaveV2]'), 'bad block'),
        (OSError(), 'OSError'),
    ],
)
def test_the_reason_is_one_line_without_the_history_of_the_graph(error, said):
    assert reason(error) == said
