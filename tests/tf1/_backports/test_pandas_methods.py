from __future__ import annotations

import pytest

pd = pytest.importorskip('pandas')


@pytest.fixture
def table(installed):
    import pandas  # noqa: F401

    return pd.DataFrame({'a': [1, 2], 'b': [3.0, 4.0]})


def test_values_are_arrays(table):
    assert table.as_matrix().tolist() == [[1.0, 3.0], [2.0, 4.0]]
    assert table.as_matrix(['a']).tolist() == [[1], [2]]
    assert table['a'].as_matrix().tolist() == table['a'].get_values().tolist() == [1, 2]


def test_columns_and_values_are_walked_through(table):
    assert [name for name, column in table.iteritems()] == ['a', 'b']
    assert list(table['a'].iteritems()) == [(0, 1), (1, 2)]


def test_rows_are_appended(table):
    assert list(table.append(table).index) == [0, 1, 0, 1]
    assert list(table.append([table, table], ignore_index=True).index) == [0, 1, 2, 3, 4, 5]
    assert table.append({'a': 5, 'b': 6.0}, ignore_index=True).values.tolist() == [[1, 3], [2, 4], [5, 6]]
    assert list(table.append(pd.Series([7, 8.0], index=['a', 'b'], name='z')).index) == [0, 1, 'z']
    assert table['a'].append(table['b']).tolist() == [1, 2, 3, 4]
    assert table.shape == (2, 2)


def test_a_column_may_have_a_lost_name(installed):
    import pandas  # noqa: F401

    assert pd.DataFrame({'append': [1, 2]})['append'].tolist() == [1, 2]


def test_libraries_see_the_pandas_that_is_installed(table):
    stranger = {'__name__': 'stranger', '__file__': '/x/site-packages/stranger.py', 'table': table}
    with pytest.raises(AttributeError, match='as_matrix'):
        eval('table.as_matrix()', stranger)
