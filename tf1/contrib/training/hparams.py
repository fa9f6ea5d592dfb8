"""Hyperparameters with types: a record that a command line, JSON or a dictionary can override."""

from __future__ import annotations

import json
import numbers
from collections.abc import Mapping
from typing import Any

from tf1.contrib.training.hparam_parsing import parse_values


class HParams:
    """Named values, each an attribute; the type of the first value is the type for good.

    A value is an int, a float, a bool, a string, or a list of one of these; None takes any value later.

    Args:
      hparam_def: must be None: its protocol buffer left with `tf.contrib`.
      model_structure: any object, kept as it is.
      **kwargs: the values.

    Raises:
      ValueError: a name is reserved, a list is empty, or `hparam_def` is given.
    """

    def __init__(self, hparam_def: None = None, model_structure: Any = None, **kwargs: Any):
        if hparam_def is not None:
            raise ValueError('hparam_def must be None: HParamDef left with tf.contrib; use parse_json instead.')
        self._hparam_types: dict[str, tuple[type, bool]] = {}
        self._model_structure = model_structure
        for name, value in kwargs.items():
            self.add_hparam(name, value)

    def add_hparam(self, name: str, value: Any) -> None:
        """Adds a value.

        Raises:
          ValueError: the name is taken, or the value is an empty list.
        """
        if getattr(self, name, None) is not None:
            raise ValueError(f'Hyperparameter name is reserved: {name}; choose another.')
        if isinstance(value, (list, tuple)):
            if not value:
                raise ValueError(f'Hyperparameter {name} must not be an empty list, which has no type.')
            self._hparam_types[name] = (type(value[0]), True)
        else:
            self._hparam_types[name] = (type(value), False)
        setattr(self, name, value)

    def set_hparam(self, name: str, value: Any) -> None:
        """Changes a value.

        Raises:
          KeyError: there is no such name.
          ValueError: the value has another type.
        """
        kind, is_list = self._hparam_types[name]
        if kind is type(None):
            setattr(self, name, value)
        elif isinstance(value, list) != is_list:
            wanted = 'a list' if is_list else 'no list'
            raise ValueError(f'Hyperparameter {name} must be {wanted}, got {value!r}.')
        elif is_list:
            setattr(self, name, [_cast(name, kind, item) for item in value])
        else:
            setattr(self, name, _cast(name, kind, value))

    def del_hparam(self, name: str) -> None:
        """Removes a value; no error if there is none of this name."""
        if hasattr(self, name):
            delattr(self, name)
            del self._hparam_types[name]

    def parse(self, values: str) -> HParams:
        """Changes values as text such as 'learning_rate=0.1,units=[3,4]' says, and returns this object.

        Raises:
          ValueError: the text cannot be read, or there is no such name.
        """
        types = {name: kind for name, (kind, _) in self._hparam_types.items()}
        return self.override_from_dict(parse_values(values, types))

    def parse_json(self, values_json: str) -> HParams:
        """Changes values as a JSON object says, and returns this object.

        Raises:
          KeyError: there is no such name.
          ValueError: the text is no JSON object, or a value has another type.
        """
        values = json.loads(values_json)
        if not isinstance(values, dict):
            raise ValueError(f'values_json must be a JSON object, got {values_json!r}.')
        return self.override_from_dict(values)

    def override_from_dict(self, values_dict: Mapping[str, Any]) -> HParams:
        """Changes values and returns this object.

        Raises:
          KeyError: there is no such name.
          ValueError: a value has another type.
        """
        for name, value in values_dict.items():
            self.set_hparam(name, value)
        return self

    def set_from_map(self, values_map: Mapping[str, Any]) -> HParams:
        """Is `override_from_dict` by its old name."""
        return self.override_from_dict(values_map)

    def get(self, key: str, default: Any = None) -> Any:
        """Returns a value, or `default` if there is none.

        Raises:
          ValueError: there is a value, of another type than `default`.
        """
        if key not in self._hparam_types:
            return default
        if default is not None:
            kind, is_list = self._hparam_types[key]
            if isinstance(default, list) != is_list:
                raise ValueError(f'The default {default!r} of hyperparameter {key} must have the type of its value.')
            for item in default if is_list else [default]:
                _cast(key, kind, item)
        return getattr(self, key)

    def values(self) -> dict[str, Any]:
        """Returns all values by name."""
        return {name: getattr(self, name) for name in self._hparam_types}

    def to_json(
        self, indent: int | None = None, separators: tuple[str, str] | None = None, sort_keys: bool = False
    ) -> str:
        """Returns all values as JSON."""
        return json.dumps(self.values(), indent=indent, separators=separators, sort_keys=sort_keys)

    def get_model_structure(self) -> Any:
        """Returns what `set_model_structure` or the constructor got."""
        return self._model_structure

    def set_model_structure(self, model_structure: Any) -> None:
        """Keeps an object."""
        self._model_structure = model_structure

    def __contains__(self, key: str) -> bool:
        return key in self._hparam_types

    def __str__(self) -> str:
        return ','.join(f'{name}={value}' for name, value in self.values().items())

    def __repr__(self) -> str:
        return f'{type(self).__name__}({sorted(self.values().items())})'


def _cast(name: str, kind: type, value: Any) -> Any:
    """Returns `value` as a `kind`: an int becomes a float, all else has to fit.

    Raises:
      ValueError: it does not.
    """
    text = f'Hyperparameter {name} must have type {kind.__name__}, got {value!r}.'
    if value is None or issubclass(kind, bool) != isinstance(value, bool):
        raise ValueError(text)
    if issubclass(kind, str) != isinstance(value, str):
        raise ValueError(text)
    if issubclass(kind, numbers.Integral) and not isinstance(value, numbers.Integral):
        raise ValueError(text)
    if issubclass(kind, numbers.Number) and not isinstance(value, numbers.Number):
        raise ValueError(text)
    return kind(value)
