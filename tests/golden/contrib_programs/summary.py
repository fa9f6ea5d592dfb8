"""Cases of `tf.contrib.summary`: what event files hold after sessions and after eager programs."""

import glob
import json
import os
import shutil
import tempfile

import numpy as np


def _events(tf, folder):
    """Returns what the event files of a folder hold, sorted, and removes the folder."""
    events = []
    for path in glob.glob(os.path.join(folder, '*.tfevents.*')):
        for event in tf.train.summary_iterator(path):
            for value in event.summary.value:
                events.append([event.step, value.tag, _value(tf, value), value.metadata.plugin_data.plugin_name])
            if event.WhichOneof('what') == 'graph_def':
                graph = tf.GraphDef.FromString(event.graph_def)
                events.append([event.step, 'graph', [node.name for node in graph.node], ''])
    shutil.rmtree(folder)
    return sorted(events, key=str)


def _value(tf, value):
    kind = value.WhichOneof('value')
    if kind == 'simple_value':
        return round(value.simple_value, 5)
    if kind == 'histo':
        return [value.histo.num, value.histo.min, value.histo.max, value.histo.sum]
    if kind == 'image':
        return [value.image.height, value.image.width, value.image.colorspace]
    if kind == 'audio':
        return [value.audio.sample_rate, value.audio.num_channels, value.audio.length_frames]
    value = tf.make_ndarray(value.tensor).tolist()
    return value.decode() if isinstance(value, bytes) else value


def _event(tf):
    value = tf.Summary.Value(tag='imported', simple_value=4.0)
    return tf.Event(step=9, wall_time=1.0, summary=tf.Summary(value=[value])).SerializeToString()


def _tried(call):
    """Returns what a call gives, or the type of its error."""
    try:
        return str(call())
    except Exception as error:
        return type(error).__name__


def case_kinds_in_a_session(tf):
    summary, folder = tf.contrib.summary, tempfile.mkdtemp()
    step = tf.train.get_or_create_global_step()
    writer = summary.create_file_writer(folder, max_queue=5, filename_suffix='.mine')
    metadata = tf.SummaryMetadata(plugin_data=tf.SummaryMetadata.PluginData(plugin_name='mine'))
    with writer.as_default(), summary.always_record_summaries():
        loss = summary.scalar('loss', tf.constant(2.5))
        with tf.name_scope('scope'):
            summary.scalar('inner', tf.constant(3), family='family', step=tf.constant(7, tf.int64))
            summary.histogram('histogram', tf.constant([1.0, 2.0, 4.0]))
        summary.scalar('loss', 0.5, step=3)
        summary.scalar('bad name!', 1.0)
        summary.image('bytes', tf.zeros([4, 2, 3, 3], tf.uint8))
        summary.image('floats', tf.ones([4, 2, 3, 1]) / 0.0, bad_color=tf.constant([7], tf.uint8), max_images=1)
        summary.audio('sound', tf.zeros([2, 10]), sample_rate=8.0, max_outputs=1)
        summary.generic('numbers', tf.constant([1, 2]))
        summary.generic('text', tf.constant('word'), metadata=metadata)
        summary.generic('serialized', tf.constant([0.5]), metadata=metadata.SerializeToString())
        imported = summary.import_event(_event(tf))
        flush = summary.flush()
        types = [loss.op.type, loss.dtype.name, imported.type, flush.type]
        with tf.Session() as session:
            session.run(step.initializer)
            summary.initialize(session=session)
            for _ in range(2):
                session.run(summary.all_summary_ops())
                session.run(tf.assign_add(step, 1))
            session.run(imported)
            session.run(flush)
            suffixes = [path.split('.')[-1] for path in os.listdir(folder)]
            session.run(writer.close())
    return {
        'events': _events(tf, folder),
        'suffixes': suffixes,
        'types': types,
        'names': [each.name for each in summary.all_summary_ops()],
        'writes': sorted([op.name, op.type] for op in tf.get_default_graph().get_operations() if 'Write' in op.type),
        'initializers': [op.type for op in summary.summary_writer_initializer_op()],
    }


