"""Trains one of the four Estimator systems on MNIST and evaluates it on the test images.

`python -m flags.train_estimator --model=cnn --steps=5302 --model_dir=DIR`. Run again with the same folder it goes on
from the last checkpoint; training that has reached its steps is only evaluated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from absl import flags

from flags import _binary, _shared, _training
from tools.systems import registry

if TYPE_CHECKING:
    import tf1 as tf
    from estimators import early_stopping

_SAVE_CHECKPOINTS_STEPS = flags.DEFINE_integer(
    'save_checkpoints_steps', 500, 'Training steps between two checkpoints.', lower_bound=1
)
_SAVE_SUMMARY_STEPS = flags.DEFINE_integer(
    'save_summary_steps', 100, 'Training steps between two summaries for TensorBoard.', lower_bound=1
)
_LOG_SOFTMAX_STEPS = flags.DEFINE_integer(
    'log_softmax_steps',
    None,
    "Training steps between two log lines of softmax_tensor, the batch's probabilities (the document offers 100); "
    'by default never.',
    lower_bound=1,
)
_FIXED_TRANSLATIONS = flags.DEFINE_bool(
    'fixed_translations',
    False,
    'Whether each training image is translated once, as in the document, and not anew whenever it comes up.',
)
_TARGET_ACCURACY = flags.DEFINE_float(
    'target_accuracy',
    None,
    'Early stopping: accuracy on the validation images, in (0, 1], at which to end. The weights of the best '
    'evaluation become the newest checkpoint.',
)
_MAX_SECONDS = flags.DEFINE_float(
    'max_seconds', None, 'Early stopping: wall time of training at which to end, in seconds, > 0.'
)
_EVAL_STEPS = flags.DEFINE_integer(
    'eval_steps', 500, 'Early stopping: training steps between two evaluations.', lower_bound=1
)
flags.register_validator(
    'target_accuracy', lambda value: value is None or 0 < value <= 1, message='--target_accuracy must be in (0, 1].'
)
flags.register_validator('max_seconds', lambda value: value is None or value > 0, message='--max_seconds must be > 0.')
flags.adopt_module_key_flags(_shared)
flags.adopt_module_key_flags(_training)


def main() -> dict[str, Any]:
    """Trains, evaluates and draws what the flags ask for; returns the result."""
    name, model_dir = _shared.model(registry.ESTIMATORS), _shared.model_dir()
    _shared.check_data_dir()
    _binary.check_not_a_file('model_dir', model_dir)
    _binary.load_tensorflow()
    from estimators import classifier, systems
    from tf1._checkpoint import training_lock
    from tools.systems import estimator_systems, graph_systems

    system, source = systems.SYSTEMS[name], _shared.source()
    hparams = _training.changed(system.hparams, steps=_training.STEPS.value)
    data = systems.load(system, source.data_dir, source.seed, _FIXED_TRANSLATIONS.value)
    _training.check_batch_size(hparams.batch_size, len(data.train.images))
    stop = _early_stopping(hparams.steps)
    with _binary.new_model_dir(model_dir):
        graph_systems.check_owner(name, model_dir)
        with training_lock.held(model_dir):
            pass  # A training that is under way is named before anything else is said.
        estimator = systems.make_estimator(
            system,
            model_dir,
            hparams,
            seed=source.seed,
            save_checkpoints_steps=_EVAL_STEPS.value if stop else _SAVE_CHECKPOINTS_STEPS.value,
            save_summary_steps=_SAVE_SUMMARY_STEPS.value,
            stop_at_signals=True,
        )
        best = systems.train(estimator, data, _hooks(hparams.steps), stop)
    result = systems.evaluate(estimator, data.test)
    graph_systems.remember(system.name, model_dir, hparams)
    if _shared.wants_figures():
        estimator_systems.draw_training(estimator, system, data, source)
    return {
        'model': system.name,
        'global_step': result['global_step'],
        'accuracy': result[classifier.ACCURACY],
        'loss': result['loss'],
        **({'validation_accuracy': best.accuracy} if best else {}),
        'model_dir': model_dir,
    }


def _early_stopping(steps: int) -> early_stopping.Bounds | None:
    from estimators import early_stopping

    if _TARGET_ACCURACY.value is None and _MAX_SECONDS.value is None:
        return None
    return early_stopping.Bounds(_TARGET_ACCURACY.value or 1.0, steps, _MAX_SECONDS.value)


def _hooks(last_step: int) -> list[tf.train.SessionRunHook]:
    import tf1 as tf
    from estimators import classifier
    from flags import _progress

    hooks: list[tf.train.SessionRunHook] = []
    if _LOG_SOFTMAX_STEPS.value:
        tensors = {'probabilities': classifier.SOFTMAX}
        hooks.append(tf.train.LoggingTensorHook(tensors, every_n_iter=_LOG_SOFTMAX_STEPS.value))
    if _progress.wants_bar():
        hooks.append(_progress.ProgressBar(last_step))
    return hooks


def run() -> None:
    """Runs the binary."""
    _binary.run(main)


if __name__ == '__main__':
    run()
