"""Module paths that programs of the TF 1 era import from and that have no file any longer.

Those are the private modules of `tf.contrib` (`tensorflow.contrib.layers.python.layers.utils`), of Estimators and of
`tf.layers`, and the files that Keras 2 has merged since. All names of such a module are looked up where they are now.
"""

from __future__ import annotations

import functools
import importlib
import importlib.util
import pathlib
import sys
import types

from tf1 import _namespace
from tf1._namespace import moved_names


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_RENAMED = {
    'tf1.python.autograph.pyct.compiler': 'tf1.python.autograph.pyct.loader',
    'tf1.python.autograph.core.naming': 'tf1.python.autograph.pyct.naming',
    'tf1.compat.v1': 'tf1',
    'tf1.contrib.all_reduce': 'tf1.python.distribute.v1',
    'tf1.contrib.all_reduce.python': 'tf1.python.distribute.v1',
    'tf1.contrib.framework.python.ops.audio_ops': 'tf1.python.ops.gen_audio_ops',
    'tf1.contrib.lite.python': 'tf1.lite.python',
    'tf1.contrib.lookup.lookup_ops': 'tf1.contrib.lookup',
    'tf1.contrib.tpu.python.ops': 'tf1.python.tpu.ops',
    'tf1.contrib.tpu.python.tpu': 'tf1.python.tpu',
    **{
        f'tf1.python.tpu.{name}': f'tf1.estimator.inside.tpu.{name}'
        for name in ('error_handling', 'session_support', 'tpu_context', 'util')
    },
    'tf1.python.context': 'tf1.python.eager.context',
    'tf1.python.data.experimental.ops.threading_options': 'tf1.python.data.ops.options',
    'tf1.python.distribute.distribution_strategy_context': 'tf1.python.distribute.distribute_lib',
    'tf1.python.profiler.profile_context': 'tf1.contrib.tfprof.profile_context',
    'tf1.python.training.experimental.mixed_precision': 'tf1.train.experimental',
    'tf1.python.eager.profiler': 'tf1.python.profiler.profiler_v2',
    'tf1.python.feature_column.dense_features': 'tf1.keras.layers',
    'tf1.python.feature_column.dense_features_v2': 'tf1.keras.layers',
    'tf1.python.distribute.estimator_training': 'tf1.estimator.inside.estimator_training',
    'tf1.python.keras': 'tf1.keras',
    'tf1.python.pywrap_tensorflow': 'tf1.pywrap_tensorflow',
    'tf1.python.pywrap_tensorflow_internal': 'tf1.pywrap_tensorflow',
    'tf1.python.training.distribution_strategy_context': 'tf1.python.distribute.distribute_lib',
    'tf1.python.training.distribute': 'tf1.python.distribute.distribute_lib',
    'tf1.python.training.saving.functional_saver': 'tf1.python.checkpoint.functional_saver',
    'tf1.python.training.tracking': 'tf1.python.trackable',
    'tf1.python.training.tracking.graph_view': 'tf1.python.checkpoint.graph_view',
    'tf1.python.training.tracking.tracking': 'tf1.python.trackable.autotrackable',
    'tf1.python.training.tracking.util': 'tf1.python.checkpoint.checkpoint',
    'tf1.python.training.training_ops': 'tf1.python.ops.gen_training_ops',
    'tf1.keras.callbacks_v1': 'tf1.keras.callbacks',
    'tf1.keras.objectives': 'tf1.keras.losses',
    'tf1.keras.backend.tensorflow_backend': 'tf1.keras.backend',
    'tf1.keras.utils.training_utils': 'tf1.keras.utils',
    'tf1.keras.utils.visualize_util': 'tf1.keras.utils.vis_utils',
}
# TensorFlow's own modules that hold some of the old ones, which must not become attributes of the real ones.
_HOLDERS = ('tf1.python.ops', 'tf1.python.tpu')
# The private modules below this one are files of ours.
_INSIDE = {'tf1.python.estimator': 'tf1.estimator.inside'}
# Below these, a private module holds names of the public one.
_PUBLIC = {
    'tf1.python.estimator': 'estimator',
    'tf1.python.layers': 'layers',
    'tf1.python.ops.nn': 'nn',
    'tf1.python.ops.rnn_cell': 'nn.rnn_cell',
    'tf1.python.ops.rnn_cell_impl': 'nn.rnn_cell',
    **{f'tf1.python.tpu.{name}': 'estimator.tpu' for name in ('tpu_config', 'tpu_estimator')},
}
_CONTRIB_MODULES = _names("""
    adam_gs_optimizer adamax addsign agn_optimizer arg_scope attention_wrapper audio_ops base basic_decoder
    basic_session_run_hooks batching beam_search_decoder beam_search_ops bucket_ops bucketization_op categorical
    categorical_vocabulary checkpoint_ops checkpoint_utils classification clustering_ops composable_model
    confusion_matrix_ops constants core_rnn core_rnn_cell counter cudnn_rnn cudnn_rnn_ops data data_decoder
    data_feeder data_provider dataset dataset_data_provider datasets debug decoder dense_image_warp device_setter
    distort_image_ops dnn dnn_linear_combined
    drop_stale_gradient_optimizer dynamic_rnn_estimator early_stopping elastic_average_optimizer embedding_ops
    embeddings_ops encoders enumerate_ops error_ops estimator estimator_test_utils estimators evaluable evaluation
    experiment experimental export export_strategy exporter extenders external_optimizer feature_column
    feature_column_ops feeding_queue_runner framework fused_rnn_cell gc gen_variable_ops generator_io
    get_single_element ggt gradient_descent graph_actions graph_io graph_util grouping gru_ops head helper
    histogram_ops hooks hparam image_ops input_fn_utils inspect_checkpoint interleave_ops interpolate_spline
    iterator_ops keras_saved_model kmeans lars_optimizer layers lazy_adam_optimizer learn learn_io learn_runner
    learn_runner_lib learning linear logistic_regressor logit_fns loss loss_ops losses losses_ops lstm_ops
    matrix_functions metric_key metric_learning metric_loss_ops metric_ops metric_spec metrics mnist model_analyzer
    model_average_optimizer model_fn models monitored_session monitors moving_average_optimizer multi_head
    multitask_optimizer_wrapper nadam_optimizer nets normalization numpy_io opt ops optimizers pandas_io
    parallel_reader parsing_ops powersign prediction_key prefetch_queue prefetching_ops preprocessing
    prettyprint_ops queues random_ops readers reg_adagrad_optimizer regularizers replicate_model_fn resample
    resampling rev_block_lib rnn rnn_cell run_config sampler sampling_ops saved_model_estimator
    saved_model_export_utils scan_ops script_ops seq2seq seq2seq_ops session_run_hook set_ops shampoo shuffle_ops
    sign_decay sliding slim sort_ops sparse_image_warp sparse_ops stats_ops summaries summary_writer_cache svm
    synthetic target_column tensor_signature tensor_util test_data text text_datasets tfexample_decoder threadpool
    training trainable tuner unique utils variable_clipping_optimizer variables weight_decay_optimizers writers
    initializers copy_elements lanczos least_squares linear_equations loss_scale_manager loss_scale_optimizer
    memory_stats_ops metrics_impl odes resampler_ops saver skip_gram_ops tfe
    absolute_value affine affine_linear_operator affine_scalar autoregressive batch_normalization batch_reshape binomial
    bijectors cauchy chain chi2 cholesky_outer_product conditional_bijector conditional_distribution
    conditional_transformed_distribution deterministic distribution_util exp fill_triangular geometric gumbel
    half_normal independent inline inverse_gamma invert kumaraswamy logistic masked_autoregressive matrix_inverse_tril
    mixture mixture_same_family moving_stats mvn_diag mvn_diag_plus_low_rank mvn_full_covariance mvn_linear_operator
    mvn_tril negative_binomial normal_conjugate_posteriors onehot_categorical ordered permute poisson power_transform
    quantized_distribution real_nvp relaxed_bernoulli relaxed_onehot_categorical sample_stats scale_tril sigmoid
    sinh_arcsinh softmax_centered softplus softsign tpu tpu_config tpu_estimator tpu_optimizer transform_diagonal
    vector_exponential_diag vector_exponential_linear_operator vector_laplace_diag vector_laplace_linear_operator
    vector_sinh_arcsinh_diag vector_student_t weibull wishart
    """)
