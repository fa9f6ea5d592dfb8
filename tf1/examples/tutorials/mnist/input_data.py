"""`tensorflow.examples.tutorials.mnist.input_data`."""

from tf1.datasets.mnist import read_data_sets

__all__ = ['read_data_sets']
