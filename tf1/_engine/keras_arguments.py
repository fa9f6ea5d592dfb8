"""Arguments of Keras's classes that are in another place, or have another default, than TF 1.15 and Keras 2.3 had."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any

import tf_keras

from tf1._engine import keras_names

# Layers, and the argument that stands among theirs since.
_INSERTED = {
    'Conv1D': 'groups',
    'Conv2D': 'groups',
    'Conv3D': 'groups',
    'Conv3DTranspose': 'dilation_rate',
    'DepthwiseConv2D': 'dilation_rate',
}
# Learning rates in the package keras, where tf.keras has 0.001.
_RATES = {'Adadelta': 1.0, 'Adagrad': 0.01, 'Adamax': 0.002, 'Nadam': 0.002}


def install() -> None:
    """Gives layers the order and optimizers the defaults that they had, for the process."""
    for name, inserted in _INSERTED.items():
        layer = getattr(tf_keras.layers, name)
        layer.__init__ = _without(layer.__init__, inserted)
    for name, rate in _RATES.items():
        optimizer = getattr(tf_keras.optimizers.legacy, name)
        optimizer.__init__ = _with_rate(optimizer.__init__, rate)


def _without(usual: Callable[..., None], inserted: str) -> Callable[..., None]:
    """Returns a constructor whose positional arguments leave out one, which can be given by name."""
    parameters = list(inspect.signature(usual).parameters.values())
    positional = [p for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD and p.name != inserted]
    names = [parameter.name for parameter in positional[1:]]

    @functools.wraps(usual)
    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:
        if len(args) > len(names):
            raise TypeError(f'{type(self).__name__} takes {len(names)} positional arguments, got {len(args)}.')
        usual(self, **dict(zip(names, args, strict=False)), **kwargs)

    by_name = [p.replace(kind=p.KEYWORD_ONLY) for p in parameters if p.name == inserted]
    __init__.__signature__ = inspect.Signature([*positional, *by_name, parameters[-1]])
    return __init__


def _with_rate(usual: Callable[..., None], rate: float) -> Callable[..., None]:
    @functools.wraps(usual)
    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:
        if not args and not {'learning_rate', 'lr'} & kwargs.keys() and keras_names.uses_package_names():
            kwargs['learning_rate'] = rate
        usual(self, *args, **kwargs)

    return __init__
