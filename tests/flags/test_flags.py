"""All binaries together: none takes the name of another's flag."""

from __future__ import annotations

import os
import pkgutil
import platform
import signal
import subprocess
import sys

import pytest

import flags

MODULES = sorted(module.name for module in pkgutil.iter_modules(flags.__path__))


@pytest.mark.parametrize('modules', [MODULES, MODULES[::-1]], ids=['forwards', 'backwards'])
def test_binaries_live_in_one_process(modules):
    program = '\n'.join(f'import flags.{module}' for module in modules) + '\nprint("imported")'
    done = subprocess.run([sys.executable, '-c', program], capture_output=True, text=True, check=False)
    assert done.stdout == 'imported\n', done.stderr
    assert {'checkpoint', 'reproduce', 'train_graph'} <= set(modules)


@pytest.mark.parametrize('error', ['KeyboardInterrupt', 'ValueError'])
def test_ctrl_c_while_a_binary_loads_is_one_line(tmp_path, error):
    (tmp_path / 'absl.py').write_text(f'raise {error}')
    environment = {**os.environ, 'PYTHONPATH': os.pathsep.join([str(tmp_path), os.getcwd()])}
    command = [sys.executable, '-m', 'flags.train_graph']
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if error == 'KeyboardInterrupt':
        assert done.stderr == 'train_graph: stopped by Ctrl-C before it began.\n'
        assert done.returncode == -signal.SIGINT
    else:
        assert done.stderr.splitlines()[-1] == error
        assert done.stderr.startswith('Traceback')


@pytest.mark.parametrize('given', [None, '0'])
def test_a_binary_computes_by_onednn_unless_the_environment_says_otherwise(tmp_path, given):
    (tmp_path / 'absl.py').write_text('import os, sys\nprint(os.environ.get("TF_ENABLE_ONEDNN_OPTS"))\nsys.exit()')
    environment = {**os.environ, 'PYTHONPATH': os.pathsep.join([str(tmp_path), os.getcwd()])}
    environment.pop('TF_ENABLE_ONEDNN_OPTS', None)
    if given:
        environment['TF_ENABLE_ONEDNN_OPTS'] = given
    command = [sys.executable, '-m', 'flags.train_graph']
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    default = '1' if platform.machine() in ('x86_64', 'AMD64') else None
    assert done.stdout == f'{given or default}\n'
