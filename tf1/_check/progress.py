"""How far a check has come, on standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence

_TERMINAL_SECONDS, _LOG_SECONDS = 0.2, 10.0
"""Between two lines: a terminal's overwrite each other, those of a log stay."""


def told(paths: Sequence[str]) -> Iterator[str]:
    """Yields the paths; says now and then how many are behind, where it takes long."""
    terminal = sys.stderr.isatty()
    every = _TERMINAL_SECONDS if terminal else _LOG_SECONDS
    begin, end = ('\r\x1b[K', '') if terminal else ('', '\n')
    last, shown = time.monotonic(), False
    for done, path in enumerate(paths):
        now = time.monotonic()
        if now - last >= every:
            last, shown = now, True
            print(f'{begin}tf1.check: {done:,} of {len(paths):,} programs', end=end, file=sys.stderr, flush=True)
        yield path
    if shown and terminal:
        print(begin, end='', file=sys.stderr, flush=True)
