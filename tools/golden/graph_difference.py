"""Says where the graphs that tf1 builds differ from TF 1.15.5's, call by call.

The calls and the graphs that TF 1.15.5 built for them are those of `tools.golden.graph_calls`. Two graphs are equal
when names, types, inputs and control inputs agree node for node, in order; AddV2 counts as Add and SelectV2 as Select,
for they compute the same.

    python -m tools.golden.graph_difference --area=nn,losses      each call of two areas, a summary, the roots
    python -m tools.golden.graph_difference --roots               all areas: the summary and the roots only
    python -m tools.golden.graph_difference --call='tf.nn.dropout(x, 0.5)'   the differences of one call, node by node
"""

from __future__ import annotations

import argparse
import dataclasses
import difflib
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator

from tools.golden import graph_calls

_SAME_TYPES = {'AddV2': 'Add', 'SelectV2': 'Select'}
_RANDOM_ATTRIBUTES = ('seed', 'seed2')
_EXAMPLES = 3


@dataclasses.dataclass(frozen=True)
class Difference:
    """How one call's graph differs from TF 1.15.5's.

    Attributes:
      call: The line, as it stands in its area's file.
      error: Why the call could not be built, or ''.
      missing: Names of TF 1.15.5's nodes that ours lacks.
      count: Number of our nodes minus TF 1.15.5's.
      first: Text for the first node that differs, or '' for equal graphs.
      root: `first` with scopes and counters taken off, the same for calls that differ in the same way.
      seeds: Names of TF 1.15.5's random operations that ours lacks or gives other seeds.
      attributes: Names of nodes of one type whose other attributes differ.
      collections: Collections whose names of items differ.
    """

    call: str
    error: str = ''
    missing: tuple[str, ...] = ()
    count: int = 0
    first: str = ''
    root: str = ''
    seeds: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()

    @property
    def is_equal(self) -> bool:
        """Whether the graphs are equal node for node."""
        return not (self.error or self.first)

    @property
    def verdict(self) -> str:
        """Returns one word or two for the kind of difference."""
        if self.error:
            return 'fails'
        if self.missing:
            return 'names missing'
        if self.count:
            return f'count {self.count:+d}'
        return 'nodes differ' if self.first else 'equal'


def compare(call: str, old: dict, new: dict) -> Difference:
    """Returns how a graph differs from TF 1.15.5's, both as `graph_calls.describe` returns them."""
    first, root = _first_difference(old['nodes'], new['nodes'])
    if not first:
        bodies = zip(old['functions'], new['functions'], strict=False)
        first, root = next((found for found in (_first_difference(*pair) for pair in bodies) if found[0]), ('', ''))
        if not first and len(old['functions']) != len(new['functions']):
            first = root = f'{len(old["functions"])} functions, ours {len(new["functions"])}'
    ours = {node[0]: node for node in new['nodes']}
    shared = [(node, ours[node[0]]) for node in old['nodes'] if node[0] in ours and ours[node[0]][1] == node[1]]
    shared += [
        pair
        for bodies in zip(old['functions'], new['functions'], strict=False)
        for pair in zip(*bodies, strict=False)
        if pair[0][:2] == pair[1][:2]
    ]
    random = [node for node in old['nodes'] + sum(old['functions'], []) if 'seed2' in node[4]]
    found = {theirs[0]: our for theirs, our in shared}
    keys = sorted(old['collections'].keys() | new['collections'].keys())
    return Difference(
        call=call,
        missing=tuple(node[0] for node in old['nodes'] if node[0] not in ours),
        count=len(new['nodes']) - len(old['nodes']),
        first=first,
        root=root,
        seeds=tuple(node[0] for node in random if node[0] not in found or _seeds(node) != _seeds(found[node[0]])),
        attributes=tuple(a[0] for a, b in shared if _differing_attributes(a, b)),
        collections=tuple(key for key in keys if old['collections'].get(key) != new['collections'].get(key)),
    )


def _first_difference(old: list, new: list) -> tuple[str, str]:
    for ours, theirs in zip(new, old, strict=False):
        if _comparable(ours) != _comparable(theirs):
            return f'{_short(theirs)}  but ours  {_short(ours)}', _root(theirs, ours)
    if len(old) > len(new):
        return f'{_short(old[len(new)])}  but ours ends', _root(old[len(new)], None)
    if len(new) > len(old):
        return f'ends, but ours  {_short(new[len(old)])}', _root(None, new[len(old)])
    return '', ''


def _comparable(node: list) -> tuple:
    name, kind, inputs, controls, _ = node
    return name, _SAME_TYPES.get(kind, kind), inputs, controls


def _short(node: list) -> str:
    name, kind, inputs, controls, _ = node
    return f'{name} = {kind}({", ".join(inputs + ["^" + control for control in controls])})'


def _root(old: list | None, new: list | None) -> str:
    if old and new and old[:2] == new[:2]:
        if old[2] == new[2]:
            return f'{old[1]} {_tail(old[0])}: control inputs {_tails(old[3])} / {_tails(new[3])}'
        return f'{old[1]} {_tail(old[0])}: inputs {_tails(old[2])} / {_tails(new[2])}'
    return ' / '.join(f'{node[1]} {_tail(node[0])}' if node else 'end' for node in (old, new))


def _tail(name: str) -> str:
    return '/'.join(re.sub(r'(_\d+)+(?=$|:)', '', part) for part in name.split('/')[-2:])


def _tails(names: list[str]) -> str:
    return '(' + ', '.join(_tail(name) for name in names) + ')'


def _seeds(node: list) -> list:
    return [node[4].get(key) for key in _RANDOM_ATTRIBUTES]


