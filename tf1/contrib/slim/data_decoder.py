"""`slim.data_decoder`: what a decoder is."""

from __future__ import annotations

import abc
from collections.abc import Sequence
from typing import Any


class DataDecoder(abc.ABC):
    """Turns serialised data into tensors by name."""

    @abc.abstractmethod
    def decode(self, data: Any, items: Sequence[str]) -> list[Any]:
        """Returns the tensors of `items`, in their order."""

    @abc.abstractmethod
    def list_items(self) -> list[str]:
        """Returns the names that `decode` knows."""
