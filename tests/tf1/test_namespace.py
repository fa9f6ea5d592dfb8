from __future__ import annotations

import importlib
import os
import pathlib
import subprocess
import sys
import types

import pytest

import tf1 as tf
from tf1._namespace import Overlay

_ROOT = pathlib.Path(__file__).parents[2]
_PROGRAM = """
import tf1 as tf
x = tf.placeholder(tf.float32, [None, 784], name='x')
images = tf.reshape(x, [-1, 28, 28, 1])
weights = tf.Variable(tf.truncated_normal([5, 5, 1, 16], stddev=0.05))
layer = tf.nn.conv2d(images, weights, strides=[1, 1, 1, 1], padding='SAME') + tf.Variable(tf.constant(0.05, shape=[16]))
layer = tf.nn.relu(tf.nn.max_pool(value=layer, ksize=[1, 2, 2, 1], strides=[1, 2, 2, 1], padding='SAME'))
print(layer)

layer = tf.layers.conv2d(layer, 4, 3, activation=tf.nn.relu)
layer = tf.layers.max_pooling2d(layer, 2, 2)
layer = tf.layers.batch_normalization(layer, training=True)
layer = tf.layers.dropout(tf.layers.flatten(layer), 0.5, training=tf.constant(True))
layer = tf.nn.dropout(layer, keep_prob=tf.placeholder_with_default(1.0, []))
logits = tf.layers.dense(layer, 10)
print(logits)
cell = tf.nn.rnn_cell.MultiRNNCell([tf.nn.rnn_cell.BasicLSTMCell(2), tf.nn.rnn_cell.GRUCell(3)])
outputs, state = tf.nn.dynamic_rnn(cell, tf.reshape(x, [-1, 28, 28]), dtype=tf.float32)
print(outputs)
labels = tf.one_hot(tf.argmax(x[:, :10], 1), 10)
loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(logits=logits, labels=labels)) + tf.reduce_sum(outputs)
step = tf.train.get_or_create_global_step()
train_ops = [
    make(0.01).minimize(loss, global_step=step)
    for make in (
        tf.train.GradientDescentOptimizer,
        tf.train.AdamOptimizer,
        tf.train.AdagradOptimizer,
        tf.train.RMSPropOptimizer,
        lambda rate: tf.train.MomentumOptimizer(rate, 0.9),
    )
]
batch = tf.train.batch([tf.train.input_producer(tf.range(3), num_epochs=1, shuffle=False).dequeue()], 3)
tf.summary.scalar('loss', loss)
summary = tf.summary.merge_all()
print(len(tf.trainable_variables()), tf.trainable_variables()[2])
with tf.Session() as session:
    session.run([tf.global_variables_initializer(), tf.local_variables_initializer()])
    coord = tf.train.Coordinator()
    threads = tf.train.start_queue_runners(sess=session, coord=coord)
    print(session.run(batch).tolist())
    coord.request_stop()
    coord.join(threads)
    session.run([train_ops, summary], {x: [[0.5] * 784] * 2})
    path = tf.train.Saver().save(session, './model.ckpt', global_step=step)
    tf.train.Saver().restore(session, path)
tf.test.is_gpu_available()
print(tf.keras.__version__[0], tf.layers.Dense.__mro__[1].__module__.split('.')[0])
print(tf.VERSION == tf.__version__ == tf.compat.v1.__version__ == tf.compat.v2.__version__, tf.executing_eagerly())
import gc
print(gc.isenabled(), gc.get_freeze_count() > 100000)
"""
_PRINTED = [
    'Tensor("Relu:0", shape=(?, 14, 14, 16), dtype=float32)',
    'Tensor("dense/BiasAdd:0", shape=(?, 10), dtype=float32)',
    'Tensor("rnn/transpose_1:0", shape=(?, 28, 3), dtype=float32)',
    "14 <tf.Variable 'conv2d/kernel:0' shape=(3, 3, 16, 4) dtype=float32_ref>",
    '[0, 1, 2]',
    '2 tf_keras',
    'True False',
]


def test_names_that_are_pythons_too_do_not_stand_in_the_way_of_others(monkeypatch):
    for name in ('tuple', 'range', 'bool', 'complex', 'slice'):
        getattr(tf, name)
    monkeypatch.delitem(vars(tf), 'pywrap_tensorflow', raising=False)
    assert tf.pywrap_tensorflow.NewCheckpointReader is tf.train.NewCheckpointReader


