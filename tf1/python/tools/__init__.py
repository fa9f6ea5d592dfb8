"""`tensorflow.python.tools`: those that TF 1.15 calls otherwise, before TensorFlow's own."""

from tf1 import _namespace

_OWN = {'freeze_graph': _namespace.module_loader('tf1.python.tools.freeze_graph')}
_namespace.make_overlay(__name__, _OWN, (_namespace.module_loader('tensorflow.python.tools'),))
