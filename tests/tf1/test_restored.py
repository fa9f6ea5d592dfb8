from __future__ import annotations

import types

import pytest

from tf1._notes import Notes
from tf1._program import Program
from tf1._restored import Restored, StandIn, chain, named


def module(name='lib', **names):
    made = types.ModuleType(name)
    made.__dict__.update(names)
    return made


def test_a_module_answers_the_program_and_nobody_else(capsys):
    lib = module(here=1)
    Restored(Program(), Notes()).answer(lib, 'lib', named({'old': 'math.gcd', 'kind': 'float'}))
    assert (lib.here, lib.old(6, 4), lib.kind) == (1, 2, float)
    assert not hasattr(lib, 'other')
    stranger = {'__name__': 'stranger', '__file__': '/x/site-packages/stranger.py', 'lib': lib}
    assert eval('hasattr(lib, "old")', stranger) is False
    with pytest.raises(AttributeError, match=r"^module 'lib' has no attribute 'old'$"):
        eval('lib.old', stranger)
    assert capsys.readouterr().err == (
        'tf1: lib.old is gone; math.gcd stands in for it.\ntf1: lib.kind is gone; float stands in for it.\n'
    )


def test_what_a_module_answers_itself_is_still_answered():
    lib = module(__getattr__=lambda name: f'lazy {name}')
    restored = Restored(Program(), Notes())
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
