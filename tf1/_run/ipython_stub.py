"""What notebooks take from IPython: `display`, `get_ipython` and the module `IPython.display`, as text and files."""

from __future__ import annotations

import sys
import types
from typing import Any

from tf1._backports.notices import Notices
from tf1._backports.user_code import UserCode
from tf1._run.figures import Figures


class IPython:
    """IPython for a notebook that runs without it.

    Args:
      user_code: whose `get_ipython()` returns a shell; libraries get None, as outside of notebooks.
      figures: where figures go.
      notices: where skipped magics are said.
    """

    def __init__(self, user_code: UserCode, figures: Figures, notices: Notices):
        self._user_code = user_code
        self._figures = figures
        self._shell = _Shell(notices)

    def names(self) -> dict[str, Any]:
        """Returns the names that a notebook finds without importing them."""
        return {'display': self.display, 'get_ipython': self.get_ipython}

    def enter_modules(self) -> None:
        """Enters `IPython` and `IPython.display` into `sys.modules`."""
        package = types.ModuleType('IPython')
        shown = types.ModuleType('IPython.display')
        core = types.ModuleType('IPython.core')
        package.__path__ = core.__path__ = []
        shown.__dict__.update(display=self.display, clear_output=_ignore, set_matplotlib_formats=_ignore)
        shown.__getattr__ = _shown_class
        # matplotlib reads the version before it finds that for it there is no shell.
        package.version_info = (9, 0, 0, '')
        package.__dict__.update(get_ipython=self.get_ipython, display=shown, core=core)
        core.display = shown
        sys.modules.update(
            {'IPython': package, 'IPython.display': shown, 'IPython.core': core, 'IPython.core.display': shown}
        )

    def display(self, *objects: Any, **kwargs: Any) -> None:
        """Prints each object; saves it, if it is a figure."""
        for each in objects:
            figure = sys.modules.get('matplotlib.figure')
            if figure is not None and isinstance(each, figure.Figure):
                self._figures.save(each)
                sys.modules['matplotlib.pyplot'].close(each)
            else:
                print(repr(each))

    def get_ipython(self) -> _Shell | None:
        """Returns the shell, for the program, or None."""
        return self._shell if self._user_code.owns(sys._getframe(1).f_globals) else None


class _Shell:
    """The few methods by which a program runs magics; they are skipped with a note."""

    config: dict[str, Any] = {}

    def __init__(self, notices: Notices):
        self._notices = notices

    def magic(self, arg_s: str) -> None:
        self._notices.say(f'skipped %{arg_s}')

    def run_line_magic(self, magic_name: str, line: str = '') -> None:
        self.magic(f'{magic_name} {line}'.rstrip())

    def run_cell_magic(self, magic_name: str, line: str, cell: str) -> None:
        self.magic(f'%{magic_name} {line}'.rstrip())

    def system(self, cmd: str) -> None:
        self._notices.say(f'skipped !{cmd}')

    def getoutput(self, cmd: str) -> list[str]:
        self.system(cmd)
        return []


class _Shown:
    """An object that IPython would show by other means than text: HTML, an image, a video."""

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any):
        self.data = data
        self._what = data or kwargs.get('filename') or kwargs.get('url') or ''

    def __repr__(self) -> str:
        what = self._what if isinstance(self._what, str) else f'{len(self._what)} bytes'
        return f'<{type(self).__name__} {what}>'


def _shown_class(name: str) -> type:
    if not name[:1].isupper():
        raise AttributeError(f"module 'IPython.display' has no attribute {name!r}")
    return type(name, (_Shown,), {})


def _ignore(*args: Any, **kwargs: Any) -> None:
    """Does nothing: a call without a meaning for text."""
