"""Where nodes were made: what errors and the profiler show of it."""

from __future__ import annotations

import pathlib

import tf1 as tf


def test_nodes_of_a_program_are_made_by_no_file_that_patches_tensorflow(installed):
    with tf.Graph().as_default():
        node = tf.matmul(tf.ones([2, 3]), tf.ones([3, 2]), name='product').op
    files = [frame.filename for frame in node.traceback.get_user_frames()]
    assert files[-1] == __file__
    patches = pathlib.Path(tf.__file__).parent / '_engine'
    assert [file for file in files if pathlib.Path(file).is_relative_to(patches)] == []
