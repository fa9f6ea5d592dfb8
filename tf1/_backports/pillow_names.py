"""Filters of `PIL.Image` that Pillow 10 has dropped, by what they are called now."""

from __future__ import annotations

from tf1._backports import registry

FINDERS = {
    'PIL.Image': registry.named(
        {
            'ANTIALIAS': 'PIL.Image.LANCZOS',
            'CUBIC': 'PIL.Image.BICUBIC',
            'LINEAR': 'PIL.Image.BILINEAR',
        }
    )
}
