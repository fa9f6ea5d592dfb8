"""`tf.contrib.image`: images transformed, warped and taken apart."""

from __future__ import annotations

from tf1._namespace import removed
from tf1.contrib.image.components import bipartite_match, connected_components
from tf1.contrib.image.transforms import (
    angles_to_projective_transforms,
    compose_transforms,
    flat_transforms_to_matrices,
    matrices_to_flat_transforms,
    rotate,
    transform,
    translate,
    translations_to_projective_transforms,
)
from tf1.contrib.image.warps import dense_image_warp, interpolate_spline, sparse_image_warp

__all__ = [
    'angles_to_projective_transforms',
    'bipartite_match',
    'compose_transforms',
    'connected_components',
    'dense_image_warp',
    'flat_transforms_to_matrices',
    'interpolate_spline',
    'matrices_to_flat_transforms',
    'rotate',
    'sparse_image_warp',
    'transform',
    'translate',
    'translations_to_projective_transforms',
]


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.image', name)
