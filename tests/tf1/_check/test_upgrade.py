from __future__ import annotations

import subprocess

import pytest

from tf1._check import upgrade
from tf1._run.execution import NotAProgram


def test_a_folder_is_refused_unless_it_is_new_or_empty(tmp_path):
    upgrade.refuse_used(str(tmp_path / 'new'))
    upgrade.refuse_used(str(tmp_path))
    (tmp_path / 'file').write_text('mine')
    for used in (tmp_path, tmp_path / 'file'):
        with pytest.raises(NotAProgram, match='exists already: name a new or an empty folder'):
            upgrade.refuse_used(str(used))


def test_a_failed_conversion_leaves_nothing_behind(tmp_path, monkeypatch):
    (tmp_path / 'a.py').write_text('x = 1\n')
    failed = subprocess.CompletedProcess([], 1, stdout='started\nran out\n', stderr='')
    monkeypatch.setattr(subprocess, 'run', lambda *args, **kwargs: failed)
    with pytest.raises(NotAProgram, match=r'^tf_upgrade_v2 failed with status 1 \(ran out\)\.$'):
        upgrade.upgrade([str(tmp_path / 'a.py')], str(tmp_path / 'new'))
    assert sorted(path.name for path in tmp_path.iterdir()) == ['a.py']


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / 'a.py').write_text('x = 1\n')
    with pytest.raises(NotAProgram, match=r'^--upgrade=.*a\.py/new cannot be written \('):
        upgrade.upgrade([str(tmp_path / 'a.py')], str(tmp_path / 'a.py' / 'new'))
