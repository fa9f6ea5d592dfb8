"""Cases of `tf.contrib.learn.KMeansClustering`: all points in each step."""

import numpy as np

_POINTS = np.array([[1, 1], [1.5, 2], [3, 4], [5, 7], [3.5, 5], [4.5, 5]], np.float32)


def case_clustering_of_contrib_learn(tf):
    config = tf.contrib.learn.RunConfig(tf_random_seed=1)
    start = _POINTS[[0, 3]]
    model = tf.contrib.learn.KMeansClustering(2, initial_clusters=start, use_mini_batch=False, config=config)
    input_fn = lambda: (tf.constant(_POINTS), None)  # noqa: E731
    model.fit(input_fn=input_fn, max_steps=3)
    return {
        'clusters': model.clusters(),
        'score': model.score(input_fn=input_fn, steps=1),
        'indices': [int(index) for index in model.predict_cluster_idx(input_fn=input_fn)],
        'distances': model.transform(input_fn=input_fn, as_iterable=False),
        'evaluation': model.evaluate(input_fn=input_fn, steps=1),
        'names': model.get_variable_names(),
    }
