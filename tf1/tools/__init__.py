"""`tensorflow.tools`: what TF 1.15 had in it."""

from tf1 import _namespace

_namespace.make_overlay(
    __name__,
    {'graph_transforms': _namespace.module_loader('tf1.tools.graph_transforms')},
    (_namespace.module_loader('tensorflow.tools'),),
)
