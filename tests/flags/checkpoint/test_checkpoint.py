"""The binary for checkpoints: its commands, what they print, and their exit status."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

_GOLDEN = Path(__file__).parents[2] / 'golden' / 'checkpoints'


@pytest.fixture
def model_dir(tmp_path):
    return Path(shutil.copytree(_GOLDEN / 'cnn', tmp_path / 'cnn'))


def files(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob('*') if path.is_file()}


def test_list_prints_a_table_and_the_totals(run, model_dir):
    result = run('checkpoint', 'list', model_dir)
    assert result.status == 0
    lines = result.out.splitlines()
    assert lines[0].split() == ['name', 'role', 'shape', 'dtype', 'bytes', 'mean', 'std', 'min', 'max', 'nan']
    assert lines[3].startswith('conv2d/bias ')
    assert lines[4].split()[:6] == ['conv2d/bias/Adam', 'Adam', 'm', '4', 'float32', '16']
    assert lines[-2].startswith('21 variables, 3,045 parameters: 1,014 of the model, 2,028 in slots, 3 others; ')
    assert result.result['model_parameters'] == 1014
    assert result.result['checkpoint'] == str(model_dir / 'model.ckpt-5')


def test_list_prints_json_and_csv(run, model_dir):
    rows = run('checkpoint', 'list', model_dir, '--format=json', '--step=5').result['rows']
    assert len(rows) == 21
    assert rows[0]['name'] == 'beta1_power'
    text = run('checkpoint', 'list', '--format=csv', model_dir / 'model.ckpt-5').out
    table = list(csv.DictReader(io.StringIO(text)))
    assert [row['name'] for row in table] == [row['name'] for row in rows]
    assert [float(row['mean']) for row in table] == [row['mean'] for row in rows]


def test_diff_tells_by_its_exit_status(run, model_dir):
    same = run('checkpoint', 'diff', model_dir, _GOLDEN / 'cnn')
    assert (same.status, same.result['equal']) == (0, 21)
    other = run('checkpoint', 'diff', model_dir, _GOLDEN / 'linear', '--format=json')
    assert other.status == 1
    assert (len(other.result['only_a']), other.result['only_b'], other.result['equal']) == (18, [], 1)
    assert {shape['name'] for shape in other.result['shapes']} == {'dense/bias', 'dense/kernel'}


def test_rename_is_a_dry_run_until_it_is_told_to_write(run, model_dir, tmp_path):
    before = files(tmp_path)
    command = ['checkpoint', 'rename', model_dir, '--pattern=^dense_1/', '--replacement=logits/']
    dry = run(*command, f'--output={model_dir}/renamed-5')
    assert (dry.status, dry.result['renamed'], dry.result['written']) == (0, 6, False)
    assert 'dense_1/kernel/Adam_1 -> logits/kernel/Adam_1\n' in dry.out
    assert 'Nothing was written' in dry.out
    assert files(tmp_path) == before
    assert run(*command, '--write', f'--output={model_dir}/renamed-5').result['written']
    after = files(tmp_path)
    assert {name: after[name] for name in before} == before
    assert sorted(after.keys() - before) == ['cnn/renamed-5.data-00000-of-00001', 'cnn/renamed-5.index']
    again = run(*command, '--write', f'--output={model_dir}/renamed-5')
    assert again.status == 2
    assert again.error.startswith(f'checkpoint: the output {model_dir}/renamed-5 exists')
    assert files(tmp_path) == after


def test_rename_by_a_mapping_may_make_the_new_checkpoint_the_latest(run, model_dir, tmp_path):
    (tmp_path / 'names.json').write_text(json.dumps({'dense/kernel': 'fc/w'}))
    command = ['checkpoint', 'rename', model_dir, f'--mapping={tmp_path}/names.json', '--write', '--make_latest']
    assert run(*command, f'--output={model_dir}/renamed-5').result['renamed'] == 3
    assert run('checkpoint', 'list', model_dir).result['checkpoint'] == str(model_dir / 'renamed-5')


def test_average_writes_the_mean(run, model_dir, tmp_path):
    for name in ('model.ckpt-6.index', 'model.ckpt-6.data-00000-of-00001'):
        shutil.copy(model_dir / name.replace('-6', '-5', 1), model_dir / name)
    result = run('checkpoint', 'average', model_dir, '--last=2', f'--output={tmp_path}/mean')
    assert result.result['checkpoints'] == [str(model_dir / f'model.ckpt-{step}') for step in (5, 6)]
    assert run('checkpoint', 'diff', tmp_path / 'mean', model_dir, '--tolerance=1e-9').status == 0


@pytest.mark.parametrize(
    ('arguments', 'text'),
    [
        (['lst'], "the command must be one of list, diff, rename, average, scalars, convert: got 'lst'"),
        (['--step=1'], 'the command must be one of list, diff, rename, average, scalars, convert: it is missing'),
        (['list'], 'list takes one checkpoint, got 0'),
        (['list', 'none'], 'none is not a checkpoint: there is no file none.index'),
        (['list', '{dir}', '--step=6'], 'step 6 has no checkpoint in {dir}: it holds steps 5.'),
        (
            ['list', '{dir}', '--tolerance=1'],
            '--tolerance=1 is no argument of this command (--help lists all flags).',
        ),
        (['diff', '{dir}'], 'diff takes two checkpoints, got 1'),
        (
            ['diff', '{dir}', '{dir}', '--format=csv'],
            "--format=csv must be one of 'text', 'json' (--help lists all flags).",
        ),
        (['diff', '{dir}', '--between=5'], '--between=5 must be two steps, as 100,200.'),
        (['diff', '{dir}', '{dir}', '--between=5,6'], '--between goes with one MODEL_DIR, got 2'),
        (['rename', '{dir}'], 'rename takes --mapping=FILE, or --pattern and --replacement: both are missing.'),
        (['rename', '{dir}', '--pattern=a'], '--pattern and --replacement go in pairs, got 1 and 0'),
        (['rename', '{dir}', '--pattern=a', '--replacement=b', '--write'], '--output is missing: rename CHECKPOINT'),
        (['rename', '{dir}', '--pattern=^.*/bias$', '--replacement=b'], "'conv2d/bias' and 'dense/bias' would both be"),
        (['average', '{dir}'], '--output is missing: average MODEL_DIR'),
        (['average', '{dir}', '--output={dir}/x'], '{dir} must hold at least 2 checkpoints, it holds 1 (steps: 5)'),
        (['average', 'a', 'b', '--last=2', '--output=x'], '--last=2 goes with one MODEL_DIR, got 2 arguments'),
    ],
)
def test_bad_input_is_one_line_and_changes_nothing(run, model_dir, arguments, text):
    before = files(model_dir)
    result = run('checkpoint', *(argument.format(dir=model_dir) for argument in arguments))
    assert result.status == 2
    assert text.format(dir=model_dir) in result.error
    assert result.error.startswith('checkpoint: ')
    assert files(model_dir) == before


def test_help_names_the_commands_and_the_flags_of_one(run):
    every = run('checkpoint', '--help')
    assert every.status == 0
    listed = every.out.partition('commands (COMMAND --help lists the flags of one)')[2]
    for command in ('list', 'diff', 'rename', 'average', 'scalars', 'convert'):
        assert f'\n    {command} ' in listed
    assert 'saved_model_cli' in every.out
    one = run('checkpoint', 'rename', '--help')
    assert one.status == 0
    assert '--mapping' in one.out
    assert '--tolerance' not in one.out
    assert run('checkpoint').status == 2
