"""Writes tests/golden/first_steps.json: the losses of the nine systems' first training steps in TF 1.15.5.

Run it under TF 1.15.5 and Python 3.7:

    python tools/golden/first_steps.py

What it trains are the systems' own modules: they import `tf1`, for which TensorFlow 1.15 itself stands there. Each
system has its default seed and, but for the Estimators, its own order of examples; those read theirs in the order of
the files, from a Dataset, since TF 1.15's `numpy_input_fn` shuffles as its threads happen to run.
"""

from __future__ import annotations

import dataclasses
import importlib.machinery
import json
import os
import sys
import tempfile
import types

_ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..'))
GOLDEN = os.path.join(_ROOT, 'tests', 'golden', 'first_steps.json')
STEPS = 100
GRAPHS = {
    'patch_cnn': 'cross_entropy',
    'lowlevel_cnn': 'cross_entropy_loss',
    'layers_cnn': 'cross_entropy_loss',
    'ocr_cnn': 'cost',
    'batchnorm_cnn': 'cost',
}
"""The session systems, and what each calls its loss; all others are Estimators."""


class _EnoughError(Exception):
    """Ends the training of a session system."""


class _Unused(types.ModuleType):
    """A module that the first steps of a training do not need; each of its names is None."""

    def __getattr__(self, name):
        return None


class _UnusedModules:
    """Imports all of `tf1` but its readers of MNIST as `_Unused`."""

    def find_spec(self, name, path=None, target=None):
        """Returns the spec of such a module, or None for any other."""
        if name.startswith('tf1.') and not name.startswith('tf1.datasets'):
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec):
        """Returns the module."""
        return _Unused(spec.name)

    def exec_module(self, module):
        """Leaves it empty."""


def use_plain_tensorflow():
    """Lets the systems' modules, written for `tf1`, run on an older TensorFlow without it."""
    import tensorflow as tf

    sys.path.insert(0, _ROOT)
    sys.modules['tf1'] = tf
    datasets = sys.modules['tf1.datasets'] = types.ModuleType('tf1.datasets')
    datasets.__path__ = [os.path.join(_ROOT, 'tf1', 'datasets')]
    sys.meta_path.insert(0, _UnusedModules())


def data():
    """Returns MNIST as it ships with the package."""
    mnist = importlib.import_module('tf1.datasets.mnist')
    return mnist.load(os.path.join(_ROOT, 'tf1', 'datasets', 'data'))


def estimator_losses(name, mnist, steps=STEPS):
    """Returns the seed and the losses of the first steps of an Estimator system."""
    import tf1 as tf

    systems = importlib.import_module('estimators.systems')
    inputs = importlib.import_module('estimators.inputs')
    system, seed = systems.SYSTEMS[name], systems.DEFAULT_SEED
    batch_size = system.hparams.batch_size
    wanted = steps * batch_size
    examples = inputs.examples(mnist.train_images[:wanted], mnist.train_labels[:wanted])

    def input_fn():
        dataset = tf.data.Dataset.from_tensor_slices((examples.images, examples.labels)).batch(batch_size)
        images, labels = tf.data.make_one_shot_iterator(dataset).get_next()
        return (inputs.translated(images, seed) if system.translated else {inputs.FEATURE: images}), labels

    losses = []

    class Losses(tf.train.SessionRunHook):
        """Notes the loss of each step."""

        def before_run(self, run_context):
            return tf.train.SessionRunArgs(run_context.session.graph.get_collection(tf.GraphKeys.LOSSES)[0])

        def after_run(self, run_context, run_values):
            losses.append(float(run_values.results))

    with tempfile.TemporaryDirectory() as model_dir:
        config = tf.estimator.RunConfig(tf_random_seed=seed)
        params = dataclasses.asdict(system.hparams)
        estimator = tf.estimator.Estimator(system.model_fn, model_dir=model_dir, config=config, params=params)
        estimator.train(input_fn, hooks=[Losses()], max_steps=steps)
    return seed, losses


def graph_losses(name, mnist, steps=STEPS):
    """Returns the seed and the losses of the first steps of a session system."""
    import tf1 as tf

    system = importlib.import_module('graphs.' + name)
    training_log = importlib.import_module('graphs.training_log')
    losses = []
    with system.start() as run:
        function, loss = run.function, getattr(run.net, GRAPHS[name])

        def noting(fetches, feeds):
            if not any(isinstance(fetch, tf.Operation) for fetch in fetches):
                return function(fetches, feeds)
            learn = function([loss] + list(fetches), feeds)

            def step(*values):
                result = learn(*values)
                losses.append(float(result[0]))
                if len(losses) == steps:
                    raise _EnoughError
                return result[1:]

            return step

        run.function = noting
        try:
            images, labels = system.splits(mnist).train
            system.train(run, images, labels, outputs=training_log.Outputs(log=None))
        except _EnoughError:
            pass
        return run.hparams.seed, losses


def losses(name, mnist, steps=STEPS):
    """Returns the seed and the losses of the first steps of a system."""
    return (graph_losses if name in GRAPHS else estimator_losses)(name, mnist, steps)


def main():
    """Writes the golden file."""
    use_plain_tensorflow()
    mnist, golden = data(), {}
    for name in importlib.import_module('tools.systems.registry').NAMES:
        seed, values = losses(name, mnist)
        golden[name] = {'seed': seed, 'losses': values}
        print(name, seed, values[0], values[-1], file=sys.stderr)
    lines = ',\n'.join(json.dumps(name) + ': ' + json.dumps(value) for name, value in golden.items())
    with open(GOLDEN, 'w') as file:
        file.write('{\n' + lines + '\n}\n')


if __name__ == '__main__':
    main()
