"""The ready-made models of `tf.compat.v2.estimator`: heads of `tf.estimator.Head`, optimizers of Keras."""
