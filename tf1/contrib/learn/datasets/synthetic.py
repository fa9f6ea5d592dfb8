"""`tf.contrib.learn.datasets.synthetic`: points in a plane that lie on circles or on spirals."""

from __future__ import annotations

from typing import Any

import numpy as np

from tf1._namespace import removed
from tf1.contrib.learn.datasets.base import Dataset

__all__ = ['Dataset', 'circles', 'spirals']

_RADII = {'archimedes': lambda angle: angle, 'bernoulli': lambda angle: np.exp(0.1 * angle), 'fermat': np.sqrt}


def circles(
    n_samples: int = 100,
    noise: float | None = None,
    seed: int | None = None,
    factor: float = 0.8,
    n_classes: int = 2,
    *args: Any,
    **kwargs: Any,
) -> Dataset:
    """Returns points on concentric circles, the outermost of radius 1, in the order of TF 1.15's for the same seed.

    Args:
      n_samples: number of points. Those that `n_classes` leaves over lie on the outermost circle again.
      noise: standard deviation of what is added to the points; None for none.
      seed: of NumPy's generator; None takes it as it stands.
      factor: radius of a circle relative to the one around it.
      n_classes: number of circles.
      *args: has no effect.
      **kwargs: have no effect.

    Returns:
      `data`, `[n_samples, 2]` float64, and `target`, `[n_samples]` int32: 0 for the outermost circle.

    Raises:
      ValueError: there are fewer points than circles, or no circle.
    """
    del args, kwargs
    if not 0 < n_classes <= n_samples:
        raise ValueError(f'n_classes must be > 0 and <= n_samples={n_samples}, got {n_classes}.')
    angle = np.linspace(0, 2 * np.pi, n_samples // n_classes)
    circle = np.column_stack([np.cos(angle), np.sin(angle)])
    return _shuffled([factor**number * circle for number in range(n_classes)], n_samples, noise, seed)


def spirals(
    n_samples: int = 100,
    noise: float | None = None,
    seed: int | None = None,
    mode: str = 'archimedes',
    n_loops: int = 2,
    *args: Any,
    **kwargs: Any,
) -> Dataset:
    """Returns points on two spirals in the square from -1 to 1, in the order of TF 1.15's for the same seed.

    Args:
      n_samples: number of points. An odd one lies at the centre.
      noise: standard deviation of what is added to the points; None for none.
      seed: of NumPy's generator; None takes it as it stands.
      mode: 'archimedes', branches at equal distances; 'bernoulli', at growing ones; 'fermat', at shrinking ones.
      n_loops: times that a spiral goes round.
      *args: has no effect.
      **kwargs: have no effect.

    Returns:
      `data`, `[n_samples, 2]` float64, and `target`, `[n_samples]` int32.

    Raises:
      ValueError: another `mode`, or fewer than four points.
    """
    del args, kwargs
    if mode not in _RADII:
        raise ValueError(f'mode must be one of {sorted(_RADII)}, got {mode!r}.')
    if n_samples < 4:
        raise ValueError(f'n_samples must be >= 4, got {n_samples}.')
    angle = np.linspace(0, 2 * n_loops * np.pi, n_samples // 2)
    spiral = _RADII[mode](angle)[:, np.newaxis] * np.column_stack([np.cos(angle), np.sin(angle)])
    spiral /= np.abs(spiral).max(axis=0)
    return _shuffled([spiral, -spiral], n_samples, noise, seed)


def _shuffled(classes: list[np.ndarray], n_samples: int, noise: float | None, seed: int | None) -> Dataset:
    """Returns the points of all classes, filled up with the first class's, in an order that the seed decides."""
    rest = np.resize(classes[0], (n_samples - sum(map(len, classes)), 2))
    data = np.concatenate([*classes, rest])
    target = np.zeros(n_samples, np.int32)
    target[: n_samples - len(rest)] = np.repeat(np.arange(len(classes)), len(classes[0]))
    if seed is not None:
        np.random.seed(seed)
    # First the order, then the noise: that is how TF 1.15 takes from the generator.
    order = np.random.permutation(n_samples)
    if noise is not None:
        data += np.random.normal(scale=noise, size=data.shape)
    return Dataset(data[order], target[order])


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.learn.datasets.synthetic', name)
