"""`keras.optimizers.Optimizer`: the base of optimizers of one's own that give their updates by `get_updates`."""

from __future__ import annotations

from typing import Any

import tf_keras
from tf_keras.src.optimizers import optimizer_v1

from tf1.keras import backend, old_functions


class _WithThoseOfKeras(type):
    """Counts the optimizers that Keras has among those of `Optimizer`, whose base is another one now."""

    def __instancecheck__(cls, instance: Any) -> bool:
        return cls.__subclasscheck__(type(instance))

    def __subclasscheck__(cls, subclass: type) -> bool:
        is_base = cls.__module__ == __name__
        return super().__subclasscheck__(subclass) or (
            is_base and issubclass(subclass, tf_keras.optimizers.legacy.Optimizer)
        )


class Optimizer(optimizer_v1.Optimizer, metaclass=_WithThoseOfKeras):
    """An optimizer of the package keras up to 2.3.

    A class of one's own has `get_updates(loss, params)`, which calls `get_gradients` and appends to `self.updates`.

    Args:
      **kwargs: `clipnorm`, `clipvalue`.
    """

    def get_gradients(self, loss: Any, params: list[Any]) -> list[Any]:
        """Returns the gradients; `clipnorm` is for the norm of all together.

        Raises:
          ValueError: the loss does not depend on one of `params`.
        """
        gradients = backend.gradients(loss, params)
        for gradient, param in zip(gradients, params, strict=True):
            if gradient is None:
                raise ValueError(f'The loss does not depend on {param.name}, so that has no gradient.')
        if getattr(self, 'clipnorm', 0):
            norm = backend.sqrt(sum(backend.sum(backend.square(gradient)) for gradient in gradients))
            gradients = [old_functions.clip_norm(gradient, self.clipnorm, norm) for gradient in gradients]
        if getattr(self, 'clipvalue', 0):
            gradients = [backend.clip(gradient, -self.clipvalue, self.clipvalue) for gradient in gradients]
        return gradients
