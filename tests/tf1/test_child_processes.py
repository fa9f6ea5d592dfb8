from __future__ import annotations

import multiprocessing.spawn
import sys

from tf1 import _child_processes


def test_what_a_child_gets_makes_it_a_program_and_tells_it_where_the_program_is():
    original = multiprocessing.spawn.get_preparation_data
    undo = _child_processes.prepare()
    try:
        data = multiprocessing.spawn.get_preparation_data('child')
    finally:
        undo()
    assert data.pop('tf1').__reduce__() == (_child_processes._arrive, (sys.path[0],))
    assert data.keys() == original('child').keys()
    assert multiprocessing.spawn.get_preparation_data is original
