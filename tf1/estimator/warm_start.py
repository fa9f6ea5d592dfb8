"""Warm starting: the first weights of a model come from a checkpoint of another one."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

import tensorflow.compat.v1 as tf

VocabInfo: TypeAlias = tf.train.VocabInfo


class _Fields(NamedTuple):
    ckpt_to_initialize_from: str | os.PathLike
    vars_to_warm_start: Any
    var_name_to_vocab_info: Mapping[str, VocabInfo]
    var_name_to_prev_var_name: Mapping[str, str]


class WarmStartSettings(_Fields):
    """Which variables start with whose values: an immutable record, as in TF 1.15.

    Args:
      ckpt_to_initialize_from: a checkpoint's path, or a folder whose newest one is taken; a SavedModel's folder too.
      vars_to_warm_start: a regular expression for names of trainable variables; a list of them for names of any
        variables; a list of variables; or None for those of `var_name_to_vocab_info` alone.
      var_name_to_vocab_info: by variable name, the vocabularies that its rows stand for, old and new.
      var_name_to_prev_var_name: by variable name, its name in the checkpoint, where that is another.

    Raises:
      ValueError: `ckpt_to_initialize_from` is empty.
    """

    __slots__ = ()

    def __new__(
        cls,
        ckpt_to_initialize_from: str | os.PathLike,
        vars_to_warm_start: str | Sequence[Any] | None = '.*',
        var_name_to_vocab_info: Mapping[str, VocabInfo] | None = None,
        var_name_to_prev_var_name: Mapping[str, str] | None = None,
    ) -> WarmStartSettings:
        """Checks the source and makes the record; see the class."""
        if not ckpt_to_initialize_from:
            raise ValueError(f'ckpt_to_initialize_from must name a checkpoint, got {ckpt_to_initialize_from!r}.')
        if isinstance(ckpt_to_initialize_from, os.PathLike):
            ckpt_to_initialize_from = os.fspath(ckpt_to_initialize_from)
        return super().__new__(
            cls,
            ckpt_to_initialize_from,
            vars_to_warm_start,
            var_name_to_vocab_info or {},
            var_name_to_prev_var_name or {},
        )


def settings_of(warm_start_from: Any) -> WarmStartSettings | None:
    """Returns the settings that an Estimator's argument `warm_start_from` stands for.

    Raises:
      ValueError: it is neither a path nor `WarmStartSettings`.
    """
    if warm_start_from is None:
        return None
    if isinstance(warm_start_from, (str, bytes, os.PathLike)):
        warm_start_from = WarmStartSettings(os.fsdecode(warm_start_from))
    if not isinstance(warm_start_from, WarmStartSettings):
        raise ValueError(f'warm_start_from must be a path or WarmStartSettings, got {warm_start_from!r}.')
    source = warm_start_from.ckpt_to_initialize_from
    if not tf.saved_model.contains_saved_model(source):
        return warm_start_from
    tf.logging.info('Warm-starting from a SavedModel')
    return warm_start_from._replace(ckpt_to_initialize_from=os.path.join(source, 'variables', 'variables'))


def apply(settings: WarmStartSettings) -> None:
    """Makes variables of the default graph start with the values that `settings` name.

    Raises:
      ValueError: the checkpoint lacks a variable, or a name in `settings` belongs to none.
      tf.errors.NotFoundError: there is no such checkpoint.
    """
    tf.logging.info('Warm-starting with WarmStartSettings: %s', settings)
    tf.train.warm_start(*settings)
