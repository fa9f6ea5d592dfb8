"""Reads IDX files, the format of MNIST, Fashion-MNIST and EMNIST.

A file is two zero bytes, one byte for the element type (0x08: uint8), one byte for the number of dimensions, each
dimension as a big-endian uint32, and then the elements in C order.
"""

from __future__ import annotations

import gzip
import os
import zlib
from pathlib import Path

import numpy as np

_GZIP_START = b'\x1f\x8b'
_UINT8 = 0x08
_REPLACE = 'Replace it with an intact copy.'


class DataError(ValueError):
    """A data file or folder is missing, broken or not what it should be; the text names it and the remedy."""

    def __init__(self, path: str | os.PathLike[str], expected: str, found: str, remedy: str):
        super().__init__(f'{os.fspath(path)}: expected {expected}, found {found}. {remedy}')


def read_idx(path: str | os.PathLike[str], expected_ndim: int | None = None) -> np.ndarray:
    """Returns the array in IDX file `path`, gzip-compressed or not.

    The first bytes decide whether the file is compressed, not its name. The header's sizes are checked against the
    bytes that are there before anything is made from them.

    Args:
      path: an IDX file of uint8 elements.
      expected_ndim: number of dimensions that the file must have; None takes any.

    Returns:
      A writable uint8 array of the header's shape.

    Raises:
      DataError: the file is missing, empty, truncated, longer than its header says, a broken gzip file, or not an IDX
        file of uint8 with `expected_ndim` dimensions.
    """
    content = _read_bytes(path)
    shape = _parse_shape(path, content, expected_ndim)
    start = 4 + 4 * len(shape)
    _check_size(path, shape, len(content) - start)
    return np.frombuffer(content, np.uint8, offset=start).reshape(shape).copy()


def _read_bytes(path: str | os.PathLike[str]) -> bytes:
    if os.path.exists(path) and not os.path.isfile(path) and not os.path.isdir(path):
        raise DataError(path, 'a readable IDX file', 'a pipe, socket or device', 'Check the path.')
    try:
        content = Path(path).read_bytes()
    except OSError as e:
        raise DataError(path, 'a readable IDX file', e.strerror or str(e), 'Check the path and its permissions.') from e
    if not content.startswith(_GZIP_START):
        return content
    try:
        return gzip.decompress(content)
    except (OSError, EOFError, zlib.error) as e:
        raise DataError(path, 'an intact gzip file', f'a broken one ({e})', _REPLACE) from e


def _parse_shape(path: str | os.PathLike[str], content: bytes, expected_ndim: int | None) -> tuple[int, ...]:
    expected = _describe_magic(expected_ndim)
    if len(content) < 4:
        raise DataError(path, expected, f'a file of {len(content)} bytes', _REPLACE)
    ndim = content[3]
    if content[:2] != b'\0\0' or content[2] != _UINT8 or ndim == 0 or expected_ndim not in (None, ndim):
        remedy = 'Give an IDX file of uint8; images have 3 dimensions, labels 1.'
        raise DataError(path, expected, f'0x{content[:4].hex()}', remedy)
    if len(content) < 4 + 4 * ndim:
        raise DataError(path, f'a header of {4 + 4 * ndim} bytes', f'a file of {len(content)} bytes', _REPLACE)
    return tuple(np.frombuffer(content, '>u4', count=ndim, offset=4).tolist())


def _describe_magic(ndim: int | None) -> str:
    return f'magic number 0x00000{_UINT8}{ndim:02x}' if ndim else 'magic number 0x000008 and a number of dimensions'


def _check_size(path: str | os.PathLike[str], shape: tuple[int, ...], found: int) -> None:
    expected = 1
    for size in shape:
        expected *= size
    if found != expected:
        wanted = f'{expected} bytes of elements for shape {list(shape)} after the header'
        raise DataError(path, wanted, f'{found} ({"truncated" if found < expected else "trailing bytes"})', _REPLACE)
