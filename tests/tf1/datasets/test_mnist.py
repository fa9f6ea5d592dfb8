from __future__ import annotations

import gzip
import hashlib
import importlib.resources
import logging

import numpy as np
import pytest

import tf1 as tf
from tf1.datasets import mnist
from tf1.datasets.idx import DataError

_IMAGES = 'train-images-idx3-ubyte'
_LABELS = 'train-labels-idx1-ubyte'

_PUBLISHED_MD5 = {
    'train-images-idx3-ubyte': '6bbc9ace898e44ae57da46a324031adb',
    'train-labels-idx1-ubyte': 'a25bea736e30d166cdddb491f175f624',
    't10k-images-idx3-ubyte': '2646ac647ad5339dbf082846283269ea',
    't10k-labels-idx1-ubyte': '27ae3e4e09519cfbb04c329615203637',
}


@pytest.fixture(scope='module')
def packaged() -> mnist.Mnist:
    return mnist.load()


@pytest.mark.parametrize('name', _PUBLISHED_MD5)
def test_the_packaged_files_are_the_published_ones(name):
    content = gzip.decompress((importlib.resources.files('tf1.datasets') / 'data' / f'{name}.gz').read_bytes())
    assert hashlib.md5(content).hexdigest() == _PUBLISHED_MD5[name]


def test_the_packaged_set_is_mnist(packaged):
    assert [array.shape for array in packaged] == [(60000, 28, 28), (60000,), (10000, 28, 28), (10000,)]
    assert {array.dtype for array in packaged} == {np.dtype(np.uint8)}
    assert packaged.train_labels[:10].tolist() == [5, 0, 4, 1, 9, 2, 1, 3, 1, 4]
    assert packaged.test_labels[:10].tolist() == [7, 2, 1, 0, 4, 1, 4, 9, 5, 9]
    # The published mean and standard deviation of the training pixels: 0.1307 and 0.3081.
    assert round(packaged.train_images.mean() / 255, 4) == 0.1307
    assert round(packaged.train_images.std() / 255, 4) == 0.3081
    assert np.bincount(packaged.test_labels).tolist() == [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]


def test_loads_a_users_folder(small_mnist):
    data = mnist.load(str(small_mnist))
    assert data.train_images[:, 0, 0].tolist() == list(range(12))
    assert data.train_labels.tolist() == [*range(10), 0, 1]
    assert (data.test_images.shape, data.test_labels.tolist()) == ((7, 28, 28), list(range(7)))


@pytest.mark.parametrize('dot', ['-', '.'])
@pytest.mark.parametrize('end', ['', '.gz'])
def test_every_usual_file_name_is_found(small_mnist, dot, end):
    for path in sorted(small_mnist.iterdir()):
        content = path.read_bytes()
        path.unlink()
        renamed = path.name.replace('-idx', f'{dot}idx') + end
        (small_mnist / renamed).write_bytes(gzip.compress(content) if end else content)
    assert mnist.load(small_mnist).train_labels.tolist() == [*range(10), 0, 1]
    assert mnist.read_data_sets(small_mnist, validation_size=2).train.num_examples == 10


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(DataError, match=r'/none: expected a folder with the four MNIST files, found nothing\. Give a'):
        mnist.load(tmp_path / 'none')


def test_a_file_is_no_folder(small_mnist):
    with pytest.raises(DataError, match=r'expected a folder with the four MNIST files, found a file\.'):
        mnist.load(small_mnist / _IMAGES)


def test_a_missing_file_is_told_with_all_names_tried(small_mnist):
    (small_mnist / 't10k-labels-idx1-ubyte').unlink()
    names = (
        r't10k-labels-idx1-ubyte, t10k-labels-idx1-ubyte\.gz, '
        r't10k-labels\.idx1-ubyte, t10k-labels\.idx1-ubyte\.gz'
    )
    with pytest.raises(DataError, match=rf'expected one of {names}, found none of them\. Put the file there\.'):
        mnist.load(small_mnist)


_WRONG = {
    'other counts': (_LABELS, np.zeros(11), rf'{_LABELS}: expected 12 labels, as {_IMAGES} has images, found 11\.'),
    'label of ten': (
        _LABELS,
        np.array([0, 1, 10] * 4),
        rf'{_LABELS}: expected labels from 0 to 9, found label 10 at 2\.',
    ),
    'another size': (
        _IMAGES,
        np.zeros((12, 32, 32)),
        r'expected images of shape \[n, 28, 28\], .* found \[12, 32, 32\]\.',
    ),
    'oblong images': (_IMAGES, np.zeros((12, 28, 27)), r'found \[12, 28, 27\]\. Give MNIST'),
    'no images': (_IMAGES, np.zeros((0, 28, 28)), r'found \[0, 28, 28\]\.'),
    'flat images': (_IMAGES, np.zeros((12, 784)), r'expected magic number 0x00000803, found 0x00000802\.'),
    'labels of rank 2': (_LABELS, np.zeros((12, 1)), r'expected magic number 0x00000801, found 0x00000802\.'),
}


@pytest.mark.parametrize('name', _WRONG)
@pytest.mark.parametrize('reader', [mnist.load, mnist.load_mnist, mnist.read_data_sets])
def test_files_of_another_content_are_refused(small_mnist, idx_bytes, name, reader):
    file, array, message = _WRONG[name]
    (small_mnist / file).write_bytes(idx_bytes(array))
    with pytest.raises(DataError, match=message):
        reader(small_mnist)


