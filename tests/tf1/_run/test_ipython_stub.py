from __future__ import annotations

import sys

import matplotlib.figure
import pytest

from tf1._backports.notices import Notices
from tf1._backports.user_code import UserCode
from tf1._run.figures import Figures
from tf1._run.ipython_stub import IPython


@pytest.fixture
def ipython(tmp_path, monkeypatch):
    for name in ('IPython', 'IPython.display', 'IPython.core', 'IPython.core.display'):
        monkeypatch.setitem(sys.modules, name, None)
    notes = Notices('tf1.run')
    made = IPython(UserCode(), Figures(str(tmp_path), notes), notes)
    made.enter_modules()
    return made


def test_objects_are_displayed_as_text_and_figures_saved(ipython, tmp_path, capsys):
    from IPython.display import HTML, Image, display

    figure = matplotlib.figure.Figure()
    figure.gca().plot([1])
    display('text', [1], figure, HTML('<b>x</b>'), Image(filename='x.png'), Image(b'1234'))
    assert capsys.readouterr().out.splitlines() == [
        "'text'",
        '[1]',
        '<HTML <b>x</b>>',
        '<Image x.png>',
        '<Image 4 bytes>',
    ]
    assert (tmp_path / 'figure_1.png').exists()


def test_both_ways_to_import_display_work(ipython):
    from IPython import display
    from IPython.core.display import HTML
    from IPython.display import clear_output

    assert display.HTML is not None
    assert HTML.__name__ == 'HTML'
    assert clear_output(wait=True) is None
    with pytest.raises(AttributeError, match="^module 'IPython.display' has no attribute 'nope'$"):
        display.nope  # noqa: B018


def test_the_shell_skips_magics_with_a_note(ipython, capsys):
    from IPython import get_ipython

    shell = get_ipython()
    assert shell is ipython.names()['get_ipython']()
    shell.magic('matplotlib inline')
    shell.run_line_magic('load_ext', 'autoreload')
    shell.run_cell_magic('bash', '', 'ls')
    shell.system('ls')
    assert shell.getoutput('pwd') == []
    assert capsys.readouterr().err.splitlines() == [
        f'tf1.run: skipped {what}' for what in ('%matplotlib inline', '%load_ext autoreload', '%%bash', '!ls', '!pwd')
    ]


def test_for_libraries_there_is_no_shell(ipython):
    stranger = {'__name__': 'stranger', '__file__': '/x/site-packages/stranger.py'}
    exec('import IPython; found = IPython.get_ipython()', stranger)
    assert stranger['found'] is None
