"""Hooks of `tf.estimator.experimental`."""
