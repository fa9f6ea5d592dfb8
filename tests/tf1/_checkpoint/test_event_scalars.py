"""Scalars of event files, as CSV and as a figure."""

from __future__ import annotations

import csv
import os

import numpy as np
import pytest

import tf1 as tf
from tf1._checkpoint.event_scalars import EventsError, Point, read, smooth, write_csv
from tools.event_figure import MOST_PLOTS, scalars_figure


@pytest.fixture
def write(tmp_path):
    """Returns a function that writes an event file with scalars `(tag, step, wall_time, value)`."""

    def write_events(folder, scalars, number=0):
        os.makedirs(tmp_path / folder, exist_ok=True)
        path = tmp_path / folder / f'events.out.tfevents.{number}.host'
        with tf.python_io.TFRecordWriter(str(path)) as writer:
            for tag, step, wall_time, value in scalars:
                if not isinstance(value, tf.Summary.Value):
                    value = tf.Summary.Value(tag=tag, simple_value=value)
                event = tf.Event(step=step, wall_time=wall_time, summary=tf.Summary(value=[value]))
                writer.write(event.SerializeToString())
        return path

    return write_events


def quiet(text):
    raise AssertionError(text)


def test_a_folder_and_its_sub_folders_are_runs(write, tmp_path):
    write('model', [('loss', 1, 10.0, 0.5), ('loss', 2, 11.0, 0.25), ('rate', 1, 10.0, 2.0)])
    write('model/eval', [('loss', 2, 12.0, 0.75)])
    write('model/eval_test', [('loss', 2, 12.0, 1.0)])
    assert read([f'{tmp_path}/model/'], None, quiet) == {
        ('model', 'loss'): [Point(1, 10.0, 0.5), Point(2, 11.0, 0.25)],
        ('model', 'rate'): [Point(1, 10.0, 2.0)],
        ('model/eval', 'loss'): [Point(2, 12.0, 0.75)],
        ('model/eval_test', 'loss'): [Point(2, 12.0, 1.0)],
    }


def test_several_model_dirs_are_told_apart_by_what_differs_in_their_paths(write, tmp_path):
    for folder in ('a/model', 'b/model', 'b/model/eval'):
        write(folder, [('loss', 1, 1.0, 1.0)])
    series = read([str(tmp_path / 'a/model'), str(tmp_path / 'b/model')], None, quiet)
    assert [run for run, _ in series] == ['a/model', 'b/model', 'b/model/eval']


def test_a_step_written_again_after_resuming_has_its_later_value(write, tmp_path):
    write('m', [('loss', 1, 1.0, 1.0), ('loss', 2, 2.0, 2.0), ('loss', 3, 3.0, 3.0)], number=1)
    write('m', [('loss', 2, 5.0, 20.0)], number=2)
    assert [point.value for point in read([str(tmp_path / 'm')], None, quiet)['m', 'loss']] == [1, 20, 3]


def test_scalars_of_tf_2_are_read_and_other_summaries_are_not(write, tmp_path):
    tensor = tf.Summary.Value(tag='new', tensor=tf.make_tensor_proto(0.5))
    text = tf.Summary.Value(tag='text', tensor=tf.make_tensor_proto('words'))
    vector = tf.Summary.Value(tag='vector', tensor=tf.make_tensor_proto([1.0, 2.0]))
    image = tf.Summary.Value(tag='image', image=tf.Summary.Image(height=1))
    write('m', [('', 1, 1.0, value) for value in (tensor, text, vector, image)])
    assert read([str(tmp_path / 'm')], None, quiet) == {('m', 'new'): [Point(1, 1.0, 0.5)]}


@pytest.mark.parametrize('damage', ['truncated', 'corrupted'])
def test_a_damaged_file_is_read_up_to_the_damage_and_named(write, tmp_path, damage):
    path = write('m', [('loss', step, 1.0, 1.0) for step in range(3)])
    content = path.read_bytes()
    path.write_bytes(content[:-3] if damage == 'truncated' else content[:-10] + b'X' * 10)
    warnings = []
    series = read([str(tmp_path / 'm')], None, warnings.append)
    assert [point.step for point in series['m', 'loss']] == [0, 1]
    assert len(warnings) == 1
    assert warnings[0].startswith(f'{path} is damaged or cut short; what stands before that is used: {damage} record')


