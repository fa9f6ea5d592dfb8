"""Arguments of Keras 1, which the package keras takes up to 2.3: `Convolution2D(32, 3, 3, border_mode='same')`.

`tf.keras` never had them, and its LSTM and GRU have another default. So a call is changed only once a program has
imported the package. Initializers of one's own are told dtypes by name there ('float32'), as NumPy
takes them, and none if they take none, as up to Keras 2.2.
"""

from __future__ import annotations

import functools
import importlib
import inspect
from collections.abc import Callable, Mapping
from typing import Any

from tf1._engine import keras_names

# Old name -> new names, of which a layer has one.
_NAMES: dict[str, tuple[str, ...]] = {
    'W_constraint': ('kernel_constraint', 'embeddings_constraint'),
    'W_regularizer': ('kernel_regularizer', 'embeddings_regularizer'),
    'U_regularizer': ('recurrent_regularizer',),
    'atrous_rate': ('dilation_rate',),
    'b_constraint': ('bias_constraint',),
    'b_regularizer': ('bias_regularizer',),
    'beta_init': ('beta_initializer',),
    'bias': ('use_bias',),
    'border_mode': ('padding',),
    'consume_less': ('implementation',),
    'dim_ordering': ('data_format',),
    'dropout_U': ('recurrent_dropout',),
    'dropout_W': ('dropout',),
    'filter_length': ('kernel_size',),
    'forget_bias_init': ('unit_forget_bias',),
    'gamma_init': ('gamma_initializer',),
    'init': ('kernel_initializer', 'embeddings_initializer', 'alpha_initializer', 'depthwise_initializer'),
    'inner_activation': ('recurrent_activation',),
    'inner_init': ('recurrent_initializer',),
    'length': ('size',),
    'nb_filter': ('filters',),
    'output_dim': ('units',),
    'p': ('rate',),
    'pool_length': ('pool_size',),
    'sigma': ('stddev',),
    'stride': ('strides',),
    'subsample': ('strides',),
    'subsample_length': ('strides',),
}
_VALUES: dict[str, Callable[[Any], Any]] = {
    'consume_less': lambda value: {'cpu': 0, 'mem': 1, 'gpu': 2}.get(value, value),
    'dim_ordering': lambda value: {'tf': 'channels_last', 'th': 'channels_first', 'default': None}.get(value, value),
    'forget_bias_init': bool,
}
# Layers whose default differs from that of tf.keras, at that place among the arguments.
_SIGMOID, _PLACE = ('GRU', 'GRUCell', 'LSTM', 'LSTMCell'), 2
# The sides of a kernel, which were arguments of their own.
_SIDES = (('nb_row', 'nb_col'), ('kernel_dim1', 'kernel_dim2', 'kernel_dim3'))
# Layers whose kernel has so many sides.
_RANKS = {
    **dict.fromkeys(('Conv2D', 'Conv2DTranspose', 'ConvLSTM2D', 'LocallyConnected2D', 'SeparableConv2D'), 2),
    **dict.fromkeys(('Conv3D', 'Conv3DTranspose'), 3),
}
_METHODS = {
    'fit': {'nb_epoch': 'epochs'},
    'fit_generator': {
        'max_q_size': 'max_queue_size',
        'nb_epoch': 'epochs',
        'nb_val_samples': 'validation_steps',
        'nb_worker': 'workers',
        'pickle_safe': 'use_multiprocessing',
        'samples_per_epoch': 'steps_per_epoch',
    },
    **dict.fromkeys(
        ('evaluate_generator', 'predict_generator'),
        {
            'max_q_size': 'max_queue_size',
            'nb_worker': 'workers',
            'pickle_safe': 'use_multiprocessing',
            'val_samples': 'steps',
        },
    ),
}
_MODEL = {'input': 'inputs', 'output': 'outputs'}


@functools.cache
def install_for_package() -> None:
    """Lets layers and models take them, for the process: called when a program imports the package."""
    from tf_keras.src.engine import base_layer, base_layer_v1, functional, training, training_v1

    for layer in (base_layer.Layer, base_layer_v1.Layer):
        # Layers of one's own set it after their constructor.
        layer.name = property(layer.name.fget, _set_name, doc=layer.name.__doc__)
        layer.add_weight = _naming_dtypes(layer.add_weight)
    for api in ('_v1', '_v2'):
        layers = importlib.import_module(f'tf_keras.api.{api}.keras.layers')
        for name in dir(layers):
            value = getattr(layers, name)
            if inspect.isclass(value) and issubclass(value, base_layer.Layer):
                _wrap_layer(value, base_layer.Layer)
    for model in (training.Model, training_v1.Model):
        for name, names in _METHODS.items():
            setattr(model, name, _renaming(getattr(model, name), names))
    training.Model.__new__ = _renaming(training.Model.__new__, _MODEL)
    for model in (training.Model, training_v1.Model, functional.Functional):
        model.__init__ = _renaming(model.__init__, _MODEL)


def _set_name(layer: Any, name: str) -> None:
    layer._name = name


