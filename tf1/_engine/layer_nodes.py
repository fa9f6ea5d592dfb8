"""The part of `graph_nodes`' table that serves layers, losses and random operations, and what they are made of."""

from __future__ import annotations

from tf1._engine import (
    activations,
    convolutions,
    embeddings,
    filling,
    keras_functions,
    keras_layers,
    keras_losses,
    normalization,
    parsing,
    randomness,
    regularization,
)
from tf1._engine.replacements import always

REPLACEMENTS = {
    'tensorflow.compat.v1.nn.fused_batch_norm': normalization.fused_batch_norm,
    'tensorflow.compat.v1.random.stateless_normal': randomness.stateless_normal,
    'tensorflow.compat.v1.random.stateless_truncated_normal': randomness.stateless_truncated_normal,
    'tensorflow.compat.v1.random.stateless_uniform': randomness.stateless_uniform,
    'tensorflow.compat.v1.random_gamma': randomness.random_gamma,
    'tensorflow.compat.v1.random_uniform': randomness.random_uniform,
    'tensorflow.compat.v1.nn.max_pool_v2': activations.max_pool,
    'tensorflow.compat.v1.nn.swish': activations.swish,
    'tensorflow.compat.v1.one_hot': filling.one_hot,
    'tensorflow.compat.v1.sparse.from_dense': always(filling.from_dense),
    'tensorflow.compat.v2.ones_like': filling.ones_like_v2,
    'tensorflow.python.framework.ops.convert_to_tensor': filling.convert_to_tensor,
    'tensorflow.python.ops.array_ops._constant_if_small': filling.constant_if_small,
    'tensorflow.python.ops.array_ops.ones_like_impl': filling.ones_like,
    'tensorflow.python.ops.embedding_ops.embedding_lookup_sparse_impl': embeddings.embedding_lookup_sparse,
    'tensorflow.python.ops.math_ops._ReductionDims': filling.reduction_axes,
    'tensorflow.python.ops.nn_ops._dropout': randomness.dropout,
    'tensorflow.python.ops.parsing_ops.parse_single_example_v2': parsing.parse_single_example,
    'tensorflow.python.ops.resource_variable_ops.BaseResourceVariable.read_value_no_copy': always(
        embeddings.read_value
    ),
    'tensorflow.python.ops.resource_variable_ops.BaseResourceVariable.sparse_read': embeddings.sparse_read,
    'tensorflow.python.ops.variable_scope._LazyEvalTensor': regularization.built,
    'tensorflow.python.ops.variable_scope._VariableStore._get_single_variable': regularization.get_single_variable,
    'tf_keras.src.activations.selu': always(keras_functions.selu),
    'tf_keras.src.backend.batch_dot': keras_functions.batch_dot,
    'tf_keras.src.backend.ctc_decode': always(keras_functions.ctc_decode),
    'tf_keras.src.backend.clip': always(keras_functions.clip),
    'tf_keras.src.backend.elu': always(keras_functions.elu),
    'tf_keras.src.backend.random_bernoulli': always(keras_functions.random_bernoulli),
    'tf_keras.src.backend.random_binomial': always(keras_functions.random_bernoulli),
    'tf_keras.src.backend.resize_images': keras_functions.resize_images,
    'tf_keras.src.backend.sparse_categorical_crossentropy': keras_functions.sparse_categorical_crossentropy,
    'tf_keras.src.backend.sqrt': always(keras_functions.sqrt),
    'tf_keras.src.layers.attention.base_dense_attention.BaseDenseAttention._apply_scores': keras_layers.apply_scores,
    'tf_keras.src.layers.convolutional.base_conv.Conv.build': convolutions.build,
    'tf_keras.src.layers.convolutional.base_conv.Conv.convolution_op': convolutions.convolution_op,
    'tf_keras.src.layers.convolutional.conv2d_transpose.Conv2DTranspose.call': convolutions.conv2d_transpose,
    'tf_keras.src.layers.core.embedding.Embedding.call': keras_layers.embedding,
    'tf_keras.src.layers.normalization.batch_normalization.BatchNormalizationBase._fused_batch_norm': (
        normalization.fused
    ),
    'tf_keras.src.layers.normalization.batch_normalization.BatchNormalizationBase.build': normalization.build,
    'tf_keras.src.layers.normalization.layer_normalization.LayerNormalization.call': (
        normalization.layer_normalization
    ),
    'tf_keras.src.layers.reshaping.flatten.Flatten.call': convolutions.flatten,
    'tf_keras.src.layers.regularization.alpha_dropout.AlphaDropout.call': keras_functions.with_seeds_of_numpy,
    'tf_keras.src.layers.regularization.dropout.Dropout.call': keras_layers.dropout,
    'tf_keras.src.layers.regularization.gaussian_dropout.GaussianDropout.call': keras_functions.with_seeds_of_numpy,
    'tf_keras.src.layers.regularization.gaussian_noise.GaussianNoise.call': keras_functions.with_seeds_of_numpy,
    'tf_keras.src.layers.rnn.dropout_rnn_cell_mixin._generate_dropout_mask': keras_functions.with_seeds_of_numpy,
    'tf_keras.src.layers.rnn.base_conv_rnn.ConvRNN.build': keras_layers.recurrent_build,
    'tf_keras.src.layers.rnn.base_conv_rnn.ConvRNN.call': keras_layers.recurrent_call,
    'tf_keras.src.layers.rnn.base_rnn.RNN.call': keras_layers.recurrent_call,
    'tf_keras.src.losses.categorical_hinge': always(keras_losses.categorical_hinge),
    'tf_keras.src.losses.cosine_similarity': always(keras_losses.cosine_similarity),
    'tf_keras.src.losses.huber': always(keras_losses.huber),
    'tf_keras.src.losses.mean_absolute_percentage_error': always(keras_losses.mean_absolute_percentage_error),
    'tf_keras.src.losses.mean_squared_logarithmic_error': always(keras_losses.mean_squared_logarithmic_error),
    'tf_keras.src.optimizers.legacy.optimizer_v2.OptimizerV2._aggregate_gradients': keras_layers.aggregate_gradients,
    'tf_keras.src.optimizers.legacy.optimizer_v2.OptimizerV2._distributed_apply': keras_layers.distributed_apply,
    'tf_keras.src.regularizers.L1.__call__': always(keras_functions.penalty),
    'tf_keras.src.regularizers.L1L2.__call__': always(keras_functions.penalty),
    'tf_keras.src.regularizers.L2.__call__': always(keras_functions.penalty),
    'tf_keras.src.utils.losses_utils.compute_weighted_loss': keras_losses.compute_weighted_loss,
    'tf_keras.src.utils.losses_utils.squeeze_or_expand_dimensions': keras_losses.squeeze_or_expand_dimensions,
    'tf_keras.src.utils.metrics_utils.sparse_categorical_matches': always(keras_functions.sparse_categorical_matches),
    'tf_keras.src.utils.metrics_utils.sparse_top_k_categorical_matches': (
        keras_functions.sparse_top_k_categorical_matches
    ),
}
"""Dotted name of the function -> what makes the replacement from it."""
