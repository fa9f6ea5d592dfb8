from __future__ import annotations

import json

import pytest

from tf1._run.execution import NotAProgram
from tf1._run.notebook import cells


def write(path, notebook):
    path.write_text(notebook if isinstance(notebook, str) else json.dumps(notebook))
    return str(path)


def code(source):
    return {'cell_type': 'code', 'source': source}


def test_code_cells_are_read_in_order(tmp_path):
    notebook = {
        'nbformat': 4,
        'metadata': {'kernelspec': {'language': 'python'}},
        'cells': [code(['a = 1\n', 'a']), {'cell_type': 'markdown', 'source': '# Title'}, code('b = 2')],
    }
    assert cells(write(tmp_path / 'n.ipynb', notebook)) == ['a = 1\na', 'b = 2']


def test_format_3_is_read(tmp_path):
    sheets = [
        {'cells': [{'cell_type': 'code', 'input': 'a = 1'}]},
        {'cells': [{'cell_type': 'heading', 'source': 'x'}]},
    ]
    assert cells(write(tmp_path / 'n.ipynb', {'nbformat': 3, 'worksheets': sheets})) == ['a = 1']


@pytest.mark.parametrize(
    ('notebook', 'text'),
    [
        ('{"cells": [', 'is not a notebook: no JSON (Expecting value'),
        ('[1]', 'is not a notebook: expected the cells of nbformat 3 or 4 (TypeError'),
        ({'nbformat': 4}, "is not a notebook: expected the cells of nbformat 3 or 4 (KeyError: 'cells')."),
        (
            {'cells': [{'cell_type': 'code'}]},
            "is not a notebook: expected the cells of nbformat 3 or 4 (KeyError: 'inp",
        ),
        ({'cells': [code(3)]}, 'is not a notebook: expected the cells of nbformat 3 or 4 (TypeError'),
        (
            {'cells': [], 'metadata': {'language_info': {'name': 'R'}}},
            'is a notebook in R: only Python can be run.',
        ),
    ],
)
def test_what_is_no_notebook_is_refused(tmp_path, notebook, text):
    path = write(tmp_path / 'n.ipynb', notebook)
    with pytest.raises(NotAProgram) as caught:
        cells(path)
    assert str(caught.value).startswith(f'{path} {text}')


def test_a_missing_notebook_is_refused(tmp_path):
    path = str(tmp_path / 'none.ipynb')
    with pytest.raises(NotAProgram) as caught:
        cells(path)
    assert str(caught.value) == f'{path} cannot be read (No such file or directory): name a Python file or a notebook.'
