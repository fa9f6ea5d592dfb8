"""The image functions of `scipy.misc`, which SciPy 1.3 dropped, on Pillow; and what moved to `scipy.special`.

Written from SciPy's documentation of them: sizes are (height, width), and values that are not uint8 are scaled so that
the darkest becomes 0 and the brightest 255.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from tf1._backports import registry

_RESAMPLING = {'nearest': 0, 'lanczos': 1, 'bilinear': 2, 'bicubic': 3, 'cubic': 3}
_RGB, _RGBA = 3, 4


def bytescale(
    data: Any, cmin: float | None = None, cmax: float | None = None, high: int = 255, low: int = 0
) -> np.ndarray:
    """Returns `data` scaled to uint8: `cmin` (its minimum) becomes `low`, `cmax` (its maximum) `high`.

    Raises:
      ValueError: the bounds are not 0 <= low <= high <= 255, or `cmax` is below `cmin`.
    """
    data = np.asarray(data)
    if data.dtype == np.uint8:
        return data
    if not 0 <= low <= high <= 255:
        raise ValueError(f'low and high must be 0 <= low <= high <= 255, got {low} and {high}.')
    cmin = data.min() if cmin is None else cmin
    cmax = data.max() if cmax is None else cmax
    if cmax < cmin:
        raise ValueError(f'cmax must not be below cmin, got {cmax} and {cmin}.')
    scale = float(high - low) / (float(cmax - cmin) or 1.0)
    return (((data - cmin) * scale + low).clip(low, high) + 0.5).astype(np.uint8)


def toimage(
    arr: Any,
    high: int = 255,
    low: int = 0,
    cmin: float | None = None,
    cmax: float | None = None,
    pal: Any = None,
    mode: str | None = None,
    channel_axis: int | None = None,
) -> Any:
    """Returns a Pillow image of a [height, width] or a [height, width, 3 or 4] array.

    Args:
      arr: numbers; scaled as by `bytescale`, except for mode 'F' (float32) and 'I' (int32).
      high, low, cmin, cmax: as for `bytescale`.
      pal: 256 colours, [256, 3] uint8, for a two-dimensional array in mode 'P'.
      mode: mode of Pillow.
      channel_axis: the axis of 3 or 4 entries that are colours; None for the first of 3, else of 4.

    Raises:
      ValueError: `arr` is no image.
    """
    image = _pillow()
    data = np.asarray(arr)
    if data.ndim == 2:
        if mode in ('F', 'I'):
            return image.fromarray(data.astype(np.float32 if mode == 'F' else np.int32))
        picture = image.fromarray(bytescale(data, cmin, cmax, high, low))
        if pal is not None:
            picture.putpalette(np.asarray(pal, np.uint8).tobytes())
        return picture.convert(mode) if mode and mode not in ('L', 'P') else picture
    if data.ndim != 3 or not {_RGB, _RGBA} & set(data.shape):
        raise ValueError(f'arr must be [height, width] or have one axis of 3 or 4 channels, got shape {data.shape}.')
    if channel_axis is None:
        channel_axis = data.shape.index(_RGB if _RGB in data.shape else _RGBA)
    if data.shape[channel_axis] not in (_RGB, _RGBA):
        raise ValueError(f'axis {channel_axis} of arr must have 3 or 4 entries, got {data.shape[channel_axis]}.')
    colours = np.ascontiguousarray(np.moveaxis(bytescale(data, cmin, cmax, high, low), channel_axis, 2))
    picture = image.fromarray(colours)
    return picture.convert(mode) if mode else picture


def fromimage(im: Any, flatten: bool = False, mode: str | None = None) -> np.ndarray:
    """Returns a Pillow image as an array: [height, width] or [height, width, channels]; float32 grey if `flatten`."""
    if mode and mode != im.mode:
        im = im.convert(mode)
    elif im.mode == 'P':
        im = im.convert('RGBA' if 'transparency' in im.info else 'RGB')
    if flatten:
        im = im.convert('F')
    elif im.mode == '1':
        im = im.convert('L')
    return np.array(im)


def imread(name: Any, flatten: bool = False, mode: str | None = None) -> np.ndarray:
    """Reads an image from a file (path or file object); see `fromimage`."""
    with _pillow().open(name) as picture:
        return fromimage(picture, flatten=flatten, mode=mode)


def imsave(name: Any, arr: Any, format: str | None = None) -> None:
    """Writes an array as an image; see `toimage`. `format` is needed where `name` has no ending that says it."""
    toimage(arr, channel_axis=2).save(name, **({'format': format} if format else {}))


def imshow(arr: Any) -> None:
    """Shows an array in the image viewer."""
    toimage(arr).show()


def imresize(arr: Any, size: Any, interp: str = 'bilinear', mode: str | None = None) -> np.ndarray:
    """Returns a resized image, uint8.

    Args:
      arr: as for `toimage`.
      size: an int is percent, a float a fraction, a tuple (height, width).
      interp: 'nearest', 'lanczos', 'bilinear', 'bicubic' or 'cubic'.
      mode: as for `toimage`.
    """
    picture = toimage(arr, mode=mode)
    if np.issubdtype(np.asarray(size).dtype, np.signedinteger) and np.ndim(size) == 0:
        size = size / 100.0
    if np.ndim(size) == 0:
        new = tuple((np.array(picture.size) * size).astype(int))
    else:
        new = (int(size[1]), int(size[0]))
    return fromimage(picture.resize(new, resample=_RESAMPLING[interp]))


def imrotate(arr: Any, angle: float, interp: str = 'bilinear') -> np.ndarray:
    """Returns an image rotated counter-clockwise by `angle` degrees, uint8, of the same size."""
    return fromimage(toimage(arr).rotate(angle, resample=_RESAMPLING[interp]))


def _pillow() -> Any:
    try:
        from PIL import Image
    except ModuleNotFoundError as error:
        raise ImportError('The image functions of scipy.misc need Pillow: pip install pillow.', name='PIL') from error
    return Image


_IMAGES = {
    function.__name__: function
    for function in (bytescale, fromimage, imread, imresize, imrotate, imsave, imshow, toimage)
}


def _image(name: str) -> registry.StandIn | None:
    return registry.StandIn(_IMAGES[name], "tf1's own on Pillow") if name in _IMAGES else None


FINDERS = {
    'scipy.misc': registry.chain(
        _image,
        registry.named({name: f'scipy.special.{name}' for name in ('comb', 'factorial', 'factorial2', 'logsumexp')}),
        registry.named({'ascent': 'scipy.datasets.ascent', 'face': 'scipy.datasets.face'}),
    )
}
