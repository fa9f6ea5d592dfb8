"""What a check finds in one program, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from tf1._check import sources
from tf1._check.name_usage import Place, Use
from tf1._check.resolver import Answer, Resolver, State

_SHOWN = (State.ABSENT, State.TF1, State.COMPAT, State.BACKPORTED)
_BEST_FIRST = (State.PLAIN, State.COMPAT, State.TF1, State.BACKPORTED, State.ABSENT)
_TITLES = {
    State.ABSENT: 'absent',
    State.TF1: 'needs tf1',
    State.COMPAT: 'needs tf1, or tf_upgrade_v2',
    State.BACKPORTED: 'backported by tf1.run',
}
_MAX_PLACES = 8
UPGRADE = 'tf_upgrade_v2 would be enough for its names, with tf.compat.v1.disable_v2_behavior() at its start.'


class Finding(NamedTuple):
    """A name, what it takes, and where it is used.

    Args:
      answer: what it takes.
      places: all lines on which it stands.
      guarded: whether the program handles everywhere that it is absent.
      direct: whether it is written everywhere as attributes of the top-level package.
    """

    answer: Answer
    places: tuple[Place, ...]
    guarded: bool
    direct: bool


class Report(NamedTuple):
    """What was found in a program.

    Args:
      path: its file.
      findings: a finding for each name, in the order of first use.
      error: why it could not be read; empty if it could.
      imports: the top-level modules that it imports.
    """

    path: str
    findings: tuple[Finding, ...]
    error: str = ''
    imports: frozenset[str] = frozenset()

    def resolves(self) -> bool:
        """Returns whether all names that the program depends on are there under `tf1.run`."""
        return not self.error and not any(self.counts(State.ABSENT))

    def counts(self, state: State) -> list[Finding]:
        """Returns the findings in `state`, without those for which the program provides."""
        return [each for each in self.findings if each.answer.state is state and not each.guarded]

    def upgradable(self) -> bool:
        """Returns whether what `tf_upgrade_v2` renames is all that the program needs."""
        needs = [each for each in self.findings if each.answer.state is not State.PLAIN]
        return bool(needs) and all(each.answer.state is State.COMPAT and each.direct for each in needs)


def check(path: str, resolver: Resolver) -> Report:
    """Returns the report on the program `path`."""
    try:
        uses = sources.uses(path)
    except sources.Unreadable as error:
        return Report(path, (), str(error))
    found: dict[Answer, list[Use]] = {}
    for use in uses:
        answer = _best(use, resolver)
        if answer is not None:
            found.setdefault(answer, []).append(use)
    findings = tuple(_finding(answer, those) for answer, those in found.items())
    return Report(path, findings, imports=frozenset(name.partition('.')[0] for use in uses for name in use.names))


def _best(use: Use, resolver: Resolver) -> Answer | None:
    answers = [answer for answer in map(resolver.answer, sorted(use.names)) if answer is not None]
    return min(answers, key=lambda answer: _BEST_FIRST.index(answer.state), default=None)


def _finding(answer: Answer, uses: list[Use]) -> Finding:
    places = tuple(dict.fromkeys(use.place for use in uses))
    return Finding(answer, places, all(use.guarded for use in uses), all(use.direct for use in uses))


def is_plain(report: Report) -> bool:
    """Returns whether plain TensorFlow has all names of a program."""
    return not report.error and all(each.answer.state is State.PLAIN for each in report.findings)


def as_text(report: Report) -> Iterator[str]:
    """Yields lines about a program; none if it uses nothing that plain TensorFlow lacks."""
    if report.error:
        yield report.error
        return
    shown = [each for each in report.findings if each.answer.state in _SHOWN]
    if not shown:
        return
    yield f'{report.path}: ' + _headline(report)
    for state in _SHOWN:
        for each in shown:
            if each.answer.state is state:
                yield f'  {_TITLES[state]}: {each.answer.name} ({_places(each.places)}){_remark(each)}'
    if report.upgradable():
        yield f'  {UPGRADE}'


def _headline(report: Report) -> str:
    absent = len(report.counts(State.ABSENT))
    if absent:
        return f'{absent} name{"s" * (absent > 1)} absent under tf1.run, too'
    return 'all names resolve under tf1.run'


def _remark(finding: Finding) -> str:
    remark = f': {finding.answer.text}' if finding.answer.text else ''
    if finding.answer.state is State.ABSENT and finding.guarded:
        remark += ' The program catches the error.'
    return remark


def _places(places: tuple[Place, ...]) -> str:
    words: list[str] = []
    for cell in dict.fromkeys(place.cell for place in places[:_MAX_PLACES]):
        lines = [str(place.line) for place in places[:_MAX_PLACES] if place.cell == cell]
        words.append(f'cell {cell} ' * bool(cell) + f'line{"s" * (len(lines) > 1)} {", ".join(lines)}')
    more = len(places) - _MAX_PLACES
    return '; '.join(words) + (f' and {more} more' if more > 0 else '')


def as_json(report: Report) -> dict[str, Any]:
    """Returns a report as JSON has it, names of plain TensorFlow included."""
    return {
        'path': report.path,
        'resolves': report.resolves(),
        'upgradable': report.upgradable(),
        'error': report.error,
        'names': [
            {
                'name': each.answer.name,
                'state': each.answer.state.value,
                'text': each.answer.text,
                'caught': each.guarded,
                'places': [
                    {'line': place.line, **({'cell': place.cell} if place.cell else {})} for place in each.places
                ],
            }
            for each in report.findings
        ],
    }