def case_recording(tf):
    summary, folder = tf.contrib.summary, tempfile.mkdtemp()
    step = tf.train.get_or_create_global_step()
    other = tf.get_variable('other', [], tf.int64, tf.zeros_initializer(), trainable=False)
    before = summary.should_record_summaries()
    with summary.create_file_writer(folder).as_default():
        with tf.name_scope('default'):
            summary.scalar('never', 1.0)
        with summary.always_record_summaries():
            always = summary.should_record_summaries()
            with summary.never_record_summaries(), tf.name_scope('inner'):
                summary.scalar('inner', 1.0)
            summary.scalar('always', 1.0)
        with summary.record_summaries_every_n_global_steps(2), tf.name_scope('scope'):
            second = summary.should_record_summaries()
            summary.scalar('second', 2.0)
            summary.histogram('third', [1.0], family='family')
        with summary.record_summaries_every_n_global_steps(3, global_step=other):
            summary.scalar('of_other', 3.0)
        seen = []
        with tf.Session() as session:
            session.run([step.initializer, other.initializer])
            summary.initialize(session=session)
            for _ in range(4):
                seen.append(session.run([before, always, second]))
                session.run(summary.all_summary_ops())
                session.run([tf.assign_add(step, 1), tf.assign_add(other, 2)])
            session.run(summary.flush())
    return {'events': _events(tf, folder), 'seen': np.array(seen)}


def case_graphs(tf):
    summary, folder = tf.contrib.summary, tempfile.mkdtemp()
    step = tf.train.get_or_create_global_step()
    small = tf.Graph()
    with small.as_default():
        tf.constant(1.0, name='one') + tf.constant(2.0, name='two')
    with summary.create_file_writer(folder, name='mine').as_default():
        serialized = small.as_graph_def().SerializeToString()
        written = summary.graph(tf.constant(serialized), step=5)
        default_step = summary.graph(tf.constant(serialized))
        wrong = [_tried(lambda: summary.graph(small)), _tried(lambda: summary.graph(small.as_graph_def()))]
        with tf.Session():
            summary.initialize(graph=small)
            tf.get_default_session().run(step.initializer)
            tf.get_default_session().run([written, default_step])
            tf.get_default_session().run(summary.flush())
        no_session = _tried(lambda: summary.initialize())
    writers = [op for op in tf.get_default_graph().get_operations() if op.type == 'SummaryWriter']
    return {
        'events': _events(tf, folder),
        'wrong': wrong,
        'no_session': no_session,
        'name': [op.get_attr('shared_name') for op in writers],
    }


def case_no_writer(tf):
    summary = tf.contrib.summary
    with summary.always_record_summaries():
        nothing = summary.scalar('loss', 1.0)
        with summary.create_file_writer(None).as_default():
            none = summary.scalar('loss', 1.0)
        graph = summary.graph(tf.constant(b''))
    return {
        'types': [nothing.type, none.type, graph.type, summary.flush().type],
        'all': summary.all_summary_ops(),
        'initializers': summary.summary_writer_initializer_op(),
        'initialize': _tried(lambda: summary.initialize(session=tf.Session())),
        'import': _tried(lambda: summary.import_event(_event(tf))),
        'folders': [summary.eval_dir('/a/b'), summary.eval_dir('/a/b', 'train')],
    }


def case_wrong_step(tf):
    summary, folder = tf.contrib.summary, tempfile.mkdtemp()
    with summary.create_file_writer(folder).as_default(), summary.always_record_summaries():
        seen = _tried(lambda: summary.scalar('loss', 1.0, step=tf.constant(3)))
    shutil.rmtree(folder)
    return {'seen': seen}


