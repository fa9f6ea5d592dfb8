"""Structural time series: level, trend, cycles, moving averages and autoregression together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from tf1.contrib.timeseries.python.timeseries.state_space_models.level_trend import AdderStateSpaceModel
from tf1.contrib.timeseries.python.timeseries.state_space_models.periodic import (
    CycleStateSpaceModel,
    ResolutionCycleModel,
)
from tf1.contrib.timeseries.python.timeseries.state_space_models.state_space_model import (
    DEFAULTS,
    StateSpaceCorrelatedFeaturesEnsemble,
    StateSpaceIndependentEnsemble,
    StateSpaceModel,
    StateSpaceModelConfiguration,
)
from tf1.contrib.timeseries.python.timeseries.state_space_models.varma import VARMA


class _Structural(StateSpaceIndependentEnsemble):
    """The base: level and trend of each feature, averages, and the cycles that a subclass makes.

    Args:
      cycles: each makes a component of one feature.
      moving_average_order: steps that noise lasts.
      autoregressive_order: steps back of the autoregression.
      use_level_noise: whether levels have noise of their own.
      configuration: how the model is built.
    """

    def __init__(
        self,
        cycles: Sequence[Callable[[StateSpaceModelConfiguration], StateSpaceModel]],
        moving_average_order: int,
        autoregressive_order: int,
        use_level_noise: bool,
        configuration: StateSpaceModelConfiguration,
    ):
        part = configuration._replace(
            use_observation_noise=False, exogenous_feature_columns=(), filtering_postprocessor=None
        )

        def for_each_feature(make: Callable[[StateSpaceModelConfiguration], StateSpaceModel]) -> StateSpaceModel:
            members = [make(part._replace(num_features=1)) for _ in range(configuration.num_features)]
            return StateSpaceCorrelatedFeaturesEnsemble(members, part)

        members = [
            for_each_feature(lambda each: AdderStateSpaceModel(use_level_noise, each)),
            VARMA(autoregressive_order, moving_average_order, part),
            *(for_each_feature(make) for make in cycles),
        ]
        super().__init__(members, configuration)

    def _member_names(self) -> list[str]:
        return ['adder', 'varma', *(f'cycle{i}' for i in range(len(self._ensemble_members) - 2))]


class StructuralEnsemble(_Structural):
    """Cycles of whole numbers of steps, with one value for each step.

    Args:
      periodicities: steps of a cycle, or of several.
      moving_average_order: steps that noise lasts.
      autoregressive_order: steps back of the autoregression.
      use_level_noise: whether levels have noise of their own.
      configuration: how the model is built.
    """

    def __init__(
        self,
        periodicities: int | Sequence[int],
        moving_average_order: int,
        autoregressive_order: int,
        use_level_noise: bool = True,
        configuration: StateSpaceModelConfiguration = DEFAULTS,
    ):
        periods = [int(each) for each in np.ravel(periodicities)]
        cycles = [lambda part, period=period: CycleStateSpaceModel(period, part) for period in periods]
        super().__init__(cycles, moving_average_order, autoregressive_order, use_level_noise, configuration)


class MultiResolutionStructuralEnsemble(_Structural):
    """Cycles of any length, with fewer values than steps.

    Args:
      cycle_num_latent_values: values of a cycle, or of each, odd.
      moving_average_order: steps that noise lasts.
      autoregressive_order: steps back of the autoregression.
      periodicities: steps of a cycle, or of several; any positive numbers.
      use_level_noise: whether levels have noise of their own.
      configuration: how the model is built.

    Raises:
      ValueError: numbers of values and of cycles differ, or one of values is even.
    """

    def __init__(
        self,
        cycle_num_latent_values: int | Sequence[int],
        moving_average_order: int,
        autoregressive_order: int,
        periodicities: Any,
        use_level_noise: bool = True,
        configuration: StateSpaceModelConfiguration = DEFAULTS,
    ):
        periods = list(periodicities) if np.ndim(periodicities) else [periodicities]
        values = list(np.ravel(cycle_num_latent_values))
        if len(values) == 1:
            values *= len(periods)
        if len(values) != len(periods):
            raise ValueError(
                f'cycle_num_latent_values must be one number or as many as periodicities, {len(periods)}, got '
                f'{cycle_num_latent_values!r}.'
            )
        cycles = [
            lambda part, pair=pair: ResolutionCycleModel(int(pair[0]), pair[1], configuration=part)
            for pair in zip(values, periods, strict=True)
        ]
        super().__init__(cycles, moving_average_order, autoregressive_order, use_level_noise, configuration)
