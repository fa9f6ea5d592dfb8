from __future__ import annotations

import json
import os
import signal
import time
from pathlib import Path

import pytest

from tf1._checkpoint import lookup
from tools.forked_python import Python

ROOT = Path(__file__).parents[2]


def program(*arguments):
    return Python([Path(__file__).with_name('resuming.py'), *arguments], env={**os.environ, 'PYTHONPATH': str(ROOT)})


@pytest.fixture(scope='module')
def differences(tmp_path_factory):
    """What came out different between one training and a resumed one, by system; `killed` was ended by SIGKILL."""
    directory = tmp_path_factory.mktemp('resuming')
    killed = str(directory / 'killed')
    child = program('train', killed)
    deadline = time.monotonic() + 60
    while len(lookup.steps(killed, 'cnn-model.ckpt')) < 2 and time.monotonic() < deadline:
        time.sleep(0.02)
    child.kill()
    assert child.wait() == -signal.SIGKILL
    child = program('compare', str(directory))
    output, errors = child.communicate(timeout=120)
    assert child.poll() == 0, errors
    return json.loads(output.splitlines()[-1])


@pytest.mark.parametrize('name', ['patch_cnn', 'lowlevel_cnn', 'layers_cnn', 'ocr_cnn', 'batchnorm_cnn'])
def test_training_in_two_parts_gives_the_bits_of_training_in_one(differences, name):
    assert differences[name] == []


def test_a_killed_training_resumes_to_the_bits_of_one_never_killed(differences):
    killed_at, different = differences['killed']
    assert killed_at >= 2
    assert different == []
