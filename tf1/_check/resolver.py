"""What a name that a program uses means under `tf1.run`, and whether plain TensorFlow has it, too.

TensorFlow and tf1 are asked, with the table that `import tensorflow` of a running program goes by; the program is not.
"""

from __future__ import annotations

import enum
import importlib
import importlib.util
import os
import sys
import types
from typing import Any, NamedTuple

from tf1 import _backports, _namespace
from tf1._backports import python_modules, tensorflow_names
from tf1._namespace import absent_packages, removed
from tf1._run import import_hook

_GONE_MODULES = ('distutils', 'imp')


class State(enum.Enum):
    """What it takes for a name to resolve."""

    PLAIN = 'plain'
    COMPAT = 'compat'
    TF1 = 'tf1'
    BACKPORTED = 'backported'
    ABSENT = 'absent'


class Answer(NamedTuple):
    """What became of a name: the part of it that was asked for, as programs write it, and for some states a text.

    For BACKPORTED the text says what stands in for it, for ABSENT what to use instead.
    """

    name: str
    state: State
    text: str = ''


class Resolver:
    """Looks up dotted names, each once."""

    def __init__(self):
        self._answers: dict[str, Answer | None] = {}
        if 'tensorflow' not in sys.modules:
            # tf1 has Keras 2 in any case; in plain TensorFlow, which is compared with, tf.keras is Keras 3.
            os.environ.setdefault('TF_USE_LEGACY_KERAS', '0')

    def answer(self, name: str) -> Answer | None:
        """Returns what `name` ('tensorflow.train.Saver') means; None for what tf1 has nothing to do with.

        Attributes of what is not a module (methods, fields) are not looked at.
        """
        if name not in self._answers:
            self._answers[name] = self._look_up(name)
        return self._answers[name]

    def _look_up(self, name: str) -> Answer | None:
        stand_in = import_hook.ours(name)
        if stand_in is not None:
            return _of_tensorflow(name, stand_in)
        if name.partition('.')[0] in _GONE_MODULES:
            return _of_gone_module(name)
        return _of_library(name)


def _of_tensorflow(name: str, stand_in: str) -> Answer:
    parts = stand_in.split('.')
    found: Any = importlib.import_module(parts[0])
    for end in range(1, len(parts)):
        if not isinstance(found, types.ModuleType):
            parts = parts[:end]
            break
        value = _member(found, '.'.join(parts[:end]), parts[end])
        if value is None:
            rest = len(parts) - end - 1
            return Answer(_written(name, rest), State.ABSENT, _absence(found, parts, end))
        found = value[0]
    # `tensorflow_estimator` has other parts than its stand-in; what is cut off at the end is the same.
    rest = len(stand_in.split('.')) - len(parts)
    dotted = '.'.join(name.split('.')[: len(name.split('.')) - rest])
    return Answer(_written(name, rest), _plain_state(dotted))


def _member(module: types.ModuleType, path: str, name: str) -> tuple[Any] | None:
    """Returns attribute or submodule `name` of `module`, known as `path` below tf1, in a tuple; None if it has none."""
    # Private modules of TF 1 have stand-ins that only the import statement makes.
    ways = (_submodule, _attribute) if 'python' in (name, *path.split('.')) else (_attribute, _submodule)
    for way in ways:
        value = way(module, path, name)
        if value is not None and isinstance(value[0], absent_packages.AbsentPackage):
            absent_packages.forget()
        elif value is not None:
            return value
    if module.__name__.startswith(tensorflow_names.PREFIX):
        stand_in = tensorflow_names.find(name)
        return (stand_in.value,) if stand_in else None
    return None


def _attribute(module: types.ModuleType, path: str, name: str) -> tuple[Any] | None:
    try:
        return (getattr(module, name),)
    except (AttributeError, ImportError):
        return None


def _submodule(module: types.ModuleType, path: str, name: str) -> tuple[Any] | None:
    try:
        return (importlib.import_module(f'{path}.{name}'),)
    except ImportError:
        return None


def _absence(module: types.ModuleType, parts: list[str], end: int) -> str:
    path = '.'.join(parts[:end]).replace('tf1.compat.v1', 'tf1', 1)
    parent = module._tf1_name if isinstance(module, _namespace.Overlay) else 'tf' + path.removeprefix('tf1')
    whole = '.'.join((parent, *parts[end:]))
    if removed.successor(whole):  # of a symbol, which says more than that of its package
        return str(removed.attribute_error(*whole.rsplit('.', 1)))
    return str(removed.attribute_error(parent, parts[end]))


def _written(name: str, rest: int) -> str:
    """Returns `name`, as programs write it, without its last `rest` parts."""
    parts = name.split('.')
    parts = parts[: len(parts) - rest]
    return '.'.join(('tf', *parts[1:]) if parts[0] == 'tensorflow' and len(parts) > 1 else parts)


def _plain_state(name: str) -> State:
    if _has(name):
        return State.PLAIN
    root, _, rest = name.partition('.')
    return State.COMPAT if root == 'tensorflow' and _has(f'tensorflow.compat.v1.{rest}') else State.TF1


def _has(name: str) -> bool:
    """Returns whether name `name` exists without tf1."""
    parts = name.split('.')
    try:
        found = importlib.import_module(parts[0])
        for end in range(1, len(parts)):
            if hasattr(found, parts[end]):
                found = getattr(found, parts[end])
            else:
                found = importlib.import_module('.'.join(parts[: end + 1]))
    except Exception:  # Lazy modules of TensorFlow fail in many ways where Keras has no such name.
        return False
    return True


def _of_gone_module(name: str) -> Answer | None:
    module = name if importlib.util.find_spec(name.partition('.')[0]) is None else ''
    while module and python_modules.make(module) is None:
        module = module.rpartition('.')[0]
    return Answer(module, State.BACKPORTED, "tf1's own module") if module else None


def _of_library(name: str) -> Answer | None:
    module, _, attribute = name.rpartition('.')
    if module not in _backports.NAMES:
        parent = module.rpartition('.')[0]
        return _of_library(module) if parent else None
    if _has(name) or not _has(module):  # A library that is not installed is not tf1's concern.
        return None
    stand_in = _backports.find(module, attribute)
    if stand_in is None:
        return Answer(name, State.ABSENT, f'{name} is not in the installed {module}, and nothing stands in for it.')
    return Answer(f'{_backports.NAMES[module][0]}.{attribute}', State.BACKPORTED, stand_in.words)
