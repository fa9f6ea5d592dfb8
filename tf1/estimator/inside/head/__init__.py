"""`estimator.head`: the heads of `tf.estimator`."""
