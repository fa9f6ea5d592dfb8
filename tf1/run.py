"""Runs an unmodified TF 1.x program on today's TensorFlow.

    python -m tf1.run SCRIPT.py [ARGUMENTS...]
    python -m tf1.run NOTEBOOK.ipynb [ARGUMENTS...]
    python -m tf1.run -m MODULE [ARGUMENTS...]
    python -m tf1.run --version
    python -m tf1.run --requirements FILE [--install]

Options before SCRIPT.py: `--library=NAME` makes the installed package NAME part of the program, `--no-library=NAME`
keeps it out of it. Installed packages that are written for TF 1 are found to be part of it.

The program's `import tensorflow` and `import keras` mean `tf1`, and names that Python, NumPy, SciPy and matplotlib have
dropped since are answered, each with a line on standard error. Everything else is as if python ran it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

from tf1._backports.libraries import Libraries
from tf1._backports.notices import Notices
from tf1._backports.user_code import UserCode
from tf1._checkpoint.terminal import one_line
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
    if words[:1] == ['--requirements']:
        sys.exit(_requirements(words[1:]))
    queue_threads.stop_at_exit()
    try:
        _run(words)
    except execution.NotAProgram as error:
        print(one_line(f'tf1.run: {error}'), file=sys.stderr, flush=True)
        sys.exit(_USAGE_ERROR)
    except (Exception, KeyboardInterrupt):
        tracebacks.show_as_python_would()
        raise


def _requirements(words: list[str]) -> int:
    """Prints or runs the pip commands for a requirements.txt; returns the exit status."""
    from tf1._run import requirements

    if len(words) not in (1, 2) or words[1:] not in ([], ['--install']):
        print('tf1.run: --requirements needs a file, and --install or nothing after it.', file=sys.stderr)
        return _USAGE_ERROR
    try:
        return requirements.run(words[0], words[1:] == ['--install'])
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, 'strerror', None) or 'it is no text in UTF-8'
        print(one_line(f'tf1.run: {words[0]} cannot be read ({why}): name a requirements.txt.'), file=sys.stderr)
        return _USAGE_ERROR


def _run(words: list[str]) -> None:
    libraries, words = _libraries(words)
    if words[:1] == ['-m']:
        words = words[1:]
        _check(words, 'MODULE')
        _install(words[0].rpartition('.')[2], libraries, [words[0].partition('.')[0]])
        execution.run_module(words[0], words[1:])
        return
    _check(words, 'SCRIPT.py|NOTEBOOK.ipynb')
    path = words[0]
    if path.endswith('.ipynb'):
        from tf1._run import notebook

        notebook.run(path, words[1:])
        return
    _install(path, libraries)
    execution.run_script(path, words[1:])


def _check(words: list[str], what: str) -> None:
    if not words or words[0].startswith('-'):
        got = f', got {words[0]!r}' if words else ''
        raise execution.NotAProgram(f'what to run must come first{got}: python -m tf1.run {what} [ARGUMENTS...].')


def _libraries(words: list[str]) -> tuple[dict[str, list[str]], list[str]]:
    """Returns what `--library` and `--no-library` name, and the words after them."""
    options: dict[str, list[str]] = {'--library': [], '--no-library': []}
    while words and words[0].partition('=')[0] in options:
        option, equals, name = words[0].partition('=')
        if not equals or not name:
            raise execution.NotAProgram(f'{option} needs the name of a package, got {words[0]!r}: {option}=tflearn.')
        options[option].append(name)
        words = words[1:]
    return options, words


def _install(name: str, libraries: dict[str, list[str]], packages: Iterable[str] = ()) -> None:
    notices = Notices('tf1.run')
    found = Libraries(notices, libraries['--library'], libraries['--no-library'])
    watched = Figures(figures.folder(name), notices) if figures.no_screen() else None
    Installation(UserCode(packages, found), notices, watched).install()


def script() -> None:
    """The console script `tf1-run`: as `python -m tf1.run`, which finds modules in the working directory."""
    if not getattr(sys.flags, 'safe_path', False):
        sys.path[0] = os.getcwd()
    main(sys.argv[1:])


if __name__ == '__main__':
    main(sys.argv[1:])
