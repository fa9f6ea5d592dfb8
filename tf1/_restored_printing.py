"""NumPy's scalars within lists print as `[0.5, 3]`, as before NumPy 2, not as `[np.float32(0.5), np.int64(3)]`."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

_BEFORE_2 = '1.25'


def install() -> Callable[[], None]:
    """Makes scalars print as before NumPy 2, unless another style was asked for. Returns a function to undo it."""
    if np.lib.NumpyVersion(np.__version__) < '2.0.0' or np.get_printoptions()['legacy'] is not False:
        return lambda: None
    np.set_printoptions(legacy=_BEFORE_2)
    return lambda: np.set_printoptions(legacy=False)
