"""Whether two models answer alike."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from tools.conversion.errors import ConversionError

LARGEST = 1e-5


def differences(answers: Mapping[str, np.ndarray], converted: Mapping[str, np.ndarray]) -> dict[str, float]:
    """The largest difference of each output of `answers`.

    Those of logits are shares of the largest logit, where that is above 1: float32 rounds in proportion.
    """
    found = {}
    for name, wanted in answers.items():
        got = np.asarray(converted[name])
        if got.shape != wanted.shape:
            raise ConversionError(
                f'{name} has shape {list(got.shape)} after conversion, and {list(wanted.shape)} before.'
            )
        scale = max(1.0, float(np.abs(wanted).max())) if name == 'logits' else 1.0
        found[name] = float(np.abs(got.astype(np.float64) - wanted).max()) / scale
    return found


def check(answers: Mapping[str, np.ndarray], converted: Mapping[str, np.ndarray]) -> dict[str, float]:
    """Returns the differences.

    Raises:
        ConversionError: one is above 1e-5, or no number.
    """
    found = differences(answers, converted)
    for name, difference in found.items():
        if not difference <= LARGEST:
            raise ConversionError(
                f'the converted model answers otherwise: {name} differ by up to {difference:g}, and {LARGEST:g} is '
                'allowed. Nothing was written.'
            )
    return found
