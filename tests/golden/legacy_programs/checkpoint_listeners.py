"""When a CheckpointSaverHook saves, logs, calls its listeners, and stops because one of them asks."""

import logging
import os

import tensorflow as tf


class Printing(logging.Handler):
    def emit(self, record):
        if record.getMessage().startswith('Saving'):
            print('log:', record.getMessage())


class Listener(tf.train.CheckpointSaverListener):
    def begin(self):
        print('begin')

    def before_save(self, session, step):
        print('before', step, os.path.exists('model/b.ckpt-%d.index' % step))

    def after_save(self, session, step):
        print('after', step, os.path.exists('model/b.ckpt-%d.index' % step))
        return step > 3

    def end(self, session, step):
        print('end', step)


tf.logging.set_verbosity(tf.logging.INFO)
logging.getLogger('tensorflow').handlers[:] = [Printing()]
step = tf.assign_add(tf.train.get_or_create_global_step(), 1)
hook = tf.train.CheckpointSaverHook('model', save_steps=2, checkpoint_basename='b.ckpt', listeners=[Listener()])
with tf.train.MonitoredSession(hooks=[hook]) as session:
    while not session.should_stop():
        print('step', session.run(step))
print(sorted(name for name in os.listdir('model') if not name.startswith('events')))
print('done')
