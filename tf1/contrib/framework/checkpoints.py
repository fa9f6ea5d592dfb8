"""Checkpoints by folder or file, which `tf.train` reads: what is in them, and variables that start from them."""

from __future__ import annotations

import tensorflow.compat.v1 as tf

init_from_checkpoint = tf.train.init_from_checkpoint
list_variables = tf.train.list_variables
load_checkpoint = tf.train.load_checkpoint
load_variable = tf.train.load_variable
