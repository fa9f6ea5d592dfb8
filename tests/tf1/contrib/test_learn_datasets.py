"""Errors of the small data sets: what they name and what they advise."""

from __future__ import annotations

import sys

import numpy as np
import pytest

import tf1 as tf

base = tf.contrib.learn.datasets.base


def test_boston_says_that_its_file_must_be_given() -> None:
    with pytest.raises(ValueError, match=r'^load_boston needs data_path, a CSV file with header'):
        tf.contrib.learn.datasets.load_dataset('boston')


def test_boston_reads_a_file(tmp_path) -> None:
    path = tmp_path / 'boston.csv'
    path.write_text('1,2,a,b,price\n0.5,1,24\n')
    houses = tf.contrib.learn.datasets.load_boston(str(path))
    assert (houses.data.tolist(), houses.target.tolist()) == ([[0.5, 1.0]], [24.0])


def test_iris_says_what_to_install(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, 'sklearn', None)
    with pytest.raises(ImportError, match=r'^load_iris needs the package scikit-learn, or data_path; install it'):
        base.load_iris()


def test_a_file_that_is_shorter_than_it_says_is_refused(tmp_path) -> None:
    path = tmp_path / 'short.csv'
    path.write_text('3,2,a,b\n1,2,0\n')
    with pytest.raises(ValueError, match=r'short\.csv must hold 3 rows of 2 features and a target.* holds 1 rows\.'):
        base.load_csv_with_header(str(path), np.int64, np.float64)


def test_a_download_leaves_no_part_behind(tmp_path) -> None:
    source = tmp_path / 'source'
    source.write_text('words')
    path = base.maybe_download('copy', str(tmp_path / 'folder'), source.as_uri())
    assert (tmp_path / 'folder' / 'copy').read_text() == 'words'
    assert [file.name for file in (tmp_path / 'folder').iterdir()] == ['copy']
    with pytest.raises(OSError, match='none'):
        base.maybe_download('other', str(tmp_path / 'folder'), (tmp_path / 'none').as_uri())
    assert path.endswith('copy')


def test_points_that_classes_leave_over_lie_on_the_first() -> None:
    # 8 points in threes: three classes of 2, and 2 more on the outermost circle.
    circles = tf.contrib.learn.datasets.synthetic.circles(8, seed=1, n_classes=3)
    assert sorted(circles.target.tolist()) == [0, 0, 0, 0, 1, 1, 2, 2]
    np.testing.assert_allclose(np.hypot(*circles.data.T), 0.8**circles.target)


def test_points_that_cannot_be_made_are_refused() -> None:
    synthetic = tf.contrib.learn.datasets.synthetic
    with pytest.raises(ValueError, match=r'^n_classes must be > 0 and <= n_samples=3, got 4\.$'):
        synthetic.circles(3, n_classes=4)
    with pytest.raises(ValueError, match=r"^mode must be one of \['archimedes', .*\], got 'round'\.$"):
        synthetic.spirals(mode='round')
    with pytest.raises(ValueError, match=r'^n_samples must be >= 4, got 3\.$'):
        synthetic.spirals(3)


def test_dbpedia_says_where_its_files_belong(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FileNotFoundError, match=r'^dbpedia_data/dbpedia_csv/train\.csv is missing, .* there\.$'):
        tf.contrib.learn.datasets.load_dataset('dbpedia')
    with pytest.raises(ValueError, match=r'^test_with_fake_data must be False'):
        tf.contrib.learn.datasets.text_datasets.load_dbpedia(test_with_fake_data=True)