def test_tags_are_chosen_by_a_regular_expression(write, tmp_path):
    write('m', [(tag, 1, 1.0, 1.0) for tag in ('loss', 'loss_1', 'accuracy')])
    assert [tag for _, tag in read([str(tmp_path / 'm')], '^loss', quiet)] == ['loss', 'loss_1']
    with pytest.raises(EventsError, match="has no scalar with a tag like 'x'; its tags are: accuracy, loss, loss_1"):
        read([str(tmp_path / 'm')], 'x', quiet)
    with pytest.raises(EventsError, match=r"the tags '\(' are no regular expression"):
        read([str(tmp_path / 'm')], '(', quiet)


def test_a_folder_without_event_files_is_named(tmp_path):
    with pytest.raises(EventsError, match='holds no event files: choose a model_dir that was trained into'):
        read([str(tmp_path)], None, quiet)
    with pytest.raises(EventsError, match='none is not a folder'):
        read([str(tmp_path / 'none')], None, quiet)


def test_csv_has_a_line_for_each_point(tmp_path):
    path = str(tmp_path / 'new' / 's.csv')
    assert write_csv({('m', 'loss'): [Point(1, 1.5, 0.25)], ('m,n', 'x'): [Point(2, 2.0, float('nan'))]}, path) == 2
    with open(path, newline='') as file:
        assert list(csv.reader(file)) == [
            ['run', 'tag', 'step', 'wall_time', 'value'],
            ['m', 'loss', '1', '1.5', '0.25'],
            ['m,n', 'x', '2', '2.0', 'nan'],
        ]
    assert os.listdir(tmp_path / 'new') == ['s.csv']


def test_csv_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / 'file').touch()
    with pytest.raises(OSError, match=r'file/s.csv cannot be written \(.*\): free space there, or choose another'):
        write_csv({}, str(tmp_path / 'file' / 's.csv'))


def test_smoothing_starts_at_the_first_value_and_passes_over_nan():
    # 2; then (0.5 * 1 + 0.5 * 8) / 0.75 = 6.
    np.testing.assert_array_equal(smooth([2, np.nan, 8], 0.5), [2, np.nan, 6])
    assert smooth([2, 8], 0.0).tolist() == [2, 8]


def test_the_figure_has_a_plot_for_each_tag_and_a_colour_for_each_run():
    points = [Point(1, 0.0, 1.0), Point(2, 0.0, 3.0)]
    figure = scalars_figure({('a', 'loss'): points, ('b', 'loss'): points, ('b', 'rate'): points}, smoothing=0.5)
    loss, rate = figure.axes
    assert (loss.get_title(), rate.get_title()) == ('loss', 'rate')
    labelled = [line for line in loss.get_lines() if not line.get_label().startswith('_')]
    assert [line.get_label() for line in labelled] == ['a', 'b']
    # (0.5 * 0.5 * 1 + 0.5 * 3) / 0.75 = 7 / 3.
    np.testing.assert_allclose(labelled[0].get_ydata(), [1, 7 / 3])
    assert labelled[1].get_color() == rate.get_lines()[-1].get_color() != labelled[0].get_color()
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ['a', 'b']


def test_a_figure_of_too_many_tags_or_none_is_refused():
    many = {('a', str(tag)): [Point(1, 0.0, 1.0)] for tag in range(MOST_PLOTS + 1)}
    with pytest.raises(ValueError, match='a figure must have 1 to 36 tags, got 37; choose some by a pattern'):
        scalars_figure(many)
    with pytest.raises(ValueError, match='got 0'):
        scalars_figure({})
    with pytest.raises(ValueError, match=r'smoothing must be in \[0, 1\), got 1'):
        scalars_figure({('a', 'b'): [Point(1, 0.0, 1.0)]}, smoothing=1)
