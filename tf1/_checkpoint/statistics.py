"""Mean, spread and extremes of a variable."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np


class Statistics(NamedTuple):
    """Of the values that are finite numbers; None where there are none, as for strings and complex numbers."""

    mean: float | None
    std: float | None
    """Of the population."""
    min: float | int | None
    max: float | int | None
    nan: int
    """How many values are not a number."""
    inf: int
    """How many values are infinite."""


def statistics(value: np.ndarray) -> Statistics:
    """Returns the statistics of an array of any shape, computed in float64; integers keep exact extremes."""
    if value.dtype == object or np.iscomplexobj(value):
        return Statistics(None, None, None, None, 0, 0)
    whole = np.issubdtype(value.dtype, np.integer)
    values = np.asarray(value, np.float64)
    nan, inf = int(np.isnan(values).sum()), int(np.isinf(values).sum())
    if nan or inf:
        values = values[np.isfinite(values)]
    if not values.size:
        return Statistics(None, None, None, None, nan, inf)
    low, high = (int(value.min()), int(value.max())) if whole else (float(values.min()), float(values.max()))
    return Statistics(float(values.mean()), float(values.std()), low, high, nan, inf)
