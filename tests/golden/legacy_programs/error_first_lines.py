"""The first lines of errors of operations that cannot be built or run, and of sessions."""

import tensorflow as tf

tf.logging.set_verbosity(tf.logging.ERROR)
x = tf.placeholder(tf.float32, [None, 2], name='x')
image = tf.placeholder(tf.float32, [1, 4, 4, 3], name='image')
variable = tf.Variable([1.0, 2.0], name='variable')
for call in """
tf.matmul(x, tf.ones([3, 3]), name='product')
tf.matmul(tf.ones([2, 3]), tf.ones([2, 3]))
tf.ones([2, 3]) + tf.ones([4, 3])
tf.reshape(tf.ones([4]), [3])
tf.concat([tf.ones([1, 2]), tf.ones([2, 3])], 0)
tf.nn.conv2d(image, tf.ones([3, 3, 2, 1]), [1, 1, 1, 1], 'SAME')
tf.nn.bias_add(tf.ones([2, 3]), tf.ones([2]))
tf.nn.max_pool(tf.ones([1, 1, 1, 3]), [1, 2, 2, 1], [1, 2, 2, 1], 'VALID')
tf.split(tf.ones([5, 2]), 2)
tf.transpose(tf.ones([2, 3]), [0, 1, 2])
tf.squeeze(tf.ones([2, 1]), [0])
tf.assign(variable, [1.0])
tf.nn.in_top_k(tf.ones([2, 3]), tf.constant([1, 2, 3]), 1)
tf.nn.top_k(tf.ones([2]), 5)
run(variable)
run(variable + 1.0)
run(x * 2.0)
run(tf.gather([1, 2], 5))
run(tf.check_numerics(float('nan'), 'not finite'))
run(tf.string_to_number('x'))
run(tf.decode_csv('a', [[1]]))
run(tf.read_file('missing'))
run(tf.reshape(tf.placeholder_with_default([1.0, 2.0], [None]), [3]))
""".split('\n')[1:-1]:
    try:
        print(call, eval(call, dict(globals(), run=lambda fetch: tf.Session().run(fetch))))
    except Exception as error:
        print(call, type(error).__name__, str(error).split('\n')[0])
print('done')
