"""What binaries do with session systems: load their data, start and restore them, draw their figures, ask them."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import sys
from collections.abc import Mapping
from types import ModuleType
from typing import Any

import numpy as np

import tf1 as tf
from flags import _restoring, _shared
from flags._binary import InputError
from graphs import batchnorm_cnn, layers_cnn, lowlevel_cnn, ocr_cnn, patch_cnn
from graphs.checkpoints import CheckpointError
from graphs.examples import Examples, Splits
from graphs.session import Running
from tf1.datasets import mnist
from tools import figures, patches
from tools.systems.images import Images
from tools.systems.results import Evaluated, Predicted

SYSTEMS: dict[str, ModuleType] = {
    'patch_cnn': patch_cnn,
    'lowlevel_cnn': lowlevel_cnn,
    'layers_cnn': layers_cnn,
    'ocr_cnn': ocr_cnn,
    'batchnorm_cnn': batchnorm_cnn,
}
_STANDARDISED = ('lowlevel_cnn', 'layers_cnn')
SETTINGS = 'model.json'
_AMOUNTS = ('steps', 'epochs')


class Data:
    """The images that the flags name, for a system: as they are, and as it takes them."""

    def __init__(self, name: str):
        data = mnist.load(_shared.data_dir())
        system = SYSTEMS[name]
        self.grey: Splits = getattr(system, 'grey_splits', system.splits)(data)
        self._standardise = system.Standardiser.fit(self.grey.train.images) if name in _STANDARDISED else None

    def features(self, images: np.ndarray) -> np.ndarray:
        """Images, `[n, 28, 28] uint8`, as the system takes them."""
        return self._standardise(images) if self._standardise else images

    def examples(self, split: str) -> Examples:
        """One part as the system takes it.

        Raises:
          InputError: its document has no such part.
        """
        part = getattr(self.grey, split)
        if part is None:
            raise InputError(f'--split={split}: this system trains on all training images; choose train or test.')
        return Examples(self.features(part.images), part.labels)


def settings(name: str, model_dir: str) -> dict[str, Any]:
    """The hyperparameters, by name, that the folder was trained with; none for a new folder.

    Raises:
      InputError: the folder belongs to another system.
    """
    path = os.path.join(model_dir, SETTINGS)
    state = tf.train.get_checkpoint_state(model_dir) if os.path.isdir(model_dir) else None
    if os.path.exists(path):
        with open(path) as file:
            stored = json.load(file)
        owner, values = stored['model'], stored['hparams']
    else:
        ours = not state or os.path.basename(state.model_checkpoint_path).startswith(SYSTEMS[name].CHECKPOINT_NAME)
        owner, values = (name if ours else 'another model'), {}
    if owner != name:
        raise InputError(f'--model_dir={model_dir} belongs to {owner}, not to {name}: choose another folder.')
    return values


def remember(name: str, model_dir: str, hparams: Any) -> None:
    """Writes the graph, and the hyperparameters but for how long to train, into the folder."""
    values = {key: value for key, value in dataclasses.asdict(hparams).items() if key not in _AMOUNTS}
    with open(os.path.join(model_dir, SETTINGS), 'w') as file:
        json.dump({'model': name, 'hparams': values}, file, indent=2)
        file.write('\n')


def start(name: str, hparams: Any) -> Running:
    """Builds the system; what it prints goes to standard error."""
    with contextlib.redirect_stdout(sys.stderr):
        return SYSTEMS[name].start(hparams)


def restore(run: Running, model_dir: str, which: str) -> None:
    """Restores a checkpoint.

    Raises:
      InputError: it is not there, cannot be read or belongs to another system.
    """
    try:
        run.restore(model_dir, which)
    except CheckpointError as error:
        raise InputError(str(error)) from error


def evaluate(name: str, model_dir: str, split: str) -> Evaluated:
    """Evaluates the wanted checkpoint on 'train', 'validation' or 'test'."""
    data, system = Data(name), SYSTEMS[name]
    examples = data.examples(split)
    with _restored(name, model_dir) as run:
        result = system.evaluate(run, *examples)
        return Evaluated(run.done, result.loss, getattr(data.grey, split).images, examples.labels, result.classes)


def predict(name: str, model_dir: str, images: Images | list[int]) -> Predicted:
    """Asks the wanted checkpoint about images of a file, or about test images by index."""
    data = Data(name)
    if isinstance(images, list):
        test = data.grey.test
        names, truths, pixels = [f'test[{i}]' for i in images], test.labels[images].tolist(), test.images[images]
    else:
        names, truths, pixels = images.names, None, images.pixels
    with _restored(name, model_dir) as run:
        found = SYSTEMS[name].predict(run, data.features(pixels))
        return Predicted(run.done, names, truths, found.probabilities)


def _restored(name: str, model_dir: str) -> Running:
    hparams = SYSTEMS[name].HParams(**settings(name, model_dir))
    run = start(name, hparams)
    restore(run, model_dir, _restoring.checkpoint())
    return run


def draw_training(name: str, run: Running, data: Data, model_dir: str) -> None:
    """Draws the document's pictures of the system into MODEL_DIR/figures."""
    test, train = data.grey.test, data.grey.train
    system, image = SYSTEMS[name], test.images[:1]
    filters, outputs = system.filters(run), system.activations(run, data.features(image))
    first = 3 if name == 'batchnorm_cnn' else None
    drawn: dict[str, Any] = {'input': figures.digit(image[0])}
    if name == 'patch_cnn':
        drawn['training_images'] = figures.image_grid(train.images[:16], 4, 4, true=train.labels[:16])
        drawn['patches'] = figures.patch_rows(filters['conv1'], _top_patches(run, test.images))
    else:
        drawn['test_images'] = figures.image_grid(test.images[:9], 3, 3, true=test.labels[:9])
    for layer, weights in filters.items():
        drawn[f'filters_{layer}'] = figures.filter_grid(weights, count=first)
    for layer, maps in outputs.items():
        drawn[f'outputs_{layer}'] = figures.layer_outputs(maps[0], count=first)
    _save(drawn, model_dir)


def _top_patches(run: Running, images: np.ndarray, filters: int = 5, k: int = 12) -> np.ndarray:
    """The k patches that each of the first filters likes best, `[filters, k, 12, 12] uint8`."""
    best = None
    for begin in range(0, len(images), patch_cnn.EVALUATION_BATCH):
        part = images[begin : begin + patch_cnn.EVALUATION_BATCH]
        responses = patch_cnn.activations(run, part)['conv1'][..., :filters]
        found = patches.top_patches(responses, k, first_image=begin)
        best = patches.merge_top_patches(best, found, k) if best else found
    return patches.crop_patches(images, best.positions, patch_cnn.PATCH, patch_cnn.PATCH_STRIDE)


def _save(drawn: Mapping[str, Any], model_dir: str) -> None:
    for name, figure in drawn.items():
        figures.save(figure, os.path.join(model_dir, 'figures', name + '.png'))
