"""The binary for event files."""

from __future__ import annotations

import contextlib

import pytest
from matplotlib.image import imread

import tf1 as tf


@pytest.fixture
def model_dir(tmp_path):
    for folder, steps in (('m', (1, 2, 3)), ('m/eval', (3,))):
        with tf.Graph().as_default(), contextlib.closing(tf.summary.FileWriter(str(tmp_path / folder))) as writer:
            for step in steps:
                writer.add_summary(tf.Summary(value=[tf.Summary.Value(tag='loss', simple_value=1 / step)]), step)
    return tmp_path / 'm'


def test_scalars_become_csv_and_a_figure(run, model_dir, tmp_path):
    table, figure = tmp_path / 'new' / 's.csv', tmp_path / 'new' / 's.png'
    result = run('events', f'--model_dir={model_dir}', f'--csv={table}', f'--figure={figure}', '--smoothing=0.6')
    assert result.status == 0
    assert {key: result.result[key] for key in ('runs', 'tags', 'points', 'damaged_files')} == {
        'runs': ['m', 'm/eval'],
        'tags': ['loss'],
        'points': 4,
        'damaged_files': 0,
    }
    lines = table.read_text().splitlines()
    assert lines[0] == 'run,tag,step,wall_time,value'
    assert [line.split(',')[:3] for line in lines[1:]] == [
        *(['m', 'loss', str(step)] for step in (1, 2, 3)),
        ['m/eval', 'loss', '3'],
    ]
    assert imread(figure).shape[2] == 4


def test_without_outputs_runs_and_tags_are_listed(run, model_dir):
    lines = run('events', f'--model_dir={model_dir},{model_dir}/eval').out.splitlines()
    assert lines[:-1] == ['m: loss, 3 points', 'm/eval: loss, 1 points']


def test_a_damaged_file_is_named_and_the_rest_is_used(run, model_dir):
    file = next(model_dir.glob('events*'))
    file.write_bytes(file.read_bytes()[:-3])
    result = run('events', f'--model_dir={model_dir}')
    assert (result.status, result.result['points'], result.result['damaged_files']) == (0, 3, 1)
    assert result.error.startswith(f'WARNING: {file} is damaged or cut short; what stands before that is used: ')


@pytest.mark.parametrize(
    ('arguments', 'text'),
    [
        ([], 'events: --model_dir is missing: give one folder, or several as DIR,DIR2.'),
        (['--model_dir=none'], 'events: --model_dir: none is not a folder: choose a model_dir that was trained into.'),
        (['--model_dir={dir}', '--tags=x'], "has no scalar with a tag like 'x'; its tags are: loss."),
        (['--model_dir={dir}', '--figure=x.pdf'], "--figure=x.pdf: path must end in .png, got 'x.pdf'."),
        (['--model_dir={dir}', '--smoothing=1'], '--smoothing must be in [0, 1).'),
    ],
)
def test_bad_input_is_one_line(run, model_dir, arguments, text):
    result = run('events', *(argument.format(dir=model_dir) for argument in arguments))
    assert result.status == 2
    assert text in result.error
