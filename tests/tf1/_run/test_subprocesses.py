from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tf1._backports.user_code import UserCode
from tf1._run import subprocesses


def test_a_script_of_the_program_is_started_as_one(tmp_path):
    script = tmp_path / 'worker.py'
    script.write_text('import json, sys, tensorflow\nprint(json.dumps([tensorflow.__name__, sys.argv[1:]]))\n')
    original = subprocess.Popen.__init__
    undo = subprocesses.prepare(UserCode())
    try:
        output = subprocess.check_output([sys.executable, '-u', str(script), '--steps=3'], text=True)
    finally:
        undo()
    assert json.loads(output) == ['tf1', ['--steps=3']]
    assert subprocess.Popen.__init__ is original


@pytest.mark.parametrize(
    'command',
    [
        [sys.executable, '-m', 'pip', 'list'],
        [sys.executable, '-c', 'print(1)', 'a.py'],
        [sys.executable, os.path.join(os.path.dirname(os.__file__), 'timeit.py')],
        [sys.executable],
        ['ls', 'train.py'],
        f'{sys.executable} train.py',
        ['/elsewhere/bin/python', 'train.py'],
    ],
)
def test_other_commands_stay(command):
    assert subprocesses.as_program(command, UserCode()) is command
