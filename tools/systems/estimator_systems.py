"""What binaries do with Estimator systems: load their data, draw their figures, evaluate them, ask them."""

from __future__ import annotations

import os
from typing import Any

import numpy as np

import tf1 as tf
from estimators import classifier, inputs, systems, translation
from flags import _restoring, _shared
from tools import figures
from tools.systems.images import Images
from tools.systems.results import Evaluated, Predicted

_CENTRE = 6


def load(system: systems.System, fixed_translations: bool = True) -> inputs.Splits:
    """Returns the data that the flags name."""
    return systems.load(system, _shared.data_dir(), _shared.seed(), fixed_translations)


def evaluate(name: str, model_dir: str, split: str) -> Evaluated:
    """Evaluates the wanted checkpoint on 'train', 'validation' or 'test'."""
    system = systems.SYSTEMS[name]
    checkpoint = _restoring.find(model_dir)
    examples = getattr(load(system), split)
    estimator = systems.make_estimator(system, model_dir, seed=_shared.seed())
    result = systems.evaluate(estimator, examples, checkpoint, name=None if split == 'test' else split)
    classes = systems.predict(estimator, examples.images, [classifier.CLASSES], checkpoint)
    predicted = np.fromiter((prediction[classifier.CLASSES] for prediction in classes), np.int64, len(examples.labels))
    side = system.hparams.side
    return Evaluated(
        int(result['global_step']),
        float(result['loss']),
        examples.images.reshape(-1, side, side),
        examples.labels,
        predicted,
    )


def predict(name: str, model_dir: str, images: Images | list[int]) -> Predicted:
    """Asks the wanted checkpoint about images of a file, or about test images by index."""
    system = systems.SYSTEMS[name]
    checkpoint = _restoring.find(model_dir)
    if isinstance(images, list):
        test = load(system).test
        names, truths = [f'test[{i}]' for i in images], test.labels[images].tolist()
        pixels = test.images[images]
    else:
        names, truths = images.names, None
        pixels = _as_features(system, images.pixels)
    estimator = systems.make_estimator(system, model_dir, seed=_shared.seed())
    found = [p[classifier.PROBABILITIES] for p in systems.predict(estimator, pixels, checkpoint_path=checkpoint)]
    return Predicted(int(checkpoint.rpartition('-')[2]), names, truths, np.stack(found))


def _as_features(system: systems.System, pixels: np.ndarray) -> np.ndarray:
    """Images of a file stand in the middle of the canvas of a system for translated images."""
    if system.translated:
        places = np.full((len(pixels), 2), _CENTRE)
        pixels = translation.paste(pixels, places, system.hparams.side)
    return inputs.examples(pixels, np.zeros(len(pixels))).images


def draw_training(estimator: tf.estimator.Estimator, system: systems.System, data: inputs.Splits) -> None:
    """Draws the document's pictures of `system` into MODEL_DIR/figures."""
    folder = os.path.join(estimator.model_dir, 'figures')
    side = system.hparams.side

    def save(name: str, figure: Any) -> None:
        figures.save(figure, os.path.join(folder, name + '.png'))

    first = inputs.load(_shared.data_dir()).train
    save('training_images', figures.image_grid(first.images[:9], 3, 3, true=first.labels[:9]))
    if system.translated:
        originals = first.images[:9].reshape(9, 28, 28)
        translated = translation.translate(originals, _shared.seed())
        save('translated_images', figures.image_grid(translated, 3, 3, true=first.labels[:9]))
    names = estimator.get_variable_names()
    if 'dense_1/kernel' not in names:
        save('weights', figures.weight_maps(estimator.get_variable_value('dense/kernel')))
    if 'conv2d/kernel' in names:
        image = data.test.images[:1]
        (prediction,) = systems.predict(estimator, image, [classifier.ACTIVATIONS])
        maps = prediction[classifier.ACTIVATIONS]
        save('activations', figures.activation_maps(maps, image.reshape(side, side)))
        save('filters', figures.filter_grid(estimator.get_variable_value('conv2d/kernel')))
