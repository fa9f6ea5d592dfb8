"""Mapping files and regular expressions."""

from __future__ import annotations

import pytest

from tf1._checkpoint.errors import CheckpointError
from tf1._checkpoint.mapping import read_mapping, substitute


@pytest.mark.parametrize(
    ('name', 'content'),
    [
        ('m.json', '{"a/w": "b/w", "c": "d"}'),
        ('m.txt', '# names\na/w b/w\n\nc\td\n'),
        ('m.csv', 'old,new\na/w,b/w\n"c", "d"\nc,d\n'),
    ],
)
def test_every_form_of_a_mapping_is_read(tmp_path, name, content):
    (tmp_path / name).write_text(content)
    assert read_mapping(str(tmp_path / name)) == {'a/w': 'b/w', 'c': 'd'}


@pytest.mark.parametrize(
    ('name', 'content', 'text'),
    [
        ('m.txt', 'a b\nc d e\n', r"has no pair in line 2, 'c d e': write `old new`\."),
        ('m.csv', 'a,\n', "has no pair in line 1, 'a,'"),
        ('m.txt', 'a b\na c\n', "maps 'a' twice, to 'b' and to 'c': keep one of them"),
        ('m.json', '{"a": "b", "a": "c"}', "maps 'a' twice, to 'b' and to 'c'"),
        ('m.json', '{"a": 1}', 'must be one JSON object of strings'),
        ('m.json', '["a"]', 'must be one JSON object of strings'),
        ('m.json', '{', 'is not JSON'),
        ('m.txt', '# nothing\n', 'holds no names: write a line'),
    ],
)
def test_a_malformed_mapping_is_named(tmp_path, name, content, text):
    (tmp_path / name).write_text(content)
    with pytest.raises(CheckpointError, match=f'the mapping .*{name} {text}'):
        read_mapping(str(tmp_path / name))


def test_a_mapping_that_cannot_be_read_is_named(tmp_path):
    (tmp_path / 'm.txt').write_bytes(b'\xff\xfe')
    with pytest.raises(CheckpointError, match=r'm.txt cannot be read \(it is no text in UTF-8\)'):
        read_mapping(str(tmp_path / 'm.txt'))
    with pytest.raises(CheckpointError, match=r'none.txt cannot be read \(No such file or directory\)'):
        read_mapping(str(tmp_path / 'none.txt'))


def test_rules_apply_one_after_the_other():
    names = ['dense/kernel', 'dense_1/kernel', 'step']
    rules = [(r'^dense(_\d+)?/', r'net/dense\1/'), ('kernel$', 'w')]
    assert substitute(names, rules) == {'dense/kernel': 'net/dense/w', 'dense_1/kernel': 'net/dense_1/w'}


@pytest.mark.parametrize(
    ('rule', 'text'),
    [
        (('bias', 'b'), "the pattern 'bias' is found in no name"),
        (('(', 'b'), r"the pattern '\(' with replacement 'b' is malformed: missing \)"),
        (('k', r'\1'), r"the pattern 'k' with replacement '\\\\1' is malformed: invalid group reference 1"),
    ],
)
def test_a_rule_that_cannot_be_followed_is_named(rule, text):
    with pytest.raises(CheckpointError, match=text):
        substitute(['kernel'], [rule])
