"""Runs an unmodified TF 1.x program on today's TensorFlow.

    python -m tf1.run SCRIPT.py [ARGUMENTS...]
    python -m tf1.run NOTEBOOK.ipynb [ARGUMENTS...]
    python -m tf1.run -m MODULE [ARGUMENTS...]

The program's `import tensorflow` and `import keras` mean `tf1`, and names that Python, NumPy, SciPy and matplotlib have
lost since are back for it, each with a line on standard error. All else is as if python ran it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable

from tf1 import _figures, _queue_threads, _run_program, _traceback
from tf1._figures import Figures
from tf1._install import Installation
from tf1._notes import Notes
from tf1._program import Program

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
    _queue_threads.stop_at_exit()
    try:
        _run(words)
    except _run_program.NotAProgram as error:
        print(f'tf1.run: {error}', file=sys.stderr, flush=True)
        sys.exit(_USAGE_ERROR)
    except (Exception, KeyboardInterrupt):
        _traceback.show_as_python_would()
        raise


def _run(words: list[str]) -> None:
    if words[:1] == ['-m']:
        words = words[1:]
        _check(words, 'MODULE')
        _install(words[0].rpartition('.')[2], [words[0].partition('.')[0]])
        _run_program.run_module(words[0], words[1:])
        return
    _check(words, 'SCRIPT.py|NOTEBOOK.ipynb')
    path = words[0]
    if path.endswith('.ipynb'):
        from tf1 import _notebook

        _notebook.run(path, words[1:])
        return
    _install(path)
    _run_program.run_script(path, words[1:])


def _check(words: list[str], what: str) -> None:
    if not words or words[0].startswith('-'):
        got = f', got {words[0]!r}' if words else ''
        raise _run_program.NotAProgram(f'what to run must come first{got}: python -m tf1.run {what} [ARGUMENTS...].')


def _install(name: str, packages: Iterable[str] = ()) -> None:
    notes = Notes('tf1.run')
    watched = Figures(_figures.folder(name), notes) if _figures.no_screen() else None
    Installation(Program(packages), notes, watched).install()


if __name__ == '__main__':
    main(sys.argv[1:])
