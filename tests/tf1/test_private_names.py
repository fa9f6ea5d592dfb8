"""Private names of TensorFlow 1 that programs import, and names of `tf.python` and `tf.core` as attributes."""

from __future__ import annotations

import builtins
import gzip
import io
import pathlib

import numpy as np
import pytest

import tf1 as tf
from tf1._backports.notices import Notices
from tf1._backports.user_code import UserCode
from tf1._run.install import Installation

_NAMES = """
tensorflow.python.ops.rnn_cell_impl _WEIGHTS_VARIABLE_NAME
tensorflow.python.distribute distribution_strategy_context
tensorflow.python.saved_model.utils_impl get_variables_path
tensorflow.python.util.tf_export estimator_export
tensorflow_estimator.python.estimator.estimator_export estimator_export
tensorflow.python.ops.rnn_cell_impl _BIAS_VARIABLE_NAME
tensorflow.python.framework.ops convert_n_to_tensor_or_indexed_slices
tensorflow.python.framework.ops RegisterShape
tensorflow.python.framework.ops register_dense_tensor_like_type
tensorflow.python.framework.tensor_shape vector
tensorflow.python.training distribute
tensorflow.python.data.ops.dataset_ops MapDataset
tensorflow.python math_ops
tensorflow.python nn_ops
tensorflow.python pywrap_tensorflow
tensorflow.python.autograph to_graph
tensorflow.python.tools freeze_graph
tensorflow.contrib.framework.python.ops.audio_ops decode_wav
tensorflow.contrib.layers.python.layers.layers _build_variable_getter
tensorflow.contrib.seq2seq.python.ops.attention_wrapper _prepare_memory
tensorflow.contrib.seq2seq.python.ops.attention_wrapper _maybe_mask_score
tensorflow.contrib.learn.python.learn.datasets.mnist extract_images
tensorflow.contrib.learn.python.learn.monitored_session MonitoredSession
tensorflow.contrib.saved_model.python.saved_model keras_saved_model
tensorflow.contrib.session_bundle exporter
tensorflow.python.pywrap_tensorflow EqualGraphDefWrapper
tensorflow.python.pywrap_tensorflow TFE_Py_FastPathExecute
tensorflow.contrib.tfprof model_analyzer
tensorflow.contrib.memory_stats MaxBytesInUse
tensorflow.contrib.estimator TowerOptimizer
tensorflow.contrib.estimator RNNClassifier
tensorflow.python.keras.utils multi_gpu_model
tensorflow.keras.wrappers.scikit_learn KerasClassifier
tensorflow.keras.experimental export_saved_model
tensorflow.tools.graph_transforms TransformGraph
tensorflow.python.framework.ops IndexedSlicesValue
tensorflow.python.framework.ops internal_convert_to_tensor_or_indexed_slices
tensorflow.python.framework.common_shapes call_cpp_shape_fn
tensorflow.python.ops.array_ops _slice_helper
tensorflow.python.ops.math_ops _OverrideBinaryOperatorHelper
tensorflow.python.ops.nn_ops _softmax
tensorflow.python.ops.variable_scope default_variable_creator
tensorflow.python.eager.context list_devices
tensorflow.python.saved_model.utils_impl get_or_create_variables_dir
tensorflow.python.profiler.profile_context ProfileContext
tensorflow.python.data.experimental.ops.threading_options ThreadingOptions
tensorflow.python.training.experimental.mixed_precision enable_mixed_precision_graph_rewrite
tensorflow.python.autograph converted_call
tensorflow.python.platform.build_info is_cuda_build
tensorflow.python.keras.engine.training_utils standardize_input_data
tensorflow.python.keras.layers.recurrent _generate_zero_filled_state_for_cell
tensorflow.python.keras.layers.recurrent DropoutRNNCellMixin
tensorflow.python.keras.layers.merge _Merge
tensorflow.python.keras.layers.convolutional Conv
tensorflow.python.keras.layers.normalization BatchNormalizationBase
tensorflow.python.keras.layers.pooling Pooling2D
tensorflow.python.keras.optimizer_v2.learning_rate_schedule LearningRateSchedule
tensorflow.python.keras.callbacks_v1 TensorBoard
tensorflow.python.keras.saving.save load_model
"""


@pytest.fixture
def program():
    installation = Installation(UserCode(), Notices())
    installation.install()
    yield {'__name__': '__main__', '__builtins__': builtins}
    installation.remove()
    # Importing what is below it leaves it behind as a name of tf.contrib.
    vars(tf.contrib).pop('all_reduce', None)


def test_the_names_are_imported(program, capsys):
    failed = []
    for line in _NAMES.strip().splitlines():
        module, name = line.split()
        try:
            exec(f'from {module} import {name}', program)
        except ImportError as error:
            failed.append((line, str(error)))
    assert failed == []


# Of the private names that two or more public programs import (tools/private_imports.py), those that are absent.
_ABSENT = """
tensorflow.python.keras keras_parameterized
tensorflow.python.keras.backend track_variable
"""


def test_what_public_programs_import_is_there(program, capsys):
    lines = (pathlib.Path(__file__).parents[1] / 'golden' / 'private_imports.txt').read_text().splitlines()
    assert len(lines) > 700
    failed = set()
    for line in lines:
        _, _, module, name = line.split()
        try:
            exec(f'import {module}' if name in '-*' else f'from {module} import {name}', program)
        except ImportError:
            failed.add(f'{module} {name}')
    absent = [line.split() for line in _ABSENT.strip().splitlines()]
    assert failed == {f'{module} {name}' for module, *names in absent for name in names}