def case_loop(tf):
    summary, folder = tf.contrib.summary, tempfile.mkdtemp()
    with summary.create_file_writer(folder).as_default(), summary.always_record_summaries():

        def body(i):
            with tf.control_dependencies(
                [summary.scalar('in_loop', tf.cast(i, tf.float32), step=tf.cast(i, tf.int64))]
            ):
                return i + 1

        last = tf.while_loop(lambda i: i < 3, body, [0])
        with tf.Session() as session:
            summary.initialize(session=session)
            session.run(last)
            session.run(summary.flush())
    return {'events': _events(tf, folder)}


def case_host_call(tf):
    """Summaries of a model function's host call, over a batch of values, in a monitored session."""
    summary, folder = tf.contrib.summary, tempfile.mkdtemp()
    step = tf.train.get_or_create_global_step()
    train_op = tf.assign_add(step, 1)

    def host_call_fn(global_step, loss, rate):
        at = global_step[0]
        with summary.create_file_writer(folder, max_queue=3).as_default(), summary.always_record_summaries():
            summary.scalar('loss', tf.reduce_mean(loss), step=at)
            summary.scalar('learning_rate', rate[0], step=at)
            return summary.all_summary_ops()

    now = tf.reshape(step, [1])
    host_ops = host_call_fn(now, tf.constant([1.0, 3.0]), 1.0 / tf.cast(now + 1, tf.float32))
    init_op = tf.group(tf.global_variables_initializer(), summary.summary_writer_initializer_op())
    creator = tf.train.ChiefSessionCreator(tf.train.Scaffold(init_op=init_op))
    with tf.train.MonitoredSession(creator) as session:
        for _ in range(5):
            session.run(host_ops)
            session.run(train_op)
    # The graph is final; what a monitored session collects is no matter here.
    for key in tf.get_default_graph().get_all_collection_keys():
        if not str(key).startswith('_SUMMARY'):
            tf.get_collection_ref(key)[:] = []
    return {'events': _events(tf, folder)}


def case_eager(tf):
    summary = tf.contrib.summary

    def program():
        folder = tempfile.mkdtemp()
        step = tf.train.get_or_create_global_step()
        writer = summary.create_file_writer(folder, flush_millis=10000)
        nowhere = summary.scalar('nowhere', 1.0)
        with writer.as_default():
            unrecorded = [summary.scalar('unrecorded', 1.0), summary.should_record_summaries()]
            recorded = []
            for i in range(5):
                step.assign_add(1)
                with summary.record_summaries_every_n_global_steps(2):
                    recorded.append([bool(summary.scalar('loss', float(i))), bool(summary.should_record_summaries())])
            with tf.name_scope('scope'), summary.always_record_summaries():
                summary.scalar('inner', 1.0, step=100)
                summary.histogram('histogram', [1.0, 2.0], family='family')
                summary.generic('numbers', tf.constant([1.0]))
                summary.image('image', tf.zeros([1, 2, 2, 1]))
                summary.graph(tf.Graph())
                summary.import_event(_event(tf))
                mean = tf.contrib.eager.metrics.Mean('mean')
                mean(3.0)
                mean.result()
                mean.result(write_summary=False)
            serialized = summary.graph(tf.constant(b''))
            initialized = summary.initialize()
            flushed = [summary.flush(), writer.flush()]
        closed = writer.close()

        def write_again():
            with writer.as_default(), summary.always_record_summaries():
                summary.scalar('after', 1.0)

        after = _tried(write_again)
        return json.dumps(
            {
                'nowhere': nowhere,
                'unrecorded': [bool(each) for each in unrecorded],
                'recorded': recorded,
                'serialized': serialized,
                'nothing': [initialized, flushed, closed, summary.all_summary_ops()],
                'after': after,
                'events': _events(tf, folder),
                'initializers': _tried(summary.summary_writer_initializer_op),
            },
            sort_keys=True,
        )

    return {'seen': tf.contrib.eager.py_func(program, [], tf.string)}