_ESTIMATOR_MODULES = _names("""
    base_head baseline basic_session_run_hooks binary_class_head boosted_trees canned dnn dnn_linear_combined
    early_stopping estimator estimator_lib estimators export export_lib export_output exporter extenders feature_keys
    feeding_functions feeding_queue_runner gc head hooks inputs keras kmeans linear metric_keys mode_keys model_fn
    multi_class_head multi_head multi_label_head numpy_io optimizers pandas_io parsing_utils prediction_keys queues
    regression_head rnn run_config saved_model_estimator sequential_head session_run_hook tpu tpu_config tpu_context
    tpu_estimator training util warm_starting_util
    """)
_LAYERS_MODULES = _names('base convolutional core layers maxout normalization pooling utils')
# Files of Keras 2.0 to 2.3 and where their names are today.
_KERAS_MODULES = {
    'callbacks': _names('callbacks tensorboard_v1'),
    'applications': _names('mobilenet_v2 resnet50 vgg16 vgg19 inception_v3 xception densenet nasnet mobilenet'),
    'engine': _names(
        'base_layer input_layer network saving sequential topology training training_arrays training_generator '
        'training_utils'
    ),
    'legacy': _names('interfaces layers'),
    'optimizer_v2': _names(
        'adadelta adagrad adam adamax ftrl gradient_descent learning_rate_schedule nadam optimizer_v2 rmsprop'
    ),
    'saving': _names('hdf5_format model_config save saving_utils'),
    'layers': _names(
        'advanced_activations convolutional convolutional_recurrent core cudnn_recurrent embeddings local merge noise '
        'normalization pooling recurrent wrappers'
    ),
    'utils': _names(
        'conv_utils data_utils generic_utils io_utils layer_utils losses_utils multi_gpu_utils np_utils tf_utils '
        'vis_utils'
    ),
}
_KERAS_ENGINE = ('keras.layers', 'keras.models', 'keras.utils', 'keras')
# Folders that are gone, and the public modules that have their names.
_KERAS_FOLDERS = {'engine': _KERAS_ENGINE, 'legacy': _KERAS_ENGINE, 'optimizer_v2': ('keras.optimizers',)}


