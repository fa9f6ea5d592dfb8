"""`export.export_lib`: what arrives at a served model, and what it answers."""

from tf1.estimator.export.outputs import ClassificationOutput, ExportOutput, PredictOutput, RegressionOutput
from tf1.estimator.inside.export.export import *  # noqa: F403
from tf1.estimator.inside.export.export import __all__ as _receivers

__all__ = ['ClassificationOutput', 'ExportOutput', 'PredictOutput', 'RegressionOutput', *_receivers]  # noqa: PLE0604
