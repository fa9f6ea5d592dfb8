"""What a figure depends on besides its seed: versions, operating system, processor."""

from __future__ import annotations

import os
import platform
from importlib import metadata

_PACKAGES = ('tensorflow', 'tf_keras', 'numpy', 'tensorboard', 'matplotlib')


def describe() -> dict[str, str]:
    """Returns the facts by name."""
    versions = {name: metadata.version(name) for name in _PACKAGES}
    cores = len(os.sched_getaffinity(0)) if hasattr(os, 'sched_getaffinity') else os.cpu_count()
    return {
        'Python': platform.python_version(),
        **versions,
        'operating system': f'{platform.system()} {platform.release()}',
        'processor': f'{_processor()}, {cores} cores',
    }


def _processor() -> str:
    try:
        with open('/proc/cpuinfo', encoding='utf-8') as file:
            names = [line.partition(':')[2].strip() for line in file if line.lower().startswith('model name')]
    except OSError:
        names = []
    return names[0] if names else platform.processor() or platform.machine()
