"""`tensorflow.examples.tutorials.mnist`."""

from tf1.examples.tutorials.mnist import input_data

__all__ = ['input_data']
