"""Reads text such as 'rate=0.1,units=[3,4],names[1]=x' into values of known types."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

_ASSIGNMENT = re.compile(
    r"""
    (?P<name>[a-zA-Z][\w.]*)(?:\[\ *(?P<index>\d+)\ *\])?
    \s*=\s*
    (?:(?P<value>[^,\[]*)|\[(?P<list>[^\]]*)\])
    (?:,\s*|$)
    """,
    re.VERBOSE,
)
_BOOLS = {'true': True, 'True': True, 'false': False, 'False': False}


def parse_values(values: str, type_map: Mapping[str, type], ignore_unknown: bool = False) -> dict[str, Any]:
    """Returns the values by name: a scalar, a list, or for `name[i]=v` a dictionary from index to scalar.

    Args:
      values: comma-separated assignments; a list stands in square brackets.
      type_map: from name to the type of the scalar, or of a list's elements.
      ignore_unknown: whether names that are not in `type_map` are skipped.

    Raises:
      ValueError: the text cannot be read, a name is unknown, or a name is assigned twice.
    """
    results: dict[str, Any] = {}
    position = 0
    while position < len(values):
        match = _ASSIGNMENT.match(values, position)
        if match is None:
            raise ValueError(
                f'Malformed hyperparameter value: {values[position:]!r}; write NAME=VALUE,NAME=[VALUE,...].'
            )
        position = match.end()
        name = match['name']
        if name in type_map:
            _assign(results, match, _parser(type_map[name]), values)
        elif not ignore_unknown:
            raise ValueError(f'Unknown hyperparameter {name!r} in {values!r}; known: {", ".join(sorted(type_map))}.')
    return results


def _assign(results: dict[str, Any], match: re.Match[str], parse: Callable[[str], Any], values: str) -> None:
    name, index = match['name'], match['index']
    if match['list'] is not None:
        if index is not None:
            raise ValueError(f'{name}[{index}] must be a scalar in {values!r}, got a list.')
        value: Any = [_read(parse, name, item.strip()) for item in match['list'].split(',') if item.strip()]
    else:
        value = _read(parse, name, match['value'])
    target, key = (results, name) if index is None else (results.setdefault(name, {}), int(index))
    if not isinstance(target, dict) or key in target:
        raise ValueError(f'{name} must be assigned once, got {values!r}.')
    target[key] = value


def _read(parse: Callable[[str], Any], name: str, text: str) -> Any:
    try:
        return parse(text)
    except (TypeError, ValueError) as error:
        raise ValueError(f'Could not parse hyperparameter {name} from {text!r}: {error}.') from error


def _parser(kind: type) -> Callable[[str], Any]:
    if kind is not bool:
        return kind
    return lambda text: _BOOLS[text] if text in _BOOLS else bool(int(text))
