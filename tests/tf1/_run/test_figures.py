from __future__ import annotations

import sys

import matplotlib
import matplotlib.pyplot as plt
import pytest

from tf1._backports.notices import Notices
from tf1._run.figures import Figures, folder, no_screen


@pytest.fixture
def figures(tmp_path):
    before = matplotlib.get_backend()
    figures = Figures(str(tmp_path / 'out'), Notices('tf1.run'))
    figures.take_over()
    yield figures
    matplotlib.use(before)


def test_show_saves_what_is_open_and_closes_it(figures, tmp_path, capsys):
    plt.figure().gca().plot([1, 2])
    plt.figure().gca().plot([3, 4])
    plt.figure()  # an empty one is not worth a file
    plt.show()
    assert plt.get_fignums() == []
    plt.plot([5])
    plt.show()
    assert sorted(path.name for path in (tmp_path / 'out').iterdir()) == [
        'figure_1.png',
        'figure_2.png',
        'figure_3.png',
    ]
    assert (tmp_path / 'out' / 'figure_1.png').read_bytes()[:8] == b'\x89PNG\r\n\x1a\n'
    assert capsys.readouterr().err.splitlines() == [
        f'tf1.run: figure saved as {tmp_path}/out/figure_{number}.png' for number in (1, 2, 3)
    ]


def test_a_look_at_a_figure_that_changes_saves_nothing(figures, tmp_path):
    plt.plot([1])
    plt.pause(0.001)
    plt.show(block=False)
    assert len(plt.get_fignums()) == 1
    assert not (tmp_path / 'out').exists()
    plt.close('all')


def test_without_pyplot_there_is_nothing_to_save(figures, monkeypatch, tmp_path):
    monkeypatch.delitem(sys.modules, 'matplotlib.pyplot')
    figures.save_open()
    assert not (tmp_path / 'out').exists()


@pytest.mark.parametrize(
    ('variables', 'platform', 'none'),
    [
        ({}, 'linux', True),
        ({'DISPLAY': ':0'}, 'linux', False),
        ({'WAYLAND_DISPLAY': 'wayland-0'}, 'linux', False),
        ({'MPLBACKEND': 'pdf'}, 'linux', False),
        ({}, 'darwin', False),
    ],
)
def test_a_screen_or_a_chosen_backend_is_respected(monkeypatch, variables, platform, none):
    for name in ('DISPLAY', 'WAYLAND_DISPLAY', 'MPLBACKEND'):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, 'platform', platform)
    assert no_screen() is none


def test_the_folder_is_named_for_the_program():
    assert folder('notebooks/train.ipynb') == 'train_figures'
