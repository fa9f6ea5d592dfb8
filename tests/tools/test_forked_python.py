"""Programs that begin as forks end, print and are ended as those do that python starts."""

from __future__ import annotations

import signal
import subprocess

import pytest

from tools import forked_python


def test_a_program_gets_words_folder_variables_and_input_and_its_streams_are_kept_apart(tmp_path):
    (tmp_path / 'beside.py').write_text('NAME = "beside"')
    (tmp_path / 'program.py').write_text(
        'import os, sys\n'
        'import beside\n'
        'print(sys.argv[1:], os.environ["A"], input(), beside.NAME, __name__, "B" in os.environ)\n'
        'print("said", file=sys.stderr)\n'
        'print(os.path.basename(os.getcwd()))'
    )
    done = forked_python.run(['program.py', 'x', 1], cwd=tmp_path, env={'A': 'a'}, input='typed\n')
    assert done.stdout.splitlines() == [
        "['x', '1'] a typed beside __main__ False",
        tmp_path.name,
    ]
    assert (done.stderr, done.returncode) == ('said\n', 0)


@pytest.mark.parametrize(
    ('code', 'status', 'error'),
    [
        ('import sys; sys.exit(3)', 3, ''),
        ('import sys; sys.exit("no")', 1, 'no\n'),
        ('import sys; sys.exit()', 0, ''),
        ('import atexit; atexit.register(print, "late"); 1 / 0', 1, 'ZeroDivisionError: division by zero\n'),
    ],
)
def test_it_ends_as_python_ends_it(code, status, error):
    done = forked_python.run(['-c', code])
    assert done.returncode == status
    assert done.stderr.endswith(error)
    assert done.stdout == ('late\n' if 'late' in code else '')


def test_a_session_runs_in_it_and_a_failure_can_be_an_error():
    done = forked_python.run(['-c', 'import tf1 as tf\nprint(tf.Session().run(tf.constant(1) + 2))'], check=True)
    assert done.stdout == '3\n'
    with pytest.raises(subprocess.CalledProcessError):
        forked_python.run(['-c', 'raise SystemExit(2)'], check=True)


def test_it_can_be_watched_killed_and_given_a_time(tmp_path):
    waits = ['-c', 'import time\nprint("begun", flush=True)\ntime.sleep(100)']
    program = forked_python.Python(waits, log=str(tmp_path / 'log'))
    with pytest.raises(subprocess.TimeoutExpired):
        program.wait(0.1)
    while 'begun' not in (tmp_path / 'log').read_text():
        assert program.poll() is None
    program.kill()
    assert program.wait() == -signal.SIGKILL
    with pytest.raises(subprocess.TimeoutExpired):
        forked_python.run(waits, timeout=0.2)
