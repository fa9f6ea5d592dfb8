from __future__ import annotations

import os

import pytest

import tf1 as tf
from tools.conversion import new_output
from tools.conversion.errors import ConversionError


def write(path, text='new'):
    with open(path, 'w') as file:
        file.write(text)


def fail(path, error):
    """Writes half of a folder."""
    with new_output.output(path) as temporary:
        os.mkdir(temporary)
        write(os.path.join(temporary, 'file'))
        raise error


def test_a_file_appears_when_all_is_done(tmp_path):
    path = str(tmp_path / 'deep' / 'model.keras')
    with new_output.output(path) as temporary:
        assert os.path.dirname(temporary) == os.path.dirname(path)
        assert temporary.endswith('.keras')
        write(temporary)
        assert not os.path.exists(path)
    assert os.listdir(tmp_path / 'deep') == ['model.keras']


def test_a_folder_appears_when_all_is_done(tmp_path):
    with new_output.output(str(tmp_path / 'saved') + '/') as temporary:
        os.mkdir(temporary)
        write(os.path.join(temporary, 'file'))
    assert os.listdir(tmp_path) == ['saved']
    assert os.listdir(tmp_path / 'saved') == ['file']


@pytest.mark.parametrize('error', [KeyError('x'), KeyboardInterrupt()])
def test_an_error_leaves_neither_output_nor_new_folders(tmp_path, error):
    with pytest.raises(type(error)):
        fail(str(tmp_path / 'deep' / 'er' / 'saved'), error)
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize(
    'error', [OSError(28, 'No space left on device'), tf.errors.ResourceExhaustedError(None, None, 'No space left')]
)
def test_a_full_disk_is_told_in_one_line(tmp_path, error):
    with pytest.raises(ConversionError, match=r'saved cannot be written \(.*No space left.*\): name another output'):
        fail(str(tmp_path / 'saved'), error)
    assert os.listdir(tmp_path) == []


def test_what_exists_is_refused_and_kept(tmp_path):
    write(tmp_path / 'saved', 'old')
    with pytest.raises(ConversionError, match=r'saved exists already: name another output, or remove it first'):
        fail(str(tmp_path / 'saved'), AssertionError('not reached'))
    assert (tmp_path / 'saved').read_text() == 'old'


def test_a_folder_below_a_file_is_refused(tmp_path):
    write(tmp_path / 'file')
    with pytest.raises(ConversionError, match=r'file/sub cannot be made \(.+\): name another output'):
        fail(str(tmp_path / 'file' / 'sub' / 'saved'), AssertionError('not reached'))
