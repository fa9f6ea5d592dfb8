"""`tf.contrib.framework.nest`: `tf.nest`, with the names that it had in TF 1.x."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import tensorflow.compat.v1 as tf

assert_same_structure = tf.nest.assert_same_structure
flatten = tf.nest.flatten
is_nested = is_sequence = tf.nest.is_nested
map_structure = tf.nest.map_structure
pack_sequence_as = tf.nest.pack_sequence_as


def flatten_dict_items(dictionary: Mapping[Any, Any]) -> dict[Any, Any]:
    """Returns a dictionary whose keys and values, structures of the same form, are taken apart.

    Raises:
      TypeError: the argument is no mapping.
      ValueError: a key and its value differ in length, or a key occurs twice.
    """
    if not isinstance(dictionary, Mapping):
        raise TypeError(f'flatten_dict_items needs a dictionary, got {type(dictionary).__name__}.')
    flat: dict[Any, Any] = {}
    for key, value in dictionary.items():
        keys, values = (flatten(key), flatten(value)) if is_nested(key) else ([key], [value])
        if len(keys) != len(values):
            raise ValueError(f'Key {key!r} has {len(keys)} items and its value {len(values)}; they must agree.')
        for one, other in zip(keys, values, strict=True):
            if one in flat:
                raise ValueError(f'Key {one!r} occurs twice; each may occur once.')
            flat[one] = other
    return flat


def assert_shallow_structure(shallow_tree: Any, input_tree: Any, check_types: bool = True) -> None:
    """Checks that a tree begins as another does.

    Raises:
      TypeError: types differ, where `check_types` asks, or one goes deeper than the tree.
      ValueError: lengths or keys differ.
    """
    if not is_nested(shallow_tree):
        return
    if not is_nested(input_tree):
        raise TypeError(f'The tree must go as deep as the shallow one, got {type(input_tree).__name__} in it.')
    if check_types and not isinstance(input_tree, type(shallow_tree)):
        raise TypeError(f'Types must agree, got {type(input_tree).__name__} for {type(shallow_tree).__name__}.')
    shallow, deep = dict(_children(shallow_tree)), dict(_children(input_tree))
    if shallow.keys() != deep.keys():
        raise ValueError(f'Lengths or keys must agree, got {list(deep)} for {list(shallow)}.')
    for key, child in shallow.items():
        assert_shallow_structure(child, deep[key], check_types)


def flatten_up_to(shallow_tree: Any, input_tree: Any, check_types: bool = True) -> list[Any]:
    """Returns what stands in a tree where a shallow one has its leaves."""
    assert_shallow_structure(shallow_tree, input_tree, check_types)
    return list(_up_to(shallow_tree, input_tree))


def map_structure_up_to(shallow_tree: Any, func: Callable[..., Any], *inputs: Any, check_types: bool = True) -> Any:
    """Returns the shallow tree with `func` of what stands in the inputs in place of its leaves."""
    columns = [flatten_up_to(shallow_tree, tree, check_types) for tree in inputs]
    return pack_sequence_as(shallow_tree, [func(*row) for row in zip(*columns, strict=True)])


def flatten_with_tuple_paths(structure: Any) -> list[tuple[tuple[Any, ...], Any]]:
    """Returns pairs of a path, a tuple of keys and numbers, and the leaf there."""
    return list(_with_paths(structure, ()))


def flatten_with_joined_string_paths(structure: Any, separator: str = '/') -> list[tuple[str, Any]]:
    """Returns pairs of a path, joined to a string, and the leaf there."""
    return [(separator.join(map(str, path)), leaf) for path, leaf in _with_paths(structure, ())]


def yield_flat_paths(nest: Any) -> Iterator[tuple[Any, ...]]:
    """Yields the path of each leaf."""
    for path, _ in _with_paths(nest, ()):
        yield path


def map_structure_with_tuple_paths(func: Callable[..., Any], *structures: Any) -> Any:
    """Returns the structure of `func(path, *leaves)`, where a path is a tuple."""
    paths = [path for path, _ in flatten_with_tuple_paths(structures[0])]
    columns = [flatten(structure) for structure in structures]
    return pack_sequence_as(structures[0], [func(*row) for row in zip(paths, *columns, strict=True)])


def map_structure_with_paths(func: Callable[..., Any], *structures: Any) -> Any:
    """Returns the structure of `func(path, *leaves)`, where a path is joined by slashes."""
    return map_structure_with_tuple_paths(lambda path, *leaves: func('/'.join(map(str, path)), *leaves), *structures)


def _children(tree: Any) -> list[tuple[Any, Any]]:
    if isinstance(tree, Mapping):
        return [(key, tree[key]) for key in sorted(tree)]
    if hasattr(tree, '_fields'):
        return list(zip(tree._fields, tree, strict=True))
    return list(enumerate(tree))


def _up_to(shallow: Any, tree: Any) -> Iterator[Any]:
    if not is_nested(shallow):
        yield tree
        return
    for (_, one), (_, other) in zip(_children(shallow), _children(tree), strict=True):
        yield from _up_to(one, other)


def _with_paths(tree: Any, path: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], Any]]:
    if not is_nested(tree):
        yield path, tree
        return
    for key, child in _children(tree):
        yield from _with_paths(child, (*path, key))
