"""`tf.estimator.inputs`: input functions over NumPy arrays and data frames."""

from tf1._namespace import make_overlay
from tf1.estimator.inputs.numpy_io import numpy_input_fn
from tf1.estimator.inputs.pandas_io import pandas_input_fn

__all__ = ['numpy_input_fn', 'pandas_input_fn']

make_overlay(__name__, {}, ())
