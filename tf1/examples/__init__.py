"""`tensorflow.examples`: the part of it that programs import."""

from tf1.examples import tutorials

__all__ = ['tutorials']
