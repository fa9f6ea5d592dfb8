from __future__ import annotations

import sys

import numpy as np
import pytest

from tf1._backports import scipy_names as misc

pytest.importorskip('PIL')


def test_values_are_scaled_to_bytes():
    # (x - 1) * 255 / 2, rounded: 0, 127.5 -> 128, 255.
    assert misc.bytescale([1.0, 2.0, 3.0]).tolist() == [0, 128, 255]
    assert misc.bytescale([1.0, 2.0, 3.0], cmin=0, cmax=4, high=200, low=100).tolist() == [125, 150, 175]
    assert misc.bytescale([5.0, 5.0]).tolist() == [0, 0]
    assert misc.bytescale(np.array([7, 9], np.uint8)).tolist() == [7, 9]


@pytest.mark.parametrize(
    ('arguments', 'text'),
    [
        ({'high': 300}, 'low and high must be 0 <= low <= high <= 255, got 0 and 300.'),
        ({'low': 9, 'high': 3}, 'low and high must be 0 <= low <= high <= 255, got 9 and 3.'),
        ({'cmin': 2, 'cmax': 1}, 'cmax must not be below cmin, got 1 and 2.'),
    ],
)
def test_bounds_in_the_wrong_order_are_refused(arguments, text):
    with pytest.raises(ValueError, match=f'^{text}$'):
        misc.bytescale([1.0, 2.0], **arguments)


def test_an_image_is_saved_and_read(tmp_path):
    path = tmp_path / 'image.png'
    image = np.arange(24, dtype=np.uint8).reshape(2, 4, 3)
    misc.imsave(path, image)
    assert misc.imread(path).tolist() == image.tolist()
    grey = misc.imread(path, flatten=True)
    assert (grey.shape, grey.dtype) == ((2, 4), np.float32)
    assert misc.imread(path, mode='L').dtype == np.uint8


def test_sizes_are_percent_a_fraction_or_height_and_width():
    image = np.zeros((4, 6, 3), np.uint8)
    assert misc.imresize(image, 50).shape == (2, 3, 3)
    assert misc.imresize(image, 0.5).shape == (2, 3, 3)
    assert misc.imresize(image, (8, 5), interp='nearest').shape == (8, 5, 3)
    assert misc.imresize(np.array([[0, 255]], np.uint8), (1, 4), 'nearest').tolist() == [[0, 0, 255, 255]]


def test_channels_may_stand_first_and_images_may_turn():
    assert misc.fromimage(misc.toimage(np.zeros((3, 5, 6)))).shape == (5, 6, 3)
    assert misc.imrotate(np.array([[1, 2], [3, 4]], np.uint8), 90, 'nearest').tolist() == [[2, 4], [1, 3]]


def test_modes_keep_numbers_and_palettes_colour_them():
    assert np.array(misc.toimage([[0.5, 2.0]], mode='F')).tolist() == [[0.5, 2.0]]
    assert np.array(misc.toimage([[5, -2]], mode='I')).tolist() == [[5, -2]]
    palette = np.zeros((256, 3), np.uint8)
    palette[1] = 9, 8, 7
    image = misc.toimage(np.array([[0, 1]], np.uint8), pal=palette)
    assert misc.fromimage(image).tolist() == [[[0, 0, 0], [9, 8, 7]]]


@pytest.mark.parametrize(
    ('shape', 'axis', 'text'),
    [
        ((5, 6, 7), None, r'^arr must be \[height, width\] or have one axis of 3 or 4 channels, got shape \(5, 6, 7\)'),
        ((3, 6, 7), 2, '^axis 2 of arr must have 3 or 4 entries, got 7'),
    ],
)
def test_what_is_no_image_is_refused(shape, axis, text):
    with pytest.raises(ValueError, match=text):
        misc.toimage(np.zeros(shape), channel_axis=axis)


def test_without_pillow_the_error_names_it(monkeypatch):
    monkeypatch.setitem(sys.modules, 'PIL', None)
    with pytest.raises(ImportError, match=r'^The image functions of scipy\.misc need Pillow: pip install pillow\.$'):
        misc.imread('x.png')


def test_a_program_finds_them_in_scipy_misc(installed):
    find = misc.FINDERS['scipy.misc']
    assert find('imresize').value is misc.imresize
    assert find('comb').value(4, 2) == 6
    assert find('nope') is None
