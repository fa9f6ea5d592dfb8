"""Says where two graphs differ, say an old training's and that of the same program today.

    python -m tf1.compare_graphs A B [--strict] [--tags=TAG,...] [--format=text|json]

A and B are each a GraphDef (.pb, .pbtxt), a MetaGraph (.meta), a SavedModel or a model_dir with graph.pbtxt. It tells,
in the order of A's nodes, which nodes only A has (-), which only B (+), and which differ in type, inputs, device or
attributes (!). AddV2 counts as Add and SelectV2 as Select, and attributes that only one of two nodes has do not count,
for versions of TensorFlow differ in those; with --strict they do.

Exit status: 0 if the graphs are equal, 1 if not, 2 if one of them cannot be read.
"""

from __future__ import annotations

import argparse
import json
import sys
from typing import NoReturn

from tf1._checkpoint.terminal import one_line, printable
from tf1._compare_graphs import differences, reading, report

_DIFFERENT, _USAGE_ERROR = 1, 2
_USAGE = 'python -m tf1.compare_graphs A B [--strict] [--tags=TAG,...] [--format=text|json]'


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise reading.UnreadableGraphError(f'{message}: {_USAGE}.')


def main(words: list[str]) -> int:
    """Compares what `words`, the command line without its first word, names; returns the exit status."""
    try:
        arguments = _parse(words)
        tags = tuple(tag for tag in arguments.tags.split(',') if tag)
        a, b = (reading.read_graph(path, tags) for path in (arguments.a, arguments.b))
    except reading.UnreadableGraphError as error:
        print(one_line(f'tf1.compare_graphs: {error}'), file=sys.stderr, flush=True)
        return _USAGE_ERROR
    found = differences.compare(a, b, strict=arguments.strict)
    counts = {'nodes_in_a': len(a.node), 'nodes_in_b': len(b.node), **report.summary(found)}
    if arguments.format == 'json':
        print(json.dumps({'equal': not found, **counts, 'differences': report.as_json(found)}, indent=1))
    else:
        print(printable('\n'.join([*report.as_text(found), _verdict(counts, bool(found))])))
    return _DIFFERENT if found else 0


def _parse(words: list[str]) -> argparse.Namespace:
    parser = _Parser(
        prog='tf1.compare_graphs', description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument('a', metavar='A', help='the graph that is compared with, a file or a folder')
    parser.add_argument('b', metavar='B', help='the graph that is compared, a file or a folder')
    parser.add_argument('--strict', action='store_true', help='let V2 types and attributes of one side count')
    parser.add_argument('--tags', default='', help="a SavedModel's graph by its tags, separated by commas")
    parser.add_argument('--format', choices=('text', 'json'), default='text', help='how the result is printed')
    return parser.parse_args(words)


def _verdict(counts: dict[str, int], different: bool) -> str:
    sizes = f'A has {counts["nodes_in_a"]} nodes, B {counts["nodes_in_b"]}'
    if not different:
        return f'Equal: {sizes}.'
    return (
        f'Different: {sizes}; {counts["only_in_a"]} only in A, {counts["only_in_b"]} only in B,'
        f' {counts["differ"]} differ.'
    )


def script() -> int:
    """The console script `tf1-compare-graphs`."""
    return main(sys.argv[1:])


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
