"""Trains one of the five session systems on MNIST and evaluates it on the test images.

`python -m flags.train_graph --model=ocr_cnn --steps=10000 --model_dir=DIR`. Run again with the same folder it goes on
from the last checkpoint, with the hyperparameters that the folder was begun with; a training that has reached its end
is only evaluated.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from absl import flags

from flags import _binary, _shared, _training
from flags._failures import InputError
from tools.systems import registry

if TYPE_CHECKING:
    from graphs.session import Evaluation, Running
    from graphs.training_log import Outputs
    from tools.systems import graph_systems

_EPOCHS = flags.DEFINE_integer(
    'epochs',
    None,
    "Epochs in all, earlier runs counted; by default the document's. Of lowlevel_cnn, layers_cnn and batchnorm_cnn.",
    lower_bound=1,
)
_SAVE_EVERY = flags.DEFINE_integer(
    'save_every',
    None,
    'Steps between two checkpoints, epochs for lowlevel_cnn and layers_cnn; by default 1000 steps or one epoch.',
    lower_bound=1,
)
_KEEP_PROB = flags.DEFINE_float(
    'keep_prob', None, 'Share of units that dropout keeps, in (0, 1]; by default 0.5. Of patch_cnn and lowlevel_cnn.'
)
_DROPOUT_RATE = flags.DEFINE_float(
    'dropout_rate', None, 'Share of units that dropout drops, in [0, 1); by default 0.5. Of layers_cnn.'
)
_RELU_ON_LOGITS = flags.DEFINE_bool(
    'relu_on_logits', None, 'Whether the logits go through relu, as in the document, the default. Of patch_cnn.'
)
_BATCHES = flags.DEFINE_enum(
    'batches',
    None,
    ['overlapping', 'disjoint'],
    "Which images make a batch: overlapping is the document's walk over 988 images, the default; disjoint takes all. "
    'Of batchnorm_cnn.',
)
_FIRST_FILTERS = flags.DEFINE_integer(
    'first_filters', None, 'Filters of the first convolution; by default 32. Of batchnorm_cnn.', lower_bound=1
)
_KERNEL_SIZE = flags.DEFINE_integer(
    'kernel_size', None, 'Edge of every filter, in pixels; by default 3. Of batchnorm_cnn.', lower_bound=1
)
flags.register_validator(
    'keep_prob', lambda value: value is None or 0 < value <= 1, message='--keep_prob must be in (0, 1].'
)
flags.register_validator(
    'dropout_rate', lambda value: value is None or 0 <= value < 1, message='--dropout_rate must be in [0, 1).'
)

_OWN = (_training.STEPS, _EPOCHS, _KEEP_PROB, _DROPOUT_RATE, _RELU_ON_LOGITS, _BATCHES, _FIRST_FILTERS, _KERNEL_SIZE)
flags.adopt_module_key_flags(_shared)
flags.adopt_module_key_flags(_training)


def main() -> dict[str, Any]:
    """Trains, evaluates and draws what the flags ask for; returns the result."""
    name, model_dir = _shared.model(registry.GRAPHS), _shared.model_dir()
    _shared.check_data_dir()
    _binary.check_not_a_file('model_dir', model_dir)
    _binary.load_tensorflow()
    import tf1 as tf
    from tf1._checkpoint import leftovers, training_lock
    from tf1.estimator.hooks.stop_at_signals import Signals
    from tools.systems import graph_systems

    system, hparams = registry.module(name), _hparams(name, model_dir)
    data = graph_systems.Data(name, _shared.data_dir())
    _training.check_batch_size(hparams.batch_size, len(data.grey.train.images))
    with graph_systems.start(name, hparams) as run, _binary.new_model_dir(model_dir):
        with training_lock.held(model_dir), Signals() as signals:
            run.go_on(model_dir)
            leftovers.remove(model_dir)
            graph_systems.remember(name, model_dir, hparams)
            tf.train.write_graph(run.graph, model_dir, 'graph.pbtxt')
            with _told() as told:
                _train(name, run, data, _outputs(model_dir, told, signals))
        result = system.evaluate(run, *data.examples('test'))
        _record(run, result, data, model_dir)
        if _shared.wants_figures():
            graph_systems.draw_training(name, run, data, model_dir)
        return {
            'model': name,
            'global_step': run.done,
            'accuracy': result.accuracy,
            'loss': result.loss,
            'model_dir': model_dir,
        }


def _hparams(name: str, model_dir: str) -> Any:
    """The folder's hyperparameters, or the document's, with the values of flags that were given.

    Raises:
      InputError: a flag of another system was given, or a value is none that the system takes.
      RequestError: the folder belongs to another system.
    """
    from tools.systems import graph_systems

    before = graph_systems.hparams(name, model_dir)
    fields = {field.name for field in dataclasses.fields(before)}
    given = {flag.name: flag.value for flag in _OWN if flag.value is not None}
    for flag in given:
        if flag not in fields:
            theirs = ', '.join(f'--{own.name}' for own in _OWN if own.name in fields)
            raise InputError(f'--{flag} is no flag of {name}: its own are {theirs}.')
    if _shared.seed() is not None:
        given['seed'] = _shared.seed()
    try:
        return _training.changed(before, **given)
    except ValueError as error:
        raise InputError(f'--{error}') from error


def _outputs(model_dir: str, told: dict[str, Callable], signals: Any) -> Outputs:
    from graphs.training_log import Outputs

    return Outputs(model_dir, _SAVE_EVERY.value, model_dir, signals=signals, **told)


def _train(name: str, run: Running, data: graph_systems.Data, outputs: Outputs) -> None:
    """Trains to the end that the hyperparameters set, with the evaluations that the document makes meanwhile."""
    system = registry.module(name)
    split = system.EVALUATED_MEANWHILE
    more = {split: data.examples(split)} if split else {}
    try:
        system.train(run, *data.examples('train'), **more, outputs=outputs)
    except ValueError as error:
        raise InputError(f'{name}: {error}') from error


@contextlib.contextmanager
def _told() -> Iterator[dict[str, Callable]]:
    """Whom training tells: standard error, with a progress bar below the lines where a person watches."""
    from tqdm import tqdm

    from flags import _progress

    if not _progress.wants_bar():
        yield {'log': lambda line: print(line, file=sys.stderr, flush=True)}
        return
    with tqdm(unit='batch', dynamic_ncols=True, file=sys.stderr) as bar:

        def tick(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield {'log': lambda line: bar.write(line, file=sys.stderr), 'on_batch': tick}


def _record(run: Running, result: Evaluation, data: graph_systems.Data, model_dir: str) -> None:
    """Writes the evaluation for TensorBoard into MODEL_DIR/eval, its confusion matrix as an image."""
    import tf1 as tf
    from tools import metrics
    from tools.inspection import evaluations

    scalars = {'accuracy': result.accuracy, 'loss': result.loss}
    values = [tf.Summary.Value(tag=tag, simple_value=value) for tag, value in scalars.items()]
    values.append(evaluations.confusion_value(metrics.confusion_matrix(data.grey.test.labels, result.classes)))
    # A second writer of the same second would share the first one's file name, and empty its file.
    folder = os.path.join(model_dir, 'eval')
    with contextlib.closing(tf.summary.FileWriter(folder, filename_suffix=f'.{run.done}')) as writer:
        writer.add_summary(tf.Summary(value=values), run.done)


def run() -> None:
    """Runs the binary."""
    _binary.run(main)


if __name__ == '__main__':
    run()
