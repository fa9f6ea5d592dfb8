"""MonitoredTrainingSession with hooks of its own and of TensorFlow, and a second run that resumes."""

import os
import shutil

import numpy as np
import tensorflow as tf

tf.logging.set_verbosity(tf.logging.WARN)


class LossHook(tf.train.SessionRunHook):
    """Prints loss every few steps."""

    def __init__(self, loss, every):
        self._loss = loss
        self._timer = tf.train.SecondOrStepTimer(every_steps=every)

    def begin(self):
        self._step = -1
        print('begin', tf.get_default_graph().finalized)

    def after_create_session(self, session, coord):
        print('session created, should stop:', coord.should_stop())

    def before_run(self, run_context):
        self._step += 1
        return tf.train.SessionRunArgs({'loss': self._loss, 'step': tf.train.get_global_step()})

    def after_run(self, run_context, run_values):
        if self._timer.should_trigger_for_step(self._step):
            self._timer.update_last_triggered_step(self._step)
            print(
                'call %d, global step %d, loss %.5f'
                % (self._step, run_values.results['step'], run_values.results['loss'])
            )

    def end(self, session):
        print('end at', session.run(tf.train.get_global_step()))


class EarlyStop(tf.train.SessionRunHook):
    def __init__(self, loss, below):
        self._loss, self._below = loss, below

    def before_run(self, run_context):
        return tf.train.SessionRunArgs(self._loss)

    def after_run(self, run_context, run_values):
        if run_values.results < self._below:
            print('low enough: %.5f' % run_values.results)
            run_context.request_stop()


def formatter(values):
    line = ', '.join('%s = %.4f' % (k, v) for k, v in sorted(values.items()))
    print('LOG', line)
    return line


def train(last_step, below=0.0):
    with tf.Graph().as_default():
        dataset = tf.data.Dataset.from_tensor_slices(np.linspace(-1, 1, 40).astype(np.float32)).repeat().batch(10)
        x = dataset.make_one_shot_iterator().get_next()
        w = tf.get_variable('w', [], initializer=tf.constant_initializer(3.0))
        loss = tf.reduce_mean(tf.square(w * x - 0.5 * x), name='loss')
        tf.summary.scalar('loss', loss)
        global_step = tf.train.get_or_create_global_step()
        opt = tf.train.FtrlOptimizer(0.5)
        train_op = opt.minimize(loss, global_step=global_step)
        hooks = [
            tf.train.StopAtStepHook(last_step=last_step),
            tf.train.NanTensorHook(loss),
            LossHook(loss, 8),
            EarlyStop(loss, below),
            tf.train.LoggingTensorHook({'w': w, 'loss': loss}, every_n_iter=10, formatter=formatter),
            tf.train.StepCounterHook(
                every_n_steps=10, summary_writer=tf.summary.FileWriterCache.get('counted_to_%d' % last_step)
            ),
        ]
        scaffold = tf.train.Scaffold(saver=tf.train.Saver(max_to_keep=2))
        with tf.train.MonitoredTrainingSession(
            checkpoint_dir='checkpoints',
            hooks=hooks,
            scaffold=scaffold,
            save_checkpoint_steps=10,
            save_summaries_steps=5,
            log_step_count_steps=None,
        ) as session:
            while not session.should_stop():
                session.run(train_op)
    tf.summary.FileWriterCache.clear()


def main():
    shutil.rmtree('checkpoints', ignore_errors=True)
    train(24)
    train(200, below=0.01)
    print(tf.train.get_checkpoint_state('checkpoints').all_model_checkpoint_paths)
    print('%.4f' % tf.train.load_variable('checkpoints', 'w'))
    tags = set()
    for folder in ('checkpoints', 'counted_to_24'):
        for name in os.listdir(folder):
            if name.startswith('events'):
                for event in tf.train.summary_iterator(os.path.join(folder, name)):
                    tags.update(value.tag for value in event.summary.value)
    print(sorted(tags))
    with tf.Graph().as_default():
        ratio = tf.Print(tf.constant(1.0), ['to standard error']) / tf.check_numerics(
            tf.constant(0.0) / 0.0, 'not a number'
        )
        with tf.train.SingularMonitoredSession() as session:
            try:
                session.run(ratio)
            except tf.errors.InvalidArgumentError as error:
                print('caught', 'not a number' in error.message)


if __name__ == '__main__':
    main()
