"""Compares two checkpoints: only in one, other shapes or dtypes, the largest differences.

`diff A B [--tolerance=1e-6] [--format=text|json]`, or `diff MODEL_DIR --between=100,200`. A and B are prefixes,
model_dirs (--step chooses in both), SavedModels or their variables folders. The exit status is 0 where both are equal
within the tolerance, 1 where they differ, and 2 where one cannot be read.
"""

from __future__ import annotations

from absl import flags

from flags._binary import Ended, InputError
from flags.checkpoint import options, printing
from tools.checkpoints import comparing, reading

_TOLERANCE = flags.DEFINE_float(
    'tolerance', 0.0, 'Numbers that differ by so much or less, absolutely, count as equal.', lower_bound=0.0
)
_BETWEEN = flags.DEFINE_list('between', None, 'Two steps of one MODEL_DIR to compare, as 100,200.')
_DIFFERENT = 1
flags.adopt_module_key_flags(options)
flags.adopt_module_key_flags(printing)


def main(arguments: list[str]) -> Ended:
    """Prints what differs; the result says whether anything does."""
    as_json = printing.chosen('text', 'json') == 'json'
    with options.input_errors():
        a, b = (reading.Stored(prefix) for prefix in _prefixes(arguments))
        comparison = comparing.compare(a, b, _TOLERANCE.value)
    result = {'a': a.prefix, 'b': b.prefix, 'tolerance': _TOLERANCE.value}
    status = _DIFFERENT if comparison.different else 0
    if as_json:
        return Ended({**result, **comparing.as_dict(comparison)}, status)
    print(comparing.text(comparison))
    return Ended({**result, 'different': comparison.different, 'equal': comparison.equal}, status)


def _prefixes(arguments: list[str]) -> list[str]:
    if _BETWEEN.value is None:
        if len(arguments) != 2:
            raise InputError(
                f'diff takes two checkpoints, got {len(arguments)}: diff A B, or diff DIR --between=100,200.'
            )
        return [reading.find(argument, options.step()) for argument in arguments]
    if len(_BETWEEN.value) != 2 or not all(step.isdecimal() for step in _BETWEEN.value):
        raise InputError(f'--between={",".join(_BETWEEN.value)} must be two steps, as 100,200.')
    if len(arguments) != 1:
        raise InputError(f'--between goes with one MODEL_DIR, got {len(arguments)}: diff MODEL_DIR --between=100,200.')
    return [reading.at_step(arguments[0], int(step)) for step in _BETWEEN.value]
