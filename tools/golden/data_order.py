"""Writes tests/golden/data_order.json: the elements that TF 1.15.5 gives in the pipelines of `PIPELINES`, in order.

Run it under TF 1.15.5 and Python 3.7:

    python tools/golden/data_order.py

Graphs have a seed of their own, the operations most often none, so that the order depends on the graph's nodes, too.
"""

import json
import os

PATH = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'tests', 'golden', 'data_order.json')
SEED = 87
MOST = 40

# Name -> the pipeline, or the tensor that queues feed, as an expression.
PIPELINES = {
    'shuffle': 'Dataset.range(9).shuffle(4)',
    'shuffle with a seed': 'Dataset.range(9).shuffle(4, seed=5)',
    'shuffle of batches': 'Dataset.range(20).shuffle(20).batch(3)',
    'shuffle anew in each epoch': 'Dataset.range(7).shuffle(3, seed=5).batch(1).repeat(4)',
    'shuffle alike in each epoch': 'Dataset.range(7).shuffle(3, reshuffle_each_iteration=False).repeat(4)',
    'shuffle and repeat': 'Dataset.range(9).shuffle(4).repeat(3)',
    'shuffle and repeat without end': 'Dataset.range(7).shuffle(20, seed=5).repeat().batch(4)',
    'shuffle and repeat pairs': (
        "Dataset.from_tensor_slices({'a': ['x', 'y', 'z'], 'b': [[1, 2], [3, 4], [5, 6]]}).shuffle(2).repeat(4)"
        ".map(lambda v: tf.strings.join([v['a'], tf.strings.as_string(v['b'][1])]))"
    ),
    'shuffle and repeat ragged elements': (
        'Dataset.range(6).map(lambda v: tf.fill([v], v)).shuffle(4, seed=2).repeat(3).padded_batch(2, [None])'
    ),
    'shuffle and repeat of nothing': 'Dataset.range(0).shuffle(4).repeat()',
    'shuffle and repeat, with what changes nothing': (
        'Dataset.range(5).shuffle(5, seed=2**33 + 5).repeat(1).take(-1).skip(0).prefetch(0).repeat(3)'
    ),
    'shuffle and repeat in one': 'Dataset.range(9).apply(experimental.shuffle_and_repeat(4, 3))',
    'shuffle and repeat in a function': (
        'Dataset.range(2).flat_map(lambda v: Dataset.range(5).shuffle(3, seed=7).repeat(3))'
    ),
    'shuffle and repeat long': 'Dataset.range(3000).shuffle(1500).repeat(2).batch(500).map(lambda v: v[::100])',
    'shuffle after repeat': 'Dataset.range(7).repeat(4).shuffle(10)',
    'two shuffles': 'Dataset.range(12).shuffle(5).batch(2).shuffle(3)',
    'interleave': 'Dataset.range(5).interleave(lambda v: Dataset.from_tensors(v).repeat(3), 2, 2)',
    'parallel interleave': 'Dataset.range(4).interleave(lambda v: Dataset.from_tensors(v).repeat(2), 2, 1, 2)',
    'sample from datasets': 'experimental.sample_from_datasets([Dataset.range(9), Dataset.range(10, 19)])',
    'sample by weights': (
        'experimental.sample_from_datasets([Dataset.range(9), Dataset.range(10, 19)], [0.2, 0.8], seed=4)'
    ),
    'random in a map': 'Dataset.range(9).map(lambda v: tf.random_uniform([], seed=3))',
    'random in a map, by the graph seed': 'Dataset.range(9).map(lambda v: tf.random_normal([2]))',
    'dropout in a map': 'Dataset.range(4).map(lambda v: tf.nn.dropout(tf.ones([5]), rate=0.5))',
    'shuffle and map': 'Dataset.range(9).shuffle(4).map(lambda v: tf.random_uniform([]))',
    'bucket': (
        'Dataset.range(12).shuffle(5).apply(experimental.bucket_by_sequence_length('
        'lambda v: tf.cast(v % 4, tf.int32), [2], [2, 3]))'
    ),
    'random numbers': 'experimental.RandomDataset().take(4)',
    'queue of names': "queue(tf.train.string_input_producer(['a', 'b', 'c', 'd', 'e'], shuffle=True))",
    'queue of names with a seed': "queue(tf.train.string_input_producer(['a', 'b', 'c', 'd'], shuffle=True, seed=3))",
    'queue of numbers': 'queue(tf.train.range_input_producer(7, shuffle=True))',
    'queue of slices': 'queue(tf.train.slice_input_producer([tf.range(6)], shuffle=True))',
    'shuffled batches': (
        'queue(tf.train.shuffle_batch([tf.train.range_input_producer(20, num_epochs=1, shuffle=False).dequeue()], '
        '5, capacity=40, min_after_dequeue=20, seed=3))'
    ),
}


def elements(tf, name):
    """Returns the first elements of a pipeline, at most `MOST`."""
    names = {'tf': tf, 'Dataset': tf.data.Dataset, 'experimental': tf.data.experimental}
    with tf.Graph().as_default(), tf.Session() as session:
        tf.set_random_seed(SEED)
        names['queue'] = lambda source: source.dequeue() if hasattr(source, 'dequeue') else source
        pipeline = eval(PIPELINES[name], names)
        if hasattr(pipeline, 'make_initializable_iterator') or hasattr(pipeline, 'element_spec'):
            iterator = tf.data.make_initializable_iterator(pipeline)
            session.run(iterator.initializer)
            return _all(tf, session, iterator.get_next())
        session.run(tf.local_variables_initializer())
        coordinator = tf.train.Coordinator()
        threads = tf.train.start_queue_runners(session, coordinator)
        try:
            return _all(tf, session, pipeline, MOST // 4)
        finally:
            coordinator.request_stop()
            coordinator.join(threads, stop_grace_period_secs=10, ignore_live_threads=True)


def _all(tf, session, element, most=MOST):
    found = []
    while len(found) < most:
        try:
            found.append(_plain(session.run(element)))
        except tf.errors.OutOfRangeError:
            break
    return found


def _plain(value):
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, bytes):
        return value.decode()
    return value.tolist()


def main():
    """Writes the file."""
    import tensorflow as tf

    found = {name: elements(tf, name) for name in PIPELINES}
    with open(PATH, 'w') as file:
        json.dump(found, file, indent=1, sort_keys=True)
        file.write('\n')


if __name__ == '__main__':
    main()
