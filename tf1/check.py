"""Says which names of TF 1.x programs are there today, without running the programs.

    python -m tf1.check PATH... [--format=text|json] [--upgrade=FOLDER]

PATH is a Python file, a notebook or a folder of them. For each program it says which names only tf1 has, which
`python -m tf1.run` backports, which are absent and what to use instead, and whether TensorFlow's own `tf_upgrade_v2`
would be enough. Names are looked at, not the arguments of calls. TensorFlow is imported for that, the programs are not.
Of the installed TF 1 libraries that they import it says whether they run here, and of those that were not tried how
many files have all names.

Exit status: 0 if all names of the programs would resolve under `python -m tf1.run`, 1 if not, 2 if there is nothing to
check.
"""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any, NoReturn

from tf1._check import libraries, progress, sources, upgrade
from tf1._check.libraries import Library
from tf1._check.report import Report, as_json, as_text, check, is_plain
from tf1._check.resolver import Resolver
from tf1._checkpoint.terminal import one_line, printable
from tf1._run.execution import NotAProgram

_ABSENT, _USAGE_ERROR = 1, 2


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise NotAProgram(f'{message}: python -m tf1.check PATH... [--format=text|json] [--upgrade=FOLDER].')


def main(words: list[str]) -> int:
    """Checks what `words`, the command line without its first word, names; returns the exit status."""
    try:
        arguments = _parse(words)
        if arguments.upgrade is not None:
            upgrade.refuse_used(arguments.upgrade)
        resolver = Resolver()
        reports = _check(list(dict.fromkeys(sources.find(arguments.paths))), resolver)
        if not reports:
            raise NotAProgram(
                f'{", ".join(arguments.paths)}: no .py or .ipynb file there: name a folder with programs.'
            )
        upgraded = [] if arguments.upgrade is None else _upgraded(reports, arguments.upgrade, resolver)
    except NotAProgram as error:
        print(one_line(f'tf1.check: {error}'), file=sys.stderr, flush=True)
        return _USAGE_ERROR
    show = _show_json if arguments.format == 'json' else _show_text
    show(reports, libraries.find(reports, resolver), upgraded, arguments.upgrade)
    return 0 if all(report.resolves() for report in reports) else _ABSENT


def _parse(words: list[str]) -> argparse.Namespace:
    parser = _Parser(prog='tf1.check', description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('paths', metavar='PATH', nargs='+', help='a Python file, a notebook or a folder')
    parser.add_argument('--format', choices=('text', 'json'), default='text', help='how the result is printed')
    parser.add_argument('--upgrade', metavar='FOLDER', help='new folder for copies converted by tf_upgrade_v2')
    return parser.parse_args(words)


def _check(paths: list[str], resolver: Resolver) -> list[Report]:
    return [check(path, resolver) for path in progress.told(paths)]


def _upgraded(reports: list[Report], folder: str, resolver: Resolver) -> list[Report]:
    paths = [report.path for report in reports if not report.error]
    if not paths:
        raise NotAProgram('none of the programs can be read, so there is nothing to upgrade.')
    return _check(upgrade.upgrade(paths, folder), resolver)


def _show_text(reports: list[Report], found: list[Library], upgraded: list[Report], folder: str | None) -> None:
    for report in reports:
        for line in as_text(report):
            print(printable(line))
    for library in found:
        print(printable(libraries.as_text(library)))
    total = _summary(reports)
    print(
        f'{total["programs"]} programs: {total["resolve"]} resolve under tf1.run, {total["absent"]} do not'
        f' ({total["unreadable"]} of them cannot be read); tf_upgrade_v2 would be enough for {total["upgradable"]}.'
    )
    if found:
        print(libraries.summary(found))
    if upgraded:
        plain = sum(is_plain(report) for report in upgraded)
        print(
            f'tf_upgrade_v2 wrote {len(upgraded)} programs and {upgrade.REPORT} to {folder};'
            f' plain TensorFlow has all names of {plain} of them.'
        )


def _show_json(reports: list[Report], found: list[Library], upgraded: list[Report], folder: str | None) -> None:
    result: dict[str, Any] = {'programs': [as_json(report) for report in reports]}
    result['libraries'] = [libraries.as_json(library) for library in found]
    result['summary'] = _summary(reports)
    if upgraded:
        after = [{'path': report.path, 'plain': is_plain(report)} for report in upgraded]
        result['upgrade'] = {'folder': folder, 'report': upgrade.REPORT, 'programs': after}
    print(json.dumps(result, indent=1))


def _summary(reports: list[Report]) -> dict[str, int]:
    resolve = sum(report.resolves() for report in reports)
    return {
        'programs': len(reports),
        'resolve': resolve,
        'absent': len(reports) - resolve,
        'unreadable': sum(bool(report.error) for report in reports),
        'upgradable': sum(report.upgradable() for report in reports),
    }


def script() -> int:
    """The console script `tf1-check`."""
    return main(sys.argv[1:])


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
