from __future__ import annotations

import gzip
import struct
import subprocess
import sys

import numpy as np
import pytest

from tf1.datasets.idx import DataError, read_idx

_IMAGES = np.arange(24).reshape(2, 3, 4)
# Two zeros, type 08, 3 dimensions, their sizes, the elements.
_INTACT = bytes.fromhex('00000803 00000002 00000003 00000004') + bytes(range(24))


@pytest.fixture
def write(tmp_path):
    def to_file(content: bytes, name: str = 'file') -> str:
        path = tmp_path / name
        path.write_bytes(content)
        return str(path)

    return to_file


@pytest.mark.parametrize('shape', [(5,), (2, 3), (2, 3, 4), (1, 2, 3, 4), (0,), (0, 28, 28)])
def test_reads_any_number_of_dimensions(write, idx_bytes, shape):
    array = np.arange(np.prod(shape)).reshape(shape)
    found = read_idx(write(idx_bytes(array)))
    np.testing.assert_array_equal(found, array)
    assert found.dtype == np.uint8
    assert found.flags.writeable


@pytest.mark.parametrize('name', ['plain', 'misnamed.gz'])
def test_a_plain_file_is_read_whatever_its_name(write, name):
    np.testing.assert_array_equal(read_idx(write(_INTACT, name), 3), _IMAGES)


@pytest.mark.parametrize('name', ['packed.gz', 'misnamed'])
def test_a_gzip_file_is_read_whatever_its_name(write, name):
    np.testing.assert_array_equal(read_idx(write(gzip.compress(_INTACT), name), 3), _IMAGES)


def test_a_path_object_will_do(tmp_path):
    (tmp_path / 'a').write_bytes(_INTACT)
    assert read_idx(tmp_path / 'a').shape == (2, 3, 4)


_HUGE = struct.pack('>4B3I', 0, 0, 8, 3, 2**32 - 1, 2**32 - 1, 2**32 - 1)

_BROKEN = {
    'empty': (b'', r'expected magic number 0x00000803, found a file of 0 bytes\. Replace it'),
    'three bytes': (b'\0\0\x08', r'expected magic number 0x00000803, found a file of 3 bytes\.'),
    'text': (b'<html>not found</html>', r'expected magic number 0x00000803, found 0x3c68746d\. Give an IDX file'),
    'labels for images': (
        bytes.fromhex('00000801 00000001 07'),
        r'expected magic number 0x00000803, found 0x00000801\.',
    ),
    'float elements': (b'\0\0\x0d\x03' + _INTACT[4:], r'expected magic number 0x00000803, found 0x00000d03\.'),
    'no dimensions': (b'\0\0\x08\0', r'expected magic number 0x00000803, found 0x00000800\.'),
    'little-endian': (b'\x03\x08\0\0' + _INTACT[4:], r'expected magic number 0x00000803, found 0x03080000\.'),
    'header cut off': (_INTACT[:15], r'expected a header of 16 bytes, found a file of 15 bytes\. Replace it'),
    'no elements': (_INTACT[:16], r'expected 24 bytes of elements .* after the header, found 0 \(truncated\)'),
    'one byte short': (
        _INTACT[:-1],
        r'24 bytes of elements for shape \[2, 3, 4\] .* found 23 \(truncated\)\. Replace it',
    ),
    'one byte over': (_INTACT + b'\0', r'for shape \[2, 3, 4\] after the header, found 25 \(trailing bytes\)\.'),
    'a boundless claim': (_HUGE + b'12', r'expected 79228162458924105385300197375 bytes .* found 2 \(truncated\)'),
    'gzip cut off': (
        gzip.compress(_INTACT)[:-9],
        r'expected an intact gzip file, found a broken one \(.+\)\. Replace it',
    ),
    'gzip header only': (b'\x1f\x8b', r'expected an intact gzip file, found a broken one'),
    'gzip of garbage': (
        gzip.compress(_INTACT)[:10] + b'\xff' * 30,
        r'expected an intact gzip file, found a broken one',
    ),
    'gzip checksum': (gzip.compress(_INTACT)[:-8] + b'\0' * 8, r'expected an intact gzip file, .* \(CRC check failed'),
    'gzip then garbage': (gzip.compress(_INTACT) + b'junk', r'expected an intact gzip file, found a broken one'),
    'gzip of too few bytes': (gzip.compress(_INTACT[:-1]), r'found 23 \(truncated\)'),
    'gzip of nothing': (gzip.compress(b''), r'found a file of 0 bytes'),
}


@pytest.mark.parametrize('name', _BROKEN)
def test_a_broken_file_is_refused_by_name(write, name):
    content, message = _BROKEN[name]
    path = write(content, 'images-file')
    with pytest.raises(DataError, match=rf'images-file: .*{message}'):
        read_idx(path, 3)
    assert issubclass(DataError, ValueError)


def test_without_an_expected_rank_the_text_names_the_type_alone(write):
    with pytest.raises(DataError, match=r'expected magic number 0x000008 and a number of dimensions, found 0x00000b02'):
        read_idx(write(b'\0\0\x0b\x02' + b'\0' * 8))


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(
        DataError, match=r'/none: expected a readable IDX file, found No such file or directory\. Check'
    ):
        read_idx(tmp_path / 'none')


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(DataError, match=r'expected a readable IDX file, found Is a directory'):
        read_idx(tmp_path)


def test_the_reader_itself_needs_numpy_only():
    code = (
        'import importlib.util, sys; spec = importlib.util.spec_from_file_location("idx", sys.argv[1]);'
        'spec.loader.exec_module(importlib.util.module_from_spec(spec)); assert "tensorflow" not in sys.modules'
    )
    path = sys.modules['tf1.datasets.idx'].__file__
    subprocess.run([sys.executable, '-c', code, path], check=True)
