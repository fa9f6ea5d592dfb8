"""What datasets print, the options that TF 1.15 had for them, and the errors of their functions."""

import tensorflow as tf

tf.logging.set_verbosity(tf.logging.ERROR)
Dataset, experimental = tf.data.Dataset, tf.data.experimental
with open('data.csv', 'w') as file:
    file.write('x,y\n1,a\n2,b\n')
print(Dataset.range(3))
print([Dataset.from_tensors({'b': 1.0, 'a': (1, 'x')}), Dataset.range(3).batch(2), Dataset.range(4).batch(2, True)])
print(Dataset.from_generator(lambda: [1], tf.int32), Dataset.from_tensor_slices([[1, 2]]).shuffle(3).repeat())
print(Dataset.zip((Dataset.range(3), {'a': Dataset.range(2)})).map(lambda a, b: (a, b['a']), 2).prefetch(1))
print(tf.data.TextLineDataset('data.csv'), tf.data.TFRecordDataset('data.csv'), experimental.RandomDataset(3))
print(experimental.CsvDataset('data.csv', [tf.int32, tf.string]), tf.compat.v2.data.Dataset.range(3).batch(2))
print(experimental.make_csv_dataset('data.csv', 2, label_name='y'), Dataset.list_files('*.csv'))
print(Dataset.from_tensors(tf.SparseTensor([[0]], [1], [2])), Dataset.range(3).filter(lambda v: v > 1))

for setting in (
    'experimental_distribute.auto_shard = False',
    'experimental_distribute.auto_shard = 3',
    'experimental_optimization.autotune = False',
    'experimental_optimization.autotune_buffers = True',
    'experimental_optimization.autotune_cpu_budget = 2',
    'experimental_optimization.hoist_random_uniform = True',
    'experimental_optimization.map_vectorization.enabled = True',
    'experimental_optimization.map_vectorization = True',
    'experimental_stats.latency_all_edges = False',
    'experimental_stats.prefix = "a"',
    'experimental_stats.prefix = 1',
    'experimental_nothing = 1',
):
    options = tf.data.Options()
    try:
        exec('options.' + setting)
        with tf.Graph().as_default() as graph, tf.Session() as session:
            element = Dataset.range(5).with_options(options).make_one_shot_iterator().get_next()
            print(setting, session.run(element))
    except Exception as error:
        print(setting, type(error).__name__)
options = tf.data.Options()
print(options.experimental_distribute.auto_shard, options.experimental_optimization.autotune)
options.experimental_stats.prefix = 'kept'
options.experimental_distribute.auto_shard = False
merged = Dataset.range(2).with_options(options).with_options(tf.data.Options()).options()
print(merged.experimental_stats.prefix, merged.experimental_distribute.auto_shard)
options.experimental_optimization.autotune = False
with tf.Graph().as_default() as graph:
    Dataset.range(5).with_options(options).make_initializable_iterator()
    print('ModelDataset' in [node.type for node in graph.get_operations()])

for call in (
    lambda: Dataset.range(3).flat_map(lambda v: v),
    lambda: Dataset.range(3).interleave(lambda v: v, 2),
    lambda: Dataset.range(3).apply(experimental.parallel_interleave(lambda v: v, 2)),
    lambda: Dataset.range(3).map(lambda v: None),
    lambda: Dataset.range(3).map(lambda v: object()),
    lambda: Dataset.range(3).filter(lambda v: v),
):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__)
print('done')
