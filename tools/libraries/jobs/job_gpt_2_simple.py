"""gpt-2-simple==0.8.1"""

import numpy as np
import tensorflow as tf
from gpt_2_simple.src import model

hparams = model.default_hparams()
hparams.override_from_dict({'n_vocab': 10, 'n_ctx': 8, 'n_embd': 8, 'n_head': 2, 'n_layer': 2})
tokens = tf.compat.v1.placeholder(tf.int32, [1, None])
logits = model.model(hparams=hparams, X=tokens)['logits']
loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=tokens[:, 1:], logits=logits[:, :-1]))
train = tf.compat.v1.train.AdamOptimizer(0.01).minimize(loss)
with tf.compat.v1.Session() as session:
    session.run(tf.compat.v1.global_variables_initializer())
    for _ in range(100):
        last, _ = session.run([loss, train], {tokens: [[1, 2, 3, 4, 5, 6]]})
assert last < 0.5, last
assert np.isfinite(last)
print('ok: trains a small GPT-2')
