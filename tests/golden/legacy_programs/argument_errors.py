"""Arguments in the wrong place or of the wrong kind, and the type of the error that each gives."""

import tensorflow as tf

tf.logging.set_verbosity(tf.logging.ERROR)
for call in """
tf.placeholder(tf.float32, 'x')
tf.get_variable('v', 'w')
tf.ones([2]).set_shape('x')
tf.TensorShape('12')
tf.TensorShape(['1', '2'])
tf.Session(graph='x')
tf.Session(config='x')
tf.Session(tf.Graph())
tf.InteractiveSession(config=3)
tf.contrib.lookup.index_table_from_tensor([10, 20])
tf.contrib.lookup.index_table_from_tensor([1.5])
tf.contrib.lookup.index_table_from_tensor(['a'], dtype=tf.int64)
tf.contrib.lookup.index_table_from_tensor(['a'], dtype=tf.float32)
""".split('\n')[1:-1]:
    try:
        print(call, eval(call))
    except Exception as error:
        print(call, type(error).__name__)
print('done')
