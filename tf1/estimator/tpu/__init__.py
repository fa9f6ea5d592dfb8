"""`tf.estimator.tpu`: models written for TPUs, trained on CPU or GPU, as TF 1.15 does with `use_tpu=False`."""

from __future__ import annotations

from tf1._namespace import removed
from tf1.estimator.tpu.config import InputPipelineConfig, RunConfig, TPUConfig
from tf1.estimator.tpu.estimator import TPUEstimator
from tf1.estimator.tpu.spec import TPUEstimatorSpec

__all__ = ['InputPipelineConfig', 'RunConfig', 'TPUConfig', 'TPUEstimator', 'TPUEstimatorSpec']


def __getattr__(name: str) -> object:
    raise removed.attribute_error('tf.estimator.tpu', name)


def __dir__() -> list[str]:
    return list(__all__)