def _naming_dtypes(usual: Callable[..., Any]) -> Callable[..., Any]:
    signature = inspect.signature(usual)

    @functools.wraps(usual)
    def add_weight(*args: Any, **kwargs: Any) -> Any:
        if keras_names.uses_package_names():
            call = signature.bind(*args, **kwargs)
            initializer = call.arguments.get('initializer')
            if callable(initializer) and not _is_of_tensorflow(initializer):
                call.arguments['initializer'] = functools.partial(_initial, initializer)
            args, kwargs = call.args, call.kwargs
        return usual(*args, **kwargs)

    return add_weight


def _is_of_tensorflow(initializer: Any) -> bool:
    named = initializer if hasattr(initializer, '__name__') else type(initializer)
    return named.__module__.partition('.')[0] in ('tensorflow', 'tf_keras', 'tf1')


def _initial(initializer: Callable[..., Any], shape: Any, dtype: Any = None, **others: Any) -> Any:
    parameters = inspect.signature(initializer).parameters.values()
    if any(parameter.name == 'dtype' or parameter.kind == parameter.VAR_KEYWORD for parameter in parameters):
        others['dtype'] = getattr(dtype, 'name', dtype)
    return initializer(shape, **others)


def _renaming(usual: Callable[..., Any], names: Mapping[str, str]) -> Callable[..., Any]:
    @functools.wraps(usual)
    def call(self: Any, *args: Any, **kwargs: Any) -> Any:
        if keras_names.uses_package_names() and names.keys() & kwargs.keys():
            kwargs = _renamed(kwargs, names, usual.__name__)
        return usual(self, *args, **kwargs)

    return call


def _renamed(kwargs: dict[str, Any], names: Mapping[str, str], where: str) -> dict[str, Any]:
    new: dict[str, Any] = {}
    for name, value in kwargs.items():
        now = names.get(name, name)
        if now != name:
            value = _VALUES.get(name, lambda same: same)(value)
            if now in kwargs:
                raise TypeError(f'{where} got {name}={value!r} and {now}={kwargs[now]!r}, which mean the same.')
        new[now] = value
    return new


def _wrap_layer(layer: type, base: type) -> None:
    """Wraps the constructor of `layer`, or the one that it inherits from a class below `base`."""
    holders = [kind for kind in layer.__mro__ if issubclass(kind, base) and '__init__' in vars(kind)]
    holder = holders[0]
    usual = holder.__init__  # type: ignore[misc]
    if holder is base or hasattr(usual, '_takes_keras_1'):
        return
    known = {name for kind in holders for name in inspect.signature(kind.__init__).parameters}
    known |= {'implementation'} if 'recurrent_activation' in known else set()
    names = {
        old: next(new for new in news if new in known)
        for old, news in _NAMES.items()
        if old not in known and any(new in known for new in news)
    }
    rank = _RANKS.get(layer.__name__)
    is_sequence = 'recurrent_activation' in known or layer.__name__ in ('SimpleRNN', 'Conv1D', 'LocallyConnected1D')

    @functools.wraps(usual)
    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:
        if keras_names.uses_package_names():
            if rank is not None:
                args = _with_kernel_size(args, kwargs, rank)
            if is_sequence:
                _set_input_shape(kwargs)
            _drop(layer.__name__, kwargs)
            if names.keys() & kwargs.keys():
                kwargs = _renamed(kwargs, names, layer.__name__)
            if layer.__name__ in _SIGMOID and len(args) <= _PLACE:
                kwargs.setdefault('recurrent_activation', 'sigmoid')
        usual(self, *args, **kwargs)

    __init__._takes_keras_1 = True  # type: ignore[attr-defined]
    holder.__init__ = __init__  # type: ignore[misc]


def _with_kernel_size(args: tuple, kwargs: dict[str, Any], rank: int) -> tuple:
    """Returns the positional arguments with one for all sides of the kernel; puts those by name together."""
    for sides in _SIDES:
        if len(sides) == rank and all(side in kwargs for side in sides):
            kwargs['kernel_size'] = tuple(kwargs.pop(side) for side in sides)
    kwargs.pop('output_shape', None)  # Layers know it.
    numbers = args[1 : 1 + rank]
    if len(numbers) < rank or not all(isinstance(number, int) for number in numbers):
        return args
    rest = args[1 + rank :]
    return (args[0], tuple(numbers), *(rest[1:] if rest and isinstance(rest[0], tuple) else rest))


def _set_input_shape(kwargs: dict[str, Any]) -> None:
    """Makes a sequence's shape of its length and the size of its elements."""
    if 'input_dim' in kwargs:
        kwargs['input_shape'] = (kwargs.pop('input_length', None), kwargs.pop('input_dim'))


def _drop(layer: str, kwargs: dict[str, Any]) -> None:
    """Leaves out what layers no longer do.

    Raises:
      TypeError: batch normalization is asked for one of its former modes.
    """
    if layer == 'Embedding':
        kwargs.pop('dropout', None)
    if layer == 'BatchNormalization' and kwargs.pop('mode', 0):
        raise TypeError(
            'BatchNormalization has no argument mode any more: only mode=0 is left, which is the usual one.'
        )
    if layer.startswith('ZeroPadding2D') and isinstance(kwargs.get('padding'), dict):
        sides = kwargs['padding']
        rows, columns = (('top_pad', 'bottom_pad'), ('left_pad', 'right_pad'))
        kwargs['padding'] = tuple(tuple(sides.get(side, 0) for side in pair) for pair in (rows, columns))