@pytest.mark.parametrize(
    ('before', 'legacy_keras'),
    [('', '1'), ('import tensorflow as tf, keras; tf.constant(1)', '0')],
    ids=['alone', 'after_tensorflow_with_keras_3'],
)
def test_a_program_runs_as_on_tf_1_whatever_was_imported_before_and_stands_beside_it(tmp_path, before, legacy_keras):
    # Folders of the user's own with the names of ours must stay out of it.
    for name in ('tools', 'flags', 'graphs', 'estimators'):
        (tmp_path / name).mkdir()
        (tmp_path / name / '__init__.py').write_text('raise ImportError("not this one")')
    program = tmp_path / 'program.py'
    program.write_text(before + '\n' + _PROGRAM)
    env = {key: value for key, value in os.environ.items() if not key.startswith('TF_')}
    env['PYTHONPATH'] = str(_ROOT)
    env['TF_USE_LEGACY_KERAS'] = legacy_keras  # unset it is in this process
    done = subprocess.run(
        [sys.executable, '-W', 'error', str(program)],
        cwd=tmp_path,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    # What an earlier import of TensorFlow left may be the program's own, so it is collected as usual.
    assert done.stdout.splitlines() == [*_PRINTED, f'True {not before}']
    for unwanted in ('WARNING:tensorflow', 'deprecated', 'Instructions for updating', 'UserWarning'):
        assert unwanted not in done.stderr


class TestNames:
    @pytest.mark.parametrize(
        'name',
        [
            'Session',
            'InteractiveSession',
            'placeholder',
            'get_variable',
            'set_random_seed',
            'app.run',
            'flags',
            'logging.info',
            'gfile.Exists',
            'layers.conv2d',
            'layers.Dense',
            'nn.rnn_cell.BasicLSTMCell',
            'nn.softmax_cross_entropy_with_logits_v2',
            'nn.static_rnn',
            'train.AdamOptimizer',
            'train.Saver',
            'train.shuffle_batch',
            'train.slice_input_producer',
            'summary.FileWriter',
            'summary.merge_all',
            'data.TFRecordDataset',
            'estimator.Estimator',
            'estimator.ModeKeys.TRAIN',
            'estimator.inputs.numpy_input_fn',
            'estimator.export.PredictOutput',
            'contrib.learn.datasets.load_dataset',
            'contrib.learn.datasets.mnist',
            'examples.tutorials.mnist.input_data.read_data_sets',
            'keras.datasets.mnist.load_data',
            'keras.layers.Dense',
            'losses.sparse_softmax_cross_entropy',
            'metrics.accuracy',
            'image.decode_jpeg',
            'python_io.TFRecordWriter',
            'saved_model.simple_save',
        ],
    )
    def test_what_tf_1_programs_use_is_there(self, name):
        found = tf
        for part in name.split('.'):
            assert hasattr(found, part), f'{part} of {name}'
            found = getattr(found, part)

    def test_a_name_is_found_once_and_stays_the_same(self):
        assert tf.layers is tf.layers
        assert tf.nn.rnn_cell is tf.nn.rnn_cell
        assert tf.nn.relu is __import__('tensorflow').nn.relu
        assert tf.train.Saver is tf.train.Saver

    def test_v1_comes_before_v2(self):
        import tensorflow as tf2

        assert tf.data.Dataset is tf2.compat.v1.data.Dataset
        assert tf.metrics.mean is tf2.compat.v1.metrics.mean
        assert tf.summary.scalar is tf2.compat.v1.summary.scalar
        assert tf.get_variable is tf2.compat.v1.get_variable

    def test_what_v1_lacks_is_taken_from_tensorflow(self):
        import tensorflow as tf2

        assert tf.summary.create_file_writer is tf2.summary.create_file_writer
        assert tf.nn.RNNCellDropoutWrapper is tf2.nn.RNNCellDropoutWrapper

    def test_parts_can_be_imported_by_their_paths(self):
        from tf1 import estimator, layers
        from tf1.estimator import Estimator
        from tf1.examples.tutorials.mnist import input_data

        assert estimator is tf.estimator
        assert layers is tf.layers
        assert Estimator is tf.estimator.Estimator
        assert input_data is tf.examples.tutorials.mnist.input_data

    def test_those_of_the_build_are_the_installed_tensorflows(self):
        assert tf.__git_version__ == tf.version.GIT_VERSION
        assert tf.__compiler_version__ == tf.version.COMPILER_VERSION
        assert (tf.__cxx11_abi_flag__, tf.__monolithic_build__) == (tf.sysconfig.CXX11_ABI_FLAG, 0)

    def test_keras_of_compat_v2_is_keras_2_whatever_tensorflow_takes(self):
        assert tf.compat.v2.keras is importlib.import_module('tf_keras.api._v2.keras')
        assert tf.compat.v2.keras.layers.DenseFeatures is not tf.keras.layers.DenseFeatures

    def test_they_are_listed(self):
        assert {'Session', 'estimator', 'contrib', 'layers', 'nn', '__version__'} <= set(dir(tf))
        assert {'conv2d', 'Dense', 'dropout'} <= set(dir(tf.layers))
        assert {'rnn_cell', 'relu', 'conv2d'} <= set(dir(tf.nn))
        assert dir(tf.contrib) == sorted(dir(tf.contrib))
        assert 'learn' in dir(tf.contrib)
        assert not any(name.startswith('_') and name != '__version__' for name in dir(tf))


class TestMissingNames:
    @pytest.mark.parametrize(
        ('module', 'name', 'successor'),
        [
            ('tf', 'mul', 'tf.multiply'),
            ('tf', 'sub', 'tf.subtract'),
            ('tf', 'pack', 'tf.stack'),
            ('tf', 'select', 'tf.where'),
            ('tf', 'scalar_summary', 'tf.summary.scalar'),
            ('tf', 'merge_all_summaries', 'tf.summary.merge_all'),
            ('tf.train', 'SummaryWriter', 'tf.summary.FileWriter'),
            ('tf.nn', 'rnn', 'tf.nn.static_rnn'),
            ('tf.contrib', 'bayesflow', 'the package tensorflow_probability'),
            ('tf.contrib', 'gan', 'the package tensorflow_gan'),
            ('tf.contrib.learn', 'BaseEstimator', 'tf.contrib.learn.Estimator'),
        ],
    )
    def test_what_was_replaced_names_its_successor(self, module, name, successor):
        holder = tf
        for part in module.split('.')[1:]:
            holder = getattr(holder, part)
        with pytest.raises(AttributeError) as caught:
            getattr(holder, name)
        assert str(caught.value) == (
            f"{module}.{name} is not in TF 1.15 or not in today's TensorFlow; use {successor} instead."
        )
        assert caught.value.name == name
        assert not hasattr(holder, name)

    @pytest.mark.parametrize(
        'module', ['tf', 'tf.nn', 'tf.layers', 'tf.train', 'tf.contrib', 'tf.estimator', 'tf.keras']
    )
    def test_what_never_was_is_said_to_be_nowhere(self, module):
        holder = tf
        for part in module.split('.')[1:]:
            holder = getattr(holder, part)
        assert not hasattr(holder, 'nonsense')
        assert getattr(holder, 'nonsense', 5) == 5
        text = (
            f'{module}.nonsense does not exist: neither tf1 nor the installed TensorFlow has it under compat.v1 or at '
            'top level.'
        )
        with pytest.raises(AttributeError) as caught:
            holder.nonsense  # noqa: B018
        assert str(caught.value) == text

    def test_every_successor_that_is_a_name_exists_and_no_replaced_name_does(self):
        from tf1._namespace.removed import _REPLACED

        for old, new in _REPLACED.items():
            assert not exists(old), old
            if new.startswith('tf.') and ' ' not in new:
                assert exists(new), new

    def test_private_and_double_underscored_names_are_plainly_missing(self):
        with pytest.raises(AttributeError, match=r"^module 'tf1' has no attribute '__nothing__'$"):
            tf.__nothing__  # noqa: B018
        with pytest.raises(AttributeError, match="^module 'tf1.layers' has no attribute '_nothing'$"):
            tf.layers._nothing  # noqa: B018


def exists(name):
    found = tf
    for part in name.split('.')[1:]:
        if not hasattr(found, part):
            return False
        found = getattr(found, part)
    return True


class TestOverlay:
    def test_own_names_come_first_then_bases_in_order_and_each_is_looked_up_once(self):
        loads = []

        def loader(name, **values):
            def load():
                loads.append(name)
                return types.SimpleNamespace(**values)

            return load

        module = Overlay(
            'tf.some',
            (loader('first', a='a1', b='b1'), loader('second', a='a2', c='c2', d='d2')),
            {'b': lambda: 'own'},
        )
        assert loads == []
        assert (module.b, module.a, module.c) == ('own', 'a1', 'c2')
        assert loads == ['first', 'first', 'second']
        assert (module.b, module.a, module.c) == ('own', 'a1', 'c2')
        assert len(loads) == 3
        assert dir(module) == ['a', 'b', 'c', 'd']
        with pytest.raises(AttributeError, match=r'^tf\.some\.e does not exist'):
            module.e  # noqa: B018

    def test_an_error_while_a_module_is_loaded_is_not_taken_for_a_missing_name(self):
        def broken():
            raise ImportError('no such package')

        with pytest.raises(ImportError, match='no such package'):
            Overlay('tf.some', (broken,), {}).name  # noqa: B018
