"""Private names of TF 1 and Keras 2 that programs import: below `tf.contrib`, from `rnn_cell_impl`, `python.layers`."""

from __future__ import annotations

import importlib

_LAYER_ALIASES = {
    'AveragePooling2D': 'AvgPool2D',
    'BatchNormalization': 'BatchNorm',
    'Conv1D': 'Convolution1D',
    'Conv2D': 'Convolution2D',
    'Conv2DTranspose': 'Convolution2DTranspose Deconv2D Deconvolution2D',
    'Conv3D': 'Convolution3D',
    'Conv3DTranspose': 'Convolution3DTranspose Deconv3D Deconvolution3D',
    'Dense': 'FullyConnected',
    'MaxPooling2D': 'MaxPool2D',
    'SeparableConv2D': 'SeparableConvolution2D',
    'average_pooling2d': 'avg_pool2d',
    'batch_normalization': 'batch_norm',
    'conv1d': 'convolution1d',
    'conv2d': 'convolution2d',
    'conv2d_transpose': 'convolution2d_transpose deconv2d deconvolution2d',
    'conv3d': 'convolution3d',
    'conv3d_transpose': 'convolution3d_transpose deconv3d deconvolution3d',
    'dense': 'fully_connected',
    'max_pooling2d': 'max_pool2d',
    'separable_conv2d': 'separable_convolution2d',
}
# Area -> old name -> where it is now: a module below tf1 and a name in it.
_PLACES = {
    'contrib.cudnn_rnn': {
        'CUDNN_RNN_BIDIRECTION': 'contrib.cudnn_rnn.parameters.BIDIRECTIONAL',
        'CUDNN_RNN_UNIDIRECTION': 'contrib.cudnn_rnn.parameters.UNIDIRECTIONAL',
    },
    'contrib.layers': {'_build_variable_getter': 'contrib.layers.variable_getters.build_variable_getter'},
    'contrib.learn': {
        name: f'train.{name}' for name in ('MonitoredSession', 'Scaffold', 'SessionCreator', 'SingularMonitoredSession')
    },
    'contrib.rnn': {'_Linear': 'contrib.rnn.weights.Linear', '_linear': 'contrib.rnn.weights.linear'},
    'contrib.seq2seq': {
        '_BaseAttentionMechanism': 'contrib.seq2seq.attention.MemoryAttention',
        '_bahdanau_score': 'contrib.seq2seq.attention.weighted_score',
        '_compute_attention': 'contrib.seq2seq.attention_wrapper.attend',
        '_maybe_mask_score': 'contrib.seq2seq.attention.mask_score',
        '_prepare_memory': 'contrib.seq2seq.attention.prepare_memory',
        '_luong_score': 'contrib.seq2seq.attention.dot_score',
        '_transpose_batch_time': 'contrib.seq2seq.decoder.batch_major',
    },
    'estimator': {'fn_args': 'estimator.user_functions.argument_names'},
    'keras': {
        'Container': 'keras.Model',
        'Deconvolution2D': 'keras.layers.Conv2DTranspose',
        'Deconvolution3D': 'keras.layers.Conv3DTranspose',
        'K': 'keras.backend',
        'Network': 'keras.Model',
        'smart_cond': 'layers.argument_utils.smart_cond',
        **{
            name: f'keras.hdf5_weights.{name}'
            for name in (
                'load_attributes_from_hdf5_group',
                'load_weights_from_hdf5_group',
                'load_weights_from_hdf5_group_by_name',
                'preprocess_weights_for_loading',
                'save_attributes_to_hdf5_group',
                'save_weights_to_hdf5_group',
            )
        },
    },
    'keras.optimizers': {'OptimizerV2': 'keras.optimizers.Optimizer'},
    'layers': {
        **{old: f'layers.{new}' for new, names in _LAYER_ALIASES.items() for old in names.split()},
        **{
            name: f'layers.argument_utils.{name}'
            for name in (
                'constant_value',
                'conv_input_length',
                'conv_output_length',
                'convert_data_format',
                'deconv_output_length',
                'normalize_data_format',
                'normalize_padding',
                'normalize_tuple',
                'smart_cond',
            )
        },
    },
    'nn.rnn_cell': {
        '_BIAS_VARIABLE_NAME': 'contrib.rnn.weights.BIAS',
        '_Linear': 'contrib.rnn.weights.Linear',
        '_WEIGHTS_VARIABLE_NAME': 'contrib.rnn.weights.KERNEL',
        '_concat': 'contrib.rnn.sizes.joined',
        '_zero_state_tensors': 'contrib.rnn.sizes.zeros_of',
    },
}


def find(area: str, name: str) -> object | None:
    """Returns what `name` was in a private module of `area` ('contrib.rnn.rnn_cell'), or None."""
    for place, names in _PLACES.items():
        if name in names and f'{area}.'.startswith(f'{place}.'):
            module, _, now = names[name].rpartition('.')
            return getattr(importlib.import_module(f'tf1.{module}'), now)
    return None
