"""What people do with session systems: load their data, start and restore them, draw their figures, ask them."""

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

from graphs import patch_cnn
from graphs.examples import Examples, Splits
from graphs.session import Running
from tf1._checkpoint import lookup
from tf1._files import regular_files
from tf1._files.atomic_output import write_whole
from tf1.datasets import mnist
from tools import figures, patches
from tools.systems import registry
from tools.systems.errors import RequestError
from tools.systems.images import Images
from tools.systems.results import Evaluated, Predicted, Source

SYSTEMS: dict[str, ModuleType] = {name: registry.module(name) for name in registry.GRAPHS}
SETTINGS = 'model.json'
_AMOUNTS = ('steps', 'epochs')


class Data:
    """The images for a system: as they are, and as it takes them.

    Args:
      name: the system.
      data_dir: folder of IDX files; None for the packaged ones.
    """

    def __init__(self, name: str, data_dir: str | None = None):
        data = mnist.load(data_dir)
        system = SYSTEMS[name]
        self.grey: Splits = getattr(system, 'grey_splits', system.splits)(data)
        standardiser = getattr(system, 'Standardiser', None)
        self._standardise = standardiser.fit(self.grey.train.images) if standardiser else None

    def features(self, images: np.ndarray) -> np.ndarray:
        """Images, `[n, 28, 28] uint8`, as the system takes them."""
        return self._standardise(images) if self._standardise else images

    def examples(self, split: str) -> Examples:
        """One part as the system takes it.

        Raises:
          RequestError: its document has no such part.
        """
        part = getattr(self.grey, split)
        if part is None:
            raise RequestError(f'split={split}: this system trains on all training images; choose train or test.')
        return Examples(self.features(part.images), part.labels)


def settings(name: str, model_dir: str) -> dict[str, Any]:
    """The hyperparameters, by name, that the folder was trained with; none for a new folder.

    Raises:
      RequestError: the folder belongs to another system, or its file of hyperparameters is damaged.
    """
    path = os.path.join(model_dir, SETTINGS)
    if os.path.lexists(path):
        owner, values = _stored(path)
    else:
        there = lookup.steps(model_dir)
        ours = not there or bool(lookup.steps(model_dir, SYSTEMS[name].CHECKPOINT_NAME))
        owner, values = (name if ours else 'another model'), {}
    _check_owner(name, owner, model_dir)
    return values


def check_owner(name: str, model_dir: str) -> None:
    """Checks that no other system has been trained into a folder, as far as its file of hyperparameters can tell.

    Raises:
      RequestError: another has, or the file cannot be written because a folder has its name.
    """
    path = os.path.join(model_dir, SETTINGS)
    if os.path.isdir(path):
        raise RequestError(f'model_dir={model_dir}: {path} is a folder, where a file belongs: remove it.')
    try:
        owner, _ = _stored(path)
    except RequestError:
        return
    _check_owner(name, owner, model_dir)


def _check_owner(name: str, owner: str, model_dir: str) -> None:
    if owner != name:
        raise RequestError(f'model_dir={model_dir} belongs to {owner}, not to {name}: choose another folder.')


def _stored(path: str) -> tuple[str, dict[str, Any]]:
    try:
        stored = json.loads(regular_files.read_text(path))
        return stored['model'], dict(stored['hparams'])
    except (OSError, ValueError, KeyError, TypeError) as error:
        said = getattr(error, 'strerror', None) or 'it is no JSON of ours'
        raise RequestError(
            f'model_dir={os.path.dirname(path)}: {path} cannot be read ({said}): remove it to go on with the '
            "document's hyperparameters, or restore it."
        ) from error


def hparams(name: str, model_dir: str) -> Any:
    """The hyperparameters that the folder was trained with, the document's where it keeps none.

    Raises:
      RequestError: as `settings`, or the values are none that the system takes.
    """
    values = settings(name, model_dir)
    try:
        return SYSTEMS[name].HParams(**values)
    except (TypeError, ValueError) as error:
        raise RequestError(
            f'model_dir={model_dir}: {os.path.join(model_dir, SETTINGS)} does not fit {name} ({error}): restore it.'
        ) from error


def remember(name: str, model_dir: str, hparams: Any) -> None:
    """Writes the hyperparameters but for how long to train into the folder."""
    values = {key: value for key, value in dataclasses.asdict(hparams).items() if key not in _AMOUNTS}
    content = json.dumps({'model': name, 'hparams': values}, indent=2)
    write_whole(os.path.join(model_dir, SETTINGS), content + '\n')


def start(name: str, hparams: Any) -> Running:
    """Builds the system; what it prints goes to standard error."""
    with contextlib.redirect_stdout(sys.stderr):
        return SYSTEMS[name].start(hparams)


def evaluate(name: str, model_dir: str, split: str, source: Source) -> Evaluated:
    """Evaluates a checkpoint on 'train', 'validation' or 'test'.

    Raises:
      RequestError: there is no such part, or the folder belongs to another system.
      CheckpointError: the checkpoint is missing, damaged or of another system.
    """
    values = _checked(name, model_dir, source)
    data, system = Data(name, source.data_dir), SYSTEMS[name]
    examples = data.examples(split)
    with _restored(name, values, model_dir, source.checkpoint) as run:
        result = system.evaluate(run, *examples)
        return Evaluated(run.done, result.loss, getattr(data.grey, split).images, examples.labels, result.classes)


def predict(name: str, model_dir: str, images: Images | list[int], source: Source) -> Predicted:
    """Asks a checkpoint about images of a file, or about test images by index. Raises as `evaluate`."""
    values = _checked(name, model_dir, source)
    data = Data(name, source.data_dir)
    if isinstance(images, list):
        test = data.grey.test
        names, truths, pixels = [f'test[{i}]' for i in images], test.labels[images].tolist(), test.images[images]
    else:
        names, truths, pixels = images.names, None, images.pixels
    with _restored(name, values, model_dir, source.checkpoint) as run:
        found = SYSTEMS[name].predict(run, data.features(pixels))
        return Predicted(run.done, names, truths, found.probabilities)


def _checked(name: str, model_dir: str, source: Source) -> Any:
    """Looks for the checkpoint before data is read; returns the hyperparameters."""
    values = hparams(name, model_dir)
    lookup.wanted(model_dir, source.checkpoint, SYSTEMS[name].CHECKPOINT_NAME, warn=lambda text: None)
    return values


def _restored(name: str, values: Any, model_dir: str, which: str) -> Running:
    run = start(name, values)
    try:
        run.restore(model_dir, which)
    except BaseException:
        run.close()
        raise
    return run


def draw_training(name: str, run: Running, data: Data, model_dir: str) -> None:
    """Draws the document's pictures of the system into MODEL_DIR/figures."""
    test, train = data.grey.test, data.grey.train
    system, image = SYSTEMS[name], test.images[:1]
    filters, outputs = system.filters(run), system.activations(run, data.features(image))
    first = system.DRAWN_CHANNELS
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
