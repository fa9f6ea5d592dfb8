from __future__ import annotations

import numpy as np
import pytest

from tf1._backports import numpy_functions
from tf1._backports.notices import Notices
from tf1._backports.user_code import UserCode
from tf1._run.install import Installation


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


def test_functions_that_take_a_list_for_an_array_take_such_sequences(installed, capsys, tmp_path):
    import numpy  # noqa: F401

    rows = [[1, 2], [3]]
    np.savez(tmp_path / 'a.npz', rows, x=[np.ones(2), np.ones(3)], even=[[1, 2], [3, 4]])
    found = np.load(tmp_path / 'a.npz', allow_pickle=True)
    assert {name: (found[name].dtype.kind, found[name].shape) for name in found.files} == {
        'arr_0': ('O', (2,)),
        'x': ('O', (2,)),
        'even': ('i', (2, 2)),
    }
    np.save(tmp_path / 'b.npy', rows)
    assert np.load(tmp_path / 'b.npy', allow_pickle=True).tolist() == rows
    assert (np.shape(rows), np.size(rows), np.ndim(rows)) == ((2,), 2, 1)
    assert np.concatenate([rows, rows]).tolist() == [*rows, *rows]
    assert (np.vstack([rows, rows]).shape, np.hstack([rows, [4]]).shape) == ((2, 2), (3,))
    assert np.append(rows, [[3]]).tolist() == [[1, 2], [3], 3]
    assert sorted(np.random.permutation(rows).tolist()) == rows  # noqa: NPY002
    assert (np.argsort([[3], [1, 2]]).tolist(), np.where([[1], []])[0].tolist()) == ([1, 0], [0])
    notes = capsys.readouterr().err
    for name in ('np.savez', 'np.random.permutation'):
        text = (
            f'{name} of sequences that differ in length is gone; {name}(np.array(..., dtype=object)) stands in for it.'
        )
        assert notes.count(text) == 1
    with pytest.raises(ValueError, match='inhomogeneous'):
        eval('np.shape([[1, 2], [3]])', {'__name__': 's', '__file__': '/x/site-packages/s.py', 'np': np})


@pytest.mark.parametrize(
    ('name', 'expected'),
    [
        *((name, 'float64') for name in ('number', 'inexact', 'floating')),
        *((name, 'int64') for name in ('integer', 'signedinteger')),
        ('unsignedinteger', 'uint64'),
        ('complexfloating', 'complex128'),
    ],
)
def test_abstract_types_are_dtypes(installed, name, expected):
    import numpy  # noqa: F401

    kind = getattr(np, name)
    made = (np.zeros(2, kind), np.array([0, 0], dtype=kind), np.full([2], 0, kind), np.asarray([False, False], kind))
    assert [(each.dtype.name, each.tolist()) for each in made] == [(expected, [0, 0])] * 4
    assert np.zeros(2, np.int8).astype(kind).dtype == expected
    assert np.int8(0).astype(kind, copy=True).dtype == expected


@pytest.mark.skipif(np.lib.NumpyVersion(np.__version__) < '2.4.0', reason='NumPy takes them itself until 2.4')
def test_abstract_types_of_libraries_are_errors(installed, capsys):
    import numpy  # noqa: F401

    stranger = {'__name__': 'stranger', '__file__': '/x/site-packages/stranger.py', 'np': np}
    for call in ('np.zeros(2, np.floating)', 'np.zeros(2).astype(np.integer)'):
        with pytest.raises(TypeError, match='to a dtype'):
            eval(call, stranger)
    with pytest.raises(TypeError, match='to a dtype'):
        np.zeros(2).astype(np.generic)
    _ = np.zeros(2, np.floating), np.zeros(2).astype(np.integer)
    assert [line.partition(': ')[2] for line in capsys.readouterr().err.splitlines()] == [
        'np.zeros with the dtype np.floating is gone; np.float64 stands in for it.',
        'astype(np.integer) is gone; astype(np.int64) stands in for it.',
    ]


def test_astype_is_numpys_own_again(capsys):
    own = np.ndarray.astype, np.generic.astype, np.zeros
    installation = Installation(UserCode(), Notices())
    installation.install()
    installation.remove()
    assert (np.ndarray.astype, np.generic.astype, np.zeros) == own


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
def test_libraries_get_fromstring_as_it_is_installed(installed):
    import numpy  # noqa: F401

    stranger = {'__name__': 'stranger', '__file__': '/x/site-packages/stranger.py', 'np': np}
    with pytest.raises(ValueError, match='binary mode of fromstring'):
        eval('np.fromstring(b"ab", np.uint8)', stranger)


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
def test_libraries_get_reshape_as_it_is_installed(installed):
    import numpy  # noqa: F401

    stranger = {'__name__': 'stranger', '__file__': '/x/site-packages/stranger.py', 'np': np}
    with pytest.raises(TypeError, match='newshape'):
        eval('np.reshape([1, 2], newshape=[2, 1])', stranger)


@pytest.fixture(autouse=True)
def style():
    """The style of NumPy itself, before and after."""
    with np.printoptions(legacy=False):
        yield


def test_scalars_of_a_program_print_as_before_numpy_2_and_as_today_afterwards():
    today = repr([np.float32(0.5)])
    installation = Installation(UserCode(), Notices())
    installation.install()
    assert repr([np.float32(0.5), np.int64(3), np.bool_(True)]) == '[0.5, 3, True]'
    assert str({'loss': np.float64(0.1)}) == "{'loss': 0.1}"
    installation.remove()
    assert repr([np.float32(0.5)]) == today == '[np.float32(0.5)]'


def test_a_style_that_someone_asked_for_stays():
    np.set_printoptions(legacy='1.13')
    undo = numpy_functions.install(UserCode(), Notices())
    assert np.get_printoptions()['legacy'] == '1.13'
    undo()
    assert np.get_printoptions()['legacy'] == '1.13'
