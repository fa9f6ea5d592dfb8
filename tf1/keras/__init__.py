"""`tf.keras`: Keras 2 (the package tf_keras) in its TF 1 form; its MNIST comes from the package, not the network."""

from __future__ import annotations

import importlib
import sys

from tf1 import _namespace
from tf1._namespace import attribute_loader as _attribute
from tf1._namespace import module_loader as _module
from tf1._namespace import versions


def _bases(name: str = '') -> tuple[_namespace.Loader, ...]:
    return tuple(_module(f'tf_keras.api.{api}.keras{name}') for api in ('_v1', '_v2'))


class KerasModule(_namespace.Overlay):
    """A module of Keras whose former files are its attributes, too: `keras.layers.core`, `keras.utils.np_utils`."""

    def __getattr__(self, name: str) -> object:
        try:
            return super().__getattr__(name)
        except AttributeError:
            if name.startswith('_'):
                raise
            try:
                value = importlib.import_module(f'{_namespace.path_of(self)}.{name}')
            except ModuleNotFoundError:
                value = None
            if value is None:
                raise
        self.__dict__[name] = value
        return value


def _overlay(name: str, own: dict[str, _namespace.Loader] | None = None) -> _namespace.Loader:
    return lambda: KerasModule(f'tf.keras.{name}', _bases(f'.{name}'), own or {})


def _old_functions(*names: str) -> dict[str, _namespace.Loader]:
    return {name: _attribute('tf1.keras.old_functions', name) for name in names}


def _datasets() -> _namespace.Overlay:
    own = {'load_data': lambda: _module('tf1.datasets.mnist')().load_data}
    return KerasModule('tf.keras.datasets', _bases('.datasets'), {'mnist': _overlay('datasets.mnist', own)})


def _estimator() -> _namespace.Overlay:
    own = {'model_to_estimator': lambda: _module('tf1.estimator.keras_model')().model_to_estimator}
    return _namespace.Overlay('tf.keras.estimator', (), own)


def _mixed_precision() -> _namespace.Overlay:
    ours = _module('tf1.keras.mixed_precision_experimental')
    own = {
        'LossScaleOptimizer': lambda: ours().loss_scale_optimizer,
        'Policy': lambda: ours().policy,
        'global_policy': lambda: _module('tf_keras.mixed_precision')().global_policy,
        'set_policy': lambda: ours().set_policy,
    }
    experimental = _namespace.Overlay('tf.keras.mixed_precision.experimental', (), own)
    return _namespace.Overlay(
        'tf.keras.mixed_precision', _bases('.mixed_precision'), {'experimental': lambda: experimental}
    )


_BACKEND = (
    *('image_dim_ordering', 'is_tensor', 'is_variable', 'logsumexp', 'normalize_data_format'),
    *('set_image_dim_ordering', 'symbolic'),
)
_KERAS_1_LAYERS = ('AtrousConvolution1D', 'AtrousConvolution2D', 'Highway', 'MaxoutDense')


def _layers() -> dict[str, _namespace.Loader]:
    return {
        'ConvLSTM2DCell': _attribute('tf1.keras.recurrent_cells', 'ConvLSTM2DCell'),
        'Recurrent': _attribute('tf1.keras.recurrent_base', 'Recurrent'),
        'PeepholeLSTMCell': _attribute('tf1.keras.recurrent_cells', 'PeepholeLSTMCell'),
        'deserialize_keras_object': _attribute('tf_keras.utils', 'deserialize_keras_object'),
        'Deconvolution2D': _attribute('tf_keras.layers', 'Conv2DTranspose'),
        'Deconvolution3D': _attribute('tf_keras.layers', 'Conv3DTranspose'),
        **{name: _attribute('tf1.keras.keras_1_layers', name) for name in _KERAS_1_LAYERS},
    }


# What Keras before 2.3 had imported for itself, and programs take from it: `K.control_flow_ops.while_loop`.
_BACKENDS_MODULES = {
    'control_flow_ops': 'ops.control_flow_ops',
    'ctc': 'ops.ctc_ops',
    'functional_ops': 'ops.functional_ops',
    'moving_averages': 'training.moving_averages',
    'tensor_array_ops': 'ops.tensor_array_ops',
}


def _backend() -> _namespace.Overlay:
    ours = _module('tf1.keras.backend_functions')
    own = {name: lambda name=name: getattr(ours(), name) for name in _BACKEND}
    own['tf'] = _module('tf1')
    own['eager'] = own['symbolic']
    own['slice'] = lambda: ours().slice_
    own['control_dependencies'] = _attribute('tensorflow.compat.v1', 'control_dependencies')
    own['size'] = _attribute('tensorflow.compat.v1', 'size')
    for name in ('conv3d_transpose', 'identity', 'is_placeholder', 'separable_conv1d'):
        own[name] = _attribute('tf_keras.src.backend', name)
    for name, module in _BACKENDS_MODULES.items():
        bases = (_module(f'tensorflow.python.{module}'), _module('tf1'))  # some of their names are public ones only
        own[name] = lambda name=name, bases=bases: _namespace.Overlay(f'tf.keras.backend.{name}', bases, {})
    backend = KerasModule('tf.keras.backend', _bases('.backend'), own)
    backend._get_available_gpus = lambda: ours().available_gpus()
    return backend


def _preprocessing() -> _namespace.Overlay:
    text = _overlay('preprocessing.text', _old_functions('text_to_word_sequence'))
    return KerasModule('tf.keras.preprocessing', _bases('.preprocessing'), {'text': text})


def _wrappers() -> _namespace.Overlay:
    return _namespace.Overlay('tf.keras.wrappers', (), {'scikit_learn': _module('tf1.keras.scikit_learn')})


_OWN = {
    '__version__': lambda: versions.KERAS_VERSION,
    'applications': _overlay('applications'),
    'backend': _backend,
    'callbacks': _overlay('callbacks'),
    'datasets': _datasets,
    'estimator': _estimator,
    'experimental': _overlay(
        'experimental',
        {
            'Recurrent': _attribute('tf1.keras.recurrent_base', 'Recurrent'),
            'PeepholeLSTMCell': _attribute('tf1.keras.recurrent_cells', 'PeepholeLSTMCell'),
            **_old_functions('export_saved_model', 'load_from_saved_model'),
        },
    ),
    'layers': _overlay('layers', _layers()),
    'mixed_precision': _mixed_precision,
    'models': _overlay('models', {**_old_functions('model_from_yaml'), 'Input': _attribute('tf_keras', 'Input')}),
    'preprocessing': _preprocessing,
    'regularizers': _overlay(
        'regularizers',
        {name: _attribute('tf_keras.src.regularizers', name) for name in ('deserialize', 'l1', 'l2')},
    ),
    'utils': _overlay(
        'utils',
        {
            **_old_functions('convert_all_kernels_in_model', 'multi_gpu_model', 'print_summary', 'convert_kernel'),
            'HDF5Matrix': _attribute('tf1.keras.hdf5_matrix', 'HDF5Matrix'),
        },
    ),
    'wrappers': _wrappers,
}

_namespace.make_overlay(__name__, _OWN, _bases())
sys.modules[__name__].__class__ = KerasModule