def _differing_attributes(old: list, new: list) -> list[str]:
    # Attributes that later versions added are theirs alone.
    keys = old[4].keys() & new[4].keys() - set(_RANDOM_ATTRIBUTES)
    return sorted(key for key in keys if old[4][key] != new[4][key])


def differences(area: str, build_calls: list[str] | None = None) -> Iterator[Difference]:
    """Yields the differences of an area's calls, building each in a graph of its own.

    Args:
      area: Name of the area.
      build_calls: The lines to build; all of the area's where None.
    """
    import tf1

    golden = graph_calls.golden(area)
    for call in build_calls or graph_calls.calls(area):
        try:
            new = graph_calls.describe(graph_calls.build(tf1, call))
        except Exception as error:  # A call that fails is a finding, whatever it raises.
            text = f'{type(error).__name__}: {error}'.splitlines()[0]
            yield Difference(call, error=text, root=f'fails: {text[:100]}', missing=('all',))
        else:
            yield compare(call, golden[call], new)


def show(call: str) -> str:
    """Returns the differences of one call, node by node, as a text with - for TF 1.15.5 and + for ours."""
    import tf1

    area = next((area for area in graph_calls.areas() if call in graph_calls.calls(area)), None)
    if area is None:
        raise ValueError(f'{call!r} is in no area of {graph_calls.FOLDER}; name a line as it stands there.')
    old, new = graph_calls.golden(area)[call], graph_calls.describe(graph_calls.build(tf1, call))
    sections = [('nodes', old['nodes'], new['nodes'])]
    pairs = zip(old['functions'], new['functions'], strict=False)
    sections += [(f'function {number}', *pair) for number, pair in enumerate(pairs)]
    lines = []
    for title, theirs, ours in sections:
        lines.append(f'--- {title}')
        lines += difflib.ndiff([_full(node) for node in theirs], [_full(node) for node in ours])
    for key in sorted(old['collections'].keys() | new['collections'].keys()):
        if old['collections'].get(key) != new['collections'].get(key):
            lines += [f'- {key}: {old["collections"].get(key)}', f'+ {key}: {new["collections"].get(key)}']
    return '\n'.join(line for line in lines if not line.startswith('?'))


def _full(node: list) -> str:
    attributes = ' '.join(f'{key}={value}' for key, value in node[4].items() if key in ('value', *_RANDOM_ATTRIBUTES))
    name, kind, *rest = node
    return f'{_short([name, _SAME_TYPES.get(kind, kind), *rest])}  {attributes}'.rstrip()


def summary(area: str, found: list[Difference]) -> str:
    """Returns one line with an area's counts."""
    equal = sum(difference.is_equal for difference in found)
    names = sum(not difference.missing for difference in found)
    counts = sum(not (difference.count or difference.error) for difference in found)
    seeds = sum(not (difference.seeds or difference.error) for difference in found)
    collections = sum(not (difference.collections or difference.error) for difference in found)
    fails = sum(bool(difference.error) for difference in found)
    return (
        f'{area:22} {len(found):5} calls {equal:5} equal ({100 * equal / max(len(found), 1):5.1f} %) {names:5} names '
        f'{counts:5} counts {seeds:5} seeds {collections:5} collections {fails:4} fail'
    )


def roots(found: list[tuple[str, Difference]]) -> str:
    """Returns the first differences of all calls that differ, grouped, those that explain most calls first."""
    groups = defaultdict(list)
    for area, difference in found:
        if not difference.is_equal:
            groups[difference.root].append((area, difference))
    lines = []
    for root, members in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])):
        where = ', '.join(f'{area} {count}' for area, count in Counter(area for area, _ in members).most_common())
        lines.append(f'{len(members):4}  {root}   [{where}]')
        lines += [f'          {difference.call}' for _, difference in members[:_EXAMPLES]]
    return '\n'.join(lines)


def main(arguments: list[str] | None = None) -> int:
    """Prints the differences of the areas that are asked for; returns 0 if there are none, else 1."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--area', default='', help='areas, separated by commas; all of them by default')
    parser.add_argument('--call', help='one line of an area: print its differences node by node')
    parser.add_argument('--match', default='', help='only calls that contain this text')
    parser.add_argument('--roots', action='store_true', help='print the summary and the roots, not each call')
    options = parser.parse_args(arguments)
    if options.call:
        print(show(options.call))
        return 0
    every, summaries = [], []
    for area in options.area.split(',') if options.area else graph_calls.areas():
        start = time.perf_counter()
        lines = [call for call in graph_calls.calls(area) if options.match in call]
        found = list(differences(area, lines)) if lines else []
        every += [(area, difference) for difference in found]
        summaries.append(summary(area, found) + f'  {time.perf_counter() - start:5.1f} s')
        if not options.roots:
            print('\n'.join(_report(difference) for difference in found))
    print('\n' + '\n'.join([*summaries, summary('all', [difference for _, difference in every])]))
    print('\nFirst differences, TF 1.15.5 / ours:\n' + roots(every))
    return 0 if all(difference.is_equal for _, difference in every) else 1


def _report(difference: Difference) -> str:
    text = f'{difference.verdict:14} {difference.call}'
    if difference.error or difference.first:
        text += f'\n                 {difference.error or difference.first}'
    for kind in ('seeds', 'attributes', 'collections'):
        names = getattr(difference, kind)
        if names:
            text += f'\n                 {kind} differ: {", ".join(names[:5])}{" ..." if len(names) > 5 else ""}'
    return text


if __name__ == '__main__':
    sys.exit(main())
