"""Arguments of public functions, constructors and methods beside those of TF 1.15.5."""

from __future__ import annotations

import inspect

import pytest

import tf1 as tf
from tf1.python.util import tf_inspect
from tools.argument_lists import Compared, compared

# Whose calls of old may mean something else, or whose default is written otherwise.
_DIFFER = """
tf: Dimension.__init__ OptionalSpec.__init__ RaggedTensor.__init__ custom_gradient function matmul numpy_function
    py_function scatter_nd tensor_scatter_add tensor_scatter_nd_add tensor_scatter_nd_sub
    tensor_scatter_sub
tf.autograph.experimental: set_loop_options
tf.config.experimental: set_virtual_device_configuration
tf.contrib.autograph: set_loop_options to_code to_graph
tf.contrib.cluster_resolver: SlurmClusterResolver.__init__
tf.contrib.data: make_batched_features_dataset
tf.contrib.distribute: CrossDeviceOps.batch_reduce_implementation CrossDeviceOps.reduce_implementation
tf.contrib.distributions: ConditionalDistribution.cdf ConditionalDistribution.log_cdf
    ConditionalDistribution.log_prob ConditionalDistribution.log_survival_function ConditionalDistribution.prob
    ConditionalDistribution.sample ConditionalDistribution.survival_function ConditionalTransformedDistribution.cdf
    ConditionalTransformedDistribution.log_cdf ConditionalTransformedDistribution.log_prob
    ConditionalTransformedDistribution.log_survival_function ConditionalTransformedDistribution.prob
    ConditionalTransformedDistribution.survival_function
tf.contrib.estimator: boosted_trees_classifier_train_in_memory boosted_trees_regressor_train_in_memory
tf.contrib.framework: arg_scope
tf.contrib.layers: recompute_grad scale_gradient sequence_input_from_feature_columns
tf.contrib.learn: Estimator.export_savedmodel Experiment.continuous_train_and_eval
tf.contrib.lookup: MutableHashTable.lookup
tf.contrib.opt: RegAdagradOptimizer.avoid_updating_slots
tf.contrib.rnn: DeviceWrapper.__init__ DropoutWrapper.__init__ GRUBlockCell.build RNNCell.build
    ResidualWrapper.__init__
tf.contrib.rnn.GRUBlockCellV2: build
tf.contrib.slim: arg_scope recompute_grad scale_gradient sequence_input_from_feature_columns
tf.contrib.tensorboard.plugins.projector: visualize_embeddings
tf.contrib.tpu: DeviceAssignment.build TPUDistributionStrategy.__init__ TPUEstimator.__init__
tf.data: Dataset.from_generator Dataset.interleave Dataset.padded_batch Dataset.shuffle Dataset.zip
tf.data.experimental: OptionalStructure.__init__ make_batched_features_dataset
tf.distribute: CrossDeviceOps.batch_reduce_implementation CrossDeviceOps.reduce_implementation
    ReductionToOneDevice.batch_reduce_implementation ReductionToOneDevice.reduce_implementation
tf.distribute.cluster_resolver: SlurmClusterResolver.__init__
tf.errors: UnknownError.__init__
tf.image: adjust_jpeg_quality
tf.initializers.random_uniform: __init__
tf.linalg: matmul
tf.manip: scatter_nd
tf.math: top_k
tf.nn: top_k
tf.nn.rnn_cell: DeviceWrapper.__init__ DropoutWrapper.__init__ RNNCell.build ResidualWrapper.__init__
tf.random.experimental: create_rng_state
tf.random_uniform_initializer: __init__
tf.test: TestCase.assertProtoEquals TestCase.assertProtoEqualsVersion TestCase.assertShapeEqual
    TestCase.cached_session TestCase.session TestCase.test_session
tf.tpu.experimental: DeviceAssignment.build
"""


@pytest.fixture(scope='module')
def found() -> list[Compared]:
    return list(compared())


def test_functions_that_are_there_are_called_as_on_tf_1_15(found):
    assert len(found) == 2 * 4076
    expected, module = set(), ''
    for word in _DIFFER.split():
        if word.endswith(':'):
            module = word[:-1]
        else:
            expected.add(f'{module}.{word}')
    assert {each.path for each in found if each.new is not None and not each.is_called_alike()} == expected


def test_few_public_functions_outside_of_contrib_are_absent(found):
    absent = {each.path for each in found if each.new is None and not each.path.startswith('tf.contrib')}
    assert {path.rpartition('.')[0] for path in absent if path.count('.') < 4} <= {
        *('tf.Graph', 'tf.Tensor', 'tf.data.experimental', 'tf.lite.experimental'),
        *(f'tf.data.experimental.{name}' for name in ('Optional', 'StatsAggregator', 'StatsOptions')),
        *(f'tf.data.experimental.{name}' for name in ('MapVectorizationOptions', 'CheckpointInputPipelineHook')),
    }
    assert len(absent) == 27


@pytest.mark.parametrize(
    ('function', 'args', 'defaults'),
    [
        (
            tf.matmul,
            'a b transpose_a transpose_b adjoint_a adjoint_b a_is_sparse b_is_sparse name',
            (*(False,) * 6, None),
        ),
        (tf.shape, 'input name out_type', (None, tf.int32)),
        (tf.compat.v2.shape, 'input out_type name', (tf.int32, None)),
        (tf.compat.v2.size, 'input out_type name', (tf.int32, None)),
        (tf.ones_like, 'tensor dtype name optimize', (None, None, True)),
        (tf.decode_raw, 'input_bytes out_type little_endian name bytes', (None, None, True, None, None)),
        (tf.nn.top_k, 'input k sorted name', (1, True, None)),
        (tf.nn.swish, 'features', None),
        (
            tf.nn.softmax_cross_entropy_with_logits,
            '_sentinel labels logits dim name axis',
            (None, None, None, -1, None, None),
        ),
    ],
)
def test_tf_inspect_leaves_out_arguments_that_are_new(function, args, defaults):
    spec = tf_inspect.getfullargspec(function)
    assert (spec.args, spec.defaults, spec.annotations) == (args.split(), defaults, {})
    assert tf_inspect.getargspec(function) == (args.split(), None, None, defaults)


def test_the_programs_own_functions_are_read_as_they_are():
    def own(a, layout=0, b=1, *rest, c=2, **others):
        """Has an argument that is new in TensorFlow's functions."""

    spec = tf_inspect.getfullargspec(own)
    assert spec[:6] == (['a', 'layout', 'b'], 'rest', 'others', (0, 1), ['c'], {'c': 2})
    assert list(inspect.signature(tf.nn.sigmoid_cross_entropy_with_logits).parameters) == [
        *('_sentinel', 'labels', 'logits', 'name'),
    ]
