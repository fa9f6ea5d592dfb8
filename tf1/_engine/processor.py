"""What the processor of this machine is, for choices between kernels and for what stands beside figures."""

from __future__ import annotations

import functools
from typing import NamedTuple

_FACTS = '/proc/cpuinfo'


class Processor(NamedTuple):
    """Maker ('GenuineIntel', 'AuthenticAMD'), instruction sets ('avx2', 'avx512f', ...) and name; '' where unknown."""

    maker: str
    features: frozenset[str]
    name: str = ''


@functools.cache
def this_one() -> Processor:
    """Returns the processor of this machine; of unknown maker and without features where Linux does not tell."""
    try:
        with open(_FACTS, encoding='utf-8') as file:
            return parse(file.read())
    except OSError:
        return Processor('', frozenset())


def parse(text: str) -> Processor:
    """Returns what the text of Linux's cpuinfo says of the first processor."""
    facts: dict[str, str] = {}
    for line in text.splitlines():
        name, _, value = line.partition(':')
        facts.setdefault(name.strip(), value.strip())
    return Processor(facts.get('vendor_id', ''), frozenset(facts.get('flags', '').split()), facts.get('model name', ''))
