from __future__ import annotations

import numpy as np
import pytest

from tools.conversion import comparison
from tools.conversion.errors import ConversionError


def test_probabilities_are_compared_as_they_are_and_logits_by_the_largest():
    # Logits differ by 0.5, an eighth of the largest, 4.
    wanted = {'logits': np.float32([[-4, 1]]), 'probabilities': np.float32([[0.25, 0.75]])}
    got = {'logits': np.float32([[-4, 1.5]]), 'probabilities': np.float32([[0.25, 0.5]])}
    assert comparison.differences(wanted, got) == {'logits': 0.125, 'probabilities': 0.25}


def test_small_logits_are_compared_as_they_are():
    assert comparison.differences({'logits': np.float32([0.25])}, {'logits': np.float32([0.5])}) == {'logits': 0.25}


def test_up_to_a_hundred_thousandth_is_the_same():
    assert comparison.check({'probabilities': np.zeros(2)}, {'probabilities': np.array([0, 1e-5])}) == {
        'probabilities': 1e-5
    }


@pytest.mark.parametrize(('value', 'said'), [(2e-5, '2e-05'), (np.nan, 'nan')])
def test_more_and_nan_are_not(value, said):
    with pytest.raises(
        ConversionError, match=f'answers otherwise: logits differ by up to {said}, and 1e-05 is allowed'
    ):
        comparison.check({'logits': np.zeros(2)}, {'logits': np.array([0, value])})


def test_another_shape_is_named():
    with pytest.raises(ConversionError, match=r'logits has shape \[3\] after conversion, and \[2\] before\.'):
        comparison.differences({'logits': np.zeros(2)}, {'logits': np.zeros(3)})
