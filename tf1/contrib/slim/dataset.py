"""`slim.dataset`: what is known of a data set."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Dataset:
    """Where the data are and how to read them; each keyword becomes an attribute, too.

    Args:
      data_sources: files: a path, a pattern, or a list of them.
      reader: class of a reader, `tf.TFRecordReader` for example.
      decoder: a `DataDecoder`.
      num_samples: how many examples there are.
      items_to_descriptions: what each item of the decoder is, for a reader.
      **kwargs: anything else, such as `num_classes` and `labels_to_names`.
    """

    def __init__(
        self,
        data_sources: Any,
        reader: Any,
        decoder: Any,
        num_samples: int,
        items_to_descriptions: Mapping[str, str],
        **kwargs: Any,
    ):
        kwargs['data_sources'] = data_sources
        kwargs['reader'] = reader
        kwargs['decoder'] = decoder
        kwargs['num_samples'] = num_samples
        kwargs['items_to_descriptions'] = items_to_descriptions
        self.__dict__.update(kwargs)
