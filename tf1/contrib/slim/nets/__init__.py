"""`tf.contrib.slim.nets`: networks for images as functions; each returns a tensor and its end points by name.

They go under the argument scope of the same module, `with slim.arg_scope(vgg.vgg_arg_scope()): ...`.
"""

from __future__ import annotations

from tf1._namespace import removed
from tf1.contrib.slim.nets import alexnet, inception, overfeat, resnet_utils, resnet_v1, resnet_v2, vgg

__all__ = ['alexnet', 'inception', 'overfeat', 'resnet_utils', 'resnet_v1', 'resnet_v2', 'vgg']


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.slim.nets', name)
