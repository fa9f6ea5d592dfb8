from __future__ import annotations

import h5py
import numpy as np
import pytest


def test_datasets_have_a_value_for_the_program(installed, tmp_path, capsys):
    import h5py as theirs

    with theirs.File(tmp_path / 'weights.h5', 'w') as file:
        file['kernel'] = np.arange(6).reshape(2, 3)
        file['step'] = 7
        assert file['kernel'].value.tolist() == [[0, 1, 2], [3, 4, 5]]
        assert file['step'].value == 7
    assert 'Dataset.value is gone; dataset[()] stands in for it.' in capsys.readouterr().err


def test_libraries_find_none(tmp_path):
    with h5py.File(tmp_path / 'weights.h5', 'w') as file:
        file['kernel'] = np.arange(3)
        with pytest.raises(AttributeError):
            file['kernel'].value  # noqa: B018
