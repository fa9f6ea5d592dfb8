"""Configurations of models as Keras of TF 1.15 writes and reads them, in JSON and in HDF5 files.

Keras has named models of layers `Functional` since, and penalties `L1` and `L2`, and its layers have more arguments.
TF 1.15 stops at a name or an argument that it does not know, so a new argument that has its default is left out.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

Config = dict[str, Any]

# The version that Keras of TF 1.15 gives itself.
_VERSION = '2.2.4-tf'
# Arguments that TF 1.15's layers lack, with their defaults; of all layers, and of single ones.
_NEW = {'groups': 1, 'keepdims': False, 'optional': False}
_NEW_OF = {
    'AdditiveAttention': {'dropout': 0.0},
    'AlphaDropout': {'seed': None},
    'Attention': {'dropout': 0.0, 'score_mode': 'dot'},
    'GaussianDropout': {'seed': None},
    'GaussianNoise': {'seed': None},
}
_LOST_OF = {'AdditiveAttention': {'causal': False}, 'Attention': {'causal': False}}
# Classes since, of which TF 1.15 has only the general one: its name and the arguments that make it the same.
_PENALTY = ('L1L2', {'l1': 0.0, 'l2': 0.0})
_SPECIAL = {
    'L1': _PENALTY,
    'L2': _PENALTY,
    **{
        f'{author}{kind}': (
            'VarianceScaling',
            {'scale': scale, 'mode': 'fan_in', 'distribution': distribution, 'dtype': 'float32'},
        )
        for author, scale in (('He', 2.0), ('Lecun', 1.0))
        for kind, distribution in (('Normal', 'truncated_normal'), ('Uniform', 'uniform'))
    },
}
_NEW_BESIDE = ('build_config', 'module', 'registered_name', 'shared_object_id')


def install() -> None:
    """Changes what models say of themselves, for the process."""
    from tf_keras.src.engine import functional, sequential, training

    if hasattr(functional.Functional.get_config, '__wrapped__'):
        return
    # Keras writes the name of a model's class into files.
    functional.Functional.__name__ = 'Model'
    for model in (functional.Functional, sequential.Sequential):
        model.get_config = _as_of_then(model.get_config)
    training.Model._updated_config = _with_version(training.Model._updated_config)


def without(config: Config, new: Config) -> Config:
    """Returns a configuration without the new arguments that have their defaults, which TF 1.15 does not know."""
    return {key: value for key, value in config.items() if key not in new or value != new[key]}


def _as_of_then(usual: Callable[[Any], Config]) -> Callable[[Any], Config]:
    @functools.wraps(usual)
    def get_config(model: Any) -> Config:
        return _model(usual(model))

    return get_config


def _with_version(usual: Callable[[Any], Config]) -> Callable[[Any], Config]:
    @functools.wraps(usual)
    def _updated_config(model: Any) -> Config:
        return {**usual(model), 'keras_version': _VERSION}

    return _updated_config


def _model(config: Config) -> Config:
    if 'layers' not in config:
        return config
    layers = [_part(layer) for layer in config['layers']]
    if 'input_layers' not in config and len(layers) > 1 and 'batch_input_shape' in layers[1]['config']:
        layers = [layer for layer in layers if layer['class_name'] != 'InputLayer']
    kept = {key: value for key, value in config.items() if (key, value) != ('trainable', True)}
    return {**kept, 'layers': layers}


def _part(value: Any) -> Any:
    """Returns the configuration of a layer, an initializer, ... or of what holds some of them."""
    if isinstance(value, list):
        return [_part(each) for each in value]
    if not isinstance(value, dict):
        return value
    if not value.keys() >= {'class_name', 'config'}:
        return {key: _part(each) for key, each in value.items()}
    name, config = value['class_name'], value['config']
    if isinstance(config, dict):
        name, general = _SPECIAL.get(name, (name, {}))
        config = {**general, **_LOST_OF.get(name, {}), **config}
        known = without(config, {**_NEW, **_NEW_OF.get(name, {})})
        config = _model({key: _part(each) for key, each in known.items()})
    kept = {key: each for key, each in value.items() if key not in _NEW_BESIDE}
    return {**kept, 'class_name': 'Model' if name == 'Functional' else name, 'config': config}
