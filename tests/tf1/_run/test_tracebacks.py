from __future__ import annotations

import importlib
import sys
import threading
import traceback

import pytest

import tf1 as tf
from tf1._run import tracebacks


def frames(error):
    return [frame.name for frame in traceback.extract_tb(error.__traceback__)]


def test_frames_of_the_namespace_are_left_out():
    with pytest.raises(AttributeError) as caught:
        tf.train.SummaryWriter  # noqa: B018
    assert len(frames(caught.value)) > 1
    tracebacks.strip(caught.value)
    assert frames(caught.value) == ['test_frames_of_the_namespace_are_left_out']


def test_so_are_those_of_imports_and_of_the_errors_that_led_to_one(installed, tmp_path, monkeypatch):
    (tmp_path / 'broken_program.py').write_text('import tensorflow.contrib.nope\n')
    monkeypatch.syspath_prepend(tmp_path)

    def fail():
        try:
            importlib.import_module('broken_program')
        except ImportError as error:
            raise ValueError('no') from error

    with pytest.raises(ValueError, match='no') as caught:
        fail()
    tracebacks.strip(caught.value)
    assert frames(caught.value)[1:] == ['fail']
    assert frames(caught.value.__cause__) == ['fail', '<module>']


def test_errors_that_refer_to_each_other_are_gone_through_once():
    first, second = ValueError('1'), ValueError('2')
    first.__context__, second.__context__ = second, first
    tracebacks.strip(first)
    assert (first.__traceback__, second.__traceback__) == (None, None)


def test_a_hook_of_the_programs_own_is_called(monkeypatch):
    calls = []
    monkeypatch.setattr(sys, 'excepthook', lambda *arguments: calls.append(arguments))
    tracebacks.show_as_python_would()
    error = ValueError('x')
    sys.excepthook(ValueError, error, None)
    assert calls == [(ValueError, error, None)]


_FAILING = {
    'an import statement': 'import tensorflow.no_such',
    'import_module': "import importlib; importlib.import_module('tensorflow.no_such')",
    'a name of the namespace': 'import tensorflow as tf; tf.no_such',
    'a name of a part of it': 'import tensorflow as tf; tf.nn.no_such',
    'np.array': "import numpy as np; np.array([1], dtype='nonsense')",
    'np.asarray': "import numpy as np; np.asarray([1], dtype='nonsense')",
    'np.fromstring': "import numpy as np; np.fromstring(b'123', np.int64)",
    'np.reshape': 'import numpy as np; np.reshape([1, 2, 3], newshape=(2, 2))',
    'a name of NumPy': 'import numpy as np; np.no_such',
    'float of an array': 'import numpy as np; float(np.zeros([2]))',
    'a method of a table': "import pandas as pd; pd.DataFrame({'a': [1]}).as_matrix(['b'])",
    'a matrix': 'import scipy.sparse; scipy.sparse.csr_matrix([[1]]).B',
    'a style': "import matplotlib.pyplot as plt; plt.style.use('seaborn-nothing')",
    'an image function': "import scipy.misc; scipy.misc.imresize('not an image', 3)",
    'a name of Python': 'import collections; collections.NoSuch',
    'an Estimator': 'import tensorflow as tf; tf.estimator.Estimator(3)',
    'an input function': 'import tensorflow as tf; tf.estimator.inputs.numpy_input_fn({}, shuffle=None)',
    'a layer of contrib': "import tensorflow as tf; tf.contrib.layers.fully_connected('x', 3)",
}


@pytest.mark.parametrize('failing', _FAILING)
def test_no_wrapper_shows_a_frame_of_tf1(installed, failing):
    with pytest.raises(Exception) as caught:  # noqa: PT011 the kind is not what is asked here
        exec(compile(f'{_FAILING[failing]}\n', '/home/me/program.py', 'exec'), {'__name__': '__main__'})
    before = [frame.filename for frame in traceback.extract_tb(caught.value.__traceback__)]
    tracebacks.strip(caught.value)
    error = caught.value
    while error is not None:
        files = [frame.filename for frame in traceback.extract_tb(error.__traceback__)]
        assert [file for file in files if file.startswith(tracebacks._FOLDER)] == []
        error = error.__cause__ or error.__context__
    assert '/home/me/program.py' in before


def test_errors_of_threads_are_shown_alike(monkeypatch):
    shown = []
    monkeypatch.setattr(threading, 'excepthook', lambda args: shown.append(frames(args.exc_value)))
    monkeypatch.setattr(sys, 'excepthook', sys.excepthook)
    tracebacks.show_as_python_would()

    def work():
        tf.train.SummaryWriter  # noqa: B018

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert shown[0][-1:] == ['work']


def test_they_can_be_kept(monkeypatch):
    monkeypatch.setenv('TF1_TRACEBACK', 'full')
    before = sys.excepthook
    tracebacks.show_as_python_would()
    assert sys.excepthook is before
