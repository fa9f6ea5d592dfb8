"""What is wrong with what a person asks of a system."""

from __future__ import annotations


class RequestError(ValueError):
    """A value that a system cannot take; the text begins with the argument's name, and names value and remedy."""
