"""Attributes that only the program finds."""

from __future__ import annotations

import types

import pytest

from tf1 import _restored_attributes


class Table:
    rows = 3


@pytest.mark.parametrize('owned', [True, False])
def test_only_the_program_finds_what_is_lent_and_each_use_is_noted(owned):
    said = []
    program, notes = types.SimpleNamespace(owns=lambda names: owned), types.SimpleNamespace(say=said.append)
    lent = _restored_attributes.Lent('size', lambda table: 2 * table.rows, '{kind}.size is gone.', program, notes)
    undo = _restored_attributes.lend({(Table, 'size'): lent})
    if owned:
        assert Table().size == 6
    else:
        with pytest.raises(AttributeError, match="^'Table' object has no attribute 'size'$"):
            Table().size  # noqa: B018
    assert said == (['Table.size is gone.'] if owned else [])
    # The class itself has none, so that libraries which look there see what is installed.
    assert not hasattr(Table, 'size')
    undo()
    assert 'size' not in vars(Table)
