"""`exporter`: which checkpoints become SavedModels."""

from tf1.estimator.exporters import BestExporter, Exporter, FinalExporter, LatestExporter
from tf1.estimator.exporters import SavedModelExporter as _SavedModelExporter
from tf1.estimator.exporters import loss_smaller as _loss_smaller

__all__ = ['BestExporter', 'Exporter', 'FinalExporter', 'LatestExporter', '_SavedModelExporter', '_loss_smaller']
