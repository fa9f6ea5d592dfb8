"""Looks inside checkpoints and event files of TF 1.x and makes new checkpoints of them.

    python -m tf1.checkpoint list CHECKPOINT [--step=N] [--format=text|json|csv]
    python -m tf1.checkpoint diff A B [--tolerance=1e-6] [--format=text|json]
    python -m tf1.checkpoint rename CHECKPOINT --mapping=FILE [--write --output=PREFIX]
    python -m tf1.checkpoint average MODEL_DIR [--last=5] --output=PREFIX
    python -m tf1.checkpoint scalars MODEL_DIR... [--tags=loss] [--csv=FILE]

CHECKPOINT is a prefix (MODEL_DIR/model.ckpt-100), a model_dir (its latest, or the one that --step names), or a
SavedModel or its variables folder. No command writes over a checkpoint.

The last line of standard output is one JSON object; with --format=csv the CSV is all that is printed. Exit status: 0; 1
where `diff` finds a difference; 2 for bad input, with one line that says what to do. TensorFlow's own tools do more of
some of it: `saved_model_cli show --all --dir DIR` lists the signatures of a SavedModel, `tf_upgrade_v2` rewrites a
program. What `inspect_checkpoint` of TF 1 printed, `list` prints.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Mapping
from typing import NoReturn

from tf1._checkpoint.errors import CheckpointError
from tf1._checkpoint.terminal import one_line

_USAGE_ERROR = 2


# Words of argparse, and ours for the same.
_WORDS = (
    (r"argument (--\S+): invalid choice: '(.*)' \(choose from (.*)\)", r'\1=\2 must be one of \3'),
    (r'argument (--\S+?)(/--\S+)?: (expected one argument)', r'\1 lacks its value'),
    (r'argument (--\S+?)(/--\S+)?: (.*)', r'\1: \3'),
    (r'unrecognized arguments: (.*)', r'\1 is no argument of this command'),
)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        for pattern, words in _WORDS:
            if re.fullmatch(pattern, message):
                message = re.sub(pattern, words, message)
                break
        raise CheckpointError(f'{message} (--help lists all flags).')


def main(words: list[str], prog: str = 'tf1.checkpoint', also: Mapping[str, str] | None = None) -> int:
    """Runs the command that `words`, the command line without its first word, names; returns the exit status.

    Args:
      words: the command and its arguments.
      prog: what error lines begin with.
      also: help of further commands by name, which the caller runs.
    """
    try:
        options = _parse(words, prog, dict(also or {}))
        from tf1._checkpoint import commands  # TensorFlow takes seconds to load: the command line is checked before.

        result, status = commands.COMMANDS[options.command](options)
    except CheckpointError as error:
        print(one_line(f'{prog}: {error}'), file=sys.stderr, flush=True)
        return _USAGE_ERROR
    if result is not None:
        print(json.dumps(result), flush=True)
    return status


def _parse(words: list[str], prog: str, also: dict[str, str]) -> argparse.Namespace:
    names = [*_COMMANDS, *also]
    raw = argparse.RawDescriptionHelpFormatter
    parser = _Parser(prog=prog, description=__doc__, formatter_class=raw, allow_abbrev=False)
    commands = parser.add_subparsers(metavar='COMMAND', title='commands (COMMAND --help lists the flags of one)')
    for name, (declare, about) in _COMMANDS.items():
        first = about.splitlines()[0]
        command = commands.add_parser(name, help=first, description=about, formatter_class=raw, allow_abbrev=False)
        command.set_defaults(command=name)
        declare(command)
    for name, about in also.items():
        commands.add_parser(name, help=about)
    wanted = next((word for word in words if not word.startswith('-')), None)
    if wanted not in names and not {'-h', '--help'}.intersection(words):
        got = 'it is missing' if wanted is None else f'got {wanted!r}'
        raise CheckpointError(
            f'the command must be one of {", ".join(names)}: {got} (--help tells what each of them does).'
        )
    return parser.parse_args(words)


def _declare_list(parser: argparse.ArgumentParser) -> None:
    _declare_inputs(parser)
    _declare_format(parser, 'text', 'json', 'csv')
    parser.add_argument(
        '--nostatistics',
        '--no-statistics',
        dest='statistics',
        action='store_false',
        help='does not read the values for mean, std, min, max and NaN count',
    )


def _declare_diff(parser: argparse.ArgumentParser) -> None:
    _declare_inputs(parser)
    _declare_format(parser, 'text', 'json')
    parser.add_argument('--between', metavar='A,B', help='two steps of one MODEL_DIR to compare, as 100,200')
    parser.add_argument(
        '--tolerance',
        type=_number_from(float, 0.0),
        default=0.0,
        metavar='X',
        help='numbers that differ by so much or less, absolutely, count as equal',
    )


def _declare_rename(parser: argparse.ArgumentParser) -> None:
    _declare_inputs(parser)
    parser.add_argument('--mapping', metavar='FILE', help='old and new names: JSON (.json), or lines `old new` or CSV')
    parser.add_argument(
        '--pattern', metavar='RE', action='append', default=[], help='expression to look for in names; may be repeated'
    )
    parser.add_argument(
        '--replacement',
        metavar='TEXT',
        action='append',
        default=[],
        help=r'what each --pattern becomes; \1 is its first group',
    )
    parser.add_argument('--write', action='store_true', help='writes the new checkpoint')
    _declare_output(parser)


def _declare_average(parser: argparse.ArgumentParser) -> None:
    parser.add_argument('checkpoints', metavar='CHECKPOINT', nargs='*', help='one MODEL_DIR, or several checkpoints')
    parser.add_argument(
        '--last',
        type=_number_from(int, 2),
        metavar='N',
        help='how many of the last checkpoints of MODEL_DIR to average; by default all there are',
    )
    _declare_output(parser)


def _declare_scalars(parser: argparse.ArgumentParser) -> None:
    parser.add_argument('model_dirs', metavar='MODEL_DIR', nargs='+', help='folders of event files')
    parser.add_argument('--tags', metavar='RE', help='expression to look for in tags, such as loss|accuracy')
    parser.add_argument(
        '--csv', metavar='FILE', help='file to write: run, tag, step, wall_time (seconds since 1970), value'
    )


def _declare_inputs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument('checkpoints', metavar='CHECKPOINT', nargs='*', help='prefix, model_dir or SavedModel')
    parser.add_argument(
        '--step',
        type=_number_from(int, 0),
        metavar='N',
        help='which checkpoint of a model_dir, by its step; by default the latest',
    )


def _declare_format(parser: argparse.ArgumentParser, *forms: str) -> None:
    parser.add_argument('--format', choices=forms, default=forms[0], help='how to print')


def _declare_output(parser: argparse.ArgumentParser) -> None:
    parser.add_argument('--output', metavar='PREFIX', help='the new checkpoint, such as DIR/model.ckpt-0')
    parser.add_argument(
        '--make_latest',
        '--make-latest',
        action='store_true',
        help="lets the folder's `checkpoint` file name the new checkpoint as its latest",
    )


def _number_from(kind: type, least: float) -> Callable[[str], float]:
    def parse(text: str) -> float:
        try:
            value = kind(text)
        except ValueError:
            value = None
        if value is None or not least <= value < float('inf'):
            what = 'a whole number' if kind is int else 'a number'
            raise argparse.ArgumentTypeError(f'it must be {what} >= {least}, got {text!r}')
        return value

    return parse


_COMMANDS: dict[str, tuple[Callable[[argparse.ArgumentParser], None], str]] = {
    'list': (
        _declare_list,
        """Lists the variables of a checkpoint: shapes, dtypes, sizes, statistics, and which are slots of an optimizer.

