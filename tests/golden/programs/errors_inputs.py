"""What numpy_input_fn refuses and accepts; each function is made and called."""

from __future__ import annotations

import _errors
import numpy as np


def _numpy_cases(tf):
    """Returns the cases."""
    four = np.arange(4)

    def inputs(*arguments, **options):
        options.setdefault('shuffle', False)

        def make():
            with tf.Graph().as_default():
                tf.estimator.inputs.numpy_input_fn(*arguments, **options)()

        return make

    return {
        'shuffle None': ('shuffle', inputs({'a': four}, shuffle=None)),
        'shuffle 1': ('shuffle', inputs({'a': four}, shuffle=1)),
        'x None': ('x', inputs(None, four)),
        'x a list': ('x', inputs([1, 2, 3, 4], four)),
        'x two arrays': ('x', inputs([four, four], four)),
        'x a tuple': ('x', inputs((four,), four)),
        'x an empty dict': ('x', inputs({}, four)),
        'x an array': ('', inputs(four, four)),
        'x an array, no y': ('', inputs(four)),
        'x of a list': ('x', inputs({'a': [1, 2, 3, 4]}, four)),
        'x of a scalar': ('x', inputs({'a': np.array(1)})),
        'x of a number': ('x', inputs({'a': 1})),
        'x of no rows': ('x', inputs({'a': np.arange(0)}, np.arange(0))),
        'x of two lengths': ('length', inputs({'a': four, 'b': np.arange(3)}, four)),
        'y shorter': ('length', inputs({'a': four}, np.arange(3))),
        'y shorter in a dict': ('length', inputs({'a': four}, {'b': np.arange(3)})),
        'y an empty dict': ('y', inputs({'a': four}, {})),
        'y a dict': ('', inputs({'a': four}, {'b': four})),
        'y with a key of x': ('a', inputs({'a': four}, {'a': four})),
        'y a list': ('y', inputs({'a': four}, [1, 2, 3, 4])),
        'y a number': ('y', inputs({'a': four}, 3)),
        'num_threads 0': ('num_threads', inputs({'a': four}, num_threads=0)),
        'queue_capacity 0': ('queue_capacity', inputs({'a': four}, queue_capacity=0)),
        'batch_size None': ('batch_size', inputs({'a': four}, batch_size=None)),
        'batch_size 1.5': ('batch_size', inputs({'a': four}, batch_size=1.5)),
    }


def run(tf, workdir, texts=None):
    """Runs all cases; `texts` gets words and error texts."""
    with tf.Graph().as_default():
        return _errors.outcomes(_numpy_cases(tf), texts)
