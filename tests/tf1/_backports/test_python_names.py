from __future__ import annotations

import base64
import collections
import fractions
import inspect
import time

import pytest

from tf1._backports import python_names


def test_collections_has_its_abstract_classes(installed):
    from collections import Mapping, OrderedDict, Sequence  # noqa: UP035

    assert issubclass(OrderedDict, Mapping)
    assert isinstance([], Sequence)
    assert collections.Iterable is collections.abc.Iterable


def test_lost_functions_are_back(installed):
    import base64 as again  # noqa: F401

    assert fractions.gcd(12, 18) == 6
    assert 0 < time.clock() <= time.process_time()
    assert base64.decodestring(base64.encodestring(b'x')) == b'x'
    assert inspect.getargspec(lambda a, b=2, *rest, **more: None) == (['a', 'b'], 'rest', 'more', (2,))


def test_getargspec_refuses_what_it_cannot_tell():
    with pytest.raises(ValueError, match='^getargspec is for functions without keyword-only arguments, got <function'):
        python_names.getargspec(lambda *, a: a)
    with pytest.raises(TypeError):
        python_names.getargspec(3)
