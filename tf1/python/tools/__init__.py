"""`tensorflow.python.tools`: those that TF 1.15 calls otherwise, before TensorFlow's own."""

from tf1 import _namespace

_OWN = {name: _namespace.module_loader(f'tf1.python.tools.{name}') for name in ('freeze_graph', 'inspect_checkpoint')}
_namespace.make_overlay(__name__, _OWN, (_namespace.module_loader('tensorflow.python.tools'),))
