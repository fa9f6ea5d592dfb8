"""Keys of features, results and signatures."""


class State:
    """Keys of a model's state."""

    STATE_TUPLE = 'start_tuple'
    STATE_PREFIX = 'model_state'


class Times:
    """The key of times."""

    TIMES = 'times'


class Values:
    """The key of observations."""

    VALUES = 'values'


class TrainEvalFeatures(Times, Values):
    """Features of training and evaluation."""


class PredictionFeatures(Times, State):
    """Features of predictions."""


class FilteringFeatures(Times, Values, State):
    """Features of filtering, which brings a state up to new observations."""


class PredictionResults(Times):
    """Keys of predictions."""


class FilteringResults(Times, State):
    """Keys of evaluations."""


class SavedModelLabels:
    """Names of the signatures of exports."""

    PREDICT = 'serving_default'
    FILTER = 'filter'
    COLD_START_FILTER = 'cold_start_filter'
