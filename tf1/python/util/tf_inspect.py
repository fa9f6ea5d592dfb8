"""`tf_inspect` whose argument lists have no annotations: TF 1.15's functions have none, and libraries compare them."""

from __future__ import annotations

import inspect
from collections import namedtuple
from collections.abc import Callable
from typing import Any

import tensorflow.compat.v1 as tf
from tensorflow.python.util import tf_inspect as _today

ArgSpec = namedtuple('ArgSpec', ['args', 'varargs', 'keywords', 'defaults'])
FullArgSpec = inspect.FullArgSpec
# Arguments of today's functions whose name no public function of TF 1.15 has; all of them have defaults.
_NEW_TEXT = """
    align allow_fast_lookup allow_last_axis_squeeze bad_indices_policy canonicalized_coordinates check_interval
    checkpoint_interval cluster_device_filters compilation_failure_closes_chips device_order_mode
    dropout_state_filter_visitor dynamic_default_values embedding_lookup_device enable_large_batch_splitting
    ensure_minimum_range executable_location experimental_attributes experimental_default_delegate_latest_features
    experimental_disable_delegate_clustering experimental_follow_type_hints experimental_implements
    experimental_is_anonymous experimental_op_resolver_type experimental_preserve_all_tensors
    experimental_select_user_tf_ops experimental_supported_backends exponential_avg_factor external_state_policy
    fallback_to_while_loop flat_values_spec fn_output_signature grad_a grad_b handle_data index_type jit_compile
    last_checkpoint_step layout local_init_feed_dict log_warning make_master_device_default optional output_signature
    padding_spec perturb_singular reduce_retracing rerandomize_each_iteration return_index_map save_graph_def
    skip_gradients_aggregation sorted_input sparse_gradient step_counter stop_on_empty_dataset subgraph_index
    tensor_core_shape tile_size tpu_cancellation_closes_chips use_own_namescope_for_non_slot_vars use_pybind11_proto
    use_safe_embedding_lookup use_unbounded_threadpool value_index_offset warn xla_options
"""
_NEW = frozenset(_NEW_TEXT.split())
# Function -> arguments that it has had since, and that other functions had.
_NEW_IN = {
    'adjust_jpeg_quality': ('dct_method',),
    'ctc_greedy_decoder': ('blank_index',),
    'dequantize': ('axis', 'narrow_range', 'dtype'),
    'linspace_nd': ('axis',),
    'matmul': ('output_type',),
    'quantize': ('axis', 'narrow_range'),
    'swish': ('beta',),
    **dict.fromkeys(('stateless_random_normal', 'stateless_random_uniform', 'stateless_truncated_normal'), ('alg',)),
}
_MODULES = ('tensorflow.', 'tf1.', 'tf_keras.')
# Functions whose `out_type=None` was int32.
_OF_INT32 = ('shape', 'shape_v2', 'size', 'size_v2')


def getfullargspec(function: Callable[..., Any]) -> inspect.FullArgSpec:
    """Returns the argument list that a function, decorated or not, had in TF 1.15."""
    found = _today.getfullargspec(function)
    if not str(getattr(function, '__module__', '')).startswith(_MODULES):
        return found
    name = getattr(function, '__name__', '')
    first = len(found.args) - len(found.defaults or ())
    defaults = dict(zip(found.args[first:], found.defaults or (), strict=True))
    for new in _NEW.union(_NEW_IN.get(name, ())):
        defaults.pop(new, None)
    if name in _OF_INT32 and 'out_type' in defaults:
        defaults['out_type'] = tf.int32
    args = found.args[:first] + list(defaults)
    return found._replace(args=args, defaults=tuple(defaults.values()) or None, annotations={})


def getargspec(function: Callable[..., Any]) -> ArgSpec:
    """Returns the argument list of a function, without keyword-only arguments."""
    found = getfullargspec(function)
    return ArgSpec(found.args, found.varargs, found.varkw, found.defaults)


def __getattr__(name: str) -> object:
    return getattr(_today, name)
