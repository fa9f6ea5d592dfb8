"""What arrives at a served model, and the features that it becomes: records that are checked when they are made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import tensorflow.compat.v1 as tf

Tensors = dict[Any, Any]

_FEATURE = 'feature'
_INPUT = 'input'
_LABEL = 'label'


class _ServingFields(NamedTuple):
    features: Any
    receiver_tensors: Tensors
    receiver_tensors_alternatives: dict[str, Tensors] | None


class ServingInputReceiver(_ServingFields):
    """Placeholders of a served model and the features that `model_fn` gets from them, an immutable record.

    Args:
      features: dict of tensors, or one tensor, which is then called `feature`.
      receiver_tensors: dict of the tensors that a request feeds, or one, which is then called `input`.
      receiver_tensors_alternatives: `{name: receiver tensors}`, other ways to feed the same graph. Each becomes a
        signature called `NAME:SIGNATURE` where an output accepts it.

    Raises:
      ValueError: a part is missing, is no (sparse) tensor, or has a key that is no string.
    """

    __slots__ = ()

    def __new__(cls, features, receiver_tensors, receiver_tensors_alternatives=None):
        """Checks every field and makes the record; see the class."""
        return super().__new__(
            cls,
            features=_valid_features(features, _FEATURE),
            receiver_tensors=_valid_receivers('receiver_tensors', receiver_tensors),
            receiver_tensors_alternatives=_valid_alternatives(receiver_tensors_alternatives),
        )


class TensorServingInputReceiver(_ServingFields):
    """As `ServingInputReceiver`, for a `model_fn` whose features are one tensor and no dict.

    Args:
      features: a tensor, handed to `model_fn` as it is.
      receiver_tensors: as for `ServingInputReceiver`.
      receiver_tensors_alternatives: as for `ServingInputReceiver`.

    Raises:
      ValueError: `features` is no (sparse) tensor, or another part is wrong.
    """

    __slots__ = ()

    def __new__(cls, features, receiver_tensors, receiver_tensors_alternatives=None):
        """Checks every field and makes the record; see the class."""
        return super().__new__(
            cls,
            features=_valid_tensor('features', _given('features', features)),
            receiver_tensors=_valid_receivers('receiver_tensors', receiver_tensors),
            receiver_tensors_alternatives=_valid_alternatives(receiver_tensors_alternatives),
        )


class _SupervisedFields(NamedTuple):
    features: Any
    labels: Any
    receiver_tensors: Tensors


class SupervisedInputReceiver(_SupervisedFields):
    """Placeholders, features and labels of a SavedModel that is trained or evaluated, an immutable record.

    Args:
      features: tensor, or dict of tensors.
      labels: tensor, or dict of tensors.
      receiver_tensors: as for `ServingInputReceiver`.

    Raises:
      ValueError: a part is missing, is no (sparse) tensor, or has a key that is no string.
    """

    __slots__ = ()

    def __new__(cls, features, labels, receiver_tensors):
        """Checks every field and makes the record; see the class."""
        for name, value in (('features', features), ('labels', labels)):
            _valid_features(value, name)
        return super().__new__(
            cls, features, labels, receiver_tensors=_valid_receivers('receiver_tensors', receiver_tensors)
        )


def supervised(features: Any, labels: Any) -> SupervisedInputReceiver:
    """Returns the receiver that is fed with `features` and `labels` themselves; a single one is `input`, `label`."""
    return SupervisedInputReceiver(features, labels, {**_named(features, _INPUT), **_named(labels, _LABEL)})


def check_distinct(features: Any, labels: Any) -> None:
    """Raises ValueError where a feature and a label share their name."""
    shared = sorted(_named(features, _INPUT).keys() & _named(labels, _LABEL).keys())
    if shared:
        raise ValueError(f'features and labels must have distinct keys; both have {shared}.')


def _named(tensors: Any, name: str) -> Tensors:
    return dict(tensors) if isinstance(tensors, Mapping) else {name: tensors}


def _given(field: str, value: Any) -> Any:
    if value is None:
        raise ValueError(f'{field} must be defined, got None.')
    return value


def _valid_features(features: Any, single_name: str) -> Tensors:
    features = _named(_given('features', features), single_name)
    for key, value in features.items():
        if not isinstance(key, (str, int)):
            raise ValueError(f'features: keys must be strings or integers, got {key!r}.')
        _valid_tensor(f'features[{key!r}]', value)
    return features


def _valid_receivers(field: str, tensors: Any) -> Tensors:
    tensors = _named(_given(field, tensors), _INPUT)
    for key, value in tensors.items():
        if not isinstance(key, str):
            raise ValueError(f'{field}: keys must be strings, got {key!r}.')
        _valid_tensor(f'{field}[{key!r}]', value)
    return tensors


def _valid_alternatives(alternatives: Any) -> dict[str, Tensors] | None:
    if alternatives is None:
        return None
    if not isinstance(alternatives, Mapping):
        raise ValueError(f'receiver_tensors_alternatives must be a dict of receiver tensors, got {alternatives!r}.')
    return {
        name: _valid_receivers(f'receiver_tensors_alternatives[{name!r}]', tensors)
        for name, tensors in alternatives.items()
    }


def _valid_tensor(field: str, value: Any) -> Any:
    if not isinstance(value, (tf.Tensor, tf.SparseTensor)):
        raise ValueError(f'{field} must be a Tensor or SparseTensor, got {value!r}.')
    return value
