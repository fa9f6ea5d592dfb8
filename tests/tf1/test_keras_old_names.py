"""What Keras 2.0 to 2.3 had beside its public names, and programs use: `keras.engine.saving`, `keras.backend`."""

from __future__ import annotations

import h5py
import numpy as np
import pytest

import tf1 as tf
from tf1.keras import hdf5_weights


@pytest.fixture
def session():
    with tf.Graph().as_default(), tf.Session() as session:
        tf.keras.backend.set_session(session)
        yield session
    tf.keras.backend.clear_session()


def test_weights_of_a_list_of_layers_are_saved_and_loaded_in_order_or_by_name(session, tmp_path):
    first = tf.keras.models.Sequential([tf.keras.layers.Dense(2, name='one', input_shape=(3,))])
    first.add(tf.keras.layers.Dense(1, name='two'))
    first.set_weights([np.full(weight.shape, index, np.float32) for index, weight in enumerate(first.get_weights())])
    with h5py.File(tmp_path / 'weights.h5', 'w') as file:
        hdf5_weights.save_weights_to_hdf5_group(file, first.layers)
    second = tf.keras.models.Sequential([tf.keras.layers.Dense(2, name='other', input_shape=(3,))])
    second.add(tf.keras.layers.Dense(1, name='two'))
    before = second.layers[0].get_weights()[0].tolist()
    with h5py.File(tmp_path / 'weights.h5', 'r') as file:
        hdf5_weights.load_weights_from_hdf5_group_by_name(file, second.layers)
        assert second.layers[0].get_weights()[0].tolist() == before
        assert second.layers[1].get_weights()[0].tolist() == [[2.0], [2.0]]
        hdf5_weights.load_weights_from_hdf5_group(file, second.layers)
        assert [weight.flat[0] for weight in second.get_weights()] == [0, 1, 2, 3]
        with pytest.raises(ValueError, match='Layer count mismatch'):
            hdf5_weights.load_weights_from_hdf5_group(file, second.layers[:1])


def test_the_functions_are_where_programs_import_them_from():
    from tf1.keras.engine import saving, topology
    from tf1.keras.layers.core import K

    assert saving.load_weights_from_hdf5_group_by_name is hdf5_weights.load_weights_from_hdf5_group_by_name
    assert topology.load_weights_from_hdf5_group is hdf5_weights.load_weights_from_hdf5_group
    assert K is tf.keras.backend


def test_the_order_of_dimensions_has_its_old_words():
    K = tf.keras.backend
    assert K.image_dim_ordering() == 'tf'
    K.set_image_dim_ordering('th')
    assert (K.image_dim_ordering(), K.image_data_format()) == ('th', 'channels_first')
    K.set_image_dim_ordering('tf')
    assert K.image_data_format() == 'channels_last'
    with pytest.raises(ValueError, match="Unknown dim_ordering: 'nope'"):
        K.set_image_dim_ordering('nope')


def test_the_backend_has_tensorflow_and_logsumexp(session):
    K = tf.keras.backend
    assert K.tf is tf
    assert session.run(K.control_flow_ops.while_loop(lambda i: i < 3, lambda i: i + 1, [tf.constant(0)])) == 3
    assert K.ctc.ctc_loss.__name__ == 'ctc_loss'
    assert K.tensor_array_ops.TensorArray is tf.python.tensor_array_ops.TensorArray
    # log(e^0 + e^0 + e^0)
    assert session.run(K.logsumexp(tf.zeros([2, 3]), axis=1, keepdims=True)).ravel() == pytest.approx([np.log(3)] * 2)
    from tf1.keras.backend.tensorflow_backend import _get_available_gpus

    assert all('GPU' in name for name in _get_available_gpus())
