from __future__ import annotations

import pytest

from tf1._check.resolver import Answer, Resolver, State


@pytest.fixture(scope='module')
def resolver():
    return Resolver()


@pytest.mark.parametrize(
    ('name', 'shown', 'state'),
    [
        ('tensorflow', 'tensorflow', State.PLAIN),
        ('tensorflow.nn.relu', 'tf.nn.relu', State.PLAIN),
        ('tensorflow.compat.v1.placeholder', 'tf.compat.v1.placeholder', State.PLAIN),
        ('tensorflow.python.framework.ops', 'tf.python.framework.ops', State.PLAIN),
        ('tensorflow.placeholder', 'tf.placeholder', State.COMPAT),
        ('tensorflow.train.AdamOptimizer.minimize', 'tf.train.AdamOptimizer', State.COMPAT),
        ('tensorflow.app.flags.FLAGS.steps', 'tf.app.flags.FLAGS', State.COMPAT),
        ('tensorflow.contrib.layers.conv2d', 'tf.contrib.layers.conv2d', State.TF1),
        ('tensorflow.contrib.layers.python.layers.utils', 'tf.contrib.layers.python.layers.utils', State.TF1),
        ('tensorflow.examples.tutorials.mnist.input_data', 'tf.examples.tutorials.mnist.input_data', State.TF1),
        ('tensorflow.compat.v1.estimator.Estimator', 'tf.compat.v1.estimator.Estimator', State.TF1),
        ('keras.layers.core.Dense', 'keras.layers.core.Dense', State.TF1),
    ],
)
def test_a_name_is_where_the_import_statement_of_a_program_finds_it(resolver, name, shown, state):
    assert resolver.answer(name) == Answer(shown, state)


@pytest.mark.parametrize(
    ('name', 'shown', 'text'),
    [
        ('tensorflow.train.SummaryWriter', 'tf.train.SummaryWriter', 'use tf.summary.FileWriter instead.'),
        ('tensorflow.compat.v1.train.SummaryWriter.add', 'tf.compat.v1.train.SummaryWriter', 'tf.summary.FileWriter'),
        (
            'tensorflow.contrib.gan.GANEstimator',
            'tf.contrib.gan',
            'use the package tensorflow_gan instead.',
        ),
        ('tensorflow.nonsense.deep', 'tf.nonsense', 'tf.nonsense does not exist'),
        ('tensorflow.contrib.layers.python.nonsense.deep', 'tf.contrib.layers.python.nonsense', 'does not exist'),
        ('numpy.nonsense', 'numpy.nonsense', 'numpy.nonsense is not in the installed numpy'),
    ],
)
def test_an_absent_name_comes_with_what_to_use_instead(resolver, name, shown, text):
    answer = resolver.answer(name)
    assert (answer.name, answer.state) == (shown, State.ABSENT)
    assert text in answer.text


def test_the_successor_of_a_symbol_says_more_than_that_of_its_package(resolver):
    answer = resolver.answer('tensorflow.contrib.learn.datasets.base.retry')
    assert answer.text.endswith('use the package tenacity instead.')


@pytest.mark.parametrize(
    ('name', 'shown', 'words'),
    [
        ('numpy.float', 'np.float', 'float'),
        ('numpy.asscalar', 'np.asscalar', 'the method item()'),
        ('time.clock', 'time.clock', 'time.process_time'),
        ('collections.Mapping.get', 'collections.Mapping', 'collections.abc.Mapping'),
    ],
)
def test_a_lost_name_of_a_library_is_put_back(resolver, name, shown, words):
    assert resolver.answer(name) == Answer(shown, State.BACKPORTED, words)


@pytest.mark.parametrize('name', ['numpy', 'numpy.zeros', 'collections.abc.Mapping', 'os.path.join', 'nonsense.x'])
def test_what_tf1_has_nothing_to_do_with_has_no_answer(resolver, name):
    assert resolver.answer(name) is None


def test_a_name_is_looked_up_once(resolver, monkeypatch):
    first = resolver.answer('tensorflow.nn.elu')
    monkeypatch.setattr(resolver, '_look_up', None)
    assert resolver.answer('tensorflow.nn.elu') is first


@pytest.mark.parametrize(('module', 'shown'), [('imp', 'imp'), ('distutils.version.LooseVersion', 'distutils.version')])
def test_a_module_that_python_has_dropped_is_put_back(resolver, monkeypatch, module, shown):
    monkeypatch.setattr('importlib.util.find_spec', lambda name: None)
    monkeypatch.setattr('tf1._backports.python_modules.make', lambda name: object() if name == shown else None)
    assert resolver.answer(module) == Answer(shown, State.BACKPORTED, "tf1's own module")
