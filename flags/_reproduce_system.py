"""Trains one system for `flags.reproduce`, in a process of its own, and writes what it reached into a file.

`python -m flags._reproduce_system --model=cnn --amount=5302 --model_dir=DIR --result=FILE`. Training goes on from the
last checkpoint. The process ends when its standard input does: it shall not outlive the one that started it.
"""

from __future__ import annotations

import dataclasses
import os
from typing import Any

from absl import flags

from flags import _binary, _shared, train_estimator, train_graph
from tf1._checkpoint import listing, lookup, reading
from tools import exit_with_parent, figures, metrics
from tools.reproduction import curves, documents, folder
from tools.reproduction.folder import Result
from tools.systems import graph_systems, registry
from tools.systems.drawing import draw_evaluation

_AMOUNT = flags.DEFINE_integer('amount', None, 'Steps or epochs to train in all.', lower_bound=1)
_RESULT = flags.DEFINE_string('result', None, 'JSON file to write.')


def main() -> dict[str, Any]:
    """Trains, evaluates, draws and writes the result."""
    system = documents.SYSTEMS[_shared.model(documents.SYSTEMS)]
    model_dir, amount = _shared.model_dir(), _AMOUNT.value
    done = _last_step(model_dir)
    for pause in (at for at in system.pauses if done <= at < amount):
        _train(system, pause, drawing=False)
    _train(system, amount, drawing=True)
    result = _result(system, model_dir, amount)
    folder.store(_RESULT.value, result)
    return {'model': system.model, 'global_step': result.global_step, 'accuracy': result.accuracy}


def _last_step(model_dir: str) -> int:
    return lookup.step_of(lookup.latest(model_dir))


def _train(system: documents.System, amount: int, drawing: bool) -> None:
    """Trains up to `amount` as `flags.train_estimator` and `flags.train_graph` do."""
    flags.FLAGS.figures = drawing
    setattr(flags.FLAGS, system.unit, amount)
    (train_estimator if system.model in registry.ESTIMATORS else train_graph).main()


def _result(system: documents.System, model_dir: str, amount: int) -> Result:
    evaluated = registry.kind(system.model).evaluate(system.model, model_dir, 'test', _shared.source())
    matrix = metrics.confusion_matrix(evaluated.labels, evaluated.predicted)
    pictures = os.path.join(model_dir, 'figures')
    draw_evaluation(pictures, evaluated, matrix, 'test')
    drawn = curves.figure(system, points := curves.read(model_dir))
    if drawn:
        figures.save(drawn, os.path.join(pictures, 'learning_curves.png'))
    variables = listing.rows(reading.Stored(lookup.find(model_dir)), with_statistics=False)
    return Result(
        model=system.model,
        done=amount,
        global_step=evaluated.global_step,
        accuracy=int(matrix.trace()) / len(evaluated.labels),
        loss=float(evaluated.loss),
        matrix=matrix.tolist(),
        curves=points,
        parameters=listing.totals(variables)['model_parameters'],
        seconds=round(curves.seconds(model_dir), 1),
        seed=_seed(system.model, model_dir),
        figures=sorted(name.removesuffix('.png') for name in os.listdir(pictures) if name.endswith('.png')),
    )


def _seed(model: str, model_dir: str) -> int:
    if model in registry.ESTIMATORS:
        return _shared.source().seed
    return dataclasses.asdict(graph_systems.hparams(model, model_dir))['seed']


def run() -> None:
    """Runs the process."""
    exit_with_parent.end_with_parent()
    _binary.run(main)


if __name__ == '__main__':
    run()
