"""What tf1 tells the person who runs a program about what it does for the program: lines on standard error."""

from __future__ import annotations

import sys


class Notices:
    """Says each line once.

    Args:
      speaker: what stands before each line.
    """

    def __init__(self, speaker: str = 'tf1'):
        self._speaker = speaker
        self._said: set[str] = set()

    def say(self, text: str) -> None:
        """Prints `text` on standard error unless it was said before."""
        if text not in self._said:
            self._said.add(text)
            print(f'{self._speaker}: {text}', file=sys.stderr, flush=True)
