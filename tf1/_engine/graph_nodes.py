"""The functions of TensorFlow and tf_keras that give TF 1.15's nodes and seeds only when ours stands in their place."""

from __future__ import annotations

from tf1._engine import (
    arithmetic,
    box_suppression,
    clipping,
    columns,
    counting,
    dataset_options,
    diagonals,
    einstein_sums,
    graph_seeds,
    images,
    layer_nodes,
    linear_algebra,
    module_views,
    parsing,
    recurrent_dropout,
    replacements,
    shuffled_epochs,
    signals,
    sparse_tensors,
    splitting,
    tensor_array_nodes,
    tensor_products,
    training,
)
from tf1._engine.gradients import slicing, starting

REPLACEMENTS = {
    'tensorflow.compat.v1.get_seed': graph_seeds.get_seed,
    'tensorflow.compat.v1.ones': starting.ones,
    'tensorflow.compat.v1.split': splitting.split,
    'tensorflow.compat.v1.clip_by_global_norm': clipping.clip_by_global_norm,
    'tensorflow.compat.v1.feature_column.linear_model': columns.linear_model,
    'tensorflow.compat.v1.einsum': einstein_sums.einsum,
    'tensorflow.compat.v1.linspace': arithmetic.linspace,
    'tensorflow.compat.v1.linalg.diag': diagonals.matrix_diag,
    'tensorflow.compat.v1.linalg.diag_part': diagonals.matrix_diag_part,
    'tensorflow.compat.v1.linalg.triangular_solve': linear_algebra.triangular_solve,
    'tensorflow.compat.v1.math.accumulate_n': arithmetic.accumulate_n,
    'tensorflow.compat.v1.divide': arithmetic.divide,
    'tensorflow.python.ops.sort_ops._sort_or_argsort': arithmetic.sort,
    'tensorflow.compat.v1.math.bessel_i0': arithmetic.bessel_i0,
    'tensorflow.compat.v1.math.bessel_i0e': arithmetic.bessel_i0e,
    'tensorflow.compat.v1.math.bessel_i1': arithmetic.bessel_i1,
    'tensorflow.compat.v1.math.bessel_i1e': arithmetic.bessel_i1e,
    'tensorflow.compat.v1.math.bincount': arithmetic.bincount,
    'tensorflow.compat.v1.math.is_non_decreasing': arithmetic.is_non_decreasing,
    'tensorflow.compat.v1.math.is_strictly_increasing': arithmetic.is_strictly_increasing,
    'tensorflow.compat.v1.math.unsorted_segment_mean': arithmetic.unsorted_segment_mean,
    'tensorflow.compat.v1.math.unsorted_segment_sqrt_n': arithmetic.unsorted_segment_sqrt_n,
    'tensorflow.compat.v1.math.xdivy': arithmetic.xdivy,
    'tensorflow.compat.v1.matrix_diag': diagonals.matrix_diag,
    'tensorflow.compat.v1.matrix_diag_part': diagonals.matrix_diag_part,
    'tensorflow.compat.v1.matrix_set_diag': diagonals.matrix_set_diag,
    'tensorflow.compat.v1.histogram_fixed_width_bins': counting.histogram_fixed_width_bins,
    'tensorflow.compat.v1.saturate_cast': arithmetic.saturate_cast,
    'tensorflow.compat.v1.scatter_nd': counting.scatter_nd,
    'tensorflow.compat.v1.signal.fftshift': signals.fftshift,
    'tensorflow.compat.v1.signal.frame': signals.frame,
    'tensorflow.compat.v1.signal.ifftshift': signals.ifftshift,
    'tensorflow.compat.v1.signal.overlap_and_add': signals.overlap_and_add,
    'tensorflow.compat.v1.sparse.cross': sparse_tensors.cross,
    'tensorflow.compat.v1.sparse.transpose': sparse_tensors.transpose,
    'tensorflow.compat.v1.sparse_placeholder': sparse_tensors.placeholder,
    'tensorflow.compat.v1.tensordot': tensor_products.tensordot,
    'tensorflow.compat.v1.train.FtrlOptimizer._create_slots': training.create_ftrl_slots,
    'tensorflow.compat.v1.train.FtrlOptimizer._prepare': training.prepare_ftrl,
    'tensorflow.compat.v1.train.polynomial_decay': training.polynomial_decay,
    'tensorflow.compat.v2.math.bincount': arithmetic.bincount,
    'tensorflow.compat.v2.math.confusion_matrix': counting.confusion_matrix,
    'tensorflow.compat.v2.math.count_nonzero': counting.count_nonzero,
    'tensorflow.compat.v2.reduce_logsumexp': arithmetic.reduce_logsumexp,
    'tensorflow.compat.v1.image.combined_non_max_suppression': box_suppression.combined_non_max_suppression,
    'tensorflow.compat.v1.image.decode_image': box_suppression.decode_image,
    'tensorflow.compat.v1.image.non_max_suppression_padded': box_suppression.non_max_suppression_padded,
    'tensorflow.compat.v1.image.crop_to_bounding_box': images.crop_to_bounding_box,
    'tensorflow.compat.v1.image.pad_to_bounding_box': images.pad_to_bounding_box,
    'tensorflow.compat.v1.image.per_image_standardization': images.per_image_standardization,
    'tensorflow.python.feature_column.feature_column_v2.IdentityCategoricalColumn._transform_input_tensor': (
        columns.identity
    ),
    'tensorflow.python.ops.array_ops.repeat_with_axis': splitting.repeat,
    'tensorflow.python.ops.array_ops.shape_internal': splitting.shape,
    'tensorflow.python.ops.parsing_ops._parse_sequence_example_raw': parsing.parse_sequence_example,
    'tensorflow.python.ops.parsing_ops._parse_single_sequence_example_raw': parsing.parse_single_sequence_example,
    'tensorflow.python.ops.image_ops_impl._CheckAtLeast3DImage': images.check_image,
    'tensorflow.python.ops.math_grad._GatherDropNegatives': slicing.gather_positive,
    'tensorflow.python.ops.tensor_array_ops._GraphTensorArray.concat': tensor_array_nodes.concat,
    'tensorflow.python.ops.tensor_array_ops._GraphTensorArray.size': tensor_array_nodes.size,
    'tensorflow.python.ops.tensor_array_ops._GraphTensorArray.stack': tensor_array_nodes.stack,
    'tensorflow.python.training.saver.BaseSaverBuilder._AddShardedSaveOpsForV2': training.sharded_save,
    'tf_keras.src.feature_column.dense_features.DenseFeatures.call': columns.dense_features,
    'tf_keras.src.layers.rnn.legacy_cell_wrappers.DropoutWrapper._variational_recurrent_dropout_value': (
        recurrent_dropout.variational
    ),
    'tensorflow.python.ops.math_ops.mod': images.remainder,
    'tensorflow.python.data.ops.dataset_ops.apply_rewrite': dataset_options.without_rewrites,
    'tensorflow.python.data.ops.dataset_ops._apply_rewrite': dataset_options.without_rewrites,  # TensorFlow 2.16
    'tensorflow.data.Dataset.repeat': shuffled_epochs.repeat,
    'tensorflow.data.experimental.shuffle_and_repeat': shuffled_epochs.shuffle_and_repeat,
    **layer_nodes.REPLACEMENTS,
}
"""Dotted name of the function -> what makes the replacement from it."""


def install() -> None:
    """Installs all replacements in the process."""
    replacements.replace(REPLACEMENTS)
    module_views.put_in_place()
