"""README and the pages of docs/: their programs and commands run and print what stands there, their links lead on."""

from __future__ import annotations

import importlib.util
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess

import pytest

from tools import forked_python

_ROOT = pathlib.Path(__file__).parents[2]
_PAGES = [_ROOT / 'README.md', _ROOT / 'CONTRIBUTING.md', *sorted((_ROOT / 'docs').glob('*.md'))]
# Pages with tests of their own.
_TESTED_ELSEWHERE = {'migration', 'from-check-to-keras'}
_OTHERS_COMMANDS = ('cd', 'git', 'jupyter', 'kubectl', 'mypy', 'pip', 'python3', 'ruff', 'tensorboard')
_SCRIPTS = {'tf1-run': 'tf1.run', 'tf1-check': 'tf1.check', 'tf1-checkpoint': 'tf1.checkpoint'}
_NUMBER = re.compile(r'\d+(\.\d+)?(e[-+]?\d+)?')


def _shown(source):
    """Yields the command lines of a console block, each with the lines of output below it."""
    for part in re.split(r'^\$ ', source, flags=re.MULTILINE)[1:]:
        command, *output = part.splitlines()
        yield command, [line for line in output if line != '...']


@pytest.fixture(scope='module')
def found(blocks):
    """The blocks of each page, by its name."""
    return {path.stem: blocks.parse(path.read_text()) for path in _PAGES if path.stem not in _TESTED_ELSEWHERE}


@pytest.fixture(scope='module')
def consoles(found):
    """By page: each console block's commands with their output, and whether the page says that they fail."""
    pages = {
        name: [
            (command, output, block.info == 'console fails')
            for block in page
            if block.info.startswith('console')
            for command, output in _shown(block.source)
        ]
        for name, page in found.items()
    }
    return {name: commands for name, commands in pages.items() if commands}


@pytest.fixture(scope='module')
def reports(found, consoles, tmp_path_factory):
    """What the commands of all pages did, run in folders with the pages' own files."""
    folder = tmp_path_factory.mktemp('pages')
    for name in consoles:
        (folder / name).mkdir()
        for block in found[name]:
            kind, _, file = block.info.partition(' ')
            if kind in ('python', 'json') and '.' in file:
                (folder / name / file).write_text(block.source)
    # The page runs its program as a module, too.
    (folder / 'running' / 'package').mkdir()
    shutil.copy(folder / 'running' / 'train.py', folder / 'running' / 'package')
    return {name: [_run(folder / name, command) for command, _, _ in page] for name, page in consoles.items()}


def _run(folder, command):
    """Runs a command line, in which variables for its environment may come first."""
    words, variables = shlex.split(command), {'PYTHONPATH': str(_ROOT)}
    while '=' in words[0]:
        name, _, variables[name] = words.pop(0).partition('=')
    environment = {**os.environ, **variables}
    if words[0] in _SCRIPTS:
        words[:1] = ['python', '-m', _SCRIPTS[words[0]]]
    if words[0] == 'python':
        return forked_python.run(words[1:], cwd=folder, env=environment)
    return subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True)


def test_every_command_prints_what_its_page_shows(consoles, reports):
    for name, page in consoles.items():
        for (command, shown, fails), report in zip(page, reports[name], strict=True):
            printed = report.stdout + report.stderr
            assert bool(report.returncode) == fails, f'{name}: {command}: status {report.returncode}\n{printed}'
            lines = {_NUMBER.sub('#', line) for line in printed.splitlines()}
            missing = [line for line in shown if _NUMBER.sub('#', line) not in lines]
            assert not missing, f'{name}: {command}: {missing} is not in\n{printed}'


def test_every_python_block_runs(found, blocks, python, tmp_path):
    names = [name for name, page in found.items() if any(block.info == 'python tf1' for block in page)]
    program = 'import json, sys, blocks\nprint(json.dumps({page: blocks.run(page, "tf1") for page in sys.argv[1:]}))'
    (tmp_path / 'all.py').write_text(program)
    (tmp_path / 'blocks.py').write_text(pathlib.Path(blocks.__file__).read_text())
    done = python(tmp_path, 'all.py', *[path for path in _PAGES if path.stem in names])
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout.splitlines()[-1])
    assert [block for page in report.values() for block in page if block['error']] == []


def test_every_block_is_of_a_kind_that_is_tested(found):
    known = re.compile(r'python (tf1|keras)|(python|json) \S+|console( fails)?|sh|')
    for name, page in found.items():
        assert [block.info for block in page if not known.fullmatch(block.info)] == [], name


def test_every_shell_command_is_one(found):
    for name, page in found.items():
        for block in page:
            for line in block.source.splitlines() if block.info == 'sh' else ():
                for command in line.split(' && '):
                    words = shlex.split(command, comments=True)
                    assert not words or _is_command(words), f'{name}: {command}'


def _is_command(words):
    if words[:2] == ['python', '-m']:
        return words[2] in ('pytest', 'pip') or _has_flags(words[2], words[3:])
    if words[0].startswith('tf1-'):
        return _has_flags('tf1.' + words[0].removeprefix('tf1-').replace('-', '_'), words[1:])
    return words[0] in _OTHERS_COMMANDS or words[0] == '.'


def _has_flags(module, words):
    """Returns whether there is such a module, and each flag stands in its package's source."""
    spec = importlib.util.find_spec(module)
    if spec is None:
        return False
    if module == 'tf1.run':
        return True
    path = pathlib.Path(spec.origin)
    near = [path] if module.startswith(('tf1.', 'benchmarks.')) else [*path.parent.glob('*.py')]
    if module.startswith('flags.'):
        near = [*(_ROOT / 'flags').rglob('*.py'), _ROOT / 'tf1' / 'checkpoint.py']
    source = '\n'.join(file.read_text() for file in near)
    names = [match[1] for word in words if (match := re.match(r'--([a-z_0-9]+)', word))]
    return all(re.search(rf"['\"](--)?({name}|{name.removeprefix('no')})['\"]", source) for name in names)


@pytest.mark.parametrize('path', _PAGES, ids=lambda path: path.stem)
def test_every_link_leads_on(path):
    text = re.sub(r'^```.*?^```$', '', path.read_text(), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r'\]\(([^)\s]+)\)', text):
        if target.startswith('http'):
            continue
        file, _, anchor = target.partition('#')
        other = path.parent / file if file else path
        assert other.exists(), target
        titles = re.findall(r'^#+ (.*)$', other.read_text(), re.MULTILINE) if anchor else []
        anchors = [re.sub(r'[^\w\- ]', '', title.lower()).replace(' ', '-') for title in titles]
        assert not anchor or anchor in anchors, target


def test_the_readme_is_short():
    assert len((_ROOT / 'README.md').read_text().splitlines()) <= 120
