"""graph-nets==1.0.4"""

import graph_nets as gn
import numpy as np
import sonnet as snt
import tensorflow as tf

graph = {
    'globals': np.zeros(1, 'f'),
    'nodes': np.eye(3, dtype='f'),
    'edges': np.ones((2, 1), 'f'),
    'senders': [0, 1],
    'receivers': [1, 2],
}
tuples = gn.utils_tf.data_dicts_to_graphs_tuple([graph, graph])
network = gn.modules.GraphNetwork(
    edge_model_fn=lambda: snt.Linear(4), node_model_fn=lambda: snt.Linear(5), global_model_fn=lambda: snt.Linear(1)
)
found = network(tuples)
loss = tf.reduce_mean(tf.square(found.globals - 1))
train = tf.train.AdamOptimizer(0.1).minimize(loss)
with tf.Session() as session:
    session.run(tf.global_variables_initializer())
    first = session.run(loss)
    for _ in range(50):
        session.run(train)
    assert session.run(loss) < first / 5
    assert session.run(found).nodes.shape == (6, 5)
print('ok: trains a graph network')
