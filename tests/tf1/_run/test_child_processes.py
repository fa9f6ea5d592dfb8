from __future__ import annotations

import multiprocessing.spawn

from tf1._run import child_processes, install


def test_what_a_child_gets_makes_it_a_program():
    original = multiprocessing.spawn.get_preparation_data
    undo = child_processes.prepare()
    try:
        data = multiprocessing.spawn.get_preparation_data('child')
    finally:
        undo()
    assert data.pop('tf1').__reduce__() == (install.install, ())
    assert data.keys() == original('child').keys()
    assert multiprocessing.spawn.get_preparation_data is original
