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
from collections.abc import Callable
from typing import Any

from absl import flags

from flags import _shared
from flags._binary import InputError
from flags.checkpoint import options, output_prefix
from tools.checkpoints import reading
from tools.conversion import convert
from tools.systems import inference_graphs, registry

_TREE, _BACK = 'tf2', 'tf1'
_FORMS: dict[str, Callable[[convert.Model, str, str], convert.Report]] = {
    'keras': convert.to_keras,
    'tf2': convert.to_tf2,
    'saved_model': convert.to_saved_model,
    'frozen_graph': convert.to_frozen_graph,
}
_TO = flags.DEFINE_enum('to', None, [*_FORMS, _BACK], 'What to convert to.')
for _name in ('model', 'model_dir', 'data_dir'):
    flags.declare_key_flag(_name)
flags.adopt_module_key_flags(options)
flags.adopt_module_key_flags(output_prefix)


def main(arguments: list[str]) -> dict[str, Any]:
    """Converts what the flags name."""
    if len(arguments) > 1:
        raise InputError(f'convert takes one checkpoint, got {len(arguments)}: convert CHECKPOINT --to=FORM.')
    to, output = _wanted('to', _TO.value), _wanted('output', output_prefix.given())
    with options.input_errors():
        if to == _BACK:
            result = _back(arguments, output)
        else:
            prefix = reading.find(arguments[0] if arguments else _folder(), options.step())
            result = {'checkpoint': prefix, **_forth(prefix, to, output)}
    model = {} if flags.FLAGS.model is None else {'model': flags.FLAGS.model}
    return {**model, 'to': to, 'output': output, **result}


def _forth(prefix: str, to: str, output: str) -> convert.Report:
    if to == _TREE and flags.FLAGS.model is None:
        return convert.to_tree(prefix, output, inference_graphs.say)
    name = _shared.model(registry.NAMES)
    return _FORMS[to](inference_graphs.model(name, os.path.dirname(prefix)), prefix, output)


def _back(arguments: list[str], output: str) -> convert.Report:
    if not arguments:
        raise InputError('--to=tf1 takes a .keras file: convert FILE.keras --model=NAME --to=tf1 --output=MODEL_DIR.')
    name = _shared.model(registry.NAMES)
    model = inference_graphs.model(name, flags.FLAGS.model_dir or '')
    folder, step = inference_graphs.folder(name, model.hparams), options.step()
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
