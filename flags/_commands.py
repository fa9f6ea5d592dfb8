"""Binaries with sub-commands: `python -m flags.checkpoint list ...`.

A command is a module of this package. Its docstring is its help, its key flags are the flags that it takes, and its
`main(arguments)` is called with what else stands on the command line.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from types import ModuleType
from typing import Any

from absl import flags

from flags import _binary
from flags._binary import Ended, InputError

_HELP = {'-h', '-help', '--help', '-helpshort', '--helpshort', '-?'}


def run(about: str, commands: Mapping[str, ModuleType]) -> None:
    """Runs the command that the command line names.

    Args:
      about: the help of the binary as a whole.
      commands: the module of each command by its name.
    """
    words = sys.argv[1:]
    if not words or _HELP.intersection(words):
        print(_help(about, commands, [word for word in words if word in commands]))
        sys.exit(0 if words else _binary.USAGE_ERROR)

    def main(arguments: list[str]) -> dict[str, Any] | Ended:
        name = arguments[0] if arguments else None
        if name not in commands:
            got = 'is missing' if name is None else f'got {name!r}'
            raise InputError(f'the command must be one of {", ".join(commands)}: {got} (--help tells what each does).')
        _refuse_flags_of_others(name, commands)
        return commands[name].main(arguments[1:])

    _binary.run(main, arguments=True)


def _refuse_flags_of_others(name: str, commands: Mapping[str, ModuleType]) -> None:
    own = set(_flags_of(commands[name]))
    others = {flag for command in commands.values() for flag in _flags_of(command)} - own
    for flag in sorted(others):
        if flags.FLAGS[flag].present:
            theirs = ', '.join(f'--{flag}' for flag in sorted(own))
            raise InputError(f'--{flag} is no flag of {name}: its own are {theirs}.')


def _flags_of(command: ModuleType) -> list[str]:
    return [flag.name for flag in flags.FLAGS.get_key_flags_for_module(command.__name__)]


def _help(about: str, commands: Mapping[str, ModuleType], chosen: list[str]) -> str:
    """The help of the first chosen command, or of the binary with a line for each command."""
    if chosen:
        command = commands[chosen[0]]
        return f'{command.__doc__.strip()}\n{flags.FLAGS.module_help(command.__name__)}'
    width = max(map(len, commands))
    lines = [f'  {name:{width}}  {command.__doc__.strip().splitlines()[0]}' for name, command in commands.items()]
    return '\n'.join([about.strip(), '', 'Commands (COMMAND --help lists the flags of one):', *lines])
