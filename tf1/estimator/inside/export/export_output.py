"""`export.export_output`: what a served model answers."""

from tf1.estimator.export.outputs import ClassificationOutput, ExportOutput, PredictOutput, RegressionOutput

__all__ = ['ClassificationOutput', 'ExportOutput', 'PredictOutput', 'RegressionOutput']
