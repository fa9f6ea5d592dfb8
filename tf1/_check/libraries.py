"""The installed libraries of the TF 1 era that programs import, and whether they run here."""

from __future__ import annotations

import collections
import importlib.machinery
import importlib.metadata
import os
import sys
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from tf1._backports import libraries, library_source
from tf1._check import progress
from tf1._check.report import Report, check
from tf1._check.resolver import Resolver, State

# Distribution -> version whose main job runs, installed by pip; docs/libraries.md has the jobs.
RUNS = {
    'bert-tensorflow': '1.0.4',
    'cleverhans': '3.0.1',
    'deepctr': '0.7.5',
    'dm-sonnet': '1.36',
    'foolbox': '1.8.0',
    'gpflow': '1.5.1',
    'gpt-2-simple': '0.8.1',
    'graph-nets': '1.0.4',
    'keras-tcn': '2.8.3',
    'mtcnn': '0.0.9',
    'stable-baselines': '2.10.2',
    'tensorflow-gan': '2.0.0',
    'tensorflow-hub': '0.12.0',
    'tensorflow-model-optimization': '0.1.3',
    'tensorflow-privacy': '0.2.2',
    'tensorflow-probability': '0.8.0',
    'tensorforce': '0.4.3',
    'textgenrnn': '1.5.0',
    'tf-slim': '1.1.0',
    'tflearn': '0.5.0',
    'trfl': '1.1.0',
}
# Distribution -> version of which no more is known than that it is imported.
IMPORTED = {
    'ampligraph': '1.0.3',
    'baselines': '0.1.5',
    'keras-retinanet': '0.5.1',
    'keras-rl': '0.4.2',
    'keras-self-attention': '0.41.0',
    't3f': '1.1.0',
}
_MAX_NAMES = 8


class Library(NamedTuple):
    """What is known of an installed library.

    Args:
      package: what programs import.
      distribution: what pip installs.
      version: the installed one.
      state: 'runs', 'tried' in another version or without a job, or 'untried'.
      tried: the version that was tried; empty if none was.
      files: of its files, how many there are; 0 for one that runs, which is not looked through.
      resolve: of its files, how many have all their names under `tf1.run`.
      absent: the names that the others lack.
    """

    package: str
    distribution: str
    version: str
    state: str
    tried: str
    files: int = 0
    resolve: int = 0
    absent: tuple[str, ...] = ()


def find(reports: Iterable[Report], resolver: Resolver) -> list[Library]:
    """Returns the installed TF 1 libraries that the programs import, and those that these import, by name."""
    reports = list(reports)
    own = {name for report in reports for name in _beside(report.path)}
    waiting = sorted({name for report in reports for name in report.imports} - own)
    found: dict[str, Library] = {}
    seen = set(waiting)
    distributions = importlib.metadata.packages_distributions() if waiting else {}
    while waiting:
        package = waiting.pop()
        place = _place(package)
        if place is None:
            continue
        distribution = distributions.get(package, [package])[0]
        if not _is_known(distribution) and not libraries.is_for_tf1(package, place):
            continue
        found[package], imports = _examined(package, distribution, place, resolver)
        waiting += sorted(imports - seen)
        seen |= imports
    return [found[package] for package in sorted(found)]


def _beside(path: str) -> Iterator[str]:
    """Yields the modules that stand in the folder of a program: it imports those, whatever is installed."""
    for name in os.listdir(os.path.dirname(path) or '.'):
        yield name.removesuffix('.py')


def _place(package: str) -> str | None:
    """Returns the folder, or the single file, of an installed package."""
    entries = [entry for entry in sys.path if os.path.basename(entry) in libraries.FOLDERS]
    spec = importlib.machinery.PathFinder.find_spec(package, entries)
    if spec is None or spec.origin is None or not spec.origin.endswith('.py'):
        return None
    return os.path.dirname(spec.origin) if spec.submodule_search_locations else spec.origin


def _is_known(distribution: str) -> bool:
    return distribution in RUNS or distribution in IMPORTED


def _examined(package: str, distribution: str, place: str, resolver: Resolver) -> tuple[Library, set[str]]:
    """Returns what is known of a library, and what it imports if that had to be looked at."""
    try:
        version = importlib.metadata.version(distribution)
    except importlib.metadata.PackageNotFoundError:
        version = ''
    tried = RUNS.get(distribution) or IMPORTED.get(distribution, '')
    if version and version == RUNS.get(distribution):
        return Library(package, distribution, version, 'runs', tried), set()
    reports = [check(path, resolver) for path in progress.told(list(library_source.files(place)))]
    absent = dict.fromkeys(finding.answer.name for report in reports for finding in report.counts(State.ABSENT))
    library = Library(
        package,
        distribution,
        version,
        'tried' if tried else 'untried',
        tried,
        len(reports),
        sum(report.resolves() for report in reports),
        tuple(absent),
    )
    return library, {name for report in reports for name in report.imports}


def as_text(library: Library) -> str:
    """Returns a line about a library."""
    what = f'{library.package} ({f"{library.distribution} {library.version}".strip()}): a TF 1 library'
    if library.state == 'runs':
        return f'{what} that runs.'
    if library.tried and library.version == library.tried:
        tried = 'tried, but only its import'
    elif library.distribution in RUNS:
        tried = f'untried in this version; {library.tried} runs'
    elif library.tried:
        tried = f'untried in this version; of {library.tried} the import was tried'
    else:
        tried = 'untried'
    text = f'{what}, {tried}. {library.resolve} of its {library.files} files resolve under tf1.run'
    names = ', '.join(library.absent[:_MAX_NAMES])
    more = len(library.absent) - _MAX_NAMES
    return text + (f'; absent: {names}' if names else '') + (f' and {more} more' if more > 0 else '') + '.'


def summary(found: list[Library]) -> str:
    """Returns how many libraries run, in a line."""
    counts = collections.Counter(library.state for library in found)
    runs, tried, untried = (counts[state] for state in ('runs', 'tried', 'untried'))
    return f'TF 1 libraries: {len(found)}; {runs} run, {tried} tried in part, {untried} untried.'


def as_json(library: Library) -> dict[str, Any]:
    """Returns the same as JSON has it."""
    return {**library._asdict(), 'absent': list(library.absent)}
