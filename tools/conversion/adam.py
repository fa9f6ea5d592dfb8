"""How TF 1.x and Keras 3 count the steps of Adam.

TF 1.x keeps beta1 and beta2, multiplied by themselves once a step, in two float32 variables; Keras keeps the number of
steps. Both compute the same update, with epsilon added to the root of the uncorrected second moment; TF 1.x takes
1e-8 for it and Keras 1e-7.
"""

from __future__ import annotations

import numpy as np

from tools.conversion.errors import ConversionError

BETA_1, BETA_2, EPSILON = 0.9, 0.999, 1e-8
# The last step after which 0.999 to the power of it is a normal float32. Any later one gives the same updates.
_LAST = 87_000


def beta_powers(steps: int) -> tuple[np.float32, np.float32]:
    """`beta1_power` and `beta2_power`, as TF 1.x has them after so many steps: rounded after each."""
    last = min(steps, _LAST)
    return _powers(BETA_1)[last], _powers(BETA_2)[last]


def steps_done(beta1_power: float, beta2_power: float) -> int:
    """The number of steps after which TF 1.x has these values; 87,000 for all from there on.

    Raises:
        ConversionError: they are no such values, so that the betas were not 0.9 and 0.999.
    """
    steps = int(np.abs(_powers(BETA_2) - np.float32(beta2_power)).argmin())
    expected = beta_powers(steps)
    # One step changes beta1_power by a tenth and beta2_power by a thousandth of itself.
    close = abs(beta1_power - expected[0]) <= 0.05 * expected[0] + 1e-30 and abs(beta2_power - expected[1]) <= 5e-4
    if not close:
        raise ConversionError(
            f"Adam's beta1_power={beta1_power:g} and beta2_power={beta2_power:g} are not those of any step with betas "
            f'{BETA_1} and {BETA_2}: convert a checkpoint that training wrote.'
        )
    return steps


def _powers(beta: float) -> np.ndarray:
    powers = np.multiply.accumulate(np.full(_LAST + 1, beta, np.float32))
    # TensorFlow flushes what is below the normal numbers to zero.
    return np.where(powers < np.finfo(np.float32).tiny, np.float32(0), powers)
