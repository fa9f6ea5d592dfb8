from __future__ import annotations

import importlib
import sys

import pytest

import tf1
from tf1._run.import_hook import ours


@pytest.mark.parametrize(
    ('name', 'found'),
    [
        ('tensorflow', 'tf1'),
        ('tensorflow.contrib.layers.python.layers', 'tf1.contrib.layers.python.layers'),
        ('tensorflow_core.python.keras', 'tf1.python.keras'),
        ('keras.layers', 'tf1.keras_package.layers'),
        ('tensorflow_estimator', 'tf1.estimator'),
        ('tensorflow_estimator.python.estimator.model_fn', 'tf1.python.estimator.model_fn'),
        ('tensorflow_hub', None),
        ('tf_keras.layers', None),
        ('numpy', None),
    ],
)
def test_each_module_of_tensorflow_and_keras_has_its_name_below_tf1(name, found):
    assert ours(name) == found


class TestProgram:
    def test_tensorflow_is_the_namespace(self, installed):
        import tensorflow
        import tensorflow as tf
        import tensorflow.compat.v1 as v1
        from tensorflow import keras, layers

        assert tensorflow is tf is v1 is tf1
        assert (keras, layers) == (tf1.keras, tf1.layers)

    def test_its_parts_are_found_by_dotted_names(self, installed):
        import tensorflow.contrib.learn as learn
        import tensorflow.keras.backend as K
        from tensorflow.contrib.learn.python.learn.datasets.mnist import read_data_sets
        from tensorflow.examples.tutorials.mnist import input_data
        from tensorflow.keras.layers import Dense
        from tensorflow.python.framework import ops

        assert learn is tf1.contrib.learn
        assert K is tf1.keras.backend
        assert read_data_sets is tf1.contrib.learn.datasets.mnist.read_data_sets
        assert input_data is tf1.examples.tutorials.mnist.input_data
        assert Dense is tf1.keras.layers.Dense
        assert ops.__name__ == 'tensorflow.python.framework.ops'

    def test_what_it_looks_up_through_python_is_tf1s_too(self, installed):
        import pkgutil
        from pydoc import locate

        assert locate('tensorflow.nn.rnn_cell.LSTMCell') is tf1.nn.rnn_cell.LSTMCell
        assert locate('tensorflow.contrib.layers.fully_connected') is tf1.contrib.layers.fully_connected
        assert locate('tensorflow.train.NoSuchThing') is None
        assert locate('collections.OrderedDict').__name__ == 'OrderedDict'
        assert pkgutil.resolve_name('tensorflow.contrib.rnn:GRUCell') is tf1.contrib.rnn.GRUCell

    def test_keras_and_the_estimator_package_are_tf1s(self, installed):
        import keras
        import keras.layers.core as core
        import tensorflow_estimator as estimator
        from keras.models import Sequential

        assert keras.__name__ == 'keras'
        assert keras.layers is tf1.keras.layers
        assert core.Dense is tf1.keras.layers.Dense
        assert Sequential is tf1.keras.models.Sequential
        assert Sequential.__module__.startswith('tf_keras.')
        assert estimator is tf1.estimator

    def test_import_module_and_dunder_import_do_the_same(self, installed):
        assert importlib.import_module('tensorflow.keras.layers') is tf1.keras.layers
        assert __import__('tensorflow') is tf1
        assert importlib.import_module('json').__name__ == 'json'

    def test_a_plain_dotted_import_binds_the_first_name(self, installed):
        names = {}
        exec('import tensorflow.contrib.learn, keras.models, os.path', names)
        assert names['tensorflow'] is tf1
        assert names['keras'].layers is tf1.keras.layers
        assert names['os'].__name__ == 'os'

    @pytest.mark.parametrize(
        ('statement', 'text'),
        [
            ('import tensorflow.contrib.foo', r'^tf\.contrib\.foo does not exist'),
            ('from tensorflow.contrib.gan import GAN', r'^tf\.contrib\.gan\.GAN is .* use the package tensorflow_gan'),
            ('from tensorflow.python.framework.ops import nope', r"^cannot import name 'nope' from"),
            ('import no_such_module_at_all', '^No module named'),
        ],
    )
    def test_what_is_missing_is_an_import_error(self, installed, no_absent_packages, statement, text):
        with pytest.raises(ImportError, match=text):
            exec(statement, {})

    def test_its_own_modules_are_imported_as_they_are(self, installed, tmp_path, monkeypatch):
        (tmp_path / 'tf_model.py').write_text('import tensorflow as tf\nfrom keras import backend as K\n')
        monkeypatch.syspath_prepend(tmp_path)
        model = importlib.import_module('tf_model')
        assert model.tf is tf1
        assert model.K is tf1.keras.backend


class TestLibraries:
    def test_they_get_what_is_installed(self, installed, tmp_path, monkeypatch):
        folder = tmp_path / 'site-packages'
        folder.mkdir()
        (folder / 'tf_library.py').write_text(
            'import importlib\nimport keras\nimport tensorflow as tf\nfound = importlib.import_module("tensorflow")\n'
            'try:\n    import tensorflow.contrib\nexcept ImportError as error:\n    missing = str(error)\n'
        )
        monkeypatch.syspath_prepend(folder)
        library = importlib.import_module('tf_library')
        assert library.tf is library.found is sys.modules['tensorflow']
        assert library.keras.__version__.startswith('3.')
        assert library.missing == "No module named 'tensorflow.contrib'"
