"""What `params['context']` holds on a TPU; with `use_tpu=False`, TF 1.15 gives none either."""

from __future__ import annotations

import tensorflow.compat.v1 as tf


class TPUContext:
    """The type of that context, for programs that ask for it.

    Raises:
      tf.errors.UnimplementedError: always; there is a context on TPUs alone.
    """

    def __init__(
        self,
        internal_ctx: object,
        input_device: str | None = None,
        invocation_index: int | None = None,
        call_from_input_fn: bool = True,
    ):
        raise tf.errors.UnimplementedError(None, None, 'TPUContext is made on TPUs alone; use_tpu=False has none.')
