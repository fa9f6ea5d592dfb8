"""Names and signatures of the Estimator API beside those of TF 1.15.5.

tools/golden/estimator_signatures.py wrote them into tests/golden/signatures.json. What is absent or differs stands in
the tables here, with the reason.
"""

from __future__ import annotations

import functools
import importlib
import json
import pathlib
import re
from collections.abc import Iterator
from typing import Any

import tf1 as tf
from tools.golden import estimator_signatures

_GOLDEN = json.loads((pathlib.Path(__file__).parents[2] / 'golden' / 'signatures.json').read_text())

_ABSENT = {
    r'tf\.contrib\.estimator\.TowerOptimizer \w+': 'there is one tower',
    r'tf\.(compat\.v2\.)?estimator\.experimental\.LinearSDCA get_train_step': 'it takes objects of the inside',
    r'estimator\.Estimator(V2)? _add_meta_graph_for_mode': 'graphs are added by functions, in saved_model',
    r'estimator\.Estimator(V2)? _get_iterator_from_input_fn': 'strategies make their own iterator, in replicas',
    r'exporter\.BestExporter _get_best_eval_result': 'the current result must be left out, which it does not know',
    r'run_config\.RunConfig _\w+': 'steps of a constructor that works otherwise',
    r'training\._TrainingExecutor _execute_evaluator_once': 'the executor waits between attempts in another place',
}
_DIFFERENT = {
    r'tf\.(compat\.v2\.)?estimator\.CheckpointSaverHook': "save_graph_def, of today's TensorFlow",
    r'(tf\.(compat\.v2\.)?estimator(\.tpu)?|run_config)\.RunConfig': 'experimental_stop_at_signals is an addition',
    r'tf\.(compat\.v2\.)?estimator\.TrainSpec|training\.TrainSpec': 'saving_listeners, of TF 2.x, are taken, too',
    r'tf\.(compat\.v2\.|contrib\.)?estimator\.[bB]oosted_?[tT]rees\w+': 'n_classes is 2, label_dimension 1',
    r'tf\.(compat\.v2\.)?estimator\.train_and_evaluate': 'eval_every_n_steps is an addition',
    r'training\._TrainingExecutor': 'eval_every_n_steps is an addition',
    r'tf\.contrib\.estimator\.TowerOptimizer \w+': 'there is one tower',
    r'tf\.estimator\.tpu\.TPUEstimator': 'the version of an API that TPUs alone have is None',
    r'tf\.contrib\.estimator\.SavedModelEstimator export_savedmodel': 'it has the method that an Estimator has',
}
_INSIDE_DIFFERENT = {
    r'\w+\.train_and_evaluate': 'eval_every_n_steps is an addition',
    r'\w+\.model_to_estimator': 'there is one Estimator, so nothing to choose with use_v2_estimator',
}


@functools.cache
def _found() -> tuple[set[str], dict[str, Any]]:
    """Returns the names that are absent, and the signatures that differ, by name."""
    absent: set[str] = set()
    different: dict[str, Any] = {}
    for name, entry in (*_GOLDEN['public'].items(), *_GOLDEN['overridden'].items()):
        _compare(name, entry, _ours(name), absent, different)
    return absent, different


def _ours(name: str) -> Any:
    if name.startswith('tf.'):
        return functools.reduce(lambda owner, part: getattr(owner, part, None), name.split('.')[1:], tf)
    module, _, kind = name.partition('.')
    return getattr(importlib.import_module(f'tf1.python.estimator.{module}'), kind, None)


def _compare(name: str, entry: dict[str, Any], ours: Any, absent: set[str], different: dict[str, Any]) -> None:
    if ours is None:
        absent.add(name)
        return
    found = estimator_signatures.described(ours, private=not name.startswith('tf.'))
    for kind in ('class', 'function'):
        if found.get(kind) != entry.get(kind) and entry.get(kind) is not None:
            different[name] = entry.get(kind), found.get(kind)
    for member, signature in entry.get('members', {}).items():
        own = found.get('members', {}).get(member, absent)
        if own is absent:
            absent.add(f'{name} {member}')
        elif own != signature:
            different[f'{name} {member}'] = signature, own


def _without_reason(names: Iterator[str] | set[str], reasons: dict[str, str]) -> set[str]:
    return {name for name in names if not any(re.fullmatch(pattern, name) for pattern in reasons)}


def test_what_is_absent_has_its_reason():
    assert not _without_reason(_found()[0], _ABSENT)


def test_what_has_another_signature_has_its_reason():
    different = _found()[1]
    assert not {name: different[name] for name in _without_reason(set(different), _DIFFERENT)}


def test_no_reason_is_left_over():
    absent, different = _found()
    for names, reasons in ((absent, _ABSENT), (set(different), _DIFFERENT)):
        assert not [pattern for pattern in reasons if not any(re.fullmatch(pattern, name) for name in names)]


def _inside(module: str, name: str) -> Any:
    try:
        return getattr(importlib.import_module(f'tf1.python.estimator.{module}'), name, None)
    except ModuleNotFoundError:
        return None


def test_modules_of_the_inside_have_their_names_with_the_signatures_of_tf_1_15():
    different = {}
    for module, names in _GOLDEN['inside'].items():
        for name, entry in names.items():
            ours = _inside(module, name)
            found = None if ours is None else estimator_signatures.described(ours)
            if found and entry.get('function') is not None and found.get('function') != entry['function']:
                different[f'{module}.{name}'] = entry['function'], found.get('function')
    assert not {name: different[name] for name in _without_reason(set(different), _INSIDE_DIFFERENT)}
