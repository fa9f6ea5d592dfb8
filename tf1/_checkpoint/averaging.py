"""The mean of several checkpoints of one training."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import tensorflow.compat.v1 as tf

from tf1._checkpoint import lookup, writing
from tf1._checkpoint.errors import CheckpointError
from tf1._checkpoint.reading import Stored, shape_text
from tf1._checkpoint.roles import is_counter


def last(model_dir: str, count: int | None = None) -> list[str]:
    """Returns the prefixes of a folder's last checkpoints, oldest first; all of them for None.

    Raises:
      CheckpointError: there are fewer than `count` or than two, or it is not a folder.
    """
    there = list(lookup.steps(model_dir))
    wanted = len(there) if count is None else count
    if len(there) < max(wanted, 2):
        known = ', '.join(map(str, there)) or 'none'
        raise CheckpointError(
            f'{model_dir} must hold at least {max(wanted, 2)} checkpoints, it holds {len(there)} (steps: {known}): '
            'average fewer, or keep more while training (keep_checkpoint_max).'
        )
    return [lookup.at_step(model_dir, step) for step in there[-wanted:]]


def write_average(sources: Sequence[Stored], prefix: str) -> None:
    """Writes a new checkpoint with the mean of each variable, computed in float64.

    What is not a mean comes from the last source: integers such as the global step, strings, booleans, and the powers
    of beta, which count Adam's steps.

    Args:
      sources: two checkpoints or more, with the same names, shapes and dtypes.
      prefix: the new checkpoint.

    Raises:
      CheckpointError: the sources do not agree, a value is not finite or cannot be read, the output exists or cannot be
        written; nothing of it is left then.
    """
    if len(sources) < 2:
        raise CheckpointError(f'an average takes two checkpoints or more, got {len(sources)}: name another.')
    for source in sources[:-1]:
        _check_alike(source, sources[-1])
    writing.write(prefix, _means(sources))


def _means(sources: Sequence[Stored]) -> Iterator[tuple[str, tf.DType, np.ndarray]]:
    newest = sources[-1]
    for name in newest.names:
        dtype = newest.dtypes[name]
        averaged = (dtype.is_floating or dtype.is_complex) and not is_counter(name)
        yield name, dtype, _mean(name, sources) if averaged else newest.value(name)


def _mean(name: str, sources: Sequence[Stored]) -> np.ndarray:
    total = None
    for source in sources:
        value = source.value(name)
        wide = value.astype(np.complex128 if np.iscomplexobj(value) else np.float64)
        if not np.isfinite(wide).all():
            raise CheckpointError(
                f'{name!r} holds NaN or infinite values in {source.prefix}, and so would the mean: leave it out.'
            )
        total = wide if total is None else total + wide
    return np.asarray(total / len(sources)).astype(value.dtype)


def _check_alike(a: Stored, b: Stored) -> None:
    if a.names != b.names:
        name = min(set(a.names) ^ set(b.names))
        here, there = (a, b) if name in a.shapes else (b, a)
        raise CheckpointError(
            f'{name!r} is in {here.prefix} and not in {there.prefix}: average checkpoints of one training.'
        )
    for name in a.names:
        one, other = ((c.dtypes[name].name, shape_text(c.shapes[name])) for c in (a, b))
        if one != other:
            raise CheckpointError(
                f'{name!r} is {" ".join(one)} in {a.prefix} and {" ".join(other)} in {b.prefix}: '
                'average checkpoints of one training.'
            )