def test_the_hand_written_reader_gives_flat_images(small_mnist):
    images, labels = mnist.load_mnist(small_mnist)
    assert (images.shape, images.dtype, labels.dtype) == ((12, 784), np.uint8, np.uint8)
    images, labels = mnist.load_mnist(small_mnist, kind='t10k')
    assert images[:, 783].tolist() == labels.tolist() == list(range(7))


def test_the_hand_written_reader_needs_only_the_part_asked_for(small_mnist):
    (small_mnist / 't10k-images-idx3-ubyte').unlink()
    assert len(mnist.load_mnist(small_mnist, 'train')[1]) == 12


def test_another_kind_is_refused(small_mnist):
    with pytest.raises(ValueError, match=r"^kind must be 'train' or 't10k', got 'test'\.$"):
        mnist.load_mnist(small_mnist, 'test')


def test_the_validation_part_is_the_start_of_the_training_file(small_mnist):
    parts = mnist.read_data_sets(str(small_mnist), validation_size=5, dtype=tf.uint8)
    assert [part.labels.tolist() for part in parts] == [[*range(5, 10), 0, 1], list(range(5)), list(range(7))]
    assert parts.train.images[:, 0].tolist() == list(range(5, 12))
    assert parts._fields == ('train', 'validation', 'test')


@pytest.mark.parametrize('size', [-1, 13])
def test_the_validation_size_must_fit(small_mnist, size):
    with pytest.raises(ValueError, match=rf'^validation_size must be between 0 and 12, got {size}\.$'):
        mnist.read_data_sets(small_mnist, validation_size=size)


def test_one_hot_labels_have_ten_columns(small_mnist):
    labels = mnist.read_data_sets(small_mnist, one_hot=True, validation_size=0).test.labels
    assert labels.shape == (7, 10)
    np.testing.assert_array_equal(labels, np.eye(10)[:7])


@pytest.fixture
def log_lines():
    lines = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(record.getMessage())
    logger = tf.get_logger()
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield lines
    logger.setLevel(level)
    logger.removeHandler(handler)


@pytest.mark.parametrize('exists', [True, False])
def test_a_folder_without_files_gives_the_packaged_set_and_says_so(tmp_path, log_lines, exists):
    folder = tmp_path / 'MNIST_data'
    if exists:
        folder.mkdir()
        (folder / 'notes.txt').write_text('nothing here')
    parts = mnist.read_data_sets(str(folder), dtype=tf.uint8)
    assert [part.num_examples for part in parts] == [55000, 5000, 10000]
    assert log_lines == [f'{folder} holds no MNIST files; using those in the package.']
    assert folder.exists() == exists


def test_a_users_own_files_are_used_silently(small_mnist, log_lines):
    assert mnist.read_data_sets(small_mnist, validation_size=2).test.num_examples == 7
    assert log_lines == []


def test_the_files_of_a_folder_are_named_as_tf_1_15_does_and_those_in_the_package_are_not(
    small_mnist, tmp_path, capsys
):
    mnist.read_data_sets(str(small_mnist), validation_size=0)
    names = ('train-images-idx3', 'train-labels-idx1', 't10k-images-idx3', 't10k-labels-idx1')
    assert capsys.readouterr().out == ''.join(f'Extracting {small_mnist}/{name}-ubyte\n' for name in names)
    mnist.read_data_sets(str(tmp_path / 'nothing'))
    assert capsys.readouterr().out == ''


@pytest.mark.parametrize('kept', [_IMAGES, 't10k-labels-idx1-ubyte'])
def test_a_folder_with_some_of_the_files_is_an_error(small_mnist, kept):
    for path in small_mnist.iterdir():
        if path.name != kept:
            path.unlink()
    with pytest.raises(DataError, match=r'expected one of train-'):
        mnist.read_data_sets(small_mnist)


def test_a_broken_file_is_an_error_not_a_reason_for_the_packaged_set(small_mnist):
    (small_mnist / _IMAGES).write_bytes(b'')
    with pytest.raises(DataError, match=r'found a file of 0 bytes'):
        mnist.read_data_sets(small_mnist)


def test_a_train_dir_that_is_a_file_is_an_error(small_mnist):
    with pytest.raises(DataError, match=r'found a file\. Give a folder'):
        mnist.read_data_sets(small_mnist / _IMAGES)


def test_another_source_url_never_gives_the_packaged_set(tmp_path, small_mnist):
    url = 'https://example.org/fashion/'
    with pytest.raises(
        DataError, match=rf'found none of them\. Nothing is downloaded here: put the files from {url} there'
    ):
        mnist.read_data_sets(tmp_path / 'none', source_url=url)
    assert mnist.read_data_sets(small_mnist, source_url=url, validation_size=0).train.num_examples == 12


def test_load_dataset_reads_the_folder_that_tf_1_15_kept_its_copy_in(small_mnist, monkeypatch):
    small_mnist.rename(small_mnist.parent / 'MNIST-data')
    monkeypatch.chdir(small_mnist.parent)
    with pytest.raises(ValueError, match=r'validation_size must be between 0 and 12, got 5000\.'):
        mnist.load_dataset('mnist')


@pytest.mark.parametrize('name', ['iris', 'boston', 'MNIST'])
def test_load_dataset_says_what_there_is(name):
    with pytest.raises(ValueError, match=rf"^name must be 'mnist', the one data set here, got '{name}'\.$"):
        mnist.load_dataset(name)
