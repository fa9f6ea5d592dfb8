"""Text for a terminal: what comes from files and arguments must not command it."""

from __future__ import annotations


def printable(text: str) -> str:
    """Returns text whose control characters are escaped, those that end lines aside."""
    return '\n'.join(''.join(map(_shown, line)) for line in text.split('\n'))


def _shown(character: str) -> str:
    return character if character.isprintable() else character.encode('unicode_escape', 'backslashreplace').decode()


def one_line(text: str) -> str:
    """Returns `printable` text on one line."""
    return printable(' '.join(text.split()))
