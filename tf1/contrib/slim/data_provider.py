"""`slim.data_provider`: tensors of one example, by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


class DataProvider:
    """Holds tensors by name.

    Args:
      items_to_tensors: the tensors.
      num_samples: how many examples there are in all.
    """

    def __init__(self, items_to_tensors: Mapping[str, Any], num_samples: int):
        self._items_to_tensors = items_to_tensors
        self._num_samples = num_samples

    def get(self, items: Sequence[str]) -> list[Any]:
        """Returns the tensors of `items`, in their order.

        Raises:
          ValueError: an item is not known.
        """
        known = self.list_items()
        for item in items:
            if item not in known:
                raise ValueError(f'Item {item!r} must be one of {known}.')
        return [self._items_to_tensors[item] for item in items]

    def list_items(self) -> list[str]:
        """Returns the names that `get` knows."""
        return list(self._items_to_tensors)

    def num_samples(self) -> int:
        """Returns how many examples there are."""
        return self._num_samples
