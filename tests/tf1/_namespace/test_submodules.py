from __future__ import annotations

import importlib
import sys

import pytest

import tf1 as tf
from tf1 import _namespace


@pytest.mark.parametrize(
    'name',
    [
        'tf1.layers',
        'tf1.nn',
        'tf1.nn.rnn_cell',
        'tf1.train',
        'tf1.logging',
        'tf1.keras',
        'tf1.keras.backend',
        'tf1.keras.layers',
        'tf1.keras.layers.experimental.preprocessing',
        'tf1.keras.datasets.mnist',
        'tf1.estimator.export',
        'tf1.contrib.learn.datasets.mnist',
        'tf1.examples.tutorials.mnist.input_data',
    ],
)
def test_a_part_of_the_namespace_is_imported_by_its_dotted_name(name):
    found = tf
    for part in name.split('.')[1:]:
        found = getattr(found, part)
    assert importlib.import_module(name) is found
    assert sys.modules[name] is found


def test_import_statements_of_all_forms_lead_to_the_same():
    import tf1.keras.backend as K
    import tf1.nn.rnn_cell as rnn_cell
    from tf1.keras.layers import Dense
    from tf1.nn.rnn_cell import LSTMCell

    from tf1.train import AdamOptimizer, Saver

    assert K is tf.keras.backend
    assert rnn_cell is tf.nn.rnn_cell
    assert Dense is tf.keras.layers.Dense
    assert LSTMCell is tf.nn.rnn_cell.LSTMCell
    assert (AdamOptimizer, Saver) == (tf.train.AdamOptimizer, tf.train.Saver)


def test_a_star_import_brings_all_public_names():
    names = {}
    exec('from tf1.train import *', names)
    assert names['AdamOptimizer'] is tf.train.AdamOptimizer
    assert set(dir(tf.train)) <= set(names)


def test_private_modules_of_tensorflow_are_the_real_ones():
    import tensorflow.python.framework.ops as real
    import tf1.python.framework.ops as ops
    from tf1.core.framework import graph_pb2

    assert ops is real
    assert graph_pb2.GraphDef is tf.GraphDef


def test_compat_v1_is_the_namespace_itself_and_v2_is_tensorflow_with_its_estimators():
    import tensorflow.compat.v2 as real
    import tf1.compat.v1 as v1
    import tf1.compat.v1.keras.layers as layers
    import tf1.compat.v2 as v2

    assert v1 is tf
    assert layers is tf.keras.layers
    assert v2.Variable is real.Variable
    assert v2.estimator.DNNClassifier is not tf.estimator.DNNClassifier


@pytest.mark.usefixtures('no_absent_packages')
class TestMissing:
    @pytest.mark.parametrize(
        ('statement', 'public'),
        [
            ('import tf1.contrib.foo', 'tf.contrib.foo'),
            ('import tf1.contrib.foo.python.ops', 'tf.contrib.foo'),
            ('from tf1.contrib import foo', 'tf.contrib.foo'),
            ('from tf1 import nope', 'tf.nope'),
            ('from tf1.keras import nope', 'tf.keras.nope'),
            ('from tf1.keras.layers import nope', 'tf.keras.layers.nope'),
            ('from tf1.estimator import nope', 'tf.estimator.nope'),
            ('from tf1.contrib.learn.python.learn import nope', 'tf.contrib.learn.nope'),
        ],
    )
    def test_what_never_was_is_said_to_be_nowhere(self, statement, public):
        with pytest.raises(ModuleNotFoundError) as caught:
            exec(statement, {})
        assert str(caught.value) == (
            f'{public} does not exist: neither tf1 nor the installed TensorFlow has it under compat.v1 or at top level.'
        )
        assert caught.value.name == public

    def test_what_was_replaced_names_its_successor(self):
        with pytest.raises(ModuleNotFoundError, match=r'^tf\.train\.SummaryWriter is .*; use tf\.summary\.FileWriter'):
            exec('from tf1.train import SummaryWriter', {})
        with pytest.raises(ModuleNotFoundError, match=r'^tf\.contrib\.gan\.GAN is .*; use the package tensorflow_gan'):
            exec('from tf1.contrib.gan import GAN', {})

    def test_an_absent_package_of_contrib_can_be_imported_and_says_at_use_what_replaced_it(self):
        exec('import tf1.contrib.gan', names := {})
        with pytest.raises(AttributeError, match=r'^tf\.contrib\.gan\.GAN is .*; use the package tensorflow_gan'):
            print(names['tf1'].contrib.gan.GAN)
        assert not hasattr(names['tf1'].contrib.gan, 'GAN')

    def test_a_program_that_can_do_without_a_package_is_told_that_it_is_absent(self, tmp_path, monkeypatch):
        (tmp_path / 'optional.py').write_text(
            'try:\n    from tf1.contrib import quantize\nexcept (ImportError, ValueError):\n    quantize = None\n'
            'try:\n    from tf1.contrib import kafka\nexcept ValueError:\n    kafka = None\n'
        )
        monkeypatch.syspath_prepend(tmp_path)
        optional = importlib.import_module('optional')
        assert optional.quantize is None
        assert optional.kafka.__name__ == 'tf1.contrib.kafka'


def test_a_submodule_that_a_package_lists_but_does_not_have_is_missing(monkeypatch):
    holder = _namespace.Overlay('tf.holder', (), {'ghost': _namespace.module_loader('tf1.holder.ghost')})
    monkeypatch.setitem(sys.modules, 'tf1.holder', holder)
    with pytest.raises(ModuleNotFoundError, match=r"^No module named 'tf1\.holder\.ghost'$"):
        importlib.import_module('tf1.holder.ghost')
