"""`tf.contrib.rnn`: cells, wrappers and networks. The basic cells are those of `tf.nn.rnn_cell`."""

from __future__ import annotations

import tf1 as tf
from tf1._namespace import removed
from tf1.contrib.rnn.attention_cell import AttentionCellWrapper
from tf1.contrib.rnn.batches import best_effort_input_batch_size, transpose_batch_time
from tf1.contrib.rnn.bidirectional import stack_bidirectional_dynamic_rnn, stack_bidirectional_rnn
from tf1.contrib.rnn.block_cells import GRUBlockCell, GRUBlockCellV2, LSTMBlockCell
from tf1.contrib.rnn.block_lstm import LSTMBlockFusedCell, LSTMBlockWrapper
from tf1.contrib.rnn.cells import LayerRNNCell, LSTMStateTuple, RNNCell
from tf1.contrib.rnn.conv_lstm import Conv1DLSTMCell, Conv2DLSTMCell, Conv3DLSTMCell, ConvLSTMCell
from tf1.contrib.rnn.coupled_gate_lstm import CoupledInputForgetGateLSTMCell
from tf1.contrib.rnn.fused import FusedRNNCell, FusedRNNCellAdaptor, TimeReversedFusedRNN
from tf1.contrib.rnn.grid_lstm import BidirectionalGridLSTMCell, GridLSTMCell
from tf1.contrib.rnn.group_lstm import GLSTMCell
from tf1.contrib.rnn.independent import IndRNNCell, IndyGRUCell, IndyLSTMCell
from tf1.contrib.rnn.layer_norm_lstm import LayerNormBasicLSTMCell
from tf1.contrib.rnn.nas import NASCell
from tf1.contrib.rnn.phased_lstm import PhasedLSTMCell
from tf1.contrib.rnn.sru import SRUCell
from tf1.contrib.rnn.time_freq_lstm import TimeFreqLSTMCell
from tf1.contrib.rnn.ugrnn import IntersectionRNNCell, UGRNNCell
from tf1.contrib.rnn.wrappers import (
    CompiledWrapper,
    EmbeddingWrapper,
    HighwayWrapper,
    InputProjectionWrapper,
    OutputProjectionWrapper,
)

BasicLSTMCell = tf.nn.rnn_cell.BasicLSTMCell
BasicRNNCell = tf.nn.rnn_cell.BasicRNNCell
DeviceWrapper = tf.nn.rnn_cell.DeviceWrapper
DropoutWrapper = tf.nn.rnn_cell.DropoutWrapper
GRUCell = tf.nn.rnn_cell.GRUCell
LSTMCell = tf.nn.rnn_cell.LSTMCell
MultiRNNCell = tf.nn.rnn_cell.MultiRNNCell
ResidualWrapper = tf.nn.rnn_cell.ResidualWrapper
static_bidirectional_rnn = tf.nn.static_bidirectional_rnn
static_rnn = tf.nn.static_rnn
static_state_saving_rnn = tf.nn.static_state_saving_rnn

__all__ = [
    'AttentionCellWrapper',
    'BasicLSTMCell',
    'BasicRNNCell',
    'BidirectionalGridLSTMCell',
    'CompiledWrapper',
    'Conv1DLSTMCell',
    'Conv2DLSTMCell',
    'Conv3DLSTMCell',
    'ConvLSTMCell',
    'CoupledInputForgetGateLSTMCell',
    'DeviceWrapper',
    'DropoutWrapper',
    'EmbeddingWrapper',
    'FusedRNNCell',
    'FusedRNNCellAdaptor',
    'GLSTMCell',
    'GRUBlockCell',
    'GRUBlockCellV2',
    'GRUCell',
    'GridLSTMCell',
    'HighwayWrapper',
    'IndRNNCell',
    'IndyGRUCell',
    'IndyLSTMCell',
    'InputProjectionWrapper',
    'IntersectionRNNCell',
    'LSTMBlockCell',
    'LSTMBlockFusedCell',
    'LSTMBlockWrapper',
    'LSTMCell',
    'LSTMStateTuple',
    'LayerNormBasicLSTMCell',
    'LayerRNNCell',
    'MultiRNNCell',
    'NASCell',
    'OutputProjectionWrapper',
    'PhasedLSTMCell',
    'RNNCell',
    'ResidualWrapper',
    'SRUCell',
    'TimeFreqLSTMCell',
    'TimeReversedFusedRNN',
    'UGRNNCell',
    'best_effort_input_batch_size',
    'stack_bidirectional_dynamic_rnn',
    'stack_bidirectional_rnn',
    'static_bidirectional_rnn',
    'static_rnn',
    'static_state_saving_rnn',
    'transpose_batch_time',
]


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.rnn', name)
