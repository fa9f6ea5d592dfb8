"""Copies a checkpoint under other names; optimiser slots follow their variables.

`rename CHECKPOINT --mapping=FILE`, or `rename CHECKPOINT --pattern=^dense --replacement=fc`, prints what would happen.
With `--write --output=PREFIX` the new checkpoint is written. FILE holds `old new` lines, CSV, or a JSON object.
--pattern and --replacement may be repeated, in pairs. Graphs (`graph.pbtxt`, `.meta`) are not rewritten and keep the
old names: build the graph anew from a program that uses the new ones.
"""

from __future__ import annotations

from typing import Any

from absl import flags

from flags._binary import InputError
from flags.checkpoint import latest, options, output_prefix
from tools.checkpoints import reading, renaming, writing
from tools.checkpoints.mapping import read_mapping

_MAPPING = flags.DEFINE_string('mapping', None, 'File of old and new names: JSON (.json), or lines `old new` or CSV.')
_PATTERN = flags.DEFINE_multi_string('pattern', [], 'Regular expression to look for in names; may be repeated.')
_REPLACEMENT = flags.DEFINE_multi_string('replacement', [], r'What each --pattern becomes; \1 is its first group.')
_WRITE = flags.DEFINE_bool('write', False, 'Whether to write the new checkpoint; without it nothing is written.')
for _module in (options, latest, output_prefix):
    flags.adopt_module_key_flags(_module)
_EXAMPLE = 'rename CHECKPOINT --mapping=FILE --write --output=DIR/model.ckpt-0'


def main(arguments: list[str]) -> dict[str, Any]:
    """Prints the new names, and writes the checkpoint if it is asked to."""
    if len(arguments) != 1:
        raise InputError(f'rename takes one checkpoint, got {len(arguments)}: {_EXAMPLE}.')
    rules = _rules()
    output = output_prefix.wanted(_EXAMPLE) if _WRITE.value else output_prefix.given()
    with options.input_errors():
        stored = reading.Stored(reading.find(arguments[0], options.step()))
        mapping = read_mapping(_MAPPING.value) if _MAPPING.value else {}
        renamed = renaming.plan(stored, mapping, rules)
        if output:
            writing.check_free(output)
        for old, new in renamed.items():
            print(f'{old} -> {new}')
        if _WRITE.value:
            renaming.write_renamed(stored, renamed, output)
            latest.record(output)
        else:
            print('Nothing was written; --write --output=PREFIX writes the new checkpoint.')
    return {
        'checkpoint': stored.prefix,
        'output': output,
        'written': _WRITE.value,
        'renamed': len(renamed),
        'variables': len(stored.names),
    }


def _rules() -> list[tuple[str, str]]:
    if len(_PATTERN.value) != len(_REPLACEMENT.value):
        raise InputError(
            f'--pattern and --replacement go in pairs, got {len(_PATTERN.value)} and {len(_REPLACEMENT.value)}: '
            "give each --pattern its --replacement, --replacement='' to remove what it finds."
        )
    if not _MAPPING.value and not _PATTERN.value:
        raise InputError('rename takes --mapping=FILE, or --pattern and --replacement: both are missing.')
    return list(zip(_PATTERN.value, _REPLACEMENT.value, strict=True))