Mean, std, min and max are those of the finite values.""",
    ),
    'diff': (
        _declare_diff,
        """Compares two checkpoints: only in one, other shapes or dtypes, the largest differences.

The exit status is 0 where both are equal within the tolerance, 1 where they differ, 2 where one cannot be read.""",
    ),
    'rename': (
        _declare_rename,
        """Copies a checkpoint under other names; slots of optimizers follow their variables.

Without --write it prints what would happen. FILE holds `old new` lines, CSV, or a JSON object. --pattern and
--replacement may be repeated, in pairs. Graphs (`graph.pbtxt`, `.meta`) are not rewritten and keep the old names:
build the graph anew from a program that uses the new ones.""",
    ),
    'average': (
        _declare_average,
        """Writes the mean of several checkpoints as a new one.

Floating-point values are averaged in float64. Integers such as the global step, strings, and Adam's powers of beta
come from the last checkpoint.""",
    ),
    'scalars': (
        _declare_scalars,
        """Writes the scalars of event files as CSV, several runs in one; without --csv lists runs and tags.

A model_dir's own scalars and those of its sub-folders (`eval`, `eval_NAME`) are read, each folder as a run of its
own.""",
    ),
}


def script() -> int:
    """The console script `tf1-checkpoint`."""
    return main(sys.argv[1:])


if __name__ == '__main__':
    sys.exit(script())
