"""`tf.einsum` from transposes, reshapes and one product of matrices for each pair of operands."""

from __future__ import annotations

import functools
import operator
import re
import string
from typing import Any

import numpy as np
import tensorflow.compat.v1 as tf

from tf1._engine.replacements import Function

Sizes = list[int | tf.Tensor]


def einsum(usual: Function) -> Function:
    """Returns TF 1.15's `tf.einsum`.

    TensorFlow's own serves what TF 1.15 did not know or multiplied without sums in between: labels that come twice in
    one operand, and labels to sum over in more than two.
    """

    def ours(equation: str, *inputs: Any, **kwargs: Any) -> tf.Tensor:
        ranks = [operand.shape.rank if _is_symbolic(operand) else np.ndim(operand) for operand in inputs]
        labels = None if kwargs.keys() - {'name'} else _labels(equation, ranks)
        if labels is None:
            return usual(equation, *inputs, **kwargs)
        with tf.name_scope(kwargs.get('name'), 'einsum', list(inputs)):
            operands = [operand if _is_symbolic(operand) else tf.convert_to_tensor(operand) for operand in inputs]
            return _reduced(operands, *labels)

    return ours


def _is_symbolic(operand: Any) -> bool:
    # A variable is read by the operation that takes it.
    return isinstance(getattr(operand, 'shape', None), tf.TensorShape)


def _labels(equation: str, ranks: list[int | None]) -> tuple[list[str], str] | None:
    """Returns the labels of each operand and of the result; None for an equation that is TensorFlow's own to judge."""
    match = re.fullmatch(r'([a-zA-Z.,]*)(?:->([a-zA-Z.]*))?', equation.replace(' ', ''))
    if match is None:
        return None
    labels, result = match[1].split(','), match[2]
    if '.' in equation:
        expanded = _without_ellipsis(labels, result, ranks)
        if expanded is None:
            return None
        labels, result = expanded
    joined = ''.join(labels)
    if result is None:
        result = ''.join(sorted(label for label in set(joined) if joined.count(label) == 1))
    summed = set(joined) - set(result)
    is_known = (
        [len(part) for part in labels] == ranks
        and all(len(part) == len(set(part)) for part in (*labels, result))
        and set(result) <= set(joined)
        and all(joined.count(label) <= 2 for label in summed)
    )
    return (labels, result) if is_known else None


def _without_ellipsis(labels: list[str], result: str | None, ranks: list[int | None]) -> tuple[list[str], str] | None:
    """Returns the labels with unused letters for dots, as many as each operand has axes for; None if that fails."""
    if result is None or len(labels) != len(ranks) or None in ranks:
        return None
    free = [letter for letter in string.ascii_letters if letter not in ''.join(labels)]
    counts = {rank - len(part) + 3 for part, rank in zip(labels, ranks, strict=True) if '...' in part}
    if len(counts) != 1 or not 0 <= (count := counts.pop()) <= len(free):
        return None
    letters = ''.join(free[:count])
    expanded = [part.replace('...', letters) for part in (*labels, result)]
    return None if any('.' in part for part in expanded) else (expanded[:-1], expanded[-1])


def _reduced(operands: list[tf.Tensor], labels: list[str], result: str) -> tf.Tensor:
    product, own = operands[0], labels[0]
    for operand, others in zip(operands[1:], labels[1:], strict=True):
        summed = set(own) & set(others) - set(result)
        product, own = _multiplied(product, own, operand, others, summed)
    missing = [axis for axis, label in enumerate(own) if label not in result]
    if missing:
        product = tf.reduce_sum(product, axis=missing)
        own = ''.join(label for label in own if label in result)
    return _transposed(product, [own.index(label) for label in result])


def _multiplied(
    x: tf.Tensor, labels_of_x: str, y: tf.Tensor, labels_of_y: str, summed: set[str]
) -> tuple[tf.Tensor, str]:
    """Returns the product of two tensors, summed over some labels, and its labels."""
    batch = sorted(set(labels_of_x) & set(labels_of_y) - summed)
    own_x, own_y = sorted(set(labels_of_x) - set(labels_of_y)), sorted(set(labels_of_y) - set(labels_of_x))
    sums = sorted(summed)
    x = _transposed(x, [labels_of_x.index(label) for label in batch + own_x + sums])
    y = _transposed(y, [labels_of_y.index(label) for label in batch + sums + own_y])
    labels = ''.join(batch + own_x + own_y)
    if not summed:
        for _ in own_y:
            x = tf.expand_dims(x, -1)
        for _ in own_x:
            y = tf.expand_dims(y, len(batch))
        return tf.multiply(x, y), labels
    count = len(batch)
    sizes_of_x = _sizes(x)
    kept, free_x = sizes_of_x[:count], sizes_of_x[count : count + len(own_x)]
    rows, columns = _total(free_x), _total(sizes_of_x[count + len(own_x) :])
    x = _reshaped(x, [*kept, rows, columns])
    sizes_of_y = _sizes(y)
    free_y = sizes_of_y[count + len(sums) :]
    y = _reshaped(y, [*sizes_of_y[:count], columns, _total(free_y)])
    return _reshaped(tf.matmul(x, y), kept + free_x + free_y), labels


def _transposed(tensor: tf.Tensor, order: list[int]) -> tf.Tensor:
    return tensor if order == list(range(len(order))) else tf.transpose(tensor, perm=order)


def _sizes(tensor: tf.Tensor) -> Sizes:
    sizes = tensor.shape.as_list()
    if None in sizes:
        shape = tf.shape(tensor)
        sizes = [shape[axis] if size is None else size for axis, size in enumerate(sizes)]
    return sizes


def _total(sizes: Sizes) -> int | tf.Tensor:
    return functools.reduce(operator.mul, sizes, 1)


def _reshaped(tensor: tf.Tensor, sizes: Sizes) -> tf.Tensor:
    return tensor if tensor.shape.as_list() == sizes else tf.reshape(tensor, sizes)
