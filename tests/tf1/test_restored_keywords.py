from __future__ import annotations

import numpy as np
import pytest


def test_reshape_takes_newshape_from_the_program_alone(installed, capsys):
    import numpy  # noqa: F401

    rows = np.arange(6)
    assert np.reshape(rows, newshape=[2, 3]).tolist() == [[0, 1, 2], [3, 4, 5]]
    assert np.reshape(a=rows, newshape=(3, -1), order='F').tolist() == [[0, 3], [1, 4], [2, 5]]
    assert np.reshape(rows, (3, 2)).tolist() == [[0, 1], [2, 3], [4, 5]]
    assert np.reshape(rows, 6).shape == (6,)
    with pytest.raises(TypeError, match='nope'):
        np.reshape(rows, nope=(2, 3))
    notes = [line for line in capsys.readouterr().err.splitlines() if 'newshape' in line]
    assert len(notes) == 1
    assert notes[0].endswith('np.reshape(newshape=...) is gone; its second argument stands in for it.')


@pytest.mark.skipif(np.lib.NumpyVersion(np.__version__) < '2.4.0', reason='NumPy takes newshape itself until 2.4')
def test_libraries_see_the_numpy_that_is_installed(installed):
    import numpy  # noqa: F401

    stranger = {'__name__': 'stranger', '__file__': '/x/site-packages/stranger.py', 'np': np}
    with pytest.raises(TypeError, match='newshape'):
        eval('np.reshape([1, 2], newshape=[2, 1])', stranger)
