"""Ways in which a file of a model_dir gets damaged."""

from __future__ import annotations

import os
import random
from collections.abc import Callable


def _truncate(path: str, chance: random.Random) -> None:
    os.truncate(path, chance.randrange(max(os.path.getsize(path), 1)))


def _flip(path: str, chance: random.Random) -> None:
    with open(path, 'r+b') as file:
        content = bytearray(file.read())
        if content:
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        file.seek(0)
        file.write(content)


def _empty(path: str, chance: random.Random) -> None:
    os.truncate(path, 0)


def _fill_with_zeros(path: str, chance: random.Random) -> None:
    size = os.path.getsize(path)
    with open(path, 'wb') as file:
        file.write(bytes(size))


def _replace_by_noise(path: str, chance: random.Random) -> None:
    size = os.path.getsize(path)
    with open(path, 'wb') as file:
        file.write(chance.randbytes(size))


def _delete(path: str, chance: random.Random) -> None:
    os.remove(path)


def _replace_by_folder(path: str, chance: random.Random) -> None:
    os.remove(path)
    os.mkdir(path)


def _replace_by_loop(path: str, chance: random.Random) -> None:
    os.remove(path)
    os.symlink(os.path.basename(path), path)


KINDS: dict[str, Callable[[str, random.Random], None]] = {
    'truncated': _truncate,
    'one bit flipped': _flip,
    'empty': _empty,
    'zeros': _fill_with_zeros,
    'noise': _replace_by_noise,
    'deleted': _delete,
    'a folder in its place': _replace_by_folder,
    'a symbolic link to itself': _replace_by_loop,
}


def damage(folder: str, chance: random.Random) -> str:
    """Damages one file of a folder; returns what was done to which."""
    files = sorted(name for name in os.listdir(folder) if os.path.isfile(os.path.join(folder, name)))
    name, kind = chance.choice(files), chance.choice(sorted(KINDS))
    if name == 'model.json' and kind == 'one bit flipped':
        kind = 'truncated'  # A number with another digit is a number: nobody can tell.
    KINDS[kind](os.path.join(folder, name), chance)
    return f'{name} {kind}'
