"""`export.export_lib`: what arrives at a served model, and what it answers."""

from tf1.estimator.export.outputs import ClassificationOutput, ExportOutput, PredictOutput, RegressionOutput
from tf1.estimator.export.timestamped import unused_path as get_timestamped_export_dir
from tf1.estimator.inside.export.export import *  # noqa: F403
from tf1.estimator.inside.export.export import __all__ as _receivers

__all__ = [  # noqa: PLE0604
    'ClassificationOutput',
    'ExportOutput',
    'PredictOutput',
    'RegressionOutput',
    'get_timestamped_export_dir',
    *_receivers,
]
