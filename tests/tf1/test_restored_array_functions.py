from __future__ import annotations

import numpy as np
import pytest


@pytest.mark.parametrize('make', ['array', 'asarray'])
def test_sequences_of_different_lengths_make_an_array_of_objects_for_the_program(installed, capsys, make):
    import numpy  # noqa: F401

    function = getattr(np, make)
    found = function([[1, 2], [3]])
    assert (found.dtype, found.shape, found.tolist()) == (np.dtype(object), (2,), [[1, 2], [3]])
    assert function([(np.zeros(2), 1), (np.ones(2), 0)]).shape == (2, 2)
    assert function([[[1], [2, 3]], [[1], [2]]]).shape == (2, 2)
    assert function(['a', ['b', 'c']]).tolist() == ['a', ['b', 'c']]
    notes = [line for line in capsys.readouterr().err.splitlines() if 'differ in length' in line]
    assert len(notes) == 1
    assert notes[0].endswith(
        f'np.{make} of sequences that differ in length is gone; np.{make}(..., dtype=object) stands in for it.'
    )


def test_copy_false_copies_where_it_has_to_for_the_program(installed):
    import numpy  # noqa: F401

    array = np.zeros(2)
    assert np.array(array, copy=False) is array
    assert np.array([1, 2], copy=False).tolist() == [1, 2]
    assert np.array(array, dtype=np.int32, copy=False).dtype == np.int32
    assert np.array([[1, 2], [3]], copy=False).tolist() == [[1, 2], [3]]


@pytest.mark.skipif(np.lib.NumpyVersion(np.__version__) < '2.0.0', reason='NumPy copies itself until 2.0')
def test_libraries_cannot_copy_where_they_say_that_they_do_not(installed, capsys):
    import numpy  # noqa: F401

    stranger = {'__name__': 'stranger', '__file__': '/x/site-packages/stranger.py', 'np': np}
    with pytest.raises(ValueError, match='avoid copy'):
        eval('np.array([1, 2], copy=False)', stranger)
    assert np.array([1, 2], copy=False).tolist() == [1, 2]
    (note,) = (line for line in capsys.readouterr().err.splitlines() if 'copy=False' in line)
    assert note.endswith(
        'np.array with copy=False where a copy is needed is gone; np.array(..., copy=None) stands in for it.'
    )


def test_other_arguments_of_array_are_kept(installed):
    import numpy  # noqa: F401

    assert np.array([[1, 2], [3]], ndmin=2).shape == (1, 2)


@pytest.mark.parametrize('typed', [lambda: np.array([[1, 2], [3]], float), lambda: np.array([[1], []], dtype=np.int32)])
def test_a_type_that_cannot_hold_sequences_is_an_error(installed, typed):
    import numpy  # noqa: F401

    with pytest.raises(ValueError, match='setting an array element with a sequence'):
        typed()


def test_shapes_that_do_not_broadcast_are_an_error(installed):
    import numpy  # noqa: F401

    with pytest.raises(ValueError, match='could not broadcast'):
        np.array([np.zeros((2, 3)), np.zeros((2, 4))])


def test_libraries_see_the_numpy_that_is_installed(installed):
    import numpy  # noqa: F401

    stranger = {'__name__': 'stranger', '__file__': '/x/site-packages/stranger.py', 'np': np}
    with pytest.raises(ValueError, match='inhomogeneous'):
        eval('np.array([[1, 2], [3]])', stranger)
