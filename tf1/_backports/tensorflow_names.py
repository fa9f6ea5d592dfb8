"""Names that TensorFlow's private modules had in TF 1.15 and that moved: `control_flow_ops.cond`, `ops.Tensor`."""

from __future__ import annotations

import functools
import importlib
import types

from tf1._backports import registry

PREFIX = 'tensorflow.python.'
# Most private functions are public, too, in one of these.
_PUBLIC = (
    *(
        '',
        'nn',
        'train',
        'math',
        'graph_util',
        'layers',
        'errors',
        'autograph',
        'data',
        'data.experimental',
        'debugging',
    ),
    *('distribute', 'image', 'io', 'linalg', 'losses', 'metrics', 'profiler', 'queue', 'random', 'saved_model', 'sets'),
    *('signal', 'sparse', 'strings', 'summary', 'test', 'keras.layers', 'keras.utils', 'keras.backend'),
)
_FUNCTIONS = 'tf1._backports.tensorflow_functions'
_OWN = (
    'OpDefLibrary',
    'RegisterShape',
    'call_cpp_shape_fn',
    'is_cuda_build',
    'list_devices',
    'scalar_shape',
    'unchanged_shape',
    'StructureCoder',
    'convert_n_to_tensor_or_indexed_slices',
    'get_registered_ops',
    'matrix',
    'register_dense_tensor_like_type',
    'scalar',
    'set_shapes_for_outputs',
    'shared_name',
    'unknown_shape',
    'vector',
)


def _same(path: str) -> tuple[str, str]:
    return path, path


# Those that are public under another name, or that tf1 has: where, and words for it.
_OTHERS = {
    'CheckpointPosition': _same('tensorflow.python.checkpoint.restore.CheckpointPosition'),
    'EventsWriter': ('tf1._engine.events_writer.EventsWriter', "tf1's own"),
    'FeatureColumn': _same('tensorflow.python.feature_column.feature_column_v2_types.FeatureColumn'),
    'IndexedSlicesValue': _same('tensorflow.python.framework.indexed_slices.IndexedSlicesValue'),
    'RefVariable': _same('tensorflow.python.ops.ref_variable.RefVariable'),
    'VariableV1': ('tf1.Variable', 'tf.Variable'),
    '_OverrideBinaryOperatorHelper': _same(
        'tensorflow.python.framework.override_binary_operator.override_binary_operator_helper'
    ),
    '_TPU_REPLICATE_ATTR': _same('tensorflow.python.tpu.tpu_replication._TPU_REPLICATE_ATTR'),
    '_case_helper': _same('tensorflow.python.ops.control_flow_case._case_helper'),
    '_from_proto_fn': _same('tensorflow.python.ops.ref_variable._from_proto_fn'),
    '_parse_saved_model': _same('tensorflow.python.saved_model.loader_impl.parse_saved_model'),
    '_slice_helper': _same('tensorflow.python.ops.tensor_getitem_override._slice_helper'),
    '_softmax': _same('tensorflow.python.ops.nn_ops._wrap_2d_function'),
    '_sorted': _same('builtins.sorted'),
    '_to_proto_fn': _same('tensorflow.python.ops.ref_variable._to_proto_fn'),
    'converted_call': _same('tensorflow.python.autograph.impl.api.converted_call'),
    'convert_to_tensor_v2': _same('tensorflow.convert_to_tensor'),
    'default_variable_creator': _same('tensorflow.python.ops.ref_variable.default_variable_creator'),
    'defun': ('tf1.contrib.eager.defun', 'tf.contrib.eager.defun'),
    'estimator_export': ('tf1.estimator.inside.estimator_export.estimator_export', "tf1's own"),
    'get_or_create_variables_dir': _same('tensorflow.python.saved_model.path_helpers.get_or_create_variables_dir'),
    'get_variables_path': _same('tensorflow.python.saved_model.path_helpers.get_variables_path'),
    'in_eager_mode': ('tf1.executing_eagerly', 'tf.executing_eagerly'),
    'in_graph_mode': ('tf1._backports.tensorflow_names.in_graph_mode', 'not tf.executing_eagerly'),
    'internal_convert_n_to_tensor_or_indexed_slices': (
        f'{_FUNCTIONS}.convert_n_to_tensor_or_indexed_slices',
        "tf1's own",
    ),
    'internal_convert_to_tensor_or_indexed_slices': _same(
        'tensorflow.python.framework.indexed_slices.internal_convert_to_tensor_or_indexed_slices'
    ),
    'is_sequence': ('tf1.nest.is_nested', 'tf.nest.is_nested'),
    'stop_recording': _same('tensorflow.python.eager.record.stop_recording'),
    'variable': ('tf1.Variable', 'tf.Variable'),
}


def find(name: str) -> registry.StandIn | None:
    """Returns the public name of TF 1 that is called like a lost private one."""
    tf = importlib.import_module('tf1')
    if name in _OTHERS:
        path, words = _OTHERS[name]
        module, _, attribute = path.rpartition('.')
        return registry.StandIn(getattr(importlib.import_module(module), attribute), words)
    if name.startswith('_'):
        return None
    if name in _OWN:
        return registry.StandIn(getattr(importlib.import_module(_FUNCTIONS), name), "tf1's own")
    dataset = importlib.import_module(_FUNCTIONS).dataset_class(name)
    if dataset is not None:
        return registry.StandIn(dataset, f'{dataset.__module__}.{dataset.__name__}')
    for part in _PUBLIC:
        value = getattr(functools.reduce(getattr, filter(None, part.split('.')), tf), name, None)
        if value is not None and not isinstance(value, types.ModuleType):
            return registry.StandIn(value, '.'.join(filter(None, ('tf', part, name))))
    return None


def in_graph_mode() -> bool:
    """Returns whether operations go to a graph: `context.in_graph_mode` of TF 1.4 to 1.6."""
    return not importlib.import_module('tf1').executing_eagerly()
