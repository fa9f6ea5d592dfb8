"""What most programs of this folder do with their model function and inputs."""

from __future__ import annotations

import _observe
import numpy as np


def config(tf, workdir, **options):
    """A RunConfig with short intervals and a seed, so that twenty steps show everything."""
    settings = {
        'tf_random_seed': 1,
        'save_summary_steps': 10,
        'save_checkpoints_steps': 8,
        'log_step_count_steps': 5,
    }
    settings.update(options)
    return tf.estimator.RunConfig(model_dir=workdir, **settings)


def lifetime(tf, workdir, program, hooks=()):
    """Trains 12 steps and 8 more from the checkpoint, evaluates twice, predicts; returns all that is to see.

    Args:
      tf: the TensorFlow to run on.
      workdir: an empty folder, the model_dir.
      program: dict of model_fn, train_input_fn, eval_input_fn, predict_input_fn; optional params, config options.
      hooks: more hooks for training.
    """
    log, losses, graphs = [], [], {'train': {}, 'evaluate': {}, 'predict': {}}
    with _observe.logged(tf, log, workdir):
        estimator = tf.estimator.Estimator(
            program['model_fn'],
            config=config(tf, workdir, **program.get('config', {})),
            params=program.get('params'),
        )
        del log[:]
        hooks = [_observe.loss_hook(tf, losses), _observe.graph_hook(tf, graphs['train']), *hooks]
        estimator.train(program['train_input_fn'], hooks=hooks, max_steps=12)
        first = estimator.evaluate(program['eval_input_fn'], hooks=[_observe.graph_hook(tf, graphs['evaluate'])])
        estimator.train(program['train_input_fn'], hooks=hooks[:1], max_steps=20)
        second = estimator.evaluate(program['eval_input_fn'], steps=2, name='again')
        predictions = estimator.predict(program['predict_input_fn'], hooks=[_observe.graph_hook(tf, graphs['predict'])])
        predictions = [_observe.plain(p) for p in predictions]
    return {
        'log': log,
        'losses': losses,
        'graphs': graphs,
        'evaluations': [_observe.typed(first), _observe.typed(second)],
        'predictions': predictions,
        'files': _observe.files(workdir),
        'checkpoints': _observe.checkpoints(workdir),
        'events': _observe.events(tf, workdir),
        'checkpoint_variables': [
            [name, list(shape)] for name, shape in tf.train.list_variables(tf.train.latest_checkpoint(workdir))
        ],
        'final_variables': {
            name: _observe.plain(np.sum(np.abs(np.asarray(estimator.get_variable_value(name), np.float64))))
            for name in estimator.get_variable_names()
        },
    }


def resume(tf, workdir, program, max_steps):
    """Trains up to `max_steps` with a checkpoint at the end only; returns losses and an evaluation."""
    losses = []
    estimator = tf.estimator.Estimator(
        program['model_fn'],
        config=tf.estimator.RunConfig(workdir, save_checkpoints_steps=1000, keep_checkpoint_max=1),
        params=program.get('params'),
    )
    estimator.train(program['train_input_fn'], hooks=[_observe.loss_hook(tf, losses)], max_steps=max_steps)
    evaluation = estimator.evaluate(program['eval_input_fn'])
    return {'losses': losses, 'evaluation': {key: _observe.plain(value) for key, value in evaluation.items()}}
