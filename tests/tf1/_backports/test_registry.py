from __future__ import annotations

import types

import pytest

from tf1._backports.notices import Notices
from tf1._backports.registry import Lent, Registry, StandIn, chain, named, patch_attributes
from tf1._backports.user_code import UserCode


def module(name='lib', **names):
    made = types.ModuleType(name)
    made.__dict__.update(names)
    return made


def test_a_module_answers_the_program_and_nobody_else(capsys):
    lib = module(here=1)
    Registry(UserCode(), Notices()).answer(lib, 'lib', named({'old': 'math.gcd', 'kind': 'float'}))
    assert (lib.here, lib.old(6, 4), lib.kind) == (1, 2, float)
    assert not hasattr(lib, 'other')
    stranger = {'__name__': 'stranger', '__file__': '/x/site-packages/stranger.py', 'lib': lib}
    assert eval('hasattr(lib, "old")', stranger) is False
    with pytest.raises(AttributeError, match=r"^module 'lib' has no attribute 'old'$"):
        eval('lib.old', stranger)
    assert capsys.readouterr().err == (
        'tf1: lib.old is gone; math.gcd stands in for it.\ntf1: lib.kind is gone; float stands in for it.\n'
    )


def test_one_that_answers_libraries_says_nothing_of_them(capsys):
    lib = module()
    Registry(UserCode(), Notices()).answer(lib, 'lib', named({'old': 'math.gcd'}), libraries=True)
    stranger = {'__name__': 'stranger', '__file__': '/x/site-packages/stranger.py', 'lib': lib}
    assert eval('lib.old(6, 4)', stranger) == 2
    assert eval('hasattr(lib, "other")', stranger) is False
    assert capsys.readouterr().err == ''
    assert lib.old(6, 4) == 2
    assert capsys.readouterr().err == 'tf1: lib.old is gone; math.gcd stands in for it.\n'


def test_what_a_module_answers_itself_is_still_answered():
    lib = module(__getattr__=lambda name: f'lazy {name}')
    restored = Registry(UserCode(), Notices())
    restored.answer(lib, 'lib', named({'old': 'math.gcd'}))
    restored.answer(lib, 'lib', named({'lazy': 'math.gcd'}))  # once is enough
    assert lib.lazy == 'lazy lazy'
    assert lib.old.__name__ == 'gcd'
    assert restored.answers(lib, 'old')
    assert not restored.answers(lib, 'lazy')
    assert not restored.answers(module(), 'old')
    restored.remove()
    assert lib.old == 'lazy old'


def test_finders_are_asked_in_order():
    first = {'a': StandIn(1, 'one')}.get
    second = {'a': StandIn(2, 'two'), 'b': StandIn(3, 'three')}.get
    find = chain(first, second)
    assert (find('a'), find('b'), find('c')) == (StandIn(1, 'one'), StandIn(3, 'three'), None)


class Table:
    rows = 3


@pytest.mark.parametrize('owned', [True, False])
def test_only_the_program_finds_what_is_lent_and_each_use_is_noted(owned):
    said = []
    program, notes = types.SimpleNamespace(owns=lambda names: owned), types.SimpleNamespace(say=said.append)
    lent = Lent('size', lambda table: 2 * table.rows, '{kind}.size is gone.', program, notes)
    undo = patch_attributes({(Table, 'size'): lent})
    if owned:
        assert Table().size == 6
    else:
        with pytest.raises(AttributeError, match="^'Table' object has no attribute 'size'$"):
            Table().size  # noqa: B018
    assert said == (['Table.size is gone.'] if owned else [])
    # The class itself has none, so that libraries which look there see what is installed.
    assert not hasattr(Table, 'size')
    undo()
    assert 'size' not in vars(Table)
