"""`tensorflow.examples.tutorials`."""

from tf1.examples.tutorials import mnist

__all__ = ['mnist']
