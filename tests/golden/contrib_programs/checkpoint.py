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


def case_objects_drawn(tf):
    import os
    import tempfile

    v = tf.Variable(1.0, name='v', use_resource=True)
    w = tf.Variable([2.0], name='w', use_resource=True)
    optimizer = tf.train.AdamOptimizer()
    optimizer.minimize(v * w[0], var_list=[v, w])
    checkpoint = tf.train.Checkpoint(opt=optimizer, v=v, l=tf.contrib.checkpoint.List([w, v]))
    with tempfile.TemporaryDirectory() as folder, tf.Session().as_default() as session:
        session.run(tf.global_variables_initializer())
        path = checkpoint.save(os.path.join(folder, 'model'))
        return {'drawn': tf.contrib.checkpoint.dot_graph_from_checkpoint(path).splitlines()}


def case_one_object_in_parts(tf):
    import os
    import tempfile

    a = tf.Variable([1.0, 2.0], name='a', use_resource=True)
    b = tf.Variable([3.0], name='b', use_resource=True)

    def fill(values):
        values.update({'first': a.read_value(), 'second': b.read_value()})

    def consume(values):
        return [a.assign(values['first']), b.assign(values['second'])]

    parts = tf.contrib.checkpoint.split_dependency(['first', 'second'], [tf.float32] * 2, fill, consume, '/cpu:0')

    class Model(tf.contrib.checkpoint.CheckpointableBase):
        def __init__(self):
            for name in sorted(parts):
                self._track_trackable(parts[name], name=name)

    checkpoint = tf.train.Checkpoint(model=Model())
    with tempfile.TemporaryDirectory() as folder, tf.Session().as_default() as session:
        session.run(tf.global_variables_initializer())
        path = checkpoint.save(os.path.join(folder, 'model'))
        stored = sorted(name for name, _ in tf.train.list_variables(path))
        session.run([a.assign([9.0, 9.0]), b.assign([9.0])])
        checkpoint.restore(path).assert_consumed().run_restore_ops(session)
        return {'stored': stored, 'restored': session.run([a, b])}
