"""What the commands of `tf1.checkpoint` do, given their options: they print what they found and return the rest."""

from __future__ import annotations

import argparse
import os
import sys
from typing import Any, NamedTuple

from tf1._checkpoint import averaging, comparing, event_scalars, listing, lookup, reading, renaming, writing
from tf1._checkpoint.errors import CheckpointError
from tf1._checkpoint.mapping import read_mapping
from tf1._checkpoint.terminal import one_line, printable

_DIFFERENT = 1
_RENAME = 'rename CHECKPOINT --mapping=FILE --write --output=DIR/model.ckpt-0'
_AVERAGE = 'average MODEL_DIR --last=5 --output=DIR/model.ckpt-0'


class Outcome(NamedTuple):
    """What a command found: the object printed last, None for none, and the exit status."""

    result: dict[str, Any] | None
    status: int = 0


def list_variables(options: argparse.Namespace) -> Outcome:
    """Lists the variables of a checkpoint: shapes, dtypes, sizes, statistics, and which are slots of an optimizer."""
    if len(options.checkpoints) != 1:
        raise CheckpointError(
            f'list takes one checkpoint, got {len(options.checkpoints)}: list MODEL_DIR, or list PREFIX.'
        )
    prefix = lookup.find(options.checkpoints[0], options.step, _warn)
    rows = listing.rows(reading.Stored(prefix), options.statistics)
    result = {'checkpoint': prefix, **listing.totals(rows)}
    if options.format == 'csv':
        print(listing.csv_text(rows), end='')
        return Outcome(None)
    if options.format == 'json':
        return Outcome({**result, 'rows': [listing.as_dict(row) for row in rows]})
    print(printable(listing.table_text(rows)))
    return Outcome(result)


def diff(options: argparse.Namespace) -> Outcome:
    """Compares two checkpoints: only in one, other shapes or dtypes, the largest differences."""
    a, b = (reading.Stored(prefix) for prefix in _two(options))
    comparison = comparing.compare(a, b, options.tolerance)
    result = {'a': a.prefix, 'b': b.prefix, 'tolerance': options.tolerance}
    status = _DIFFERENT if comparison.different else 0
    if options.format == 'json':
        return Outcome({**result, **comparing.as_dict(comparison)}, status)
    print(printable(comparing.text(comparison)))
    return Outcome({**result, 'different': comparison.different, 'equal': comparison.equal}, status)


def rename(options: argparse.Namespace) -> Outcome:
    """Copies a checkpoint under other names; slots of optimizers follow their variables."""
    if len(options.checkpoints) != 1:
        raise CheckpointError(f'rename takes one checkpoint, got {len(options.checkpoints)}: {_RENAME}.')
    rules = _rules(options)
    output = _output(options, _RENAME) if options.write else options.output
    stored = reading.Stored(lookup.find(options.checkpoints[0], options.step, _warn))
    mapping = read_mapping(options.mapping) if options.mapping else {}
    renamed = renaming.plan(stored, mapping, rules)
    if output:
        writing.check_free(output)
    for old, new in renamed.items():
        print(printable(f'{old} -> {new}'))
    if options.write:
        renaming.write_renamed(stored, renamed, output)
        _record(options)
    else:
        print('Nothing was written; --write --output=PREFIX writes the new checkpoint.')
    counts = {'renamed': len(renamed), 'variables': len(stored.names)}
    return Outcome({'checkpoint': stored.prefix, 'output': output, 'written': options.write, **counts})


def average(options: argparse.Namespace) -> Outcome:
    """Writes the mean of several checkpoints as a new one."""
    output = _output(options, _AVERAGE)
    given = options.checkpoints
    if len(given) == 1 and os.path.isdir(given[0]):
        prefixes = averaging.last(given[0], options.last)
    elif options.last is not None:
        raise CheckpointError(f'--last={options.last} goes with one MODEL_DIR, got {len(given)} arguments: {_AVERAGE}.')
    else:
        prefixes = [lookup.find(path, warn=_warn) for path in given]
    sources = [reading.Stored(prefix) for prefix in prefixes]
    averaging.write_average(sources, output)
    _record(options)
    return Outcome(
        {'checkpoints': [source.prefix for source in sources], 'output': output, 'variables': len(sources[0].names)}
    )


def scalars(options: argparse.Namespace) -> Outcome:
    """Writes the scalars of event files as CSV, several runs in one; without --csv lists runs and tags."""
    damaged: list[str] = []
    try:
        series = event_scalars.read(options.model_dirs, options.tags, damaged.append)
        for text in damaged:
            _warn(text)
        if options.csv:
            event_scalars.write_csv(series, options.csv)
    except (event_scalars.EventsError, OSError) as error:
        raise CheckpointError(str(error)) from error
    if not options.csv:
        for run, tag in series:
            print(printable(f'{run}: {tag}, {len(series[run, tag])} points'))
    return Outcome({**event_scalars.summary(series), 'damaged_files': len(damaged), 'csv': options.csv})


def _warn(text: str) -> None:
    print(one_line(f'WARNING: {text}'), file=sys.stderr, flush=True)


def _two(options: argparse.Namespace) -> list[str]:
    given = options.checkpoints
    if options.between is None:
        if len(given) != 2:
            raise CheckpointError(
                f'diff takes two checkpoints, got {len(given)}: diff A B, or diff DIR --between=100,200.'
            )
        return [lookup.find(path, options.step, _warn) for path in given]
    between = options.between.split(',')
    if len(between) != 2 or not all(step.isdecimal() for step in between):
        raise CheckpointError(f'--between={options.between} must be two steps, as 100,200.')
    if len(given) != 1:
        raise CheckpointError(f'--between goes with one MODEL_DIR, got {len(given)}: diff MODEL_DIR --between=100,200.')
    return [lookup.at_step(given[0], int(step)) for step in between]


def _rules(options: argparse.Namespace) -> list[tuple[str, str]]:
    patterns, replacements = options.pattern, options.replacement
    if len(patterns) != len(replacements):
        raise CheckpointError(
            f'--pattern and --replacement go in pairs, got {len(patterns)} and {len(replacements)}: '
            "give each --pattern its --replacement, --replacement='' to remove what it finds."
        )
    if not options.mapping and not patterns:
        raise CheckpointError('rename takes --mapping=FILE, or --pattern and --replacement: both are missing.')
    return list(zip(patterns, replacements, strict=True))


def _output(options: argparse.Namespace, example: str) -> str:
    if not options.output:
        raise CheckpointError(f'--output is missing: {example}.')
    return options.output


def _record(options: argparse.Namespace) -> None:
    if options.make_latest:
        lookup.make_latest(options.output)


COMMANDS = {'list': list_variables, 'diff': diff, 'rename': rename, 'average': average, 'scalars': scalars}
