"""The migration guide: TF 1.x forms in one process, Keras 3 forms in another that asserts equal numbers."""

from __future__ import annotations

import re

import pytest

# Sections that the guide owes its reader.
_IDIOMS = [
    'Placeholders, feed_dict, sessions',
    'Variables, names and scopes',
    'Layers',
    'Saving and restoring',
    'The global step',
    'Summaries',
    'Estimators',
    'Input functions',
    'Hooks',
    'train_and_evaluate',
    'Optimisers',
    'Cross-entropy',
    'Dropout and training flags',
    'Batch normalisation',
    'Control dependencies',
    'Metrics',
    'tf.contrib',
    'Flags and app.run',
    'Exported graphs',
    'Random seeds',
]


@pytest.fixture(scope='module')
def reports(pages, run_blocks, tmp_path_factory):
    """What came of the blocks of each kind; those of Keras 3 read the files of the others."""
    folder = tmp_path_factory.mktemp('migration')
    return {kind: run_blocks(pages / 'migration.md', kind, folder) for kind in ('tf1', 'keras')}


def _errors(report):
    return [f'docs/migration.md:{block["line"]}: {block["error"]}' for block in report if block['error']]


def test_every_tf_1_form_runs(reports):
    assert not _errors(reports['tf1'])


def test_every_keras_form_runs_and_finds_the_same_numbers(reports):
    assert not _errors(reports['keras'])


def test_each_idiom_has_both_forms(reports):
    forms = {kind: {block['section'] for block in report} for kind, report in reports.items()}
    assert forms['tf1'] == forms['keras']
    assert forms['tf1'].issuperset(_IDIOMS)


def test_each_idiom_says_how_its_checkpoint_moves(pages):
    text = (pages / 'migration.md').read_text()
    sections = dict(re.findall(r'^## (.*)\n((?:(?!## ).*\n)*)', text, re.MULTILINE))
    assert list(sections) == _IDIOMS
    assert [name for name, body in sections.items() if 'Checkpoint: ' not in body] == []


def test_every_python_block_is_run(blocks, pages):
    infos = {block.info for block in blocks.parse((pages / 'migration.md').read_text())}
    assert infos == {'python tf1', 'python keras'}


def test_blocks_know_section_line_and_what_follows_the_fence(blocks):
    page = '# A\n\n```python tf1\n# no heading\nx = 1\n```\n## B\n```\nplain\n```\n'
    assert blocks.parse(page) == [('A', 'python tf1', 4, '# no heading\nx = 1\n'), ('B', '', 9, 'plain\n')]


def test_an_error_names_the_line_of_the_page_and_stops_its_section_alone(blocks, tmp_path):
    page = tmp_path / 'page.md'
    page.write_text(
        '# A\n```python keras\nx = 1\n```\n'
        '# B\n```python keras\ny = 2\n\nassert x == y\n```\n```python keras\nz = 3\n```\n'
        '# C\n```python keras\nassert x == 1 and "y" not in dir()\n```\n'
    )
    first, second, third, fourth = blocks.run(str(page), 'keras')
    assert first == {'section': 'A', 'line': 3, 'error': None}
    assert f'"{page}", line 9' in second['error']
    assert 'AssertionError' in second['error']
    assert third['error'] == 'not run: an earlier block of its section failed'
    assert fourth == {'section': 'C', 'line': 16, 'error': None}
