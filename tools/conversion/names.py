"""What the variables of the nine systems are called in TF 1.x checkpoints and in their Keras 3 models."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np

from tools.conversion import adam
from tools.conversion.errors import ConversionError

WEIGHTS, MOMENTUM, VELOCITY = 'weights', 'momentum', 'velocity'
ITERATIONS, LEARNING_RATE = 'iterations', 'learning_rate'
GLOBAL_STEP = 'global_step'
_SLOTS = {MOMENTUM: 'Adam', VELOCITY: 'Adam_1'}
_BETA_POWERS = ('beta1_power', 'beta2_power')

Arrays = dict[str, np.ndarray]


class System(NamedTuple):
    """How a system's checkpoint and its Keras model name the same values.

    layers: the Keras layer's name with the names of its kernel and its bias in a checkpoint.
    adam: whether the optimiser is Adam; it is plain gradient descent otherwise.
    counts_steps: whether a variable `global_step` counts the steps done.
    """

    layers: dict[str, tuple[str, str]]
    adam: bool = True
    counts_steps: bool = False


def _scoped(kernel: str, bias: str, *scopes: str) -> dict[str, tuple[str, str]]:
    return {scope: (f'{scope}/{kernel}', f'{scope}/{bias}') for scope in scopes}


_UNNAMED = {
    'conv1': ('Variable', 'Variable_1'),
    'conv2': ('Variable_2', 'Variable_3'),
    'fc1': ('Variable_4', 'Variable_5'),
    'fc2': ('Variable_6', 'Variable_7'),
}
_LINEAR = System(_scoped('kernel', 'bias', 'dense'), adam=False, counts_steps=True)
SYSTEMS = {
    'linear': _LINEAR,
    'linear_translated': _LINEAR,
    'mlp': System(_scoped('kernel', 'bias', 'dense', 'dense_1'), counts_steps=True),
    'cnn': System(_scoped('kernel', 'bias', 'conv2d', 'dense', 'dense_1'), counts_steps=True),
    'patch_cnn': System(_UNNAMED),
    'lowlevel_cnn': System(_scoped('_weights', '_biases', 'conv_1', 'conv_2', 'fc_3', 'fc_4')),
    'layers_cnn': System(_scoped('kernel', 'bias', 'conv2d', 'conv2d_1', 'dense', 'dense_1')),
    'ocr_cnn': System(_UNNAMED),
    'batchnorm_cnn': System(_scoped('weights', 'biases', 'conv1', 'conv2', 'conv3', 'fc1', 'fc2', 'out')),
}


def variables(system: System) -> Iterator[tuple[str, str]]:
    """Yields the names of each weight: in Keras, as `dense/kernel`, and in a checkpoint."""
    for layer, (kernel, bias) in system.layers.items():
        yield f'{layer}/kernel', kernel
        yield f'{layer}/bias', bias


def check(source: str, values: Mapping[str, np.ndarray], system: System, shapes: Mapping[str, list[int]]) -> None:
    """Checks that a checkpoint is one of the system, whole or without its optimiser's state.

    Args:
        source: the checkpoint, for the error.
        values: all that it holds.
        system: how it names things.
        shapes: of the system's weights, by their names in a checkpoint.

    Raises:
        ConversionError: something is missing, has another shape, or belongs to no part of the system.
    """
    wanted = {name: list(shapes[name]) for _, name in variables(system)}
    if system.adam and has_slots(values, system):
        wanted |= {f'{name}/{slot}': shape for name, shape in wanted.items() for slot in _SLOTS.values()}
        wanted |= dict.fromkeys(_BETA_POWERS, [])
    if system.counts_steps:
        wanted[GLOBAL_STEP] = []
    wrong = [f'{name} is not in it' for name in wanted if name not in values]
    wrong += [
        f'{name} is {list(values[name].shape)} there and {shape} in the model'
        for name, shape in wanted.items()
        if name in values and list(values[name].shape) != shape
    ]
    wrong += [f'{name} is not in the model' for name in values if name not in wanted]
    if wrong:
        more = f' and {len(wrong) - 4} more' if len(wrong) > 4 else ''
        raise ConversionError(
            f'{source} belongs to another model: {"; ".join(wrong[:4])}{more}. '
            'Name the model that wrote it, or rename its variables.'
        )


def has_slots(values: Mapping[str, np.ndarray], system: System) -> bool:
    """Whether a checkpoint holds Adam's state, or a part of it."""
    endings = tuple(f'/{slot}' for slot in _SLOTS.values())
    return system.adam and any(name.endswith(endings) or name in _BETA_POWERS for name in values)


def to_keras(values: Mapping[str, np.ndarray], system: System) -> Arrays:
    """A checkpoint's values under the names that the Keras side uses: `weights/dense/kernel`, `momentum/...`.

    `iterations` is left out where the checkpoint holds no state of the optimiser.
    """
    slots = has_slots(values, system)
    arrays = {}
    for ours, theirs in variables(system):
        kinds = {WEIGHTS: theirs} | ({kind: f'{theirs}/{slot}' for kind, slot in _SLOTS.items()} if slots else {})
        for kind, name in kinds.items():
            # Document 5 has biases of shape (1, n).
            arrays[f'{kind}/{ours}'] = values[name].reshape(-1) if ours.endswith('bias') else values[name]
    if slots:
        arrays[ITERATIONS] = np.int64(adam.steps_done(*(float(values[name]) for name in _BETA_POWERS)))
    elif not system.adam:
        arrays[ITERATIONS] = np.int64(values[GLOBAL_STEP])
    return arrays


def to_checkpoint(arrays: Mapping[str, np.ndarray], system: System, shapes: Mapping[str, list[int]]) -> Arrays:
    """The inverse of `to_keras`, for arrays with the optimiser's state."""
    values = {}
    for ours, theirs in variables(system):
        values[theirs] = arrays[f'{WEIGHTS}/{ours}'].reshape(shapes[theirs])
        if system.adam:
            for kind, slot in _SLOTS.items():
                values[f'{theirs}/{slot}'] = arrays[f'{kind}/{ours}'].reshape(shapes[theirs])
    done = int(arrays[ITERATIONS])
    if system.adam:
        values |= dict(zip(_BETA_POWERS, adam.beta_powers(done), strict=True))
    if system.counts_steps:
        values[GLOBAL_STEP] = np.int64(done)
    return values
