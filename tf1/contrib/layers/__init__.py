"""`tf.contrib.layers`: layers as functions, their initializers, regularizers and summaries."""

from __future__ import annotations

from tf1._namespace import removed
from tf1.contrib.layers import summaries
from tf1.contrib.layers.batch_norm import batch_norm
from tf1.contrib.layers.composition import repeat, stack
from tf1.contrib.layers.conv_in_plane import conv2d_in_plane, convolution2d_in_plane
from tf1.contrib.layers.conv_transpose import (
    conv2d_transpose,
    conv3d_transpose,
    convolution2d_transpose,
    convolution3d_transpose,
)
from tf1.contrib.layers.convolution import (
    conv1d,
    conv2d,
    conv3d,
    convolution,
    convolution1d,
    convolution2d,
    convolution3d,
)
from tf1.contrib.layers.dense import elu, fully_connected, linear, relu, relu6
from tf1.contrib.layers.dropout import dropout
from tf1.contrib.layers.elementwise import bias_add, maxout, one_hot_encoding, scale_gradient, softmax, unit_norm
from tf1.contrib.layers.embedding import (
    bow_encoder,
    embed_sequence,
    embedding_lookup_unique,
    safe_embedding_lookup_sparse,
)
from tf1.contrib.layers.feature_columns import (
    SPARSE_FEATURE_CROSS_DEFAULT_HASH_KEY,
    bucketized_column,
    crossed_column,
    one_hot_column,
    real_valued_column,
    sparse_column_with_hash_bucket,
    sparse_column_with_integerized_feature,
    sparse_column_with_keys,
    sparse_column_with_vocabulary_file,
    weighted_sparse_column,
)
from tf1.contrib.layers.feature_embeddings import embedding_column, shared_embedding_columns
from tf1.contrib.layers.feature_layers import (
    input_from_feature_columns,
    joint_weighted_sum_from_feature_columns,
    sequence_input_from_feature_columns,
    weighted_sum_from_feature_columns,
)
from tf1.contrib.layers.feature_parsing import (
    create_feature_spec_for_parsing,
    infer_real_valued_columns,
    make_place_holder_tensors_for_base_features,
    parse_feature_columns_from_examples,
    parse_feature_columns_from_sequence_examples,
)
from tf1.contrib.layers.feature_transforms import (
    check_feature_columns,
    transform_features,
)
from tf1.contrib.layers.gdn import GDN, gdn
from tf1.contrib.layers.group_norm import group_norm, instance_norm
from tf1.contrib.layers.initializers import (
    variance_scaling_initializer,
    xavier_initializer,
    xavier_initializer_conv2d,
)
from tf1.contrib.layers.layer_norm import layer_norm
from tf1.contrib.layers.legacy import legacy_fully_connected, legacy_linear, legacy_relu
from tf1.contrib.layers.optimizers import OPTIMIZER_CLS_NAMES, OPTIMIZER_SUMMARIES, optimize_loss
from tf1.contrib.layers.pooling import avg_pool2d, avg_pool3d, max_pool2d, max_pool3d
from tf1.contrib.layers.recompute import recompute_grad
from tf1.contrib.layers.regularizers import (
    apply_regularization,
    l1_l2_regularizer,
    l1_regularizer,
    l2_regularizer,
    sum_regularizer,
)
from tf1.contrib.layers.reversible import RevBlock, rev_block
from tf1.contrib.layers.separable_conv import separable_conv2d, separable_convolution2d
from tf1.contrib.layers.shaping import dense_to_sparse, flatten, images_to_sequence, sequence_to_images
from tf1.contrib.layers.spatial_softmax import spatial_softmax
from tf1.contrib.layers.summaries import (
    summarize_activation,
    summarize_activations,
    summarize_collection,
    summarize_tensor,
    summarize_tensors,
)

__all__ = [
    'GDN',
    'OPTIMIZER_CLS_NAMES',
    'OPTIMIZER_SUMMARIES',
    'SPARSE_FEATURE_CROSS_DEFAULT_HASH_KEY',
    'RevBlock',
    'apply_regularization',
    'avg_pool2d',
    'avg_pool3d',
    'batch_norm',
    'bias_add',
    'bow_encoder',
    'bucketized_column',
    'check_feature_columns',
    'conv1d',
    'conv2d',
    'conv2d_in_plane',
    'conv2d_transpose',
    'conv3d',
    'conv3d_transpose',
    'convolution',
    'convolution1d',
    'convolution2d',
    'convolution2d_in_plane',
    'convolution2d_transpose',
    'convolution3d',
    'convolution3d_transpose',
    'create_feature_spec_for_parsing',
    'crossed_column',
    'dense_to_sparse',
    'dropout',
    'elu',
    'embed_sequence',
    'embedding_column',
    'embedding_lookup_unique',
    'flatten',
    'fully_connected',
    'gdn',
    'group_norm',
    'images_to_sequence',
    'infer_real_valued_columns',
    'input_from_feature_columns',
    'instance_norm',
    'joint_weighted_sum_from_feature_columns',
    'l1_l2_regularizer',
    'l1_regularizer',
    'l2_regularizer',
    'layer_norm',
    'legacy_fully_connected',
    'legacy_linear',
    'legacy_relu',
    'linear',
    'make_place_holder_tensors_for_base_features',
    'max_pool2d',
    'max_pool3d',
    'maxout',
    'one_hot_column',
    'one_hot_encoding',
    'optimize_loss',
    'parse_feature_columns_from_examples',
    'parse_feature_columns_from_sequence_examples',
    'real_valued_column',
    'recompute_grad',
    'relu',
    'relu6',
    'repeat',
    'rev_block',
    'safe_embedding_lookup_sparse',
    'scale_gradient',
    'separable_conv2d',
    'separable_convolution2d',
    'sequence_input_from_feature_columns',
    'sequence_to_images',
    'shared_embedding_columns',
    'softmax',
    'sparse_column_with_hash_bucket',
    'sparse_column_with_integerized_feature',
    'sparse_column_with_keys',
    'sparse_column_with_vocabulary_file',
    'spatial_softmax',
    'stack',
    'sum_regularizer',
    'summaries',
    'summarize_activation',
    'summarize_activations',
    'summarize_collection',
    'summarize_tensor',
    'summarize_tensors',
    'transform_features',
    'unit_norm',
    'variance_scaling_initializer',
    'weighted_sparse_column',
    'weighted_sum_from_feature_columns',
    'xavier_initializer',
    'xavier_initializer_conv2d',
]


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.layers', name)
