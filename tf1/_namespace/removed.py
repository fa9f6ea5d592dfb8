"""What replaced names that TensorFlow no longer has: the remedy in an AttributeError."""

from __future__ import annotations

import re

from tf1._namespace import removed_contrib

_REPLACED = {
    # Renamed before TF 1.0; TF 1.15 no longer had them.
    'tf.all_candidate_sampler': 'tf.nn.all_candidate_sampler',
    'tf.audio_summary': 'tf.summary.audio',
    'tf.batch_cholesky': 'tf.cholesky',
    'tf.batch_fft': 'tf.fft',
    'tf.batch_ifft': 'tf.ifft',
    'tf.batch_matmul': 'tf.matmul',
    'tf.batch_matrix_determinant': 'tf.matrix_determinant',
    'tf.batch_matrix_inverse': 'tf.matrix_inverse',
    'tf.batch_matrix_solve': 'tf.matrix_solve',
    'tf.batch_self_adjoint_eig': 'tf.self_adjoint_eig',
    'tf.batch_svd': 'tf.svd',
    'tf.complex_abs': 'tf.abs',
    'tf.concat_v2': 'tf.concat',
    'tf.histogram_summary': 'tf.summary.histogram',
    'tf.image_summary': 'tf.summary.image',
    'tf.inv': 'tf.reciprocal',
    'tf.listdiff': 'tf.setdiff1d',
    'tf.merge_all_summaries': 'tf.summary.merge_all',
    'tf.merge_summary': 'tf.summary.merge',
    'tf.mul': 'tf.multiply',
    'tf.neg': 'tf.negative',
    'tf.nn.rnn': 'tf.nn.static_rnn',
    'tf.nn.seq2seq': 'tf.nn.dynamic_rnn and tf.keras.layers.Attention',
    'tf.pack': 'tf.stack',
    'tf.scalar_summary': 'tf.summary.scalar',
    'tf.select': 'tf.where',
    'tf.sub': 'tf.subtract',
    'tf.train.SummaryWriter': 'tf.summary.FileWriter',
    'tf.unpack': 'tf.unstack',
    # Gone with TF 2.
    'tf.estimator.tpu.experimental': 'tf.nn.embedding_lookup or tf.feature_column.input_layer in model_fn',
    'tf.data.experimental.CheckpointInputPipelineHook': 'tf.data.experimental.make_saveable_from_iterator',
    'tf.data.experimental.MapVectorizationOptions': 'vectorised functions after Dataset.batch',
    'tf.data.experimental.StatsAggregator': 'tf.profiler.Profiler',
    'tf.data.experimental.StatsOptions': 'tf.profiler.Profiler',
    'tf.data.experimental.bytes_produced_stats': 'tf.profiler.Profiler',
    'tf.data.experimental.latency_stats': 'tf.profiler.Profiler',
    'tf.keras.experimental.LinearCosineDecay': 'tf.train.linear_cosine_decay',
    'tf.keras.experimental.NoisyLinearCosineDecay': 'tf.train.noisy_linear_cosine_decay',
    'tf.keras.experimental.terminate_keras_multiprocessing_pools': 'multiprocessing.active_children',
    'tf.lite.experimental.get_potentially_supported_ops': 'the argument target_spec of tf.lite.TFLiteConverter',
    'tf.lite.experimental.nn': 'tf.keras.layers.LSTM, which tf.lite.TFLiteConverter fuses',
    'tf.raw_ops.CompareAndBitpack': 'tf.greater',
    **removed_contrib.REPLACED,
}
_PATTERNS = (
    (r'tf\.raw_ops\.LoadTPUEmbedding\w+GradAccumDebug', 'the op of the same name without GradAccumDebug'),
    (r'tf\.raw_ops\.RetrieveTPUEmbedding\w+GradAccumDebug', 'the op of the same name without GradAccumDebug'),
)


def successor(name: str) -> str | None:
    """Returns what replaced `name` ('tf.train.SummaryWriter') or what it is part of, in words; None if unknown."""
    whole = name
    while whole:
        if whole in _REPLACED:
            return _REPLACED[whole]
        whole = whole.rpartition('.')[0]
    return next((words for pattern, words in _PATTERNS if re.fullmatch(pattern, name)), None)


def attribute_error(module: str, name: str) -> AttributeError:
    """Returns the error for `module.name`, where `module` is a public name such as 'tf' or 'tf.train'."""
    full = f'{module}.{name}'
    words = successor(full)
    if words:
        text = f"{full} is not in TF 1.15 or not in today's TensorFlow; use {words} instead."
    else:
        text = (
            f'{full} does not exist: neither tf1 nor the installed TensorFlow has it under compat.v1 or at top level.'
        )
    return AttributeError(text, name=name)
