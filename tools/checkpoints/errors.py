"""What is wrong with a checkpoint, in words for whoever holds it."""

from __future__ import annotations


class CheckpointError(ValueError):
    """A checkpoint that is missing, damaged or does not fit; the text names the file, the value and the remedy."""
