"""`exporter`: which checkpoints become SavedModels."""

from tf1.estimator.exporters import BestExporter, Exporter, FinalExporter, LatestExporter, _loss_smaller
from tf1.estimator.exporters import SavedModelExporter as _SavedModelExporter

__all__ = ['BestExporter', 'Exporter', 'FinalExporter', 'LatestExporter', '_SavedModelExporter', '_loss_smaller']
