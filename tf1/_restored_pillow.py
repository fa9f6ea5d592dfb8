"""Filters of `PIL.Image` that Pillow 10 has dropped, by what they are called now."""

from __future__ import annotations

from tf1 import _restored

FINDERS = {
    'PIL.Image': _restored.named(
        {
            'ANTIALIAS': 'PIL.Image.LANCZOS',
            'CUBIC': 'PIL.Image.BICUBIC',
            'LINEAR': 'PIL.Image.BILINEAR',
        }
    )
}
