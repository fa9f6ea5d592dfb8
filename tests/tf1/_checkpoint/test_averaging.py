"""Means of checkpoints."""

from __future__ import annotations

import numpy as np
import pytest

from tf1._checkpoint.averaging import last, write_average
from tf1._checkpoint.errors import CheckpointError


def test_floats_are_averaged_in_float64_and_counters_come_from_the_last(save, tmp_path, values_of):
    def values(weight, step):
        return {
            'w': np.float32([weight, 1e8 + 8 * step]),
            'half': np.float16(weight),
            'c': np.complex64(weight * 1j),
            'global_step': np.int64(step),
            'beta1_power': np.float32(0.9**step),
            'words': np.array([b'%d' % step], object),
        }

    sources = [save(values(weight, step), step=step) for weight, step in ((1, 1), (2, 2), (6, 3))]
    write_average(sources, str(tmp_path / 'mean'))
    mean = values_of(tmp_path / 'mean')
    # (1 + 2 + 6) / 3 = 3, and (8 + 16 + 24) / 3 = 16.
    assert mean['w'].tolist() == [3, 1e8 + 16]
    assert (mean['half'].item(), mean['c'].item()) == (3, 3j)
    assert mean['global_step'].item() == 3
    assert mean['beta1_power'] == np.float32(0.9**3)
    assert mean['words'].tolist() == [b'3']
    assert {name: value.dtype.name for name, value in mean.items()} == {
        'w': 'float32',
        'half': 'float16',
        'c': 'complex64',
        'global_step': 'int64',
        'beta1_power': 'float32',
        'words': 'object',
    }


def test_the_last_checkpoints_are_those_of_the_highest_steps(save, tmp_path):
    for step in (9, 10, 8):
        save({'w': np.float32(step)}, step=step)
    assert last(str(tmp_path), 2) == [str(tmp_path / f'model.ckpt-{step}') for step in (9, 10)]
    assert last(str(tmp_path)) == [str(tmp_path / f'model.ckpt-{step}') for step in (8, 9, 10)]
    with pytest.raises(CheckpointError, match=r'must hold at least 4 checkpoints, it holds 3 \(steps: 8, 9, 10\)'):
        last(str(tmp_path), 4)


def test_one_checkpoint_has_no_average(golden, tmp_path):
    with pytest.raises(CheckpointError, match='an average takes two checkpoints or more, got 1'):
        write_average([golden('cnn')], str(tmp_path / 'mean'))


@pytest.mark.parametrize(
    ('other', 'text'),
    [
        ({'v': np.float32(1)}, "'v' is in .*b and not in .*a: average checkpoints of one training"),
        ({'w': np.float32([1])}, "'w' is float32 scalar in .*a and float32 1 in .*b"),
        ({'w': np.float64(1)}, "'w' is float32 scalar in .*a and float64 scalar in .*b"),
        ({'w': np.float32(np.nan)}, "'w' holds NaN or infinite values in .*b, and so would the mean: leave it out"),
    ],
)
def test_checkpoints_that_do_not_agree_are_named_and_leave_nothing(save, tmp_path, other, text):
    sources = [save({'w': np.float32(1)}, 'a'), save(other, 'b')]
    with pytest.raises(CheckpointError, match=text):
        write_average(sources, str(tmp_path / 'mean'))
    assert not list(tmp_path.glob('*mean*'))
