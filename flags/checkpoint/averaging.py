"""Writes the mean of several checkpoints as a new one.

`average MODEL_DIR --last=5 --output=PREFIX`, or `average A B C --output=PREFIX`. Floating-point values are averaged
in float64. Integers such as the global step, strings, and Adam's powers of beta come from the last checkpoint.
"""

from __future__ import annotations

import os
from typing import Any

from absl import flags

from flags._binary import InputError
from flags.checkpoint import latest, options, output_prefix
from tools.checkpoints import averaging, reading

_LAST = flags.DEFINE_integer(
    'last',
    None,
    'How many of the last checkpoints of MODEL_DIR to average; by default all there are.',
    lower_bound=2,
)
for _module in (latest, output_prefix):
    flags.adopt_module_key_flags(_module)
_EXAMPLE = 'average MODEL_DIR --last=5 --output=DIR/model.ckpt-0'


def main(arguments: list[str]) -> dict[str, Any]:
    """Averages what the arguments name."""
    output = output_prefix.wanted(_EXAMPLE)
    with options.input_errors():
        sources = [reading.Stored(prefix) for prefix in _prefixes(arguments)]
        averaging.write_average(sources, output)
        latest.record(output)
    return {'checkpoints': [source.prefix for source in sources], 'output': output, 'variables': len(sources[0].names)}


def _prefixes(arguments: list[str]) -> list[str]:
    if len(arguments) == 1 and os.path.isdir(arguments[0]):
        return averaging.last(arguments[0], _LAST.value)
    if _LAST.value is not None:
        raise InputError(f'--last={_LAST.value} goes with one MODEL_DIR, got {len(arguments)} arguments: {_EXAMPLE}.')
    return [reading.find(argument) for argument in arguments]
