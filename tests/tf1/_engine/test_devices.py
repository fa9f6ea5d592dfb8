from __future__ import annotations

import tf1 as tf


def test_devices_are_listed_by_their_full_names():
    assert '/job:localhost/replica:0/task:0/device:CPU:0' in tf.config.experimental_list_devices()


def test_a_reader_of_checkpoints_is_found_where_it_was():
    assert tf.pywrap_tensorflow.NewCheckpointReader is tf.train.NewCheckpointReader
