"""`tf.contrib.cudnn_rnn`: networks whose weights are one vector, and cells that read their checkpoints.

On TF 1.15 these layers need a GPU. Here they are ordinary operations, run on any device, and keep the names of
variables and what stands in checkpoints.
"""

from __future__ import annotations

from tf1._namespace import removed
from tf1.contrib.cudnn_rnn.cells import CudnnCompatibleGRUCell, CudnnCompatibleLSTMCell
from tf1.contrib.cudnn_rnn.converters import (
    CudnnParamsFormatConverterGRU,
    CudnnParamsFormatConverterLSTM,
    CudnnParamsFormatConverterRelu,
    CudnnParamsFormatConverterTanh,
)
from tf1.contrib.cudnn_rnn.layers import CudnnGRU, CudnnLSTM, CudnnRNNRelu, CudnnRNNTanh
from tf1.contrib.cudnn_rnn.saveables import (
    CudnnGRUSaveable,
    CudnnLSTMSaveable,
    CudnnRNNReluSaveable,
    CudnnRNNTanhSaveable,
)

__all__ = [
    'CudnnCompatibleGRUCell',
    'CudnnCompatibleLSTMCell',
    'CudnnGRU',
    'CudnnGRUSaveable',
    'CudnnLSTM',
    'CudnnLSTMSaveable',
    'CudnnParamsFormatConverterGRU',
    'CudnnParamsFormatConverterLSTM',
    'CudnnParamsFormatConverterRelu',
    'CudnnParamsFormatConverterTanh',
    'CudnnRNNRelu',
    'CudnnRNNReluSaveable',
    'CudnnRNNTanh',
    'CudnnRNNTanhSaveable',
]


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.cudnn_rnn', name)
