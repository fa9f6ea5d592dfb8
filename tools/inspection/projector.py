"""The embedding projector's files: one vector for each image, with its class and its picture."""

from __future__ import annotations

import io
import math
import os

import matplotlib.image
import numpy as np
from google.protobuf import text_format
from tensorboard.plugins import projector

from tf1._files import regular_files
from tf1._files.atomic_output import write_whole

CONFIG = 'projector_config.pbtxt'
_FOLDER = 'projector'


def is_written(model_dir: str, name: str) -> bool:
    """Returns whether `write` wrote these vectors, or another program's configuration is there, which is left alone."""
    path = os.path.join(model_dir, CONFIG)
    if not os.path.exists(path):
        return False
    config = text_format.Parse(regular_files.read_text(path), projector.ProjectorConfig())
    ours = [e.tensor_name for e in config.embeddings if e.tensor_path.startswith(f'{_FOLDER}/')]
    return not ours or name in ours


def write(
    model_dir: str, name: str, vectors: np.ndarray, labels: np.ndarray, predicted: np.ndarray, images: np.ndarray
) -> None:
    """Writes the vectors, a table of classes, a sheet of pictures, and last the configuration that names them.

    Args:
      model_dir: the files stand in its folder `projector`, the configuration in the model_dir itself.
      name: what the projector calls the vectors; no slashes or spaces.
      vectors: `[n, k]` float32.
      labels: true classes `[n]`.
      predicted: predicted classes `[n]`.
      images: `[n, side, side]`, on any scale of grey from 0 on.

    Raises:
      OSError: a file cannot be written.
    """
    config = projector.ProjectorConfig()
    embedding = config.embeddings.add()
    embedding.tensor_name = name
    embedding.tensor_path, embedding.metadata_path = f'{_FOLDER}/tensors.tsv', f'{_FOLDER}/metadata.tsv'
    embedding.tensor_shape.extend(vectors.shape)
    embedding.sprite.image_path = f'{_FOLDER}/sprite.png'
    embedding.sprite.single_image_dim.extend([images.shape[2], images.shape[1]])
    contents = {
        embedding.tensor_path: ''.join('\t'.join(f'{v:.5g}' for v in row) + '\n' for row in vectors.tolist()),
        embedding.metadata_path: _table(labels, predicted),
        embedding.sprite.image_path: _png(sprite(images)),
        CONFIG: text_format.MessageToString(config),
    }
    for path, content in contents.items():
        write_whole(os.path.join(model_dir, path), content)


def sprite(images: np.ndarray) -> np.ndarray:
    """Returns `[n, h, w]` images as the square sheet that the projector cuts up, row by row, `[rows*h, rows*w] uint8`.

    Dark on light, since the projector's background is white.
    """
    count, height, width = images.shape
    side = math.ceil(math.sqrt(count))
    sheet = np.zeros((side * side, height, width))
    sheet[:count] = images / max(float(images.max()), 1e-12)
    rows = sheet.reshape(side, side, height, width).transpose(0, 2, 1, 3).reshape(side * height, side * width)
    return np.rint(255 * (1 - rows)).astype(np.uint8)


def _table(labels: np.ndarray, predicted: np.ndarray) -> str:
    lines = ['class\tpredicted\tindex']
    for index, (label, guess) in enumerate(zip(labels.tolist(), predicted.tolist(), strict=True)):
        lines.append(f'{label}\t{guess}\t{index}')
    return '\n'.join(lines) + '\n'


def _png(grey: np.ndarray) -> bytes:
    file = io.BytesIO()
    matplotlib.image.imsave(file, np.repeat(grey[..., None], 3, -1), format='png')
    return file.getvalue()
