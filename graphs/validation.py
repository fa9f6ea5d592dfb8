"""Checks that hyperparameter records make of themselves at construction."""

from __future__ import annotations

from collections.abc import Sequence


def check_positive(record: object, *names: str) -> None:
    """Raises ValueError unless every named field is > 0."""
    for name in names:
        value = getattr(record, name)
        if not value > 0:
            raise ValueError(f'{name} must be > 0, got {value!r}.')


def check_counting(record: object, *names: str) -> None:
    """Raises ValueError unless every named field is a whole number > 0."""
    for name in names:
        value = getattr(record, name)
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise ValueError(f'{name} must be a whole number > 0, got {value!r}.')


def check_probability(record: object, *names: str, zero: bool = False) -> None:
    """Raises ValueError unless every named field lies in (0, 1], or in [0, 1) where `zero` is set."""
    for name in names:
        value = getattr(record, name)
        if not (0 <= value < 1 if zero else 0 < value <= 1):
            raise ValueError(f'{name} must lie in {"[0, 1)" if zero else "(0, 1]"}, got {value!r}.')


def check_seed(record: object) -> None:
    """Raises ValueError unless the field `seed` is a whole number in 0..2**31 - 1, what a TensorFlow op can hold."""
    value = record.seed
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**31:
        raise ValueError(f'seed must be a whole number in 0..2147483647, got {value!r}.')


def check_choice(record: object, name: str, allowed: Sequence[str]) -> None:
    """Raises ValueError unless the named field is one of `allowed`."""
    value = getattr(record, name)
    if value not in allowed:
        raise ValueError(f'{name} must be one of {", ".join(allowed)}, got {value!r}.')
