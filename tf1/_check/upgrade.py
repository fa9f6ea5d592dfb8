"""TensorFlow's own converter, `tf_upgrade_v2`, run on copies of programs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile

from tf1._run.execution import NotAProgram

_CONVERTER = 'tensorflow.tools.compatibility.tf_upgrade_v2_main'
_COPIES, _CONVERTED = 'before', 'after'
REPORT = 'report.txt'


def refuse_used(folder: str) -> None:
    """Makes sure that nothing in `folder` would be overwritten.

    Raises:
      NotAProgram: there is something in it, or it is no folder.
    """
    if os.path.exists(folder) and (not os.path.isdir(folder) or os.listdir(folder)):
        raise NotAProgram(f'--upgrade={folder} exists already: name a new or an empty folder.')


def upgrade(paths: list[str], folder: str) -> list[str]:
    """Converts copies of the programs `paths` into `folder`, which also gets the converter's report.

    Returns:
      The converted copies, in the order of `paths`, each below the programs' common folder's stand-in `folder`.

    Raises:
      NotAProgram: the folder cannot be written to, or the converter failed; `folder` is as it was then.
    """
    top = os.path.commonpath([os.path.dirname(os.path.abspath(path)) for path in paths])
    inner = [os.path.relpath(os.path.abspath(path), top) for path in paths]
    beside = os.path.dirname(os.path.abspath(folder))
    try:
        os.makedirs(beside, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=beside, prefix='.tf_upgrade_v2.') as work:
            for path, name in zip(paths, inner, strict=True):
                copy = os.path.join(work, _COPIES, name)
                os.makedirs(os.path.dirname(copy), exist_ok=True)
                shutil.copyfile(path, copy)
            _convert(work)
            os.replace(os.path.join(work, REPORT), os.path.join(work, _CONVERTED, REPORT))
            os.replace(os.path.join(work, _CONVERTED), folder)
    except OSError as error:
        raise NotAProgram(f'--upgrade={folder} cannot be written ({error.strerror}): name another folder.') from error
    return [os.path.join(folder, name) for name in inner]


def _convert(work: str) -> None:
    # The report shows the paths that the converter was given: short ones, below the folder where it runs.
    words = ['--intree', _COPIES, '--outtree', _CONVERTED, '--reportfile', REPORT]
    done = subprocess.run([sys.executable, '-m', _CONVERTER, *words], cwd=work, capture_output=True, text=True)
    if done.returncode:
        said = (done.stdout.strip() or done.stderr.strip() or 'no message').splitlines()[-1]
        raise NotAProgram(f'tf_upgrade_v2 failed with status {done.returncode} ({said}).')
