"""Feature columns of every kind, through input_layer and linear_model, in a plain session."""

import pandas as pd
import tensorflow as tf
from tensorflow import feature_column as fc

ROWS = pd.DataFrame(
    {
        'age': [17.0, 25.0, 38.0, 52.0, 71.0],
        'hours': [20.0, 40.0, 40.0, 60.0, 10.0],
        'job': ['clerk', 'cook', 'pilot', 'cook', 'king'],
        'town': ['rome', 'oslo', 'oslo', 'bern', 'rome'],
        'pets': [0, 1, 2, 3, 1],
    }
)


def columns():
    age = fc.numeric_column('age', normalizer_fn=lambda x: x / 100.0)
    ages = fc.bucketized_column(fc.numeric_column('age'), boundaries=[18, 30, 50, 65])
    hours = fc.numeric_column('hours', dtype=tf.float32)
    job = fc.categorical_column_with_vocabulary_list('job', ['clerk', 'cook', 'pilot'], num_oov_buckets=1)
    town = fc.categorical_column_with_hash_bucket('town', hash_bucket_size=7)
    pets = fc.categorical_column_with_identity('pets', num_buckets=3, default_value=0)
    crossed = fc.crossed_column([ages, 'job'], hash_bucket_size=11)
    dense = [
        age,
        ages,
        hours,
        fc.indicator_column(job),
        fc.indicator_column(pets),
        fc.indicator_column(crossed),
        fc.embedding_column(town, 3, initializer=tf.constant_initializer(0.25)),
        fc.embedding_column(job, 2, combiner='sqrtn', initializer=tf.ones_initializer()),
    ]
    return dense, [ages, job, town, pets, crossed]


def main():
    features = {name: tf.constant(values.tolist()) for name, values in ROWS.items()}
    dense, sparse = columns()
    labels = tf.constant([[0.0], [0.0], [1.0], [1.0], [0.0]])
    cols_to_vars = {}
    layer = fc.input_layer(features, dense, cols_to_vars=cols_to_vars)
    wide = fc.linear_model(features, sparse)
    deep = tf.layers.dense(layer, 1, kernel_initializer=tf.constant_initializer(0.01), name='deep')
    logits = wide + deep
    loss = tf.losses.sigmoid_cross_entropy(labels, logits)
    train_op = tf.group(
        tf.train.FtrlOptimizer(0.2).minimize(loss, var_list=tf.trainable_variables('linear_model')),
        tf.train.AdagradOptimizer(0.1).minimize(loss, var_list=tf.trainable_variables('(?!linear_model)')),
    )
    print(layer.shape, wide.shape, sorted(c.name for c in dense))
    print([v.name for v in tf.trainable_variables()])
    print(sorted((c.name, len(v)) for c, v in cols_to_vars.items()))
    spec = fc.make_parse_example_spec(dense + sparse)
    for key in sorted(spec):
        print(key, spec[key])
    with tf.Session() as sess:
        sess.run([tf.global_variables_initializer(), tf.tables_initializer()])
        print(sess.run(layer).sum(1))
        for step in range(21):
            value, _ = sess.run([loss, train_op])
            if step % 5 == 0:
                print('step {} loss {:.4f}'.format(step, value))
        print(sess.run(tf.nn.sigmoid(logits)).ravel().round(3))
        sequence = fc.categorical_column_with_vocabulary_list('job', ('clerk', 'cook'))
        print(
            sess.run(
                fc.input_layer({'job': tf.constant([['cook', 'cook'], ['clerk', '']])}, [fc.indicator_column(sequence)])
            )
            if sess.run(tf.tables_initializer())
            else ''
        )


if __name__ == '__main__':
    main()
