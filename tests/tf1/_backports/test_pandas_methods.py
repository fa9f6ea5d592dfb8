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


def test_arguments_are_taken_by_position(table, tmp_path):
    assert list(table.drop('a', 1).columns) == ['b']
    assert pd.concat([table, table], 1).shape == (2, 4)
    assert table.sort_values('a', 0, False)['a'].tolist() == [2, 1]
    assert table.reset_index(None, True).shape == (2, 2)
    (tmp_path / 'rows.csv').write_text('1;x\n2;y\n')
    rows = pd.read_csv(tmp_path / 'rows.csv', ';', names=['n', 't'])
    assert (list(rows.columns), rows['t'].tolist()) == (['n', 't'], ['x', 'y'])
    with pytest.raises(TypeError):
        table.drop('a', 1, None, None, None, False, 'raise', 'more')


def test_text_is_of_dtype_object_until_it_is_over(installed):
    import pandas  # noqa: F401

    assert pd.Series(['a', None]).dtype == object
    assert pd.Series(['a', None]).str.upper().tolist() == ['A', None]
    assert pd.DataFrame({'n': [1], 't': ['x']}).select_dtypes(['object']).columns.tolist() == ['t']
    methods = pd.DataFrame.drop, pd.Series.str.replace
    installed.remove()
    assert pd.Series(['a']).dtype == 'str'
    assert (pd.DataFrame.drop, pd.Series.str.replace) != methods


def test_replace_takes_regular_expressions_but_single_characters_are_themselves(table):
    # What pandas 1.3.5 returns.
    text = pd.Series(['a.b', 'aab', None])
    assert text.str.replace('a.', 'x').tolist() == ['xb', 'xb', None]
    assert text.str.replace('.', 'x').tolist() == ['axb', 'aab', None]
    assert text.str.replace('a+', 'x', regex=False).tolist() == ['a.b', 'aab', None]
    assert text.str.replace('a', lambda match: match.group().upper()).tolist() == ['A.b', 'AAb', None]
    assert text.str.replace('a', 'x', 1, None, 0).tolist() == ['x.b', 'xab', None]
    assert text.str.split('.', 1, True).values.tolist() == [['a', 'b'], ['aab', None], [None, None]]


def test_gaps_are_filled_by_a_method(table):
    gaps = pd.Series([1.0, None, 2.0])
    assert gaps.fillna(method='ffill').tolist() == gaps.pad().tolist() == [1, 1, 2]
    assert gaps.fillna(method='bfill').tolist() == [1, 2, 2]
    assert gaps.fillna(0).tolist() == [1, 0, 2]


def test_dummies_are_numbers_and_old_names_are_there(table):
    assert pd.get_dummies(['x', 'y']).values.tolist() == [[1, 0], [0, 1]]
    assert pd.get_dummies(['x', 'y']).dtypes.tolist() == ['uint8', 'uint8']
    assert table.applymap(str)['a'].tolist() == ['1', '2']
    assert pd.value_counts([1, 1, 2]).tolist() == [2, 1]
    assert pd.datetime(2019, 1, 2).year == 2019
    assert pd.np.__name__ == 'numpy'
