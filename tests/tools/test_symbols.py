from __future__ import annotations

import pytest

import tf1 as tf
from tools import symbols


@pytest.fixture(scope='module')
def found():
    return list(symbols.examine(symbols.golden()))


def test_every_absent_symbol_outside_contrib_has_a_successor(found):
    absent = [each for each in found if each.state == symbols.ABSENT and not each.module.startswith('tf.contrib')]
    tpu = [each for each in absent if each.module.startswith(('tf.tpu', 'tf.estimator.tpu'))]
    assert [(each.module, each.name) for each in absent if each not in tpu and '; use ' not in each.text] == []
    assert 20 < len(absent) - len(tpu) < 60


def test_every_absent_symbol_of_contrib_has_a_successor_or_a_package_with_one(found):
    absent = [each for each in found if each.state == symbols.ABSENT and each.module.startswith('tf.contrib')]
    # Traces of generated code: of the projector, which is the package tensorboard's, and of operations.
    named = [each for each in absent if each.name != 'DESCRIPTOR' and not each.name.endswith('_eager_fallback')]
    assert [(each.module, each.name) for each in named if '; use ' not in each.text] == []


@pytest.mark.parametrize('name', ['layers', 'rnn', 'framework', 'slim', 'learn.datasets', 'losses', 'metrics'])
def test_more_than_nine_tenths_of_the_packages_that_programs_use_are_there(found, name):
    there, total = symbols.shares(found)[f'tf.contrib.{name}']
    assert there > 0.9 * total > 0


def test_all_of_tf_train_nn_layers_and_summary_is_there(found):
    shares = symbols.shares(found)
    for name in ('tf', 'tf.train', 'tf.nn', 'tf.layers', 'tf.summary', 'tf.nn.rnn_cell', 'tf.contrib.rnn'):
        there, total = shares[name]
        assert there == total > 0, name


def test_the_page_of_symbols_is_that_of_the_code(found):
    page = symbols.SYMBOLS.parents[2] / 'docs' / 'symbols.md'
    assert page.read_text() == symbols.page(found), 'write it anew: python -m tools.symbols --page docs/symbols.md'


def test_a_symbol_is_own_forwarded_or_absent():
    found = list(symbols.examine({'tf.contrib.layers': ['conv2d', 'nonsense'], 'tf.train': ['Saver'], 'tf.no': ['x']}))
    assert found[0].text == 'tf1/contrib/layers/convolution.py'
    assert [(each.name, each.state) for each in found] == [
        ('conv2d', symbols.OWN),
        ('nonsense', symbols.ABSENT),
        ('Saver', symbols.FORWARDED),
        ('x', symbols.ABSENT),
    ]
    assert found[3].text.startswith('tf.no does not exist')
    assert symbols.shares(found) == {'tf.contrib.layers': (1, 2), 'tf.train': (1, 1), 'tf.no': (0, 1)}
    assert tf.train.Saver.__module__.startswith('tensorflow.')


def test_the_page_sums_modules_up_and_groups_what_is_absent_by_its_successor():
    found = [
        symbols.Symbol('tf.a', 'one', symbols.OWN, 'tf1/b.py'),
        symbols.Symbol('tf.a', 'nought', symbols.OWN, 'tf1/a.py'),
        symbols.Symbol('tf.a', 'two', symbols.FORWARDED),
        symbols.Symbol('tf.a', 'three', symbols.ABSENT, 'Use two.'),
        symbols.Symbol('tf.a', 'four', symbols.ABSENT, 'Use two.'),
    ]
    lines = symbols.page(found).splitlines()
    assert '| `tf.a` | 3 | 5 |' in lines
    assert lines[-8:] == [
        '',
        'Own, in [tf1/a.py](../tf1/a.py): `nought`.',
        '',
        'Own, in [tf1/b.py](../tf1/b.py): `one`.',
        '',
        'Forwarded: `two`.',
        '',
        '- Absent: `three`, `four`. Use two.',
    ]


def test_the_table_is_printed_and_the_page_written(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(symbols, 'golden', lambda: {'tf.train': ['Saver', 'SummaryWriter']})
    monkeypatch.setattr('sys.argv', ['symbols', '--page', str(tmp_path / 'page.md')])
    symbols.main()
    assert capsys.readouterr().out.split() == ['tf.train', '1', 'of', '2', '50.0%', 'SummaryWriter']
    assert '- Absent: `SummaryWriter`.' in (tmp_path / 'page.md').read_text()
