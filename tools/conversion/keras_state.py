"""Weights and optimiser of a Keras 3 model as arrays, and back; to be imported where `tf1` is not.

Arrays go by the names of `names.to_keras`: `weights/dense/kernel`, `momentum/dense/kernel`, `iterations`.
"""

from __future__ import annotations

from collections.abc import Iterator

import keras
import numpy as np

from tools.conversion import adam, names
from tools.conversion.errors import ConversionError
from tools.conversion.names import Arrays, System


def make_optimizer(system: System, learning_rate: float) -> keras.optimizers.Optimizer:
    """The system's optimiser, fresh, with the values that TF 1.x has by default."""
    if system.adam:
        return keras.optimizers.Adam(learning_rate, adam.BETA_1, adam.BETA_2, adam.EPSILON)
    return keras.optimizers.SGD(learning_rate)


def put(model: keras.Model, arrays: Arrays, system: System) -> None:
    """Gives the model the arrays' values; its optimiser stays fresh where they hold no `iterations`."""
    for name, variable in _weights(model, system):
        variable.assign(arrays[f'{names.WEIGHTS}/{name}'])
    if names.ITERATIONS in arrays:
        model.optimizer.iterations.assign(int(arrays[names.ITERATIONS]))
        for name, variable in _slots(model, system):
            variable.assign(arrays[name])


def get(model: keras.Model, system: System) -> Arrays:
    """Returns the model's values.

    Raises:
        ConversionError: the model is not the system's, or is not compiled with its optimiser.
    """
    arrays = {f'{names.WEIGHTS}/{name}': variable.numpy() for name, variable in _weights(model, system)}
    _check_optimizer(getattr(model, 'optimizer', None), system)
    arrays |= {name: variable.numpy() for name, variable in _slots(model, system)}
    arrays[names.ITERATIONS] = np.int64(model.optimizer.iterations.numpy())
    arrays[names.LEARNING_RATE] = np.float32(model.optimizer.learning_rate.numpy())
    return arrays


def _check_optimizer(optimizer: keras.optimizers.Optimizer | None, system: System) -> None:
    wanted = make_optimizer(system, 1.0)
    if type(optimizer) is not type(wanted):
        got, name = type(optimizer).__name__, type(wanted).__name__
        raise ConversionError(f'the optimizer must be {name}, got {got}: compile and train the model with that one.')
    config, ours = optimizer.get_config(), wanted.get_config()
    for key in sorted(ours.keys() - {'name', 'learning_rate'}):
        if config.get(key) != ours[key]:
            raise ConversionError(
                f"the optimizer's {key} must be {ours[key]}, which TF 1.x trains with, got {config.get(key)}: "
                'compile and train the model with that.'
            )


def _weights(model: keras.Model, system: System) -> Iterator[tuple[str, keras.Variable]]:
    known = {layer.name: layer for layer in model.layers if layer.weights}
    odd = sorted(known.keys() ^ system.layers.keys())
    if odd:
        raise ConversionError(f'its layers with weights must be {", ".join(system.layers)}, got {", ".join(known)}.')
    for name, _ in names.variables(system):
        layer, _, weight = name.partition('/')
        yield name, getattr(known[layer], weight)


def _slots(model: keras.Model, system: System) -> Iterator[tuple[str, keras.Variable]]:
    """Adam's momentum and velocity of each weight, in the order in which the model lists its weights."""
    if not system.adam:
        return
    called = {id(variable): name for name, variable in _weights(model, system)}
    order = [called[id(variable)] for variable in model.trainable_variables]
    for kind in (names.MOMENTUM, names.VELOCITY):
        found = [variable for variable in model.optimizer.variables if variable.path.endswith(kind)]
        if len(found) != len(order):
            raise ConversionError(f'its optimizer must hold {len(order)} variables of {kind}, got {len(found)}.')
        yield from ((f'{kind}/{name}', variable) for name, variable in zip(order, found, strict=True))
