"""Gradient boosted decision trees: what `tf.estimator.BoostedTreesClassifier` and its siblings are made of.

TensorFlow defines operations for them and no longer has their kernels, so that all is built from ordinary operations.
"""
