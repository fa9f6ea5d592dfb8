from __future__ import annotations

import numpy as np
import pytest


@pytest.mark.parametrize(
    ('arguments', 'expected'),
    [
        ((b'\x01\x02\x03\x04', np.uint8), [1, 2, 3, 4]),
        ((b'\x01\x02\x03\x04', np.int16, 1), [513]),
        (('ab', 'u1'), [97, 98]),
        (('\xe9', 'u1'), [195, 169]),
        ((b'', 'u1'), []),
        ((b'\0' * 8,), [0.0]),
    ],
)
def test_fromstring_reads_binary_data_for_the_program(installed, arguments, expected):
    import numpy  # noqa: F401

    found = np.fromstring(*arguments)
    assert found.tolist() == expected
    assert found.dtype == np.dtype(arguments[1] if len(arguments) > 1 else float)
    assert found.flags.writeable


def test_fromstring_still_reads_text(installed, capsys):
    import numpy  # noqa: F401

    assert np.fromstring('1 2 3', dtype=int, sep=' ').tolist() == [1, 2, 3]
    assert 'frombuffer' not in capsys.readouterr().err


def test_half_an_element_is_an_error(installed):
    import numpy  # noqa: F401

    with pytest.raises(ValueError, match='must be a multiple of element size'):
        np.fromstring(b'abc', np.int16)


@pytest.mark.skipif(np.lib.NumpyVersion(np.__version__) < '2.3.0', reason='NumPy reads it itself until 2.3')
def test_libraries_see_the_numpy_that_is_installed(installed):
    import numpy  # noqa: F401

    stranger = {'__name__': 'stranger', '__file__': '/x/site-packages/stranger.py', 'np': np}
    with pytest.raises(ValueError, match='binary mode of fromstring'):
        eval('np.fromstring(b"ab", np.uint8)', stranger)