class OldPath(_namespace.Overlay):
    """A private module of TF 1.

    Args:
      path: dotted name below `tf1` under which it is imported.
      area: the public module, below `tf1`, that has its names now.
      bases: loaders of the modules that supply the names.
      known: its submodules.
    """

    def __init__(self, path: str, area: str, bases: tuple[_namespace.Loader, ...], known: frozenset[str]):
        super().__init__(f'tf.{area}', bases, {}, path)
        self._tf1_area = area
        self._tf1_known = known

    def todays(self, name: str) -> object:
        """Returns what has this name today, or None."""
        try:
            return super().__getattr__(name)
        except AttributeError:
            return None

    def __getattr__(self, name: str) -> object:
        private = moved_names.find(self._tf1_area, name)
        if private is not None:
            return private
        if name.startswith('_') and not name.startswith('__'):
            for base in self._tf1_bases:
                if isinstance(base(), _Defined):
                    return getattr(base(), name)
        try:
            value = super().__getattr__(name)
        except AttributeError:
            if name not in self._tf1_known:
                raise
            return importlib.import_module(f'{self.__name__}.{name}')
        # A file of tf1 or Keras may be called like an old one and hold less; below an old path, all names of the area
        # count.
        todays = isinstance(value, types.ModuleType) and value.__name__.partition('.')[0] in ('tf1', 'tf_keras')
        if todays and name in self._tf1_known:
            return importlib.import_module(f'{self.__name__}.{name}')
        return value


def renamed(fullname: str) -> str | None:
    """Returns the name under which a module below `tf1` that was renamed as a whole is imported now."""
    old = max((old for old in _RENAMED if f'{fullname}.'.startswith(f'{old}.')), key=len, default=None)
    return None if old is None else _RENAMED[old] + fullname.removeprefix(old)


def module(fullname: str, parent: types.ModuleType, found: types.ModuleType | None) -> types.ModuleType | None:
    """Returns what stands for an old path, or None if `fullname` is not one.

    Args:
      fullname: dotted name below `tf1`.
      parent: the module that stands for all of it but the last part.
      found: what `parent` has under the last part.
    """
    child = fullname.rpartition('.')[2]
    if isinstance(parent, OldPath):
        return _below(fullname, parent, child, found)
    if fullname in _HOLDERS and found is not None:
        return _namespace.Overlay(f'tf{fullname.removeprefix("tf1")}', (lambda: found,), {})
    if fullname in _PUBLIC:
        return _private(fullname, _PUBLIC[fullname], found)
    if fullname.startswith('tf1.contrib.') and child == 'python':
        area = fullname.removeprefix('tf1.').removesuffix('.python')
        return OldPath(fullname, area, (lambda: parent,), _CONTRIB_MODULES)
    return _keras(fullname, parent, child, found)


def inside(fullname: str, parent: types.ModuleType) -> types.ModuleType | None:
    """Returns what stands for a private module that TF 1's Estimator was made of, or None for all others.

    Args:
      fullname: dotted name below `tf1`.
      parent: the module that stands for all of it but the last part.
    """
    own = _inside(fullname)
    if own is not None:
        # `import tensorflow_estimator.python.estimator.gc as gc` looks for each part in the one before.
        if fullname in _INSIDE:
            importlib.import_module('tf1.estimator').__dict__.setdefault('python', parent)
        return own
    for old in _INSIDE:
        is_below = fullname.startswith(f'{old}.') and not isinstance(parent, OldPath)
        if is_below and fullname.rpartition('.')[2] in _ESTIMATOR_MODULES:
            return OldPath(fullname, _PUBLIC[old], _areas(fullname, old), _ESTIMATOR_MODULES)
    return None


