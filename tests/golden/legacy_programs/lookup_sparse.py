"""Text to ids to averaged embeddings: lookup tables, string ops, sparse tensors."""

import numpy as np
import tensorflow as tf
from tensorflow.contrib import lookup

SENTENCES = ['the cat sat', 'the dog sat down', 'a bird', 'the the cat', 'unknown words here']
LABELS = [0.0, 1.0, 0.0, 0.0, 1.0]


def vocabulary(path):
    words = sorted(set(' '.join(SENTENCES[:4]).split()))
    with open(path, 'w') as f:
        f.write('\n'.join(words) + '\n')
    return words


def main():
    words = vocabulary('vocabulary.txt')
    sentences = tf.placeholder(tf.string, [None])
    labels = tf.placeholder(tf.float32, [None])
    tokens = tf.string_split(sentences)
    table = lookup.index_table_from_file('vocabulary.txt', num_oov_buckets=1, vocab_size=len(words))
    reverse = lookup.index_to_string_table_from_tensor(words, default_value='UNK')
    ids = table.lookup(tokens)
    counts = tf.SparseTensor(ids.indices, tf.ones_like(ids.values, tf.float32), ids.dense_shape)

    size = len(words) + 1
    embedding = tf.get_variable(
        'embedding', [size, 3], initializer=tf.constant_initializer(np.linspace(-1, 1, size * 3).reshape(size, 3))
    )
    mean = tf.nn.embedding_lookup_sparse(embedding, ids, None, combiner='mean')
    weighted = tf.nn.embedding_lookup_sparse(embedding, ids, counts, combiner='sqrtn')
    safe = tf.contrib.layers.safe_embedding_lookup_sparse([embedding], ids)
    bag = tf.sparse_tensor_to_dense(tf.sparse_merge(ids, counts, size), validate_indices=False)
    logits = tf.reduce_sum(mean * 2.0 + weighted, 1)
    loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=labels, logits=logits))
    gradient = tf.gradients(loss, embedding)[0]
    print(type(gradient).__name__, gradient.dense_shape is not None, tokens)
    train_op = tf.contrib.opt.LazyAdamOptimizer(0.1).minimize(loss)

    with tf.Session() as sess:
        sess.run([tf.global_variables_initializer(), tf.tables_initializer(name='init_all_tables')])
        feed = {sentences: SENTENCES, labels: LABELS}
        print(sess.run(tf.sparse_tensor_to_dense(ids, default_value=-1), feed))
        print(sess.run(reverse.lookup(tf.constant([0, 3, 99], tf.int64))), sess.run(table.size()))
        print(sess.run(bag, feed).sum(1), sess.run(safe - mean, feed).sum())
        value = sess.run(gradient, feed)
        print(sorted(set(value.indices)), value.values.shape, value.dense_shape)
        for step in range(10):
            current, _ = sess.run([loss, train_op], feed)
            if step % 3 == 0:
                print('%d %.5f' % (step, current))
        before = sess.run(embedding)
        sess.run(train_op, {sentences: ['a'], labels: [1.0]})
        print(np.nonzero(np.abs(sess.run(embedding) - before).sum(1))[0])

        # Sparse algebra.
        matrix = tf.SparseTensor([[0, 1], [2, 0], [2, 2]], [1.0, 2.0, 3.0], [3, 3])
        print(sess.run(tf.sparse_tensor_dense_matmul(matrix, tf.ones([3, 2]))).tolist())
        print(sess.run(tf.sparse_reduce_sum(matrix, 0)), sess.run(tf.sparse_slice(matrix, [2, 0], [1, 2])))
        fed = tf.sparse_placeholder(tf.float32, name='fed')
        total = tf.sparse_add(fed, matrix)
        print(sess.run(total, {fed: tf.SparseTensorValue([[0, 0]], [5.0], [3, 3])}).values)
        print(sess.run(tf.string_to_hash_bucket_fast(SENTENCES[:2], 100)), sess.run(tf.as_string(tf.constant([1, 2]))))
        mutable = lookup.MutableHashTable(tf.string, tf.int64, -1)
        sess.run(mutable.insert(['x', 'y'], [10, 20]))
        print(sess.run(mutable.lookup(tf.constant(['y', 'z']))), sess.run(mutable.size()))


if __name__ == '__main__':
    main()
