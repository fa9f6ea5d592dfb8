"""The line that stands beside every figure: processor, its features, threads and versions."""

from __future__ import annotations

from tf1._engine import processor
from tools.reproduction import environment

_TELLING = ('avx2', 'avx512f', 'avx512_vnni', 'avx512_bf16', 'amx_tile', 'asimd', 'sve')


def describe() -> str:
    """Returns the line for this machine and this environment."""
    facts = environment.describe()
    features = [name for name in _TELLING if name in processor.this_one().features]
    versions = ', '.join(f'{name} {facts[name]}' for name in ('Python', 'tensorflow', 'numpy'))
    return f'{facts["processor"]} ({" ".join(features) or "features unknown"}); {versions}'
