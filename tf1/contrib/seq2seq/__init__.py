"""`tf.contrib.seq2seq`: decoders, their helpers, attention and beam search."""

from __future__ import annotations

from tf1._namespace import removed
from tf1.contrib.seq2seq.attention import AttentionMechanism, BahdanauAttention, LuongAttention
from tf1.contrib.seq2seq.attention_wrapper import AttentionWrapper, AttentionWrapperState, hardmax
from tf1.contrib.seq2seq.basic_decoder import BasicDecoder, BasicDecoderOutput
from tf1.contrib.seq2seq.beam_search import (
    BeamSearchDecoder,
    BeamSearchDecoderOutput,
    BeamSearchDecoderState,
    FinalBeamSearchDecoderOutput,
)
from tf1.contrib.seq2seq.beams import gather_tree, tile_batch
from tf1.contrib.seq2seq.decoder import Decoder, dynamic_decode
from tf1.contrib.seq2seq.helpers import (
    CustomHelper,
    GreedyEmbeddingHelper,
    Helper,
    InferenceHelper,
    SampleEmbeddingHelper,
    TrainingHelper,
)
from tf1.contrib.seq2seq.loss import sequence_loss
from tf1.contrib.seq2seq.monotonic import (
    BahdanauMonotonicAttention,
    LuongMonotonicAttention,
    monotonic_attention,
    safe_cumprod,
)
from tf1.contrib.seq2seq.scheduled_helpers import ScheduledEmbeddingTrainingHelper, ScheduledOutputTrainingHelper

__all__ = [
    'AttentionMechanism',
    'AttentionWrapper',
    'AttentionWrapperState',
    'BahdanauAttention',
    'BahdanauMonotonicAttention',
    'BasicDecoder',
    'BasicDecoderOutput',
    'BeamSearchDecoder',
    'BeamSearchDecoderOutput',
    'BeamSearchDecoderState',
    'CustomHelper',
    'Decoder',
    'FinalBeamSearchDecoderOutput',
    'GreedyEmbeddingHelper',
    'Helper',
    'InferenceHelper',
    'LuongAttention',
    'LuongMonotonicAttention',
    'SampleEmbeddingHelper',
    'ScheduledEmbeddingTrainingHelper',
    'ScheduledOutputTrainingHelper',
    'TrainingHelper',
    'dynamic_decode',
    'gather_tree',
    'hardmax',
    'monotonic_attention',
    'safe_cumprod',
    'sequence_loss',
    'tile_batch',
]


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.seq2seq', name)
