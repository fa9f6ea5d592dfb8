"""The binary that opens TensorBoard, on a model_dir trained for two steps."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from urllib.parse import urlencode

import pytest


def fetch(url, body=None, **query):
    request = urllib.request.Request(
        f'{url}?{urlencode(query)}' if query else url,
        data=None if body is None else json.dumps(body).encode(),
        headers={'Content-Type': 'application/json'},
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        return answer.read()


def fetch_when_there(url, wanted):
    """TensorBoard loads event files after it has started to listen."""
    deadline = time.monotonic() + 60
    while not wanted(found := json.loads(fetch(url))):
        assert time.monotonic() < deadline, found
        time.sleep(0.1)
    return found


def test_every_plugin_has_its_data_and_ctrl_c_ends_it(run, digits_dir, tmp_path):
    common = [f'--data_dir={digits_dir}', f'--model_dir={tmp_path}']
    assert run('train_graph', '--model=ocr_cnn', '--steps=2', '--save_every=1', '--nofigures', *common).status == 0
    process = subprocess.Popen(
        [sys.executable, '-m', 'flags.tensorboard', *common],
        env={**os.environ, 'PYTHONPATH': os.getcwd()},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        line = process.stdout.readline()
        assert line.startswith(f'TensorBoard shows {tmp_path} at http://127.0.0.1:')
        url = line.split(' at ')[1].split()[0]
        data = f'{url}data/plugin'
        fetch_when_there(f'{data}/pr_curves/tags', lambda tags: len(tags.get('eval_checkpoints', ())) == 10)
        (point,) = json.loads(fetch(f'{data}/scalars/scalars', run='eval', tag='accuracy'))
        assert point[1] == 2
        images = json.loads(fetch(f'{data}/images/images', run='eval_checkpoints', tag='confusion_matrix', sample=0))
        assert sorted(image['step'] for image in images) == [1, 2]
        assert fetch(f'{data}/images/individualImage?{images[0]["query"]}')[:4] == b'\x89PNG'
        assert b'"x"' in fetch(f'{data}/graphs/graph', run='.', conceptual='false')
        curves = json.loads(
            fetch(f'{data}/pr_curves/pr_curves', run='eval_checkpoints', tag='pr_curve/class_7/pr_curves')
        )
        assert [curve['step'] for curve in curves['eval_checkpoints']] == [1, 2]
        assert max(curves['eval_checkpoints'][1]['recall']) == 1
        experiment = json.loads(fetch(f'{data}/hparams/experiment', {'experimentName': ''}))
        assert {info['name'] for info in experiment['hparamInfos']} >= {'learning_rate', 'fc_size', 'seed'}
        config = json.loads(fetch(f'{data}/projector/info', run='.'))
        assert config['embeddings'][0]['tensorName'] == 'hidden_2'
        assert config['embeddings'][0]['tensorShape'] == [500, 128]
        tensors = fetch(f'{data}/projector/tensor', run='.', name='hidden_2')
        assert len(tensors) == 500 * 128 * 4
        rows = fetch(f'{data}/projector/metadata', run='.', name='hidden_2').decode().splitlines()
        assert rows[0] == 'class\tpredicted\tindex'
        assert [row.split('\t')[0] for row in rows[1:6]] == ['7', '2', '1', '0', '4']
        assert fetch(f'{data}/projector/sprite_image', run='.', name='hidden_2')[:4] == b'\x89PNG'
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate(timeout=30)
        assert process.returncode == 0
    finally:
        process.kill()
        process.communicate()
    assert json.loads(said.splitlines()[-1])['url'] == url
    with pytest.raises(OSError, match='refused'):
        fetch(url)


@pytest.mark.parametrize(
    ('arguments', 'text'),
    [
        ([], 'tensorboard: --model_dir is missing: give a folder that was trained into.'),
        (['--model_dir=none'], 'tensorboard: --model_dir=none is not a folder: choose one that was trained into.'),
        (['--model_dir=.', '--model=resnet'], '--model=resnet is not one of the systems of this binary: '),
        (['--model_dir=.', '--port=70000'], '--port=70000: 70000 is not'),
    ],
)
def test_bad_input_is_one_line(run, arguments, text):
    result = run('tensorboard', *arguments)
    assert result.status == 2
    assert text in result.error
