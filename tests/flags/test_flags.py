"""All binaries together: none takes the name of another's flag."""

from __future__ import annotations

import pkgutil
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
