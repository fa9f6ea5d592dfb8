"""What Python's own modules have dropped since 3.7, by what replaced it."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any, NamedTuple

from tf1._backports import registry

_COLLECTIONS = (
    'Awaitable Callable Container Coroutine Generator Hashable ItemsView Iterable Iterator KeysView Mapping '
    'MappingView MutableMapping MutableSequence MutableSet Sequence Set Sized ValuesView'
)


class ArgSpec(NamedTuple):
    """What `inspect.getargspec` returned."""

    args: list[str]
    varargs: str | None
    keywords: str | None
    defaults: tuple[Any, ...] | None


def getargspec(func: Callable[..., Any]) -> ArgSpec:
    """Returns the arguments of a function, without those that are keyword only.

    Raises:
      ValueError: it has keyword-only arguments.
      TypeError: it is no Python function.
    """
    spec = inspect.getfullargspec(func)
    if spec.kwonlyargs:
        raise ValueError(f'getargspec is for functions without keyword-only arguments, got {func!r}; use signature().')
    return ArgSpec(spec.args, spec.varargs, spec.varkw, spec.defaults)


def _getargspec(name: str) -> registry.StandIn | None:
    return registry.StandIn(getargspec, 'inspect.getfullargspec') if name == 'getargspec' else None


FINDERS = {
    'base64': registry.named({'decodestring': 'base64.decodebytes', 'encodestring': 'base64.encodebytes'}),
    'cgi': registry.named({'escape': 'html.escape'}),
    'collections': registry.named({name: f'collections.abc.{name}' for name in _COLLECTIONS.split()}),
    'fractions': registry.named({'gcd': 'math.gcd'}),
    'gast': registry.named(dict.fromkeys(('Num', 'Str', 'Bytes', 'Ellipsis', 'NameConstant'), 'gast.Constant')),
    'inspect': _getargspec,
    'time': registry.named({'clock': 'time.process_time'}),
}
