"""Runs an unmodified TF 1.x program on today's TensorFlow.

    python -m tf1.run SCRIPT.py [ARGUMENTS...]
    python -m tf1.run NOTEBOOK.ipynb [ARGUMENTS...]
    python -m tf1.run -m MODULE [ARGUMENTS...]
    python -m tf1.run --version

The program's `import tensorflow` and `import keras` mean `tf1`, and names that Python, NumPy, SciPy and matplotlib have
dropped since are answered, each with a line on standard error. Everything else is as if python ran it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

from tf1._backports.notices import Notices
from tf1._backports.user_code import UserCode
from tf1._namespace import versions
from tf1._run import execution, figures, queue_threads, tracebacks
from tf1._run.figures import Figures
from tf1._run.install import Installation

_USAGE_ERROR = 2


def main(words: list[str]) -> None:
    """Runs the program that `words`, the command line without its first word, names.

    Raises:
      SystemExit: with status 2 and a line on standard error if there is nothing that could be run, else as the
        program asks.
      Anything that the program raises.
    """
    if words[:1] in (['-h'], ['--help']):
        print(__doc__)
        return
    if words == ['--version']:
        print(versions.report())
        return
    queue_threads.stop_at_exit()
    try:
        _run(words)
    except execution.NotAProgram as error:
        print(f'tf1.run: {error}', file=sys.stderr, flush=True)
        sys.exit(_USAGE_ERROR)
    except (Exception, KeyboardInterrupt):
        tracebacks.show_as_python_would()
        raise


def _run(words: list[str]) -> None:
    if words[:1] == ['-m']:
        words = words[1:]
        _check(words, 'MODULE')
        _install(words[0].rpartition('.')[2], [words[0].partition('.')[0]])
        execution.run_module(words[0], words[1:])
        return
    _check(words, 'SCRIPT.py|NOTEBOOK.ipynb')
    path = words[0]
    if path.endswith('.ipynb'):
        from tf1._run import notebook

        notebook.run(path, words[1:])
        return
    _install(path)
    execution.run_script(path, words[1:])


def _check(words: list[str], what: str) -> None:
    if not words or words[0].startswith('-'):
        got = f', got {words[0]!r}' if words else ''
        raise execution.NotAProgram(f'what to run must come first{got}: python -m tf1.run {what} [ARGUMENTS...].')


def _install(name: str, packages: Iterable[str] = ()) -> None:
    notices = Notices('tf1.run')
    watched = Figures(figures.folder(name), notices) if figures.no_screen() else None
    Installation(UserCode(packages), notices, watched).install()


def script() -> None:
    """The console script `tf1-run`: as `python -m tf1.run`, which finds modules in the working directory."""
    if not getattr(sys.flags, 'safe_path', False):
        sys.path[0] = os.getcwd()
    main(sys.argv[1:])


if __name__ == '__main__':
    main(sys.argv[1:])
