"""Classifies test images by index, or images of an IDX, .npy or .png file.

`python -m flags.predict --model=cnn --model_dir=DIR --indices=0-9`, or `--images=digit.png`.
"""

from __future__ import annotations

import os
from typing import Any

from absl import flags

from flags import _binary, _restoring, _shared
from flags._failures import InputError
from tools.systems import registry

_INDICES = flags.DEFINE_string('indices', '0-9', 'Test images to classify, by index: numbers and ranges, as 0,5,10-12.')
_IMAGES = flags.DEFINE_string(
    'images', None, 'File of 28x28 images to classify instead: IDX (gzipped or not), .npy or .png, white on black.'
)
_INVERT = flags.DEFINE_bool('invert', False, 'Whether the digits in --images are black on white.')
flags.adopt_module_key_flags(_restoring)
flags.adopt_module_key_flags(_shared)


def main() -> dict[str, Any]:
    """Classifies what the flags name; prints a table and returns the predictions."""
    name = _shared.model(registry.NAMES)
    model_dir = _shared.existing_model_dir()
    _shared.check_data_dir()
    _check_images()
    _binary.load_tensorflow()
    from tools.systems import images

    asked = images.read(_IMAGES.value, _INVERT.value) if _IMAGES.value else _chosen()
    result = registry.kind(name).predict(name, model_dir, asked, _shared.source(_restoring.checkpoint()))
    classes = result.probabilities.argmax(axis=1)
    rows = []
    for i, (label, image) in enumerate(zip(classes, result.names, strict=True)):
        row = {'image': image, 'class': label, 'probability': round(float(result.probabilities[i, label]), 6)}
        if result.truths is not None:
            row['true'] = result.truths[i]
        rows.append(row)
        truth = f'  (true: {row["true"]})' if 'true' in row else ''
        print(f'{image}: {label}  {row["probability"]:.1%}{truth}')
    return {'model': name, 'global_step': result.global_step, 'predictions': rows}


def _chosen() -> list[int]:
    from tf1.datasets import mnist
    from tools.systems import images

    return images.parse_indices(_INDICES.value, len(mnist.load(_shared.data_dir()).test_labels))


def _check_images() -> None:
    path = _IMAGES.value
    if path is None:
        return
    if not os.path.exists(path):
        raise InputError(f'--images={path}: there is no such file.')
    if not os.path.isfile(path):
        what = 'is a folder' if os.path.isdir(path) else 'is no regular file'
        raise InputError(f'--images={path} {what}: give an IDX, .npy or .png file.')


def run() -> None:
    """Runs the binary."""
    _binary.run(main)


if __name__ == '__main__':
    run()
