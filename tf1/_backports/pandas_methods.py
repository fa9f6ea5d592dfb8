"""What pandas 1 to 3 have dropped or changed, for the program: methods, positional arguments, defaults, text.

Behaviour is that of pandas 1.3.5: `table.drop('a', 1)`, `column.str.replace('a+', 'b')` for a regular expression,
`get_dummies` of numbers. Text stays in columns of dtype object, which programs look for, whoever makes them.
"""

from __future__ import annotations

import functools
import sys
import warnings
from collections.abc import Callable
from typing import Any

import pandas as pd

from tf1._backports import registry
from tf1._backports.notices import Notices
from tf1._backports.user_code import UserCode


def _as_matrix(data: Any, columns: Any = None) -> Any:
    return (data if columns is None else data[columns]).to_numpy()


def _append(data: Any, other: Any, ignore_index: bool = False, **ignored: Any) -> Any:
    # A dictionary or an unnamed column is one more row.
    if isinstance(data, pd.DataFrame) and isinstance(other, (dict, pd.Series)):
        other = pd.DataFrame([other])
    others = list(other) if isinstance(other, (list, tuple)) else [other]
    return pd.concat([data, *others], ignore_index=ignore_index)


# Functions and methods whose arguments after the first are taken by name only now, with those that programs give.
_FUNCTIONS = {
    'concat': 'objs axis join ignore_index keys',
    'get_dummies': 'data prefix prefix_sep dummy_na columns',
    'read_csv': 'filepath_or_buffer sep',
}
_BY_NAME = {
    'drop': 'labels axis index columns level inplace errors',
    'drop_duplicates': 'subset keep inplace',
    'dropna': 'axis how thresh subset inplace',
    'fillna': 'value method axis inplace limit',
    'reset_index': 'level drop inplace',
    'set_index': 'keys drop append inplace',
    'sort_index': 'axis level ascending inplace',
    'sort_values': 'by axis ascending inplace kind',
    'to_csv': 'path_or_buf sep na_rep float_format columns header index',
}
_OF_TEXT = {'replace': 'pat repl n case flags regex', 'split': 'pat n expand'}
_FILLING = {'backfill': 'bfill', 'bfill': 'bfill', 'ffill': 'ffill', 'pad': 'ffill'}


def _fillna(fillna: Callable[..., Any], data: Any, method: str | None = None, **kwargs: Any) -> Any:
    if method is None:
        return fillna(data, **kwargs)
    kwargs.pop('value', None)
    return getattr(data, _FILLING[method])(**kwargs)


def _replace(replace: Callable[..., Any], text: Any, pat: Any, repl: Any, regex: bool = True, **kwargs: Any) -> Any:
    # A single character was itself, whatever it means in regular expressions.
    is_pattern = not isinstance(pat, str) or callable(repl) or (len(pat) > 1 and regex is not False)
    return replace(text, pat, repl, regex=is_pattern, **kwargs)


def _get_dummies(get_dummies: Callable[..., Any], data: Any, dtype: Any = 'uint8', **kwargs: Any) -> Any:
    return get_dummies(data, dtype=dtype, **kwargs)


_CHANGED = {'fillna': _fillna, 'get_dummies': _get_dummies, 'replace': _replace}


def _taking(usual: Callable[..., Any], order: str, user_code: UserCode, is_method: bool) -> Callable[..., Any]:
    """Returns `usual`, which takes arguments in that order and means what it did, for `user_code`."""
    names = order.split()
    changed = functools.partial(_CHANGED[usual.__name__], usual) if usual.__name__ in _CHANGED else usual

    @functools.wraps(usual)
    def call(*args: Any, **kwargs: Any) -> Any:
        if not user_code.owns(sys._getframe(1).f_globals):
            return usual(*args, **kwargs)
        own, given = args[:is_method], args[is_method:]
        if len(given) > len(names):
            return usual(*args, **kwargs)
        return changed(*own, **dict(zip(names, given, strict=False)), **kwargs)

    return call


_METHODS = {
    'append': (_append, 'pd.concat'),
    'as_matrix': (_as_matrix, 'to_numpy()'),
    'get_values': (_as_matrix, 'to_numpy()'),
    'applymap': (lambda data, function: data.map(function), 'map()'),
    'iteritems': (lambda data: data.items(), 'items()'),
    'pad': (lambda data: data.ffill(), 'ffill()'),
}


def _set_infer_string(infers: bool) -> bool:
    """Sets whether text makes a dtype of its own, where pandas has that; returns whether it did."""
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')  # pandas 3 deprecates the option
        try:
            before = pd.get_option('future.infer_string')
            pd.set_option('future.infer_string', infers)
        except KeyError:  # pandas before 2.1, and after 3
            return infers
    return before


def _value_counts(values: Any, **kwargs: Any) -> pd.Series:
    return pd.Series(values).value_counts(**kwargs)


def _find(name: str) -> registry.StandIn | None:
    if name == 'value_counts':
        return registry.StandIn(_value_counts, 'Series.value_counts')
    return registry.StandIn(sys.modules['numpy'], 'numpy') if name == 'np' else None


FINDERS = {'pandas': registry.chain(registry.named({'datetime': 'datetime.datetime'}), _find)}


def install(user_code: UserCode, notices: Notices) -> Callable[[], None]:
    """Gives pandas what it lacks, for `user_code`, and text the dtype object. Returns a function to undo it."""
    from pandas.core.strings.accessor import StringMethods

    places = [(pd, name, order) for name, order in _FUNCTIONS.items()]
    places += [(kind, name, order) for kind in (pd.DataFrame, pd.Series) for name, order in _BY_NAME.items()]
    places += [(StringMethods, name, order) for name, order in _OF_TEXT.items()]
    usual = [(place, name, vars(place).get(name), order) for place, name, order in places if hasattr(place, name)]
    for place, name, _, order in usual:
        setattr(place, name, _taking(getattr(place, name), order, user_code, is_method=place is not pd))
    infers = _set_infer_string(False)
    lent = {}
    for name, (function, words) in _METHODS.items():
        said = f'{{kind}}.{name} is gone; {words} stands in for it.'
        method = registry.Lent(name, functools.partial(functools.partial, function), said, user_code, notices)
        lent.update({(kind, name): method for kind in (pd.DataFrame, pd.Series) if not hasattr(kind, name)})
    undo_lent = registry.patch_attributes(lent)

    def undo() -> None:
        undo_lent()
        _set_infer_string(infers)
        for place, name, before, _ in usual:
            if before is None:  # inherited
                delattr(place, name)
            else:
                setattr(place, name, before)

    return undo
