"""The binary that trains the reference systems again, run for real on a slice of MNIST."""

from __future__ import annotations

import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import time

import pytest

MODELS = 'linear,ocr_cnn,convolution'


def test_a_stopped_reproduction_reports_what_is_done_and_goes_on_with_what_is_missing(run, digits_dir, tmp_path):
    output = tmp_path / 'out'
    arguments = [f'--models={MODELS}', '--share=0.0105', f'--data_dir={digits_dir}', f'--output_dir={output}']
    process = subprocess.Popen(
        [sys.executable, '-m', 'flags.reproduce', *arguments],
        env={**os.environ, 'PYTHONPATH': os.getcwd()},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    linear = output / 'results' / 'linear.json'
    deadline = time.monotonic() + 120
    while not linear.exists():
        assert time.monotonic() < deadline
        assert process.poll() is None
        time.sleep(0.05)
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate()
    assert (process.returncode, out) == (128 + signal.SIGTERM, '')
    begin, done, stop = err.splitlines()
    assert re.fullmatch(
        r'reproduce: to train 2 systems on .+, \d+ cores takes (less than a|about \d+) minutes?\.', begin
    )
    assert re.search(
        r' after 94 steps; published 0\.9212 after 9,000\. Left: (less than a|about \d+) minutes?\.$', done
    )
    page, table = f'{output}/report.html', (output / 'report.md').read_text()
    assert re.fullmatch(
        rf'reproduce: stopped by SIGTERM\. {re.escape(page)} has what is done; missing: ocr_cnn, which will take .+'
        r' minutes?\. The same command goes on\.',
        stop,
    )
    assert '| A1 | linear | 94 of 9,000 steps |' in table
    assert 'ocr_cnn |' not in table
    for text in (table, pathlib.Path(page).read_text()):
        assert re.search(r' Missing: ocr_cnn, which will take .+ minutes?; the same command goes on with them\.', text)
    before = linear.stat().st_mtime_ns

    second = run('reproduce', *arguments)
    assert second.status == 0
    assert linear.stat().st_mtime_ns == before
    assert second.result['systems']['linear']['done'] == 94
    assert second.result['systems']['ocr_cnn']['done'] == 105
    stored = json.loads((output / 'results' / 'ocr_cnn.json').read_text())
    assert (stored['global_step'], stored['seed'], stored['parameters']) == (105, 1, 242062)
    assert [step for step, _ in stored['curves']['test accuracy']] == [1, 100, 105]
    assert sum(map(sum, stored['matrix'])) == 500
    first = json.loads(linear.read_text())
    assert first['figures'] == ['confusion_test', 'errors_test', 'training_images', 'weights']
    page, table = (output / 'report.html').read_text(), (output / 'report.md').read_text()
    assert second.result['report'] == str(output / 'report.html')
    assert not re.search(r'(src|href)="(?!data:image/png;base64,|#)', page)
    assert page.count('<img ') == len(stored['figures']) + len(first['figures'])
    assert {'learning_curves', 'confusion_test', 'filters_conv1', 'outputs_conv2'} <= set(stored['figures'])
    assert 'removed' not in page
    assert '| A1 | linear | 94 of 9,000 steps | 1.04 % | 0.9212 |' in table
    assert '| D | ocr_cnn | 105 of 10,000 steps | 1.05 % | 0.985 |' in table
    assert table.count(', as published.') == 2
    assert 'Missing' not in page

    other = run('reproduce', f'--output_dir={output}', '--budget=full', f'--data_dir={digits_dir}')
    assert other.status == 2
    assert other.error == (
        f'reproduce: --output_dir={output}: {output} was begun with --budget=quick, not full: '
        'go on with that, or choose another folder.'
    )


def test_a_system_that_cannot_be_trained_is_named_with_what_it_said(run, tmp_path, digits_dir):
    data = shutil.copytree(digits_dir, tmp_path / 'data')
    (data / 'train-labels-idx1-ubyte').unlink()
    result = run('reproduce', '--models=linear', f'--data_dir={data}', f'--output_dir={tmp_path}')
    assert result.status == 2
    error = result.err.splitlines()[-1]
    assert error.startswith('reproduce: linear ended with status 2: _reproduce_system: ')
    assert f'--data_dir={data}: ' in error
    assert f'{tmp_path}/logs/linear.log' in error


@pytest.mark.parametrize(
    ('arguments', 'text'),
    [
        (['--models=resnet'], 'batchnorm_cnn, convolution: got '),
        (['--models='], 'convolution: none is given.'),
        (['--model=cnn'], '--model is no flag of reproduce: choose systems with --models, a folder with --output_dir.'),
        (['--budget=slow'], 'value should be one of <quick|full>'),
        (['--share=2'], '--share must be in (0, 1].'),
        (['--output_dir={file}'], '--output_dir={file} is a file: choose a folder.'),
        (['--output_dir={file}/x'], '--output_dir={file}/x cannot be written to (Not a directory)'),
    ],
)
def test_bad_input_is_one_line(run, arguments, text, tmp_path):
    file = tmp_path / 'file'
    file.write_text('')
    result = run('reproduce', *(argument.format(file=file) for argument in arguments))
    assert result.status == 2
    assert result.out == ''
    assert text.format(file=file) in result.error


def test_a_damaged_settings_file_is_named(run, tmp_path):
    (tmp_path / 'settings.json').write_text('{')
    result = run('reproduce', f'--output_dir={tmp_path}')
    assert result.status == 2
    assert f'{tmp_path}/settings.json is damaged' in result.error
    assert 'remove it, and run again.' in result.error


def test_the_convolution_alone_needs_no_training(run, tmp_path):
    result = run('reproduce', '--models=convolution', f'--output_dir={tmp_path}')
    assert result.status == 0
    assert result.result['systems'] == {}
    assert '= [5, 14, 16, 26, 24, 34, 19, 22], as published.' in (tmp_path / 'report.html').read_text()
