"""Distributions that make a parameter positive themselves, by softplus or as an absolute value."""

from __future__ import annotations

from typing import Any

import tf1 as tf
from tf1.contrib.distributions.gammas import Chi2, InverseGamma


class BetaWithSoftplusConcentration(tf.distributions.Beta):
    """Beta of the softplus of both concentrations."""

    def __init__(
        self,
        concentration1: Any,
        concentration0: Any,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = 'BetaWithSoftplusConcentration',
    ):
        given = dict(locals())
        with tf.name_scope(name, values=[concentration1, concentration0]) as name:
            one = tf.nn.softplus(concentration1, name='softplus_concentration1')
            zero = tf.nn.softplus(concentration0, name='softplus_concentration0')
            super().__init__(one, zero, validate_args, allow_nan_stats, name)
        self._parameters = given


class Chi2WithAbsDf(Chi2):
    """Chi2 of the whole part of |df|."""

    def __init__(self, df: Any, validate_args: bool = False, allow_nan_stats: bool = True, name: str = 'Chi2WithAbsDf'):
        given = dict(locals())
        with tf.name_scope(name, values=[df]) as name:
            super().__init__(
                tf.floor(tf.abs(df, name='abs_df'), name='floor_abs_df'), validate_args, allow_nan_stats, name
            )
        self._parameters = given


class ExponentialWithSoftplusRate(tf.distributions.Exponential):
    """Exponential of the softplus of the rate."""

    def __init__(
        self,
        rate: Any,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = 'ExponentialWithSoftplusRate',
    ):
        given = dict(locals())
        with tf.name_scope(name, values=[rate]) as name:
            super().__init__(tf.nn.softplus(rate, name='softplus_rate'), validate_args, allow_nan_stats, name)
        self._parameters = given


class GammaWithSoftplusConcentrationRate(tf.distributions.Gamma):
    """Gamma of the softplus of concentration and rate."""

    def __init__(
        self,
        concentration: Any,
        rate: Any,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = 'GammaWithSoftplusConcentrationRate',
    ):
        given = dict(locals())
        with tf.name_scope(name, values=[concentration, rate]) as name:
            concentration = tf.nn.softplus(concentration, name='softplus_concentration')
            rate = tf.nn.softplus(rate, name='softplus_rate')
            super().__init__(concentration, rate, validate_args, allow_nan_stats, name)
        self._parameters = given


class InverseGammaWithSoftplusConcentrationRate(InverseGamma):
    """InverseGamma of the softplus of concentration and rate."""

    def __init__(
        self,
        concentration: Any,
        rate: Any,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = 'InverseGammaWithSoftplusConcentrationRate',
    ):
        given = dict(locals())
        with tf.name_scope(name, values=[concentration, rate]) as name:
            concentration = tf.nn.softplus(concentration, name='softplus_concentration')
            rate = tf.nn.softplus(rate, name='softplus_rate')
            super().__init__(concentration, rate, validate_args, allow_nan_stats, name)
        self._parameters = given


class LaplaceWithSoftplusScale(tf.distributions.Laplace):
    """Laplace of the softplus of the scale."""

    def __init__(
        self,
        loc: Any,
        scale: Any,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = 'LaplaceWithSoftplusScale',
    ):
        given = dict(locals())
        with tf.name_scope(name, values=[loc, scale]) as name:
            super().__init__(loc, tf.nn.softplus(scale, name='softplus_scale'), validate_args, allow_nan_stats, name)
        self._parameters = given


class NormalWithSoftplusScale(tf.distributions.Normal):
    """Normal of the softplus of the scale."""

    def __init__(
        self,
        loc: Any,
        scale: Any,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = 'NormalWithSoftplusScale',
    ):
        given = dict(locals())
        with tf.name_scope(name, values=[scale]) as name:
            super().__init__(loc, tf.nn.softplus(scale, name='softplus_scale'), validate_args, allow_nan_stats, name)
        self._parameters = given


class StudentTWithAbsDfSoftplusScale(tf.distributions.StudentT):
    """StudentT of the whole part of |df| and the softplus of the scale."""

    def __init__(
        self,
        df: Any,
        loc: Any,
        scale: Any,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = 'StudentTWithAbsDfSoftplusScale',
    ):
        given = dict(locals())
        with tf.name_scope(name, values=[df, scale]) as name:
            df = tf.floor(tf.abs(df))
            super().__init__(
                df, loc, tf.nn.softplus(scale, name='softplus_scale'), validate_args, allow_nan_stats, name
            )
        self._parameters = given
