"""`tensorflow.python.util`, with `tf_inspect` as TF 1.15's libraries use it."""

from tf1 import _namespace

_OWN = {'tf_inspect': _namespace.module_loader('tf1.python.util.tf_inspect')}
_namespace.make_overlay(__name__, _OWN, (_namespace.module_loader('tensorflow.python.util'),))
