"""Diagonals of matrices by the operations that know the main diagonal alone, where it is meant."""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

from tf1._engine.replacements import Function


def matrix_diag(usual: Function) -> Function:
    """Returns `tf.matrix_diag` by MatrixDiag."""

    def ours(diagonal: Any, name: str = 'diag', k: Any = 0, *args: Any, **kwargs: Any) -> tf.Tensor:
        if args or kwargs or not _is_main(k):
            return usual(diagonal, name, k, *args, **kwargs)
        return tf.raw_ops.MatrixDiag(diagonal=diagonal, name=name)

    return ours


def matrix_diag_part(usual: Function) -> Function:
    """Returns `tf.matrix_diag_part` by MatrixDiagPart."""

    def ours(input: Any, name: str = 'diag_part', k: Any = 0, *args: Any, **kwargs: Any) -> tf.Tensor:
        if args or kwargs or not _is_main(k):
            return usual(input, name, k, *args, **kwargs)
        return tf.raw_ops.MatrixDiagPart(input=input, name=name)

    return ours


def matrix_set_diag(usual: Function) -> Function:
    """Returns `tf.matrix_set_diag` by MatrixSetDiag."""

    def ours(input: Any, diagonal: Any, name: str = 'set_diag', k: Any = 0, *args: Any, **kwargs: Any) -> tf.Tensor:
        if args or kwargs or not _is_main(k):
            return usual(input, diagonal, name, k, *args, **kwargs)
        return tf.raw_ops.MatrixSetDiag(input=input, diagonal=diagonal, name=name)

    return ours


def _is_main(k: Any) -> bool:
    return isinstance(k, int) and k == 0
