"""From checkpoints of TF 1.x to TF 2, Keras 3, SavedModels and frozen graphs, and back from Keras.

Two processes share the work. This one holds the TF 1.x graph; `tf2_process` starts another, in which TensorFlow runs
eagerly and Keras is Keras 3, since neither can be had once `tf1` is imported. They hand each other arrays in files.
"""