def _inside(fullname: str) -> types.ModuleType | None:
    """Returns the module of an old path that is a file of ours, with the names of its area beside its own."""
    for old, new in _INSIDE.items():
        if f'{fullname}.'.startswith(f'{old}.') and _is_file(new + fullname.removeprefix(old)):
            module = importlib.import_module(new + fullname.removeprefix(old))
            beside = OldPath(fullname, _PUBLIC[old], _areas(fullname, old), _ESTIMATOR_MODULES)
            module.__dict__.setdefault('__getattr__', functools.partial(_beside, beside, fullname))
            return module
    return None


def _is_file(name: str) -> bool:
    """Returns whether there is a module of ours of this name; looking for it imports nothing."""
    path = pathlib.Path(__file__).parents[1].joinpath(*name.split('.')[1:])
    return path.with_suffix('.py').is_file() or (path / '__init__.py').is_file()


def _areas(fullname: str, old: str) -> tuple[_namespace.Loader, ...]:
    """Returns the public modules whose names count below an old path: `export` of `tf.estimator`, then all of it."""
    area = f'tf1.{_PUBLIC[old]}'
    part = fullname.removeprefix(f'{old}.').partition('.')[0]
    own = (f'{area}.{part}',) if part in ('export', 'inputs', 'tpu') else ()
    return tuple(map(_namespace.module_loader, (*own, area, f'{area}.experimental')))


def _beside(others: OldPath, fullname: str, name: str) -> object:
    """Returns a name that a module of the inside does not have itself: a module below it, or one of its area."""
    if name.startswith('__'):
        raise AttributeError(f'module {fullname!r} has no attribute {name!r}', name=name)
    if _inside(f'{fullname}.{name}') is not None:
        return importlib.import_module(f'{fullname}.{name}')
    return getattr(others, name)


def _below(fullname: str, parent: OldPath, child: str, found: types.ModuleType | None) -> types.ModuleType | None:
    area = parent._tf1_area
    if found is not None:
        return OldPath(fullname, f'{area}.{child}', (lambda: found, *parent._tf1_bases), parent._tf1_known)
    if child in parent._tf1_known or child == area.rpartition('.')[2]:
        return OldPath(fullname, area, parent._tf1_bases, parent._tf1_known)
    return None


def _private(fullname: str, area: str, found: types.ModuleType | None) -> OldPath:
    known = {'estimator': _ESTIMATOR_MODULES, 'layers': _LAYERS_MODULES}.get(area, frozenset())
    # A package would answer with its own submodules before ours are asked for.
    real = () if found is None or known else (lambda: found,)
    return OldPath(fullname, area, (lambda: importlib.import_module(f'tf1.{area}'), *real), known)


def _keras(
    fullname: str, parent: types.ModuleType, child: str, found: types.ModuleType | None
) -> types.ModuleType | None:
    if found is not None:
        return None
    fullname = fullname.replace('tf1.keras_package', 'tf1.keras', 1)
    if child in _KERAS_FOLDERS and fullname == f'tf1.keras.{child}':
        areas, known = _KERAS_FOLDERS[child], _KERAS_MODULES[child]
    elif child in _KERAS_MODULES.get(fullname.removeprefix('tf1.keras.').rpartition('.')[0], ()):
        areas, known = (fullname.split('.', 1)[1].rpartition('.')[0],), frozenset()
    else:
        return None
    bases = tuple(_namespace.module_loader(f'tf1.{area}') for area in areas)
    return OldPath(fullname, areas[0], (*bases, *_sources(fullname)), known)


def _sources(fullname: str) -> tuple[_namespace.Loader, ...]:
    """Loader of the file of tf_keras that still has the old name, for what Keras never made public."""
    name = fullname.replace('tf1.keras', 'tf_keras.src', 1)
    folder, _, file = name.rpartition('.')
    loaders = [_namespace.module_loader(place) for place in (name, f'{folder}.legacy.{file}') if _is_there(place)]
    below = name if hasattr(sys.modules.get(name), '__path__') else folder
    return (*loaders, lambda: _Defined(below.replace('optimizer_v2', 'optimizers')))


class _Defined(types.ModuleType):
    """What the files below a folder of tf_keras define, those for graphs first, with or without an underscore."""

    def __getattr__(self, name: str) -> object:
        files = [file for file in list(sys.modules) if file.startswith(f'{self.__name__}.')]
        for wanted in (name, name.removeprefix('_')):
            for file in sorted(files, key=lambda file: (not file.endswith('_v1'), file)):
                value = vars(sys.modules[file]).get(wanted)
                if value is not None and getattr(value, '__module__', None) == file:
                    return value
        raise AttributeError(f'module {self.__name__!r} has no attribute {name!r}', name=name)


def _is_there(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:
        return False
