"""Argument scopes: texts of errors, threads, keys."""

from __future__ import annotations

import concurrent.futures

import pytest

from tf1.contrib.framework import scopes


@scopes.add_arg_scope
def _decorated(a: int, b: int = 1) -> list[int]:
    """Doc."""
    return [a, b]


def _undecorated() -> None:
    pass


def test_a_decorated_function_keeps_its_name_and_text() -> None:
    assert (_decorated.__name__, _decorated.__doc__) == ('_decorated', 'Doc.')


def _fails_within_a_scope() -> None:
    with scopes.arg_scope([_decorated], b=5):
        raise KeyError(_decorated(1)[1])


def test_an_error_ends_the_scope() -> None:
    with pytest.raises(KeyError, match='5'):
        _fails_within_a_scope()
    assert _decorated(1) == [1, 1]


def test_a_scope_belongs_to_its_thread() -> None:
    with scopes.arg_scope([_decorated], b=5), concurrent.futures.ThreadPoolExecutor(1) as pool:
        assert pool.submit(_decorated, 1).result() == [1, 1]
        assert _decorated(1) == [1, 5]


def test_a_scope_holds_the_functions_key() -> None:
    with scopes.arg_scope([_decorated], b=5) as scope:
        assert scope == {scopes.arg_scope_func_key(_decorated): {'b': 5}}


def test_an_undecorated_function_is_named() -> None:
    with pytest.raises(ValueError, match=r'test_scopes\._undecorated is not decorated with @add_arg_scope'):
        scopes.arg_scope([_undecorated]).__enter__()
    with pytest.raises(AssertionError, match=r'_undecorated is not decorated'):
        scopes.arg_scoped_arguments(_undecorated)


def test_a_single_function_is_refused_with_the_remedy() -> None:
    with pytest.raises(TypeError, match='got function. Put a single function into a list'):
        scopes.arg_scope(_decorated, b=5).__enter__()


def test_a_scope_again_takes_no_arguments() -> None:
    with pytest.raises(ValueError, match=r"takes no more arguments, got \['b'\]; drop them"):
        scopes.arg_scope({}, b=5).__enter__()
