"""`tf.contrib.lite`: `tf.lite`, as it was called up to TF 1.12."""

from tf1 import _namespace

_namespace.make_overlay(__name__, {}, (_namespace.module_loader('tf1.lite'),))
