"""Which installed packages count as part of the program: those that are written for TF 1.

Each is decided once, when it imports TensorFlow or Keras or asks for a name that is gone; the answer is kept in the
user's cache folder, by the package's place and time of installation.
"""

from __future__ import annotations

import contextlib
import functools
import importlib.metadata
import json
import os
import re
import sys
from collections.abc import Iterable

from tf1._backports import library_source
from tf1._backports.notices import Notices
from tf1._files.atomic_output import write_whole

_VERSION = 1
"""Of the rule; another one forgets what was remembered."""
FOLDERS = ('site-packages', 'dist-packages')
"""Where packages are installed."""
# What TensorFlow and Keras are made of, what is built for TF 2, and large packages that never import TensorFlow.
_NEVER_TEXT = """
    IPython PIL absl astunparse attr certifi charset_normalizer click cloudpickle cv2 dateutil distutils
    flatbuffers gast google grpc h5py idna importlib_metadata joblib keras keras_core keras_cv keras_nlp
    keras_tuner kiwisolver libclang markdown matplotlib ml_dtypes mpl_toolkits namex networkx numba numpy
    opt_einsum optree packaging pandas pip pkg_resources psutil pyarrow pydantic pytest _pytest requests rich
    scikeras scipy setuptools six skimage sklearn statsmodels sympy tensorboard tensorboard_data_server
    tensorflow tensorflow_datasets tensorflow_io tensorflow_text termcolor tf_keras tf1 torch tqdm
    transformers typing_extensions urllib3 werkzeug wheel wrapt yaml zipp
"""
_NEVER = frozenset(_NEVER_TEXT.split())
# Where the names in the source mislead: the distribution, and the version from which on it runs on TF 2.
_KNOWN = {
    'keras_bert': ('keras-bert', '0'),
    'sonnet': ('dm-sonnet', '2'),
    'tensorflow_gan': ('tensorflow-gan', '2.1'),
    'tensorflow_hub': ('tensorflow-hub', '0.13'),
    'tensorflow_probability': ('tensorflow-probability', '0.9'),
    'tf_slim': ('tf-slim', '9'),
}
_PIN = re.compile(r'(tensorflow|tensorflow-gpu|keras)\b[^;]*?(<\s*2|<\s*1|==\s*1|~=\s*1)', re.IGNORECASE)


class Libraries:
    """Answers for each installed package whether it is part of the program.

    Args:
      notices: where it is said, once a package.
      included: packages that are, whatever the rule says.
      excluded: packages that are not.
    """

    def __init__(self, notices: Notices, included: Iterable[str] = (), excluded: Iterable[str] = ()):
        self._notices = notices
        self._known = {**dict.fromkeys(included, True), **dict.fromkeys(excluded, False)}
        self._asked: dict[str, bool] = {}

    def has_found(self, path: str) -> bool:
        """Returns whether `owns` has already said so of the installed file's package."""
        found = _package(path) if any(self._asked.values()) else None
        return found is not None and self._asked.get(found[0], False)

    def owns(self, path: str) -> bool:
        """Returns whether the installed file `path` belongs to a library of TF 1."""
        found = _package(path)
        if found is None:
            return False
        name, place = found
        if name not in self._asked:
            self._asked[name] = False  # what it imports while it is looked at is not its own
            self._asked[name] = self._known[name] if name in self._known else is_for_tf1(name, place)
            if self._asked[name]:
                self._notices.say(f'{name}: a TF 1 library, runs as part of the program.')
        return self._asked[name]


def _package(path: str) -> tuple[str, str] | None:
    """Returns the top-level package of an installed file, and its folder or single file."""
    parts = os.path.abspath(path).split(os.sep)
    for index in range(len(parts) - 2, -1, -1):
        if parts[index] in FOLDERS:
            place = os.sep.join(parts[: index + 2])
            return parts[index + 1].removesuffix('.py'), place
    return None


def is_for_tf1(name: str, place: str) -> bool:
    """Returns whether package `name`, installed in the folder or single file `place`, is written for TF 1."""
    if name in _NEVER:
        return False
    key = _key(place)
    remembered = _remembered()
    if key in remembered:
        return remembered[key]
    if name in _KNOWN:
        answer = _is_before(*_KNOWN[name])
    else:
        answer = _is_pinned(name) or library_source.is_for_tf1(place)
    _remember({**remembered, key: answer})
    return answer


def _is_before(distribution: str, version: str) -> bool:
    try:
        found = importlib.metadata.version(distribution)
    except importlib.metadata.PackageNotFoundError:
        return False
    return _numbers(found) < _numbers(version)


def _numbers(version: str) -> list[int]:
    return [int(number) for number in re.findall(r'\d+', version)][:3]


def _key(place: str) -> str:
    file = os.path.join(place, '__init__.py') if os.path.isdir(place) else place
    try:
        time = os.stat(file).st_mtime_ns
    except OSError:
        time = 0
    return f'{place} {time}'


def _is_pinned(name: str) -> bool:
    """Returns whether the package's metadata asks for TensorFlow or Keras of before 2."""
    try:
        requirements = importlib.metadata.requires(name.replace('_', '-')) or []
    except importlib.metadata.PackageNotFoundError:
        return False
    return any(_PIN.match(requirement) and 'extra ==' not in requirement for requirement in requirements)


@functools.cache
def _cache_file() -> str:
    folder = os.environ.get('XDG_CACHE_HOME') or os.path.join(os.path.expanduser('~'), '.cache')
    tensorflow = getattr(sys.modules.get('tensorflow'), '__version__', '')
    return os.path.join(folder, 'tf1', f'libraries-{_VERSION}-{tensorflow}.json')


def _remembered() -> dict[str, bool]:
    try:
        with open(_cache_file(), encoding='utf-8') as file:
            found = json.load(file)
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _remember(answers: dict[str, bool]) -> None:
    # Without a cache, the next run looks again.
    with contextlib.suppress(OSError):
        write_whole(_cache_file(), json.dumps(answers))
