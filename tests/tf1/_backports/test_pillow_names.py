from __future__ import annotations

import pytest

Image = pytest.importorskip('PIL.Image')


@pytest.mark.parametrize(('old', 'new'), [('ANTIALIAS', 'LANCZOS'), ('CUBIC', 'BICUBIC'), ('LINEAR', 'BILINEAR')])
def test_filters_have_their_old_names(installed, old, new):
    from PIL import Image as theirs

    assert getattr(theirs, old) == getattr(theirs, new)


def test_a_filter_can_be_imported(installed):
    from PIL.Image import ANTIALIAS

    assert ANTIALIAS == Image.LANCZOS
