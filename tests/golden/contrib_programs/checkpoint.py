"""Cases of `tf.contrib.checkpoint`: objects in checkpoints."""

import numpy as np


def case_checkpoint_of_objects(tf):
    import os
    import tempfile

    arrays, names = tf.contrib.checkpoint.NumpyState(), tf.contrib.checkpoint.UniqueNameTracker()
    for value in (1.0, 2.0):
        names.track(tf.Variable(value), 'x')
    arrays.kept = np.array([1.0, 2.0])
    checkpoint = tf.train.Checkpoint(arrays=arrays, names=names)
    with tempfile.TemporaryDirectory() as folder, tf.Session().as_default() as session:
        session.run(tf.global_variables_initializer())
        path = checkpoint.save(os.path.join(folder, 'model'))
        stored = sorted(name for name, _ in tf.train.list_variables(path))
        arrays.kept[:] = 5.0
        checkpoint.restore(path).run_restore_ops(session)
        other = tf.contrib.checkpoint.NumpyState()
        tf.train.Checkpoint(arrays=other).restore(path).run_restore_ops(session)
        children = tf.contrib.checkpoint.object_metadata(path).nodes[0].children
        return {
            'stored': stored,
            'restored': arrays.kept,
            'made': other.kept,
            'objects': len(tf.contrib.checkpoint.list_objects(checkpoint)),
            'children': sorted(child.local_name for child in children),
        }
