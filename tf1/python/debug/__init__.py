"""`tensorflow.python.debug`: sessions and hooks with the arguments of TF 1.15, before TensorFlow's own."""

from tf1 import _namespace

_NAMES = (
    'DumpingDebugHook',
    'DumpingDebugWrapperSession',
    'GrpcDebugHook',
    'GrpcDebugWrapperSession',
    'LocalCLIDebugHook',
    'LocalCLIDebugWrapperSession',
    'TensorBoardDebugHook',
    'TensorBoardDebugWrapperSession',
    'watch_graph_with_blacklists',
)
_OWN = {name: _namespace.attribute_loader('tf1.python.debug.arguments', name) for name in _NAMES}
_namespace.make_overlay(__name__, _OWN, (_namespace.module_loader('tensorflow.python.debug'),))
