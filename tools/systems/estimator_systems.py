"""What people do with Estimator systems: evaluate them, ask them, draw their figures."""

from __future__ import annotations

import os
from typing import Any

import numpy as np

import tf1 as tf
from estimators import classifier, inputs, systems, translation
from tf1._checkpoint import lookup
from tools import figures
from tools.systems.images import Images
from tools.systems.results import Evaluated, Predicted, Source

_CENTRE = 6


CHECKPOINT_NAME = 'model.ckpt'


def evaluate(name: str, model_dir: str, split: str, source: Source) -> Evaluated:
    """Evaluates a checkpoint on 'train', 'validation' or 'test'.

    Raises:
      CheckpointError: the checkpoint is missing or damaged.
    """
    system = systems.SYSTEMS[name]
    checkpoint = _checked(model_dir, source)
    examples = getattr(systems.load(system, source.data_dir, source.seed, fixed_translations=True), split)
    estimator = systems.make_estimator(system, model_dir, seed=source.seed)
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


def predict(name: str, model_dir: str, images: Images | list[int], source: Source) -> Predicted:
    """Asks a checkpoint about images of a file, or about test images by index. Raises as `evaluate`."""
    system = systems.SYSTEMS[name]
    checkpoint = _checked(model_dir, source)
    if isinstance(images, list):
        test = systems.load(system, source.data_dir, source.seed).test
        names, truths = [f'test[{i}]' for i in images], test.labels[images].tolist()
        pixels = test.images[images]
    else:
        names, truths = images.names, None
        pixels = _as_features(system, images.pixels)
    estimator = systems.make_estimator(system, model_dir, seed=source.seed)
    found = [p[classifier.PROBABILITIES] for p in systems.predict(estimator, pixels, checkpoint_path=checkpoint)]
    return Predicted(lookup.step_of(checkpoint), names, truths, np.stack(found))


def _checked(model_dir: str, source: Source) -> str:
    checkpoint = lookup.wanted(model_dir, source.checkpoint, CHECKPOINT_NAME)
    damage = lookup.damage(checkpoint)
    if damage:
        raise damage
    return checkpoint


def _as_features(system: systems.System, pixels: np.ndarray) -> np.ndarray:
    """Images of a file stand in the middle of the canvas of a system for translated images."""
    if system.translated:
        places = np.full((len(pixels), 2), _CENTRE)
        pixels = translation.paste(pixels, places, system.hparams.side)
    return inputs.examples(pixels, np.zeros(len(pixels))).images


def draw_training(
    estimator: tf.estimator.Estimator, system: systems.System, data: inputs.Splits, source: Source
) -> None:
    """Draws the document's pictures of `system` into MODEL_DIR/figures."""
    folder = os.path.join(estimator.model_dir, 'figures')
    side = system.hparams.side

    def save(name: str, figure: Any) -> None:
        figures.save(figure, os.path.join(folder, name + '.png'))

    first = inputs.load(source.data_dir).train
    save('training_images', figures.image_grid(first.images[:9], 3, 3, true=first.labels[:9]))
    if system.translated:
        originals = first.images[:9].reshape(9, 28, 28)
        translated = translation.translate(originals, source.seed)
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
