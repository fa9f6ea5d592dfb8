"""Bad input of the tools: status 2, one line, nothing written."""

from __future__ import annotations

import os
import sys

import pytest

from tools import import_graph, keras_signatures, local_cluster, private_imports, symbols
from tools.command_line import one_line
from tools.faults import __main__ as faults
from tools.libraries import __main__ as libraries

_TOOLS = {
    'import_graph': import_graph,
    'keras_signatures': keras_signatures,
    'local_cluster': local_cluster,
    'private_imports': private_imports,
    'symbols': symbols,
    'faults': faults,
    'libraries': libraries,
}
_CASES = [
    *(
        (tool, ['--nothing'], '--nothing is no argument')
        for tool in sorted({*_TOOLS} - {'libraries', 'local_cluster'} - {'private_imports'})
    ),
    *((tool, ['extra'], 'extra is no argument') for tool in ('import_graph', 'keras_signatures', 'symbols', 'faults')),
    ('import_graph', ['--root=NONE'], '--root: NONE is no folder.'),
    ('import_graph', ['--root=PIPE'], '--root: PIPE is no folder.'),
    ('import_graph', ['--picture=FOLDER'], '--picture: FOLDER is no regular file: name a file to write.'),
    ('import_graph', ['--picture=PIPE'], '--picture: PIPE is no regular file'),
    ('import_graph', ['--picture=NONE/a.png'], '--picture: NONE is no folder that can be written to'),
    ('symbols', ['--page=FOLDER'], '--page: FOLDER is no regular file'),
    ('symbols', ['--page=/dev/full'], '--page: /dev/full is no regular file'),
    ('symbols', ['--page=FILE/page.md'], '--page: FILE is no folder that can be written to'),
    ('symbols', ['--page'], '--page lacks its value.'),
    ('private_imports', [], 'repositories is missing.'),
    ('private_imports', ['NONE'], 'repositories: NONE is no folder.'),
    ('private_imports', ['FILE'], 'repositories: FILE is no folder.'),
    ('local_cluster', [], 'log_dir, command is missing.'),
    ('local_cluster', ['LOGS'], 'command is missing.'),
    ('local_cluster', ['--ps=-1', 'LOGS', 'true'], '--ps: it must be at least 0, got -1.'),
    ('local_cluster', ['--workers=x', 'LOGS', 'true'], '--workers=x must be a number.'),
    ('local_cluster', ['--timeout_secs=nan', 'LOGS', 'true'], '--timeout_secs: it must be at least 0, got nan.'),
    ('local_cluster', ['FILE', 'true'], 'log_dir FILE is no folder: choose another.'),
    ('local_cluster', ['PIPE', 'true'], 'log_dir PIPE is no folder: choose another.'),
    ('local_cluster', ['LOGS', 'no-such-program'], 'no-such-program is no program that can be run.'),
    ('faults', ['--kills=-1'], '--kills: it must be at least 0, got -1.'),
    ('faults', ['--mutations=some'], '--mutations=some must be a number.'),
    ('faults', ['--seconds=soon'], '--seconds=soon must be a number.'),
    ('faults', ['--seed=-3'], '--seed: it must be at least 0, got -3.'),
    ('faults', ['--systems=resnet'], '--systems must be some of linear, ocr_cnn, got resnet.'),
    ('libraries', ['resnet'], 'resnet: there are jobs for '),
    ('symbols', ['a\x1b[2J'], r'a\x1b[2J is no argument of this command.'),
]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A working folder with what is no regular file."""
    monkeypatch.chdir(tmp_path)
    os.mkfifo('PIPE')
    os.mkdir('FOLDER')
    (tmp_path / 'FILE').write_text('text')
    return tmp_path


@pytest.mark.parametrize(('tool', 'words', 'text'), _CASES)
def test_bad_input_of_a_tool_is_one_line_with_status_2(folder, capsys, monkeypatch, tool, words, text):
    monkeypatch.setattr(sys, 'argv', [tool, *words])
    main = _TOOLS[tool].main
    with pytest.raises(SystemExit) as end:
        main(words) if tool in ('faults', 'libraries', 'local_cluster') else main()
    captured = capsys.readouterr()
    assert (end.value.code, captured.out) == (2, '')
    assert captured.err.startswith(f'tools.{tool}: ')
    assert text in captured.err
    assert captured.err.count('\n') == 1
    assert sorted(os.listdir(folder)) == ['FILE', 'FOLDER', 'PIPE']


def test_one_line_escapes_what_would_command_a_terminal():
    assert one_line(' a\x1b[2J\n b\u202e') == r'a\x1b[2J b\u202e'
