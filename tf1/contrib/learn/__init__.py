"""`tf.contrib.learn`: Estimators before `tf.estimator`, on top of it; experiments, monitors and data sets."""

from __future__ import annotations

from tf1 import _namespace

# Module here -> the names of `tf.contrib.learn` that it has.
_PLACES = {
    'arrays': (
        'extract_pandas_data',
        'extract_pandas_labels',
        'extract_pandas_matrix',
        'infer_real_valued_columns_from_input',
        'infer_real_valued_columns_from_input_fn',
    ),
    'combined': ('DNNLinearCombinedClassifier', 'DNNLinearCombinedRegressor'),
    'constants': (
        'ModeKeys',
        'NanLossDuringTrainingError',
        'PredictionKey',
        'ProblemType',
        'TaskType',
        'no_op_train_fn',
    ),
    'dnn': ('DNNClassifier', 'DNNRegressor'),
    'estimator': ('Estimator', 'NotFittedError', 'SKCompat'),
    'experiment': ('Experiment',),
    'export': ('ExportStrategy', 'InputFnOps', 'build_parsing_serving_input_fn', 'make_export_strategy'),
    'kmeans': ('KMeansClustering',),
    'linear': ('LinearClassifier', 'LinearRegressor', 'SVM'),
    'logistic_regressor': ('LogisticRegressor',),
    'metric_spec': ('MetricSpec',),
    'model_fn': ('ModelFnOps',),
    'run_config': ('RunConfig',),
}
_MODULES = ('datasets', 'learn_runner', 'monitors', 'preprocessing')


def _loader(place: str, name: str) -> _namespace.Loader:
    module = _namespace.module_loader(f'tf1.contrib.learn.{place}')
    return lambda: getattr(module(), name)


_OWN = {
    **{name: _namespace.module_loader(f'tf1.contrib.learn.{name}') for name in _MODULES},
    **{name: _loader(place, name) for place, names in _PLACES.items() for name in names},
}


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    return _namespace.resolve('tf.contrib.learn', name, _OWN, ())


def __dir__() -> list[str]:
    return sorted(_OWN)
