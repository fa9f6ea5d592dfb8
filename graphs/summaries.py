"""TensorBoard logs of a training: the graph, scalars, and filters and activations as images."""

from __future__ import annotations

import os

import numpy as np

import tf1 as tf


class Recorder:
    """Writes one event file into `directory`, starting with the graph.

    Images are encoded in a graph of the recorder's own: the graph that is logged holds the document's ops only.
    """

    def __init__(self, directory: str, graph: tf.Graph):
        # TensorFlow names event files by the second, and empties one that is there.
        earlier = len(tf.gfile.Glob(os.path.join(directory, '*tfevents*')))
        self._writer = tf.summary.FileWriter(directory, graph, filename_suffix=f'.{earlier}' if earlier else None)
        with tf.Graph().as_default() as encoder:
            self._pixels = tf.placeholder(tf.uint8, [None, None, 3])
            self._png = tf.image.encode_png(self._pixels)
        self._encoder = tf.Session(graph=encoder)

    def scalars(self, step: int, values: dict[str, float]) -> None:
        """Writes each value under its tag."""
        values = [tf.Summary.Value(tag=tag, simple_value=float(value)) for tag, value in values.items()]
        self._writer.add_summary(tf.Summary(value=values), step)

    def image(self, step: int, tag: str, rgb: np.ndarray) -> None:
        """Writes `[height, width, 3] uint8`."""
        encoded = self._encoder.run(self._png, {self._pixels: rgb})
        image = tf.Summary.Image(height=rgb.shape[0], width=rgb.shape[1], colorspace=3, encoded_image_string=encoded)
        self._writer.add_summary(tf.Summary(value=[tf.Summary.Value(tag=tag, image=image)]), step)

    def close(self) -> None:
        """Closes the file."""
        self._encoder.close()
        self._writer.close()


def filter_grid(weights: np.ndarray, zoom: int = 6) -> np.ndarray:
    """One convolution's filters as tiles: positive red, negative blue, one colour scale for all.

    Args:
        weights: `[height, width, in, out]`; the filters of input channel 0 are shown.
        zoom: edge of a weight, in pixels.
    """
    tiles = np.moveaxis(weights[:, :, 0, :], -1, 0)
    scaled = tiles / max(float(np.abs(tiles).max()), 1e-12)
    faded = 1 - np.abs(scaled)
    rgb = np.stack([np.where(scaled >= 0, 1, faded), faded, np.where(scaled <= 0, 1, faded)], -1)
    return _grid(rgb, zoom)


def activation_grid(maps: np.ndarray, zoom: int = 3) -> np.ndarray:
    """One image's feature maps, `[height, width, channels]`, as grey tiles on one scale: least black, most white."""
    tiles = np.moveaxis(maps, -1, 0)
    span = max(float(tiles.max() - tiles.min()), 1e-12)
    grey = (tiles - tiles.min()) / span
    return _grid(np.repeat(grey[..., None], 3, -1), zoom)


def _grid(tiles: np.ndarray, zoom: int) -> np.ndarray:
    """`[n, h, w, 3]` in [0, 1] as one uint8 picture, near to a square, tiles one pixel of grey apart."""
    count, height, width, _ = tiles.shape
    tiles = (255 * tiles).round().astype(np.uint8).repeat(zoom, 1).repeat(zoom, 2)
    columns = int(np.ceil(np.sqrt(count)))
    rows = -(-count // columns)
    high, wide = height * zoom + 1, width * zoom + 1
    picture = np.full((rows * high, columns * wide, 3), 128, np.uint8)
    for place, tile in enumerate(tiles):
        top, left = place // columns * high, place % columns * wide
        picture[top : top + high - 1, left : left + wide - 1] = tile
    return picture
