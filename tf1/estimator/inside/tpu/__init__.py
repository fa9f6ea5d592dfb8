"""Private modules of `tf.estimator.tpu`."""