def test_private_modules_are_attributes():
    assert tf.python.array_ops.concat.__name__ == 'concat'
    assert tf.python.keras.layers.Dense is tf.keras.layers.Dense
    assert callable(tf.python.control_flow_ops.with_dependencies)
    assert callable(tf.python.pywrap_tensorflow.NewCheckpointReader)
    assert tf.python.ops.math_ops is tf.python.math_ops
    assert tf.core.__name__ == 'tensorflow.core'
    with pytest.raises(AttributeError, match=r'tf\.python\.nonsense does not exist'):
        tf.python.nonsense  # noqa: B018


def test_shape_functions_of_operations_of_ones_own(program):
    exec('from tensorflow.python.framework import common_shapes as shapes', program)
    with tf.Graph().as_default():
        op = tf.identity(tf.ones([2, 3])).op
    assert program['shapes'].call_cpp_shape_fn(op)['shapes'] == [[2, 3]]
    assert program['shapes'].unchanged_shape(op) == [[2, 3]]
    assert program['shapes'].scalar_shape(op) == [[]]


def test_shape_functions_of_before_1_0(program, capsys):
    exec('from tensorflow.python.framework.tensor_shape import matrix, scalar, vector', program)
    assert [
        program[name](*sizes).as_list() for name, sizes in (('scalar', ()), ('vector', (3,)), ('matrix', (2, None)))
    ] == [
        [],
        [3],
        [2, None],
    ]


def test_mnists_files_are_read_by_their_own_functions():
    from tf1.contrib.learn.datasets import mnist

    header = (2049).to_bytes(4, 'big') + (2).to_bytes(4, 'big')
    file = io.BytesIO(gzip.compress(header + bytes([1, 0])))
    file.name = 'labels'
    assert mnist.extract_labels(file, one_hot=True, num_classes=2).tolist() == [[0, 1], [1, 0]]
    file.seek(0)
    with pytest.raises(ValueError, match='Invalid magic number 2049 in MNIST image file: labels'):
        mnist.extract_images(file)


def test_attention_is_masked_by_length_or_mask():
    from tf1.contrib.seq2seq.attention import mask_score, prepare_memory

    with tf.Graph().as_default(), tf.Session() as session:
        memory = prepare_memory(tf.ones([1, 2, 1]), None, tf.constant([[True, False]]))
        score = mask_score(tf.ones([1, 3]), tf.constant([2]), None, -9.0)
        assert session.run(memory).tolist() == [[[1.0], [0.0]]]
        assert session.run(score).tolist() == [[1.0, 1.0, -9.0]]
        with pytest.raises(ValueError, match="can't be provided at same time"):
            prepare_memory(tf.ones([1, 2, 1]), tf.constant([1]), tf.constant([[True, False]]))


def test_a_frozen_graph_keeps_a_blacklisted_variable(tmp_path):
    from tf1.python.tools import freeze_graph

    with tf.Graph().as_default() as graph, tf.Session() as session:
        variable = tf.Variable(1.0, name='v')
        tf.add(variable, tf.Variable(2.0, name='w'), name='o')
        session.run(tf.global_variables_initializer())
        tf.train.Saver().save(session, str(tmp_path / 'm'))
        tf.train.write_graph(graph.as_graph_def(), str(tmp_path), 'g.pb', as_text=False)
    frozen = freeze_graph.freeze_graph(
        input_graph=str(tmp_path / 'g.pb'),
        input_saver='',
        input_binary=True,
        input_checkpoint=str(tmp_path / 'm'),
        output_node_names='o',
        restore_op_name='save/restore_all',
        filename_tensor_name='save/Const:0',
        output_graph=str(tmp_path / 'f.pb'),
        clear_devices=True,
        initializer_nodes='',
        variable_names_whitelist='',
        variable_names_blacklist='w',
    )
    assert {node.name: node.op for node in frozen.node if node.name in 'vw'} == {'v': 'Const', 'w': 'VariableV2'}
    assert (tmp_path / 'f.pb').exists()


def test_averages_are_kept_of_what_has_a_gradient():
    with tf.Graph().as_default():
        a, _ = tf.Variable(1.0, name='a'), tf.Variable(1.0, name='b')
        tf.contrib.opt.MovingAverageOptimizer(tf.train.GradientDescentOptimizer(0.1)).minimize(a * a)
        names = sorted(variable.name for variable in tf.global_variables())
    assert names == ['a/ExponentialMovingAverage:0', 'a:0', 'b:0']


def test_a_session_bundle_exporter_writes_a_saved_model(tmp_path):
    exporter = tf.contrib.session_bundle.exporter
    with tf.Graph().as_default(), tf.Session() as session:
        x = tf.placeholder(tf.float32, [None, 1], name='x')
        y = x * tf.Variable(2.0)
        session.run(tf.global_variables_initializer())
        export = exporter.Exporter(tf.train.Saver())
        export.init(
            named_graph_signatures={
                'inputs': exporter.generic_signature({'x': x}),
                'outputs': exporter.generic_signature({'y': y}),
            }
        )
        folder = export.export(str(tmp_path), 7, session)
    assert folder == str(tmp_path / '00000007')
    assert np.allclose(tf.contrib.predictor.from_saved_model(folder, 'predict')({'x': [[3.0]]})['y'], 6.0)
