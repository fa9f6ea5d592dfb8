"""`tf.estimator.export`: outputs of a model for serving."""

from tf1.estimator.export.outputs import ClassificationOutput, ExportOutput, PredictOutput, RegressionOutput

__all__ = ['ClassificationOutput', 'ExportOutput', 'PredictOutput', 'RegressionOutput']
