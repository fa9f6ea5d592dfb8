"""`tf1.install()`: what `python -m tf1.run` does for a program, for the process that calls it."""

from __future__ import annotations

import importlib
import sys
import types
from collections.abc import Callable

from tf1._figures import Figures
from tf1._notes import Notes
from tf1._program import Program
from tf1._program_imports import ProgramImports
from tf1._restored import Restored

# Module that has lost names: how programs call it, and the module of ours that knows them.
LOST = {
    'PIL.Image': ('Image', '_restored_pillow'),
    'base64': ('base64', '_restored_python'),
    'cgi': ('cgi', '_restored_python'),
    'collections': ('collections', '_restored_python'),
    'fractions': ('fractions', '_restored_python'),
    'inspect': ('inspect', '_restored_python'),
    'matplotlib.cm': ('plt.cm', '_restored_matplotlib'),
    'matplotlib.pyplot': ('plt', '_restored_matplotlib'),
    'numpy': ('np', '_restored_numpy'),
    'scipy.misc': ('scipy.misc', '_restored_scipy'),
    'time': ('time', '_restored_python'),
}


class Installation:
    """Import statements and lost names of a program, answered until `remove`.

    Args:
      program: the modules that are answered.
      notes: where it is said what stands in for what.
      figures: takes over matplotlib once it is imported; None leaves matplotlib as it is.
    """

    def __init__(self, program: Program, notes: Notes, figures: Figures | None = None):
        self._program = program
        self._notes = notes
        self._figures = figures
        self._imports = ProgramImports(program, self)
        self._restored = Restored(program, notes)
        self._undo: dict[str, Callable[[], None]] = {}

    def install(self) -> None:
        """Starts to answer."""
        self._imports.install()
        for root in {name.partition('.')[0] for name in LOST} & sys.modules.keys():
            self.imported(root)

    def remove(self) -> None:
        """Puts back what was there before, except for modules that were made for the program."""
        self._imports.remove()
        self._restored.remove()
        for undo in self._undo.values():
            undo()
        self._undo.clear()

    def imported(self, root: str) -> None:
        """Puts back what the modules of package `root` have lost, as far as they are loaded by now."""
        for name, (label, finder) in LOST.items():
            if name.partition('.')[0] == root and name in sys.modules:
                finders = importlib.import_module(f'tf1.{finder}').FINDERS
                self._restored.answer(sys.modules[name], label, finders[name])
        if root == 'numpy':
            self._once('tf1._restored_array_functions', lambda made: made.install(self._program, self._notes))
            self._once('tf1._restored_arrays', lambda arrays: arrays.install(self._program, self._notes))
            self._once('tf1._restored_conversions', lambda conversions: conversions.install(self._program, self._notes))
            self._once('tf1._restored_fromstring', lambda strings: strings.install(self._program, self._notes))
            self._once('tf1._restored_keywords', lambda keywords: keywords.install(self._program, self._notes))
            self._once('tf1._restored_printing', lambda printing: printing.install())
        if root == 'pandas':
            self._once('tf1._restored_pandas', lambda tables: tables.install(self._program, self._notes))
        # Whoever imports it first may be in the middle of that.
        if hasattr(sys.modules.get('scipy.sparse'), 'spmatrix'):
            self._once('tf1._restored_sparse', lambda matrices: matrices.install(self._program, self._notes))
        if root in ('concurrent', 'multiprocessing'):
            self._once('tf1._child_processes', lambda children: children.prepare())
        if root == 'matplotlib':
            self._once('tf1._restored_matplotlib', lambda restored: restored.restore_styles(self._notes))
            if self._figures is not None:
                self._figures.take_over()

    def _once(self, name: str, prepare: Callable[[types.ModuleType], Callable[[], None]]) -> None:
        if name not in self._undo:
            self._undo[name] = prepare(importlib.import_module(name))

    def imported_private(self, module: types.ModuleType) -> None:
        """Lets one of TensorFlow's private modules answer for what moved elsewhere since TF 1.15."""
        if module.__name__.startswith('tensorflow.python.'):
            from tf1 import _restored_tensorflow

            self._restored.answer(module, module.__name__, _restored_tensorflow.find)

    def answers(self, module: types.ModuleType, name: str) -> bool:
        """Returns whether `module` has lost `name` and answers for it."""
        return self._restored.answers(module, name)

    def instead(self, name: str) -> bool:
        """Makes what stands in for module `name`; returns whether there is such a thing."""
        from tf1 import _restored_modules

        module = _restored_modules.make(name)
        if module is not None:
            self._notes.say(f"The module {name} is gone; tf1's own stands in for it.")
        return module is not None


def install() -> None:
    """Makes this process a TF 1 program: `import tensorflow` means `tf1`, and names lost since TF 1 are back.

    It holds for import statements in `__main__` (a notebook, an interactive session, a script) and in all modules
    outside of site-packages. Calling it again changes nothing.
    """
    if not isinstance(getattr(importlib.import_module, '__self__', None), ProgramImports):
        Installation(Program(), Notes()).install()
