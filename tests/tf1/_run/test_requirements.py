from __future__ import annotations

import pytest

from tf1 import run
from tf1._run import requirements

_FILE = """
tensorflow-gpu==1.15  # the pin
Keras==2.3.1
numpy==1.16.4
gpflow == 1.5.1
scikit_learn>=0.20,<0.22
dm-sonnet==1.36; python_version < '3.8'
-r other.txt
"""


def test_pins_are_dropped_and_libraries_of_tf1_installed_alone():
    found, dropped = requirements.commands(_FILE.splitlines())
    assert found == [
        ['install', 'numpy', 'scikit_learn'],
        ['install', '--no-deps', 'gpflow==1.5.1', 'dm-sonnet==1.36'],
    ]
    assert dropped == ['tensorflow-gpu==1.15', 'Keras==2.3.1']


def test_the_command_prints_them(tmp_path, capsys):
    (tmp_path / 'requirements.txt').write_text(_FILE)
    with pytest.raises(SystemExit) as ended:
        run.main(['--requirements', str(tmp_path / 'requirements.txt')])
    assert ended.value.code == 0
    assert capsys.readouterr().out.splitlines() == [
        '# left out, tf1 stands for them: tensorflow-gpu==1.15, Keras==2.3.1',
        'pip install numpy scikit_learn',
        'pip install --no-deps gpflow==1.5.1 dm-sonnet==1.36',
    ]


@pytest.mark.parametrize('words', [[], ['a', 'b'], ['{folder}/nope.txt']])
def test_it_needs_a_file(words, tmp_path, capsys):
    with pytest.raises(SystemExit) as ended:
        run.main(['--requirements', *(word.format(folder=tmp_path) for word in words)])
    assert ended.value.code == 2
    assert 'requirements' in capsys.readouterr().err
