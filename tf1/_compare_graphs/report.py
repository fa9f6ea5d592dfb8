"""Differences of graphs as text and as JSON."""

from __future__ import annotations

from typing import Any

from tf1._compare_graphs.differences import NodeDifference

__all__ = ['as_json', 'as_text', 'summary']


def as_text(found: list[NodeDifference]) -> list[str]:
    """Returns the lines for people: '-' for a node of A alone, '+' of B alone, '!' for each property that differs."""
    lines = []
    for difference in found:
        if difference.where == 'both':
            lines += [f'! {difference.name}: {change.what} {change.a} -> {change.b}' for change in difference.changes]
        else:
            lines.append(f'{"-" if difference.where == "A" else "+"} {difference.name} ({difference.op})')
    return lines


def as_json(found: list[NodeDifference]) -> list[dict[str, Any]]:
    """Returns the differences as plain data."""
    return [
        {
            'name': difference.name,
            'op': difference.op,
            'where': difference.where,
            'changes': [{'what': change.what, 'a': change.a, 'b': change.b} for change in difference.changes],
        }
        for difference in found
    ]


def summary(found: list[NodeDifference]) -> dict[str, int]:
    """Returns how many nodes only A has, only B has, and how many differ."""
    where = [difference.where for difference in found]
    return {'only_in_a': where.count('A'), 'only_in_b': where.count('B'), 'differ': where.count('both')}
