"""Which rooms of the project import which, read from the code: floors, cycles, files per folder, and a picture.

    python -m tools.import_graph [--root=FOLDER] [--picture=FILE.png]

A floor is a set of rooms that import lower floors only; rooms that import each other stand on one floor. A room is a
top-level package, and below `tf1` each module or package of its own.
"""

from __future__ import annotations

import ast
import collections
from collections.abc import Iterator, Mapping
from pathlib import Path

from tools import command_line

PACKAGES = ('tf1', 'estimators', 'graphs', 'flags', 'tools')

Graph = Mapping[str, set[str]]


def modules(root: Path) -> dict[str, Path]:
    """Returns the project's modules below `root` by dotted name."""
    found = {}
    for package in PACKAGES:
        for path in sorted((root / package).rglob('*.py')):
            parts = path.relative_to(root).with_suffix('').parts
            found['.'.join(parts[:-1] if parts[-1] == '__init__' else parts)] = path
    return found


def imports(path: Path, deferred: bool = True) -> Iterator[tuple[str, int]]:
    """Yields the dotted names that a file imports, each with its line; `from a import b` gives `a.b`.

    Args:
      path: a Python file.
      deferred: whether to count imports within functions.
    """
    waiting: list[ast.AST] = [ast.parse(path.read_text())]
    while waiting:
        node = waiting.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and not deferred:
            continue
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield from ((f'{node.module}.{alias.name}', node.lineno) for alias in node.names)
        waiting.extend(ast.iter_child_nodes(node))


def module_graph(root: Path, deferred: bool = True) -> dict[str, set[str]]:
    """Returns the project's modules and which of them each imports."""
    found = modules(root)
    graph: dict[str, set[str]] = {}
    for name, path in found.items():
        targets = (_owner(target, found) for target, _ in imports(path, deferred))
        graph[name] = {target for target in targets if target is not None} - {name}
    return graph


def _owner(name: str, found: Mapping[str, Path]) -> str | None:
    return next((each for each in (name, name.rpartition('.')[0]) if each in found), None)


def room(module: str) -> str:
    """Returns the room that holds a module: `tf1.estimator` holds `tf1.estimator.hooks.early_stopping`."""
    parts = module.split('.')
    return '.'.join(parts[: 2 if parts[0] == 'tf1' else 1])


def room_graph(root: Path) -> dict[str, set[str]]:
    """Returns the rooms and which other rooms the modules of each import."""
    graph: dict[str, set[str]] = collections.defaultdict(set)
    for module, targets in module_graph(root).items():
        graph[room(module)] |= {room(target) for target in targets} - {room(module)}
    return dict(graph)


def cycles(graph: Graph) -> list[list[str]]:
    """Returns the groups of two or more nodes that import each other, directly or by way of others."""
    reached = {node: _reachable(graph, node) for node in graph}
    groups = {frozenset(other for other in reached[node] if node in reached[other]) for node in graph}
    return sorted(sorted(group) for group in groups if len(group) > 1)


def _reachable(graph: Graph, start: str) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        new = graph.get(waiting.pop(), set()) - found
        found |= new
        waiting.extend(new)
    return found


def floors(graph: Graph) -> list[list[str]]:
    """Returns the nodes by floor, lowest first."""
    group_of = {node: group for group in map(tuple, cycles(graph)) for node in group}
    levels: dict[str, int] = {}

    def level(node: str) -> int:
        if node not in levels:
            together = group_of.get(node, (node,))
            below = {target for each in together for target in graph.get(each, ())} - set(together)
            found = 1 + max((level(target) for target in below), default=-1)
            levels.update(dict.fromkeys(together, found))
        return levels[node]

    by_level: dict[int, list[str]] = collections.defaultdict(list)
    for node in sorted(graph):
        by_level[level(node)].append(node)
    return [by_level[index] for index in sorted(by_level)]


def draw(graph: Graph, path: str) -> None:
    """Writes a picture of the rooms by floor, with an arrow for each import between them."""
    from matplotlib.figure import Figure

    levels = floors(graph)
    places = {
        node: ((index + 0.5) / len(names), height)
        for height, names in enumerate(levels)
        for index, node in enumerate(names)
    }
    figure = Figure(figsize=(max(8, 1.9 * max(map(len, levels))), 1.3 * len(levels) + 1), layout='constrained')
    axes = figure.add_subplot()
    for node, targets in graph.items():
        for target in targets:
            axes.annotate(
                '',
                places[target],
                places[node],
                arrowprops={'arrowstyle': '->', 'color': '0.6', 'shrinkA': 12, 'shrinkB': 12},
            )
    for node, place in places.items():
        axes.text(
            *place, node, ha='center', va='center', fontsize=9, bbox={'boxstyle': 'round', 'fc': 'white', 'ec': '0.3'}
        )
    axes.set(xlim=(0, 1), ylim=(-0.5, len(levels) - 0.5), xticks=[], yticks=range(len(levels)), ylabel='floor')
    axes.set_title(f'{len(levels)} floors, {len(cycles(graph))} cycles of rooms; arrows run from importer to imported')
    figure.savefig(path, dpi=110)


def main() -> None:
    """Prints floors, cycles and the fullest folders, and draws the picture where asked to."""
    parser = command_line.Parser('tools.import_graph', __doc__)
    parser.add_argument('--root', type=command_line.folder, default='.', help='folder of the checkout')
    parser.add_argument('--picture', type=command_line.new_file, help='PNG file to write')
    arguments = parser.parse_args()
    root = Path(arguments.root)
    rooms = room_graph(root)
    for height, names in enumerate(floors(rooms)):
        print(f'floor {height}: {", ".join(names)}')
    print(f'cycles of modules as they load: {cycles(module_graph(root, deferred=False))}')
    print(f'cycles of rooms: {cycles(rooms)}')
    folders = collections.Counter(str(path.parent) for path in modules(root).values())
    print('files: ' + ', '.join(f'{folder} {count}' for folder, count in folders.most_common(12)))
    if arguments.picture:
        draw(rooms, arguments.picture)


if __name__ == '__main__':
    main()
