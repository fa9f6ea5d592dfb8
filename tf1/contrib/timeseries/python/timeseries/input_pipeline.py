"""Readers of time series, and the input functions of Estimators that take from them.

A reader holds a whole series in memory; windows are drawn from it by ordinary operations, without queues.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

import tf1 as tf
from tf1.contrib.timeseries.python.timeseries.feature_keys import FilteringResults, State, TrainEvalFeatures

Features = dict[str, tf.Tensor]


class TimeSeriesReader:
    """The base of readers: a series as arrays of the same length."""

    def __init__(self) -> None:
        self._arrays: dict[str, np.ndarray] | None = None

    def load(self) -> dict[str, np.ndarray]:
        """Returns the series: times `[length]` int64, values `[length, num_features]`, and exogenous features."""
        raise NotImplementedError

    def arrays(self) -> dict[str, np.ndarray]:
        """Returns what `load` returns, which is called once."""
        if self._arrays is None:
            self._arrays = self.load()
        return self._arrays

    def read_full(self) -> Features:
        """Returns the whole series as tensors."""
        return {name: tf.constant(array) for name, array in self.arrays().items()}

    def read(self) -> tuple[tf.Tensor, Features]:
        """Returns the times, and the whole series as tensors."""
        full = self.read_full()
        return full[TrainEvalFeatures.TIMES], full

    def check_dataset_size(self, minimum_dataset_size: int) -> None:
        """Raises ValueError if the series has fewer observations."""
        length = len(self.arrays()[TrainEvalFeatures.TIMES])
        if length < minimum_dataset_size:
            raise ValueError(
                f'A series must have {minimum_dataset_size} observations at least, as window_size says, got {length}; '
                'choose a smaller window.'
            )


class NumpyReader(TimeSeriesReader):
    """Reads arrays.

    Args:
      data: by `TrainEvalFeatures.TIMES` the times, `[length]`; by `VALUES` the observations, `[length]` or `[length,
        num_features]`; by other names exogenous features. All may have an axis of length 1 in front.
      read_num_records_hint: has no effect.

    Raises:
      ValueError: times or values are missing, or lengths differ.
    """

    def __init__(self, data: Mapping[str, Any], read_num_records_hint: int = 4096):
        del read_num_records_hint
        super().__init__()
        self._data = dict(data)
        self.arrays()

    def load(self) -> dict[str, np.ndarray]:
        """Returns the arrays in their full shapes."""
        for key in (TrainEvalFeatures.TIMES, TrainEvalFeatures.VALUES):
            if key not in self._data:
                raise ValueError(f'data must have the key {key!r}, got {sorted(self._data)}.')
        times = np.asarray(self._data[TrainEvalFeatures.TIMES])
        is_batch = times.ndim == 2
        if times.ndim > 2 or (is_batch and len(times) != 1):
            raise ValueError(f'times must have the shape [length] or [1, length], got {times.shape}.')
        found = {}
        for name, given in self._data.items():
            array = np.asarray(given)
            array = array[0] if is_batch else np.atleast_1d(array)
            if array.shape[:1] != (times.size,):
                raise ValueError(f'{name} must have the length of times, {times.size}, got the shape {array.shape}.')
            found[name] = array[:, np.newaxis] if name == TrainEvalFeatures.VALUES and array.ndim == 1 else array
        found[TrainEvalFeatures.TIMES] = found[TrainEvalFeatures.TIMES].astype(np.int64)
        return found


class CSVReader(TimeSeriesReader):
    """Reads comma-separated files, one after the other.

    Args:
      filenames: a file or several.
      column_names: the feature that each column belongs to; columns of one name come beside each other.
      column_dtypes: of the columns; None for int64 times and float32 for the others.
      skip_header_lines: lines to leave out at the top of each file; None for 0.
      read_num_records_hint: has no effect.

    Raises:
      ValueError: `column_names` has no times or values, or another length than `column_dtypes`.
    """

    def __init__(
        self,
        filenames: str | Sequence[str],
        column_names: Sequence[str] = (TrainEvalFeatures.TIMES, TrainEvalFeatures.VALUES),
        column_dtypes: Sequence[tf.DType] | None = None,
        skip_header_lines: int | None = None,
        read_num_records_hint: int = 4096,
    ):
        del read_num_records_hint
        super().__init__()
        self._filenames = [filenames] if isinstance(filenames, str) else list(filenames)
        self._names, self._skipped = list(column_names), skip_header_lines or 0
        for key in (TrainEvalFeatures.TIMES, TrainEvalFeatures.VALUES):
            if key not in self._names:
                raise ValueError(f'column_names must hold {key!r}, got {self._names}.')
        if column_dtypes is not None and len(column_dtypes) != len(self._names):
            raise ValueError(f'column_dtypes must be as many as column_names, {len(self._names)}, got {column_dtypes}.')
        is_time = [name == TrainEvalFeatures.TIMES for name in self._names]
        self._dtypes = list(column_dtypes or [tf.int64 if each else tf.float32 for each in is_time])

    def load(self) -> dict[str, np.ndarray]:
        """Returns the columns of all files."""
        rows: list[list[str]] = []
        for name in self._filenames:
            with tf.gfile.GFile(name) as file:
                rows += [row for row in list(csv.reader(file))[self._skipped :] if row]
        for number, row in enumerate(rows):
            if len(row) != len(self._names):
                raise ValueError(
                    f'{", ".join(self._filenames)}: row {number} must have {len(self._names)} columns, as column_names '
                    f'says, got {row}.'
                )
        found: dict[str, np.ndarray] = {}
        for index, (name, dtype) in enumerate(zip(self._names, self._dtypes, strict=True)):
            text = np.array([row[index].strip() for row in rows])
            kind = tf.as_dtype(dtype)
            column = text if kind == tf.string else text.astype(np.float64).astype(kind.as_numpy_dtype)
            if name == TrainEvalFeatures.TIMES:
                found[name] = column.astype(np.int64)
            else:
                before = [found[name]] if name in found else []
                found[name] = np.concatenate([*before, column[:, np.newaxis]], 1)
        return found


class TFExampleReader(TimeSeriesReader):
    """Reads records of `tf.Example`, one for each time, from one file after the other.

    Args:
      filenames: a file or several.
      features: by feature the `tf.FixedLenFeature` of it; times and values are among them.

    Raises:
      ValueError: times or values are missing, or times are not int64 of the shape [].
    """

    def __init__(self, filenames: str | Sequence[str], features: Mapping[str, tf.FixedLenFeature]):
        super().__init__()
        self._filenames = [filenames] if isinstance(filenames, str) else list(filenames)
        self._features = dict(features)
        for key in (TrainEvalFeatures.TIMES, TrainEvalFeatures.VALUES):
            if key not in self._features:
                raise ValueError(f'features must have the key {key!r}, got {sorted(self._features)}.')
        times = self._features[TrainEvalFeatures.TIMES]
        if tf.as_dtype(times.dtype) != tf.int64 or list(times.shape):
            raise ValueError(f'{TrainEvalFeatures.TIMES} must be int64 of the shape [], got {times}.')

    def load(self) -> dict[str, np.ndarray]:
        """Returns the features of all records; values always `[length, num_features]`."""
        records = [record for name in self._filenames for record in tf.python_io.tf_record_iterator(name)]
        with tf.Graph().as_default(), tf.Session() as session:
            found = session.run(tf.parse_example(records, self._features))
        values = found[TrainEvalFeatures.VALUES]
        found[TrainEvalFeatures.VALUES] = values[:, np.newaxis] if values.ndim == 1 else values
        return found


class TimeSeriesInputFn:
    """The base of input functions; calling one gives what `create_batch` gives."""

    def create_batch(self) -> tuple[Features, None]:
        """Returns features, each `[batch, window, ...]`, and no labels."""
        raise NotImplementedError

    def __call__(self) -> tuple[Features, None]:
        """Returns what `create_batch` does."""
        return self.create_batch()


class WholeDatasetInputFn(TimeSeriesInputFn):
    """Gives the whole series as one batch of one window, again and again.

    Args:
      time_series_reader: the reader.
    """

    def __init__(self, time_series_reader: TimeSeriesReader):
        self._reader = time_series_reader

    def create_batch(self) -> tuple[Features, None]:
        """Returns features, each `[1, length, ...]`, and no labels."""
        return {name: tensor[tf.newaxis] for name, tensor in self._reader.read_full().items()}, None


class RandomWindowInputFn(TimeSeriesInputFn):
    """Gives batches of windows by chance.

    Args:
      time_series_reader: the reader.
      window_size: observations in a window.
      batch_size: windows in a batch.
      queue_capacity_multiplier, discard_consecutive_batches_limit, num_threads: have no effect.
      shuffle_min_after_dequeue_multiplier: batches that are shuffled among each other.
      jitter: whether there are gaps by chance between windows, of less than `window_size`.
      discard_out_of_order: whether to leave out windows in which a time is before the one before it.
      shuffle_seed: of the choice; None for the graph's seed.

    Raises:
      ValueError: there is no such window, when a batch is asked for.
    """

    def __init__(
        self,
        time_series_reader: TimeSeriesReader,
        window_size: int,
        batch_size: int,
        queue_capacity_multiplier: int = 1000,
        shuffle_min_after_dequeue_multiplier: int = 2,
        discard_out_of_order: bool = True,
        discard_consecutive_batches_limit: int = 1000,
        jitter: bool = True,
        num_threads: int = 2,
        shuffle_seed: int | None = None,
    ):
        del queue_capacity_multiplier, discard_consecutive_batches_limit, num_threads
        self._shuffled, self._jitter = shuffle_min_after_dequeue_multiplier, jitter
        self._reader, self._window, self._batch = time_series_reader, window_size, batch_size
        self._ordered, self._seed = discard_out_of_order, shuffle_seed

    def create_batch(self) -> tuple[Features, None]:
        """Returns features, each `[batch_size, window_size, ...]`, and no labels."""
        self._reader.check_dataset_size(self._window)
        times = self._reader.arrays()[TrainEvalFeatures.TIMES]
        starts = np.arange(len(times) - self._window + 1)
        if self._ordered:
            backward = np.concatenate([[0], np.cumsum(np.diff(times) < 0)])
            starts = starts[backward[starts + self._window - 1] == backward[starts]]
        if not starts.size:
            raise ValueError(
                f'There is no window of {self._window} times in order; choose a smaller one, or discard_out_of_order='
                'False.'
            )
        possible = np.zeros(len(times), bool)
        possible[starts] = True
        chosen = tf.data.make_one_shot_iterator(self._starts(possible)).get_next()
        places = chosen[:, tf.newaxis] + tf.range(self._window, dtype=tf.int64)
        return {name: tf.gather(tensor, places) for name, tensor in self._reader.read_full().items()}, None

    def _starts(self, possible: np.ndarray) -> tf.data.Dataset:
        """Returns where windows start, batch by batch: one after the other, a gap by chance between."""

        def following(end: tf.Tensor, _: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
            gap = 0
            if self._jitter:
                gap = tf.random_uniform([], 0, self._window, tf.int64, seed=self._seed)
            start = (end + gap) % len(possible)
            return start + self._window, start

        starts = tf.data.Dataset.range(np.iinfo(np.int64).max)
        starts = starts.apply(tf.data.experimental.scan(tf.constant(0, tf.int64), following))
        starts = starts.filter(lambda start: tf.gather(tf.constant(possible), start))
        starts = starts.shuffle(max(self._shuffled * self._batch, 1), self._seed)
        return starts.batch(self._batch, drop_remainder=True)


def predict_continuation_input_fn(
    evaluation: Mapping[str, Any],
    steps: int | None = None,
    times: Any = None,
    exogenous_features: Mapping[str, Any] | None = None,
) -> Any:
    """Returns the input function that predicts what follows an evaluation.

    Args:
      evaluation: what `evaluate` returned.
      steps: times to predict, one after the other; excludes `times`.
      times: the times to predict, `[batch, window]` or `[window]` int64, each after the evaluation.
      exogenous_features: by name, each `[batch, window, ...]`.

    Raises:
      ValueError: both of `steps` and `times` are given, or none, or a time is not after the evaluation.
    """
    wanted = prediction_times(evaluation, steps, times)
    features: dict[str, Any] = {
        State.STATE_TUPLE: tf.nest.map_structure(np.asarray, evaluation[FilteringResults.STATE_TUPLE]),
        FilteringResults.TIMES: wanted,
        **{name: np.asarray(value) for name, value in (exogenous_features or {}).items()},
    }

    def input_fn() -> tuple[Any, None]:
        return tf.nest.map_structure(
            lambda each: tf.train.limit_epochs(tf.constant(each), num_epochs=1), features
        ), None

    return input_fn


def prediction_times(evaluation: Mapping[str, Any], steps: int | None, times: Any) -> np.ndarray:
    """Returns the times to predict, `[batch, window]` int64; see `predict_continuation_input_fn`."""
    if (steps is None) == (times is None):
        raise ValueError(f'One of steps and times must be given, got steps={steps!r}, times={times!r}.')
    last = np.asarray(evaluation[FilteringResults.TIMES])[:, -1:]
    if steps is not None:
        return last + 1 + np.arange(steps, dtype=np.int64)
    wanted = np.atleast_2d(np.asarray(times, np.int64))
    if (wanted[:, :1] <= last).any():
        raise ValueError(f'times must be after those of the evaluation, which ends at {last.ravel()}, got {wanted}.')
    return wanted
