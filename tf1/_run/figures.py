"""Figures of programs that run without a screen: PNG files in a folder."""

from __future__ import annotations

import os
import sys
import types
from typing import Any

from tf1._backports.notices import Notices

_BACKEND = 'tf1._figure_backend'
_DPI = 100


def no_screen() -> bool:
    """Returns whether there is no screen for matplotlib's windows, and no backend was chosen."""
    if 'MPLBACKEND' in os.environ or not sys.platform.startswith('linux'):
        return False
    return not (os.environ.get('DISPLAY') or os.environ.get('WAYLAND_DISPLAY'))


def folder(program: str) -> str:
    """Returns the folder, in the working directory, for the figures of the program `program`."""
    return os.path.splitext(os.path.basename(program))[0] + '_figures'


class Figures:
    """Saves figures as figure_1.png, figure_2.png, ... and says where.

    Args:
      folder: made when the first figure is saved.
      notices: where it is said.
    """

    def __init__(self, folder: str, notices: Notices):
        self._folder = folder
        self._notices = notices
        self._count = 0
        self._taken = False

    def take_over(self) -> None:
        """Makes `plt.show()` save the figures that it would show; a program may still choose another backend."""
        if self._taken:
            return
        self._taken = True
        import matplotlib
        from matplotlib.backends.backend_agg import FigureCanvasAgg

        backend = types.ModuleType(_BACKEND)
        backend.FigureCanvas = FigureCanvasAgg
        backend.show = self._show
        sys.modules[_BACKEND] = backend
        matplotlib.use(f'module://{_BACKEND}')

    def save_open(self) -> None:
        """Saves and closes all figures of pyplot that are open, except empty ones."""
        pyplot = sys.modules.get('matplotlib.pyplot')
        if pyplot is None:
            return
        for number in pyplot.get_fignums():
            figure = pyplot.figure(number)
            if figure.get_children()[1:]:
                self.save(figure)
            pyplot.close(figure)

    def save(self, figure: Any) -> None:
        """Saves one figure."""
        os.makedirs(self._folder, exist_ok=True)
        self._count += 1
        path = os.path.join(self._folder, f'figure_{self._count}.png')
        figure.savefig(path, dpi=_DPI)
        self._notices.say(f'figure saved as {path}')

    def _show(self, *args: Any, block: bool | None = None, **kwargs: Any) -> None:
        # `plt.pause` shows a figure that will still change.
        if block is not False:
            self.save_open()
