"""`slim.dataset_data_provider`: reads and decodes a data set, one example at a time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tf1.contrib.slim import parallel_reader
from tf1.contrib.slim.data_provider import DataProvider
from tf1.contrib.slim.dataset import Dataset


class DatasetDataProvider(DataProvider):
    """Provides the items of one example after the other; needs running queue runners.

    Args:
      dataset: what to read.
      num_readers: how many files are read at once.
      reader_kwargs: for the reader's class.
      shuffle: whether files and examples are shuffled.
      num_epochs: how often each file is read; None for ever. Needs local variables initialised.
      common_queue_capacity: examples that wait at most.
      common_queue_min: examples that wait at least, for a good shuffle.
      record_key: the item that gives the example's key.
      seed: of the shuffling.
      scope: of the operations.

    Raises:
      ValueError: the decoder has an item called `record_key`, or there are no files.
    """

    def __init__(
        self,
        dataset: Dataset,
        num_readers: int = 1,
        reader_kwargs: Mapping[str, Any] | None = None,
        shuffle: bool = True,
        num_epochs: int | None = None,
        common_queue_capacity: int = 256,
        common_queue_min: int = 128,
        record_key: str = 'record_key',
        seed: int | None = None,
        scope: str | None = None,
    ):
        key, data = parallel_reader.parallel_read(
            dataset.data_sources,
            reader_class=dataset.reader,
            num_epochs=num_epochs,
            num_readers=num_readers,
            reader_kwargs=reader_kwargs,
            shuffle=shuffle,
            capacity=common_queue_capacity,
            min_after_dequeue=common_queue_min,
            seed=seed,
            scope=scope,
        )
        items = list(dataset.decoder.list_items())
        if record_key in items:
            raise ValueError(f'record_key must not be an item of the decoder, got {record_key!r}; choose another.')
        tensors = dataset.decoder.decode(data, items)
        items_to_tensors = {**dict(zip(items, tensors, strict=True)), record_key: key}
        super().__init__(items_to_tensors, dataset.num_samples)
