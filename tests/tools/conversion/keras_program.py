"""What a user does with the converted models, in a process of its own: `keras_program.py CASES.json`.

Runs the jobs of `tools.conversion.tf2_job` first. Of each model it then loads the file, trains a few steps further,
and notes the losses and what came of its values.
"""

from __future__ import annotations

import json
import sys

import keras
import numpy as np
import tensorflow as tf

from tools.conversion import keras_models, keras_state, names, tf2_job
from tools.conversion.errors import ConversionError


def train(case: dict) -> None:
    model = keras.saving.load_model(case['keras'])
    # Tracing eight training steps would take longer than doing them.
    model.run_eagerly = True
    with np.load(case['batches']) as file:
        batches = list(zip(file['images'], file['labels'], strict=True))
    losses = []
    for i, (images, labels) in enumerate(batches):
        losses.append(model.train_on_batch(images, labels, return_dict=True)['loss'])
        model.reset_metrics()
        if i == 0:
            np.savez(case['after_one'], **keras_state.get(model, names.SYSTEMS[model.name]))
    with open(case['found'], 'w') as file:
        json.dump({'losses': losses, **describe(model)}, file)


def describe(model: keras.Model) -> dict:
    config = model.optimizer.get_config()
    rates = [layer.rate for layer in model.layers if isinstance(layer, keras.layers.Dropout)]
    return {
        'optimizer': type(model.optimizer).__name__,
        'learning_rate': config['learning_rate'],
        'epsilon': config.get('epsilon'),
        'iterations': int(model.optimizer.iterations),
        'loss': type(model.loss).__name__,
        'from_logits': model.loss.from_logits,
        'dropout': rates,
        'input': list(model.input_shape),
    }


def restore_checkpoint(case: dict) -> None:
    """An object-based checkpoint of a model: by the model and its optimiser, and by the model alone, which has it."""
    path = tf.train.latest_checkpoint(case['output'])
    whole, alone = (keras_models.build(case['system'], case['hparams']) for _ in range(2))
    tf.train.Checkpoint(model=whole, optimizer=whole.optimizer).restore(path).assert_consumed()
    tf.train.Checkpoint(model=alone).restore(path).assert_existing_objects_matched()
    system = names.SYSTEMS[case['system']]
    np.savez(case['model_and_optimizer'], **keras_state.get(whole, system))
    np.savez(case['model'], **keras_state.get(alone, system))


def restore_tree(case: dict) -> None:
    """An object-based checkpoint of names, into modules whose attributes are called so."""

    class Layer(tf.Module):
        def __init__(self, kernel, bias):
            super().__init__()
            self.kernel, self.bias = tf.Variable(tf.zeros(kernel)), tf.Variable(tf.zeros(bias))

    model = tf.Module()
    model.dense = Layer([784, 10], [10])
    tf.train.Checkpoint(model=model).restore(tf.train.latest_checkpoint(case['tree'])).expect_partial()
    np.savez(case['found'], kernel=model.dense.kernel.numpy(), bias=model.dense.bias.numpy())


def serve(case: dict) -> None:
    """A SavedModel, by its signature."""
    signature = tf.saved_model.load(case['saved_model']).signatures['serving_default']
    with np.load(case['images']) as file:
        np.savez(case['found'], **signature(x=tf.constant(file['images'])))


def refuse(case: dict) -> None:
    """Jobs that cannot be done; notes what is said of each."""
    said = {}
    for name, job in case['jobs'].items():
        try:
            tf2_job.run([job])
        except ConversionError as error:
            said[name] = str(error)
    with open(case['found'], 'w') as file:
        json.dump(said, file)


def compile_otherwise(case: dict) -> None:
    """The same model, with SGD in place of Adam, and with Keras's own Adam."""
    model = keras_models.build(case['system'], case['hparams'])
    for optimizer in ('sgd', 'adam'):
        model.compile(optimizer, 'mse')
        model.optimizer.build(model.trainable_variables)
        model.save(case[optimizer])


def main() -> None:
    with open(sys.argv[1]) as file:
        asked = json.load(file)
    tf2_job.run(asked['jobs'])
    for do, cases in asked['then'].items():
        for case in cases:
            globals()[do](case)


if __name__ == '__main__':
    main()
