"""Lists the variables of a checkpoint: shapes, dtypes, sizes, statistics, and which are slots of an optimiser.

`list CHECKPOINT [--step=N] [--format=text|json|csv] [--nostatistics]`. CHECKPOINT is a prefix, a model_dir, a
SavedModel or its variables folder. Mean, std, min and max are those of the finite values. With --format=csv the CSV is
all that is printed.
"""

from __future__ import annotations

from typing import Any

from absl import flags

from flags._binary import Ended, InputError
from flags.checkpoint import options, printing
from tools.checkpoints import listing, reading

_STATISTICS = flags.DEFINE_bool('statistics', True, 'Whether to read the values for mean, std, min, max and NaN count.')
flags.adopt_module_key_flags(options)
flags.adopt_module_key_flags(printing)


def main(arguments: list[str]) -> dict[str, Any] | Ended:
    """Prints the variables; returns the totals, with --format=json the variables, too."""
    if len(arguments) != 1:
        raise InputError(f'list takes one checkpoint, got {len(arguments)}: list MODEL_DIR, or list PREFIX.')
    form = printing.chosen('text', 'json', 'csv')
    with options.input_errors():
        prefix = reading.find(arguments[0], options.step())
        rows = listing.rows(reading.Stored(prefix), _STATISTICS.value)
    result = {'checkpoint': prefix, **listing.totals(rows)}
    if form == 'csv':
        print(listing.csv_text(rows), end='')
        return Ended(None)
    if form == 'json':
        return {**result, 'rows': [listing.as_dict(row) for row in rows]}
    print(listing.table_text(rows))
    return result
