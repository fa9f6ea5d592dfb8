from __future__ import annotations

import matplotlib
import matplotlib.pyplot as plt
import pytest


def test_styles_of_seaborn_have_their_old_names(installed, capsys):
    import matplotlib.pyplot as plt

    with matplotlib.rc_context():
        plt.style.use('seaborn-whitegrid')
        assert plt.rcParams['axes.grid'] is True
        plt.style.use(['seaborn', 'classic'])
        with plt.style.context('seaborn-darkgrid'):
            assert plt.rcParams['axes.facecolor'] == '#EAEAF2'
    assert capsys.readouterr().err.splitlines() == [
        "tf1: The style 'seaborn-whitegrid' is gone; 'seaborn-v0_8-whitegrid' stands in for it.",
        "tf1: The style 'seaborn' is gone; 'seaborn-v0_8' stands in for it.",
        "tf1: The style 'seaborn-darkgrid' is gone; 'seaborn-v0_8-darkgrid' stands in for it.",
    ]


def test_a_style_that_never_was_is_refused_as_ever(installed):
    import matplotlib.pyplot as plt

    with pytest.raises(OSError, match='seaborn-nope'):
        plt.style.use('seaborn-nope')


def test_hold_and_get_cmap_are_back(installed):
    import matplotlib.pyplot as again  # noqa: F401

    assert plt.hold(True) is None
    assert plt.ishold() is True
    assert plt.cm.get_cmap('viridis').name == 'viridis'


@pytest.mark.parametrize('name', ['pgf.preamble', 'text.latex.preamble'])
def test_preambles_may_be_lists_of_lines(name, installed, capsys):
    import matplotlib as theirs

    lines = [r'\usepackage[utf8x]{inputenc}', r'\usepackage[T1]{fontenc}']
    with theirs.rc_context():
        theirs.rcParams.update({name: lines})
        assert theirs.rcParams[name] == '\n'.join(lines)
        assert f'A list for {name} is gone; its lines, joined, stand in for it.' in capsys.readouterr().err
        installed.remove()
        with pytest.raises(ValueError, match=name):
            theirs.rcParams.update({name: lines})
