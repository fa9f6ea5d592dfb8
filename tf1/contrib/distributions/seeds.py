"""Seeds made of others, so that several random operations of one seed do not draw the same numbers."""

from __future__ import annotations

import hashlib
from typing import Any


class SeedStream:
    """A callable that returns another seed at each call.

    Args:
      seed: an integer, None, or a SeedStream, whose own seed is taken. With None, each seed is None.
      salt: a text that sets streams of one seed apart.
    """

    def __init__(self, seed: Any, salt: str):
        self._seed = seed.original_seed if isinstance(seed, SeedStream) else seed
        self._salt = salt
        self._counter = 0

    @property
    def original_seed(self) -> Any:
        """The seed that the stream started from."""
        return self._seed

    @property
    def salt(self) -> str:
        """The text that sets the stream apart."""
        return self._salt

    def __call__(self) -> int | None:
        """Returns the next seed, an integer of 512 bits."""
        self._counter += 1
        if self._seed is None:
            return None
        text = str((self._seed, self._counter, self._salt))
        return int(hashlib.sha512(text.encode()).hexdigest(), 16)


def derived_seed(seed: int | None, salt: str) -> int | None:
    """Returns the seed, of 31 bits, that TF 1.15 makes of `seed` for a second operation; None of None."""
    if seed is None:
        return None
    digits = hashlib.md5((str(seed) + salt).encode(), usedforsecurity=False).hexdigest()
    return int(digits[:8], 16) & 0x7FFFFFFF
