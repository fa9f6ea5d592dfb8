"""What replaced names that TensorFlow had once and has no longer: the remedy in an AttributeError."""

from __future__ import annotations

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
    'tf.contrib.distribute': 'tf.distribute',
    'tf.contrib.eager': 'eager execution of TF 2 itself (tf.GradientTape, tf.Variable)',
    'tf.contrib.keras': 'tf.keras',
    'tf.contrib.learn.Estimator': 'tf.estimator.Estimator',
    'tf.contrib.learn.RunConfig': 'tf.estimator.RunConfig',
    'tf.contrib.learn.ModeKeys': 'tf.estimator.ModeKeys',
    'tf.contrib.tpu': 'tf.distribute.experimental.TPUStrategy',
    'tf.contrib.tensorrt': 'tf.compat.v2.experimental.tensorrt',
    'tf.estimator.tpu': 'tf.distribute.experimental.TPUStrategy',
    'tf.estimator.DNNClassifier': 'an Estimator with your own model_fn (tf.layers.dense), or tf.keras.Sequential',
    'tf.estimator.DNNRegressor': 'an Estimator with your own model_fn (tf.layers.dense), or tf.keras.Sequential',
    'tf.estimator.LinearClassifier': 'an Estimator with your own model_fn (tf.layers.dense), or tf.keras.Sequential',
    'tf.estimator.LinearRegressor': 'an Estimator with your own model_fn (tf.layers.dense), or tf.keras.Sequential',
    'tf.estimator.BoostedTreesClassifier': 'the package tensorflow_decision_forests',
    'tf.estimator.BoostedTreesRegressor': 'the package tensorflow_decision_forests',
}


def missing(module: str, name: str) -> AttributeError:
    """Returns the error for `module.name`, where `module` is a public name such as 'tf' or 'tf.train'."""
    full = f'{module}.{name}'
    successor = _REPLACED.get(full)
    if successor:
        text = f"{full} is not in TF 1.15 or not in today's TensorFlow; use {successor} instead."
    else:
        text = (
            f'{full} does not exist: neither tf1 nor the installed TensorFlow has it under compat.v1 or at top level.'
        )
    return AttributeError(text, name=name)
