"""`CheckpointSaverHook` says that it saves before its listeners are called, as on TF 1.15."""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf


def install() -> None:
    """Changes how the hook saves, for the process."""
    tf.train.CheckpointSaverHook._save = _save


def _save(hook: Any, session: tf.Session, step: int) -> bool:
    """Saves a checkpoint between the calls of the listeners; returns whether one of them asks to stop."""
    tf.logging.info('Saving checkpoints for %d into %s.', step, hook._save_path)
    for listener in hook._listeners:
        listener.before_save(session, step)
    saver, is_written = hook._get_saver(), getattr(hook, '_save_graph_def', True)
    saver.save(session, hook._save_path, global_step=step, write_meta_graph=is_written)
    log = tf.SessionLog(status=tf.SessionLog.CHECKPOINT, checkpoint_path=hook._save_path)
    hook._summary_writer.add_session_log(log, step)
    asks = False
    for listener in hook._listeners:
        if listener.after_save(session, step):
            tf.logging.info('%s asks to stop the training after its checkpoint of step %d.', listener, step)
            asks = True
    return asks
