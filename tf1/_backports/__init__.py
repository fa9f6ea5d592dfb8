"""What Python, NumPy, SciPy, pandas, Pillow, matplotlib and others have dropped since TF 1, for a user's program alone.

The two tables say which module has lost something, and which module here knows what stands in for it. Nothing is loaded
before the module itself is.
"""

from __future__ import annotations

import functools
import importlib
import sys
from collections.abc import Callable

from tf1._backports.notices import Notices
from tf1._backports.registry import Registry, StandIn
from tf1._backports.user_code import UserCode

# Module that has lost names: how programs call it, and the module here whose FINDERS know them.
NAMES = {
    'PIL.Image': ('Image', 'pillow_names'),
    'base64': ('base64', 'python_names'),
    'cgi': ('cgi', 'python_names'),
    'collections': ('collections', 'python_names'),
    'fractions': ('fractions', 'python_names'),
    'gast': ('gast', 'python_names'),
    'inspect': ('inspect', 'python_names'),
    'matplotlib.cm': ('plt.cm', 'matplotlib_names'),
    'matplotlib.pyplot': ('plt', 'matplotlib_names'),
    'networkx': ('nx', 'networkx_names'),
    'numpy': ('np', 'numpy_names'),
    'numpy.lib': ('np.lib', 'numpy_names'),
    'pandas': ('pd', 'pandas_methods'),
    'scipy.misc': ('scipy.misc', 'scipy_names'),
    'sklearn.externals': ('sklearn.externals', 'sklearn_names'),
    'time': ('time', 'python_names'),
}
# Module whose functions or classes have changed, and the modules here that patch them: `install(user_code, notices)`
# returns a function to undo it.
_PATCHES = {
    'google.protobuf.message': ('protobuf_values',),
    'h5py': ('h5py_values',),
    'matplotlib.style': ('matplotlib_names',),
    'numpy': ('numpy_functions', 'numpy_types'),
    'pandas': ('pandas_methods',),
    'scipy.sparse': ('scipy_sparse',),
    'tensorflow.python.util.tf_stack': ('node_tracebacks',),
    'yaml': ('yaml_loaders',),
}


class Backports:
    """All of them, for one program, until `remove`.

    Args:
      user_code: who is answered.
      notices: where it is said what stands in for what.
    """

    def __init__(self, user_code: UserCode, notices: Notices):
        self._user_code = user_code
        self._notices = notices
        self._undo: dict[str, Callable[[], None]] = {}
        self.names = Registry(user_code, notices)

    def install(self) -> None:
        """Answers for what the modules loaded so far have lost; it can be called after each import."""
        for name, (label, _) in NAMES.items():
            if _is_loaded(name) and sys.modules[name] not in self.names:
                is_pythons = name in sys.stdlib_module_names
                self.names.answer(sys.modules[name], label, functools.partial(find, name), libraries=is_pythons)
        for name, patches in _PATCHES.items():
            for patch in patches if _is_loaded(name) else ():
                if patch not in self._undo:
                    module = importlib.import_module(f'{__name__}.{patch}')
                    self._undo[patch] = module.install(self._user_code, self._notices)

    def remove(self) -> None:
        """Undoes `install`."""
        self.names.remove()
        for undo in self._undo.values():
            undo()
        self._undo.clear()


def find(module: str, name: str) -> StandIn | None:
    """Returns what stands in for `name` of `module`, one of NAMES, or None if nothing does."""
    return importlib.import_module(f'{__name__}.{NAMES[module][1]}').FINDERS[module](name)


def _is_loaded(name: str) -> bool:
    # Whoever imports it first may be in the middle of that.
    return name in sys.modules and not getattr(sys.modules[name].__spec__, '_initializing', False)
