from __future__ import annotations

import json

import pytest

from tf1._check import sources
from tf1._run.execution import NotAProgram


def write(folder, *names):
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text('import tensorflow\n')


def test_programs_of_a_folder_are_found_in_the_order_of_names_without_what_is_not_its_own(tmp_path):
    write(tmp_path, 'b.py', 'a.py', 'sub/c.pyw', 'notes.txt', '.git/x.py', '__pycache__/x.py', 'venv/x.py')
    write(tmp_path, 'mine/pyvenv.cfg', 'mine/lib/x.py', 'sub/.ipynb_checkpoints/x.ipynb', 'sub/d.ipynb')
    found = [path.removeprefix(f'{tmp_path}/') for path in sources.find([str(tmp_path)])]
    assert found == ['a.py', 'b.py', 'sub/c.pyw', 'sub/d.ipynb']
    assert list(sources.find([f'{tmp_path}/venv/x.py'])) == [f'{tmp_path}/venv/x.py']


@pytest.mark.parametrize(
    ('name', 'text'), [('no.py', 'does not exist: name a Python file'), ('notes.txt', 'is not a program: name a .py')]
)
def test_a_path_that_is_no_program_is_refused(tmp_path, name, text):
    write(tmp_path, 'notes.txt')
    with pytest.raises(NotAProgram, match=rf'{name} {text}'):
        list(sources.find([str(tmp_path / name)]))


def test_uses_of_a_notebook_are_in_its_cells_and_lines_of_ipython_count(tmp_path):
    cells = [['%matplotlib inline\n', 'import tensorflow as tf'], ['!ls\n', '\n', 'tf.nn']]
    code = [{'cell_type': 'code', 'source': source} for source in cells]
    path = tmp_path / 'n.ipynb'
    path.write_text(
        json.dumps({'cells': [code[0], {'cell_type': 'markdown', 'source': '# x'}, code[1]], 'metadata': {}})
    )
    uses = sources.uses(str(path))
    assert [(sorted(use.names), use.place.cell, use.place.line) for use in uses] == [
        (['tensorflow'], 1, 2),
        (['tensorflow.nn'], 2, 3),
    ]


def test_python_2_is_told_with_its_line_and_the_remedy(tmp_path):
    path = tmp_path / 'old.py'
    path.write_text('import tensorflow\nprint "x"\n')
    with pytest.raises(sources.Unreadable, match=r'does not parse as Python 3 \(line 2: .*2to3 -w -n .*old\.py'):
        sources.uses(str(path))


@pytest.mark.parametrize(
    ('name', 'content', 'text'),
    [
        ('n.ipynb', b'{', r'n\.ipynb is not a notebook'),
        ('n.ipynb', b'{"cells": [{"cell_type": "code", "source": "print 1"}], "metadata": {}}', r'\(cell 1, line 1: '),
        ('z.py', b'x = 1\0', r'z\.py does not parse as Python 3 \(line 1: '),
        ('l.py', b'x = "\xe9"', r'l\.py does not parse as Python 3 \(line 1: '),
        ('d.py', b'x = ' + b'-' * 100000 + b'1', r'd\.py '),
    ],
    ids=['no_json', 'old_cell', 'zero_byte', 'latin', 'deep'],
)
def test_what_cannot_be_read_is_told(tmp_path, name, content, text):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(sources.Unreadable, match=text):
        sources.uses(str(tmp_path / name))


def test_an_invalid_escape_of_the_program_is_no_warning_of_ours(tmp_path):
    (tmp_path / 'e.py').write_text("import os\nx = '\\d'\n")
    assert len(sources.uses(str(tmp_path / 'e.py'))) == 1


def test_generated_code_of_many_branches_is_read_and_a_name_stands_for_few(tmp_path):
    # Python compiles so many `elif`; a name that each of them binds stands for nothing that could be told.
    lines = ['import tensorflow as tf', 'if x == 0:', '    m = tf.a0']
    for n in range(1, 1500):
        lines += [f'elif x == {n}:', f'    m = tf.a{n}', '    m.f()']
    (tmp_path / 'g.py').write_text('\n'.join(lines))
    uses = sources.uses(str(tmp_path / 'g.py'))
    assert max(len(use.names) for use in uses) == 16
    assert {f'tensorflow.a{n}' for n in range(1500)} <= {name for use in uses for name in use.names}


def test_long_chains_of_calls_are_read(tmp_path):
    (tmp_path / 'c.py').write_text('import tensorflow as tf\nx = (tf.nn' + ".f('a')\n" * 900 + ')\n')
    (first, *uses) = sources.uses(str(tmp_path / 'c.py'))
    assert [sorted(use.names) for use in uses] == [['tensorflow.nn.f']]
