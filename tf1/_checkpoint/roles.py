"""What each variable of a checkpoint is for: the model, an optimiser's slot, or what counts steps."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

MODEL, SLOT, OTHER = 'model', 'slot', 'other'

# What the slots of each optimiser hold, in the order in which TF 1.15 makes them: x/Adam is m, x/Adam_1 is v.
_SLOTS = {
    'Adam': ('m', 'v'),
    'AdaMax': ('m', 'v'),
    'AdamW': ('m', 'v'),
    'Adadelta': ('accum', 'accum_update'),
    'Adagrad': ('accumulator',),
    'AdagradDA': ('gradient_accumulator', 'gradient_squared_accumulator'),
    'ExponentialMovingAverage': ('average',),
    'Ftrl': ('accum', 'linear'),
    'Momentum': ('momentum',),
    'MomentumW': ('momentum',),
    'ProximalAdagrad': ('accumulator',),
    'RMSProp': ('rms', 'momentum'),
}
_CENTRED_RMSPROP = ('rms', 'mg', 'momentum')
_NUMBERED = re.compile(r'(.+?)(?:_(\d+))?')
_COUNTER = re.compile(r'(?:.*/)?(?:global_step|beta[12]_power(?:_\d+)?)')

_OBJECT_ENDING = '/.ATTRIBUTES/VARIABLE_VALUE'
_OBJECT_SLOT = re.compile(r'(?P<owner>.+)/\.OPTIMIZER_SLOT/(?:.*/)?(?P<optimiser>[^/]+)/(?P<slot>[^/]+)')
_OBJECT_NUMBERED = re.compile(r'(?:.*/)?(?P<optimiser>[^/]+)/_variables/(?P<number>\d+)')
_OBJECT_COUNTER = re.compile(r'(?:(?:.*/)?optimizer/[^/]+|save_counter|(?:.*/)?global_step)')


class Role(NamedTuple):
    """What a variable is for."""

    kind: str
    """MODEL, SLOT or OTHER."""
    owner: str | None = None
    """The variable that it belongs to, by its name in the checkpoint."""
    slot: str = ''
    """The optimiser and what it keeps there, such as `Adam m`."""


def roles(shapes: Mapping[str, tuple[int, ...]]) -> dict[str, Role]:
    """Returns the role of each variable, told by names and shapes alone.

    A slot belongs to a variable only if the checkpoint has that variable, with the same shape; `loss/Adam` without such
    a `loss` is OTHER.

    Args:
      shapes: the shapes of all variables of a checkpoint by name, those of TF 1 or of an object-based one.
    """
    return {name: _object_role(name, shapes) or _role(name, shapes) for name in shapes}


def is_counter(name: str) -> bool:
    """Returns whether a name is that of the global step or of a power of beta, which counts Adam's steps."""
    return bool(_COUNTER.fullmatch(name))


def _role(name: str, shapes: Mapping[str, tuple[int, ...]]) -> Role:
    if is_counter(name) and shapes[name] == ():
        return Role(OTHER)
    base, _, last = name.rpartition('/')
    if last == 'local_step' and base in shapes and shapes[name] == ():
        return Role(OTHER, base, 'steps of the average')
    optimiser, number = _NUMBERED.fullmatch(last).groups() if last else ('', None)
    owner = _owner(base, shapes[name], shapes, known=optimiser in _SLOTS)
    if owner:
        return Role(SLOT, owner, _meaning(base, optimiser, int(number or 0), shapes))
    return Role(OTHER if base and optimiser in _SLOTS else MODEL)


def _owner(base: str, shape: tuple[int, ...], shapes: Mapping[str, tuple[int, ...]], known: bool) -> str | None:
    """The variable of that shape called `base`, or so after the scope that the optimiser was made in."""
    scope, rest = '', base
    while rest:
        if shapes.get(rest) == shape and (known or not scope or f'{scope}/beta1_power' in shapes):
            return rest
        first, _, rest = rest.partition('/')
        scope = f'{scope}/{first}' if scope else first
    return None


def _meaning(base: str, optimiser: str, number: int, shapes: Mapping[str, tuple[int, ...]]) -> str:
    if optimiser == 'RMSProp' and f'{base}/RMSProp_2' in shapes and f'{base}/RMSProp_3' not in shapes:
        slots = _CENTRED_RMSPROP
    else:
        slots = _SLOTS.get(optimiser, ())
    meaning = slots[number] if number < len(slots) else str(number) if number else ''
    return f'{optimiser} {meaning}'.strip()


def _object_role(name: str, shapes: Mapping[str, tuple[int, ...]]) -> Role | None:
    """The role of a variable that `tf.train.Checkpoint` saved, None for other names and for the model's own."""
    if name == '_CHECKPOINTABLE_OBJECT_GRAPH':
        return Role(OTHER)
    if not name.endswith(_OBJECT_ENDING):
        return None
    path = name.removesuffix(_OBJECT_ENDING)
    slot = _OBJECT_SLOT.fullmatch(path)
    if slot:
        owner = slot['owner'] + _OBJECT_ENDING
        if shapes.get(owner) == shapes[name]:
            return Role(SLOT, owner, f'{slot["optimiser"]} {slot["slot"]}')
    if shapes[name] == ():
        return Role(OTHER) if _OBJECT_COUNTER.fullmatch(path) else None
    numbered = _OBJECT_NUMBERED.fullmatch(path)
    # Keras numbers the variables of an optimiser; which of the model's each belongs to stands in no name.
    return Role(SLOT, None, f'{numbered["optimiser"]} {numbered["number"]}') if numbered else None
