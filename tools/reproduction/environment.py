"""What a figure depends on besides its seed: versions, operating system, processor."""

from __future__ import annotations

import os
import platform
from importlib import metadata

from tf1._engine.processor import this_one

_PACKAGES = ('tensorflow', 'tf_keras', 'numpy', 'tensorboard', 'matplotlib')


def describe() -> dict[str, str]:
    """Returns the facts by name."""
    versions = {name: metadata.version(name) for name in _PACKAGES}
    return {
        'Python': platform.python_version(),
        **versions,
        'operating system': f'{platform.system()} {platform.release()}',
        'processor': processor(),
    }


def processor() -> str:
    """Returns the processor's name and how many cores this process may use."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, 'sched_getaffinity') else os.cpu_count()
    return f'{_name()}, {cores} cores'


def _name() -> str:
    return this_one().name or platform.processor() or platform.machine()
