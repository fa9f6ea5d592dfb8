"""`mode_keys.ModeKeys`."""

from tf1.estimator.mode_keys import ModeKeys

__all__ = ['ModeKeys']
