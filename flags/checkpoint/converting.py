"""Converts a checkpoint: `convert CHECKPOINT --model=cnn --to=keras --output=cnn.keras`.

CHECKPOINT is a prefix or a model_dir; without it --model_dir says where. --to is one of
  keras         a Keras 3 model with the state of its optimiser;
  tf2           an object-based checkpoint of that model, or, without --model, of the variables of any checkpoint;
  saved_model   a SavedModel with the signature serving_default;
  frozen_graph  a GraphDef with constants in place of variables;
  tf1           back: `convert cnn.keras --model=cnn --to=tf1 --output=MODEL_DIR`, where --model_dir may name the folder
                that the model came from, for its hyperparameters, and --step the number of the new checkpoint.
Both models are asked about 256 test images; if they differ by more than 1e-5, nothing is written.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from absl import flags

from flags import _binary, _shared
from flags._failures import InputError
from tools.systems import registry

if TYPE_CHECKING:
    from tools.conversion import convert

_TREE, _BACK = 'tf2', 'tf1'
_TO = flags.DEFINE_enum('to', None, ['keras', _TREE, 'saved_model', 'frozen_graph', _BACK], 'What to convert to.')
_STEP = flags.DEFINE_integer(
    'step', None, 'Which checkpoint of a model_dir, by its step; by default the latest.', lower_bound=0
)
_OUTPUT = flags.DEFINE_string('output', None, 'File or folder to write, which must not exist: FILE.keras for keras.')
for _name in ('model', 'model_dir', 'data_dir'):
    flags.declare_key_flag(_name)


def main(arguments: list[str]) -> dict[str, Any]:
    """Converts what the flags name; the first of `arguments` is the command's own name."""
    arguments = arguments[1:]
    if len(arguments) > 1:
        raise InputError(f'convert takes one checkpoint, got {len(arguments)}: convert CHECKPOINT --to=FORM.')
    to, output = _wanted('to', _TO.value), _wanted('output', _OUTPUT.value)
    if flags.FLAGS.model is not None:
        _shared.model(registry.NAMES)
    _shared.check_data_dir()
    _binary.load_tensorflow()
    from tf1._checkpoint import lookup

    if to == _BACK:
        result = _back(arguments, output)
    else:
        prefix = lookup.find(arguments[0] if arguments else _folder(), _STEP.value)
        result = {'checkpoint': prefix, **_forth(prefix, to, output)}
    model = {} if flags.FLAGS.model is None else {'model': flags.FLAGS.model}
    return {**model, 'to': to, 'output': output, **result}


def _forth(prefix: str, to: str, output: str) -> convert.Report:
    from tools.conversion import convert
    from tools.systems import inference_graphs

    if to == _TREE and flags.FLAGS.model is None:
        return convert.to_tree(prefix, output, inference_graphs.say)
    name = _shared.model(registry.NAMES)
    model = inference_graphs.model(name, os.path.dirname(prefix), _shared.source())
    return getattr(convert, f'to_{to}')(model, prefix, output)


def _back(arguments: list[str], output: str) -> convert.Report:
    from tools.conversion import convert
    from tools.systems import inference_graphs

    if not arguments:
        raise InputError('--to=tf1 takes a .keras file: convert FILE.keras --model=NAME --to=tf1 --output=MODEL_DIR.')
    name = _shared.model(registry.NAMES)
    model = inference_graphs.model(name, flags.FLAGS.model_dir or '', _shared.source())
    folder, step = inference_graphs.folder(name, model.hparams, _shared.data_dir()), _STEP.value
    if step is not None:
        folder = folder._replace(number=lambda steps: step)
    return convert.from_keras(model, arguments[0], output, folder)


def _folder() -> str:
    if flags.FLAGS.model is None and flags.FLAGS.model_dir is None:
        raise InputError('convert takes a checkpoint: convert CHECKPOINT --to=FORM, or give --model_dir.')
    return _shared.model_dir()


def _wanted(flag: str, value: str | None) -> str:
    if not value:
        raise InputError(f'--{flag} is missing: convert CHECKPOINT --model=NAME --to=FORM --output=PATH.')
    return value


def run() -> None:
    """Runs the command."""
    _binary.run(main, arguments=True)
