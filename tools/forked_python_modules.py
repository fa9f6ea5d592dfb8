"""What `forked_python` loads before it forks; no session, whose threads would not survive a fork."""

from __future__ import annotations

import gc

import matplotlib.figure  # noqa: F401

import tf1
import tf1.contrib.layers
import tf1.contrib.seq2seq
import tf1.contrib.slim.nets
import tf1.estimator  # noqa: F401

_ = tf1.placeholder, tf1.layers.dense, tf1.keras.layers.Dense
# A child that ends would else look through all that was imported, at the price of a copy of its memory.
gc.freeze()
