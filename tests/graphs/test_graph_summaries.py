from __future__ import annotations

import numpy as np

import tf1 as tf
from graphs import summaries


def test_filters_are_red_where_positive_and_blue_where_negative_on_one_scale():
    weights = np.zeros((1, 2, 3, 2), np.float32)
    weights[0, :, 0, 0] = [1.0, -1.0]
    weights[0, :, 0, 1] = [0.5, 0.0]
    weights[0, :, 1:] = 9.0  # other input channels are neither shown nor scaled by
    picture = summaries.filter_grid(weights, zoom=1)
    assert picture.shape == (2, 6, 3)
    assert picture[0].tolist() == [
        [255, 0, 0],
        [0, 0, 255],
        [128, 128, 128],
        [255, 128, 128],
        [255, 255, 255],
        [128, 128, 128],
    ]


def test_activations_are_grey_from_least_to_most():
    maps = np.float32([[[0.0], [5.0]], [[10.0], [2.5]]])
    picture = summaries.activation_grid(maps, zoom=1)
    assert picture[:2, :2, 0].tolist() == [[0, 128], [255, 64]]
    assert (picture[..., 0] == picture[..., 2]).all()


def test_a_flat_map_is_drawn_black():
    assert (summaries.activation_grid(np.full((2, 2, 1), 7.0), zoom=2)[:4, :4] == 0).all()


def test_tiles_make_a_near_square():
    assert summaries.activation_grid(np.random.default_rng(0).random((3, 3, 5)), zoom=2).shape == (2 * 7, 3 * 7, 3)


def test_two_trainings_within_a_second_keep_their_scalars_apart(tmp_path):
    for loss in (3.0, 2.0):
        recorder = summaries.Recorder(str(tmp_path), tf.Graph())
        recorder.scalars(1, {'loss': loss})
        recorder.close()
    found = [
        value.simple_value
        for path in tmp_path.iterdir()
        for event in tf.train.summary_iterator(str(path))
        for value in event.summary.value
    ]
    assert sorted(found) == [2.0, 3.0]
