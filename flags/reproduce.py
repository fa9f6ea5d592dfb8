"""Trains the reference systems again and reports what they reach beside what their documents published.

`python -m flags.reproduce --budget=quick`, or `--budget=full` for every system's published training. The report is one
HTML file, report.html in --output_dir, and a table, report.md, both written anew after each system. Run again after an
end of any kind it goes on with what is missing; systems that are done are not trained again.
"""

from __future__ import annotations

import datetime
import os
import signal
import sys
from typing import TYPE_CHECKING, Any

from absl import flags

from flags import _binary, _shared
from flags._failures import InputError
from tools.reproduction.documents import CONVOLUTION, SYSTEMS

if TYPE_CHECKING:
    from flags._reproduce_systems import Reached

_BUDGET = flags.DEFINE_enum(
    'budget',
    'quick',
    ['quick', 'full'],
    'How much to train: quick takes a share of the published training that is over in minutes, full takes all of it.',
)
_MODELS = flags.DEFINE_list(
    'models', None, f'Systems to take, by comma: {", ".join([*SYSTEMS, CONVOLUTION])}; by default all.'
)
_OUTPUT = flags.DEFINE_string(
    'output_dir', None, 'Folder of the report and the models; by default reproduction/BUDGET.'
)
_SHARE = flags.DEFINE_float(
    'share', None, "Share of the published training, in (0, 1], of every system; by default the budget's."
)
flags.register_validator('share', lambda value: value is None or 0 < value <= 1, message='--share must be in (0, 1].')
flags.declare_key_flag('data_dir')
flags.declare_key_flag('seed')


def main() -> dict[str, Any] | _binary.Ended:
    """Trains what is missing and writes the report, anew after each system."""
    models = _models()
    _shared.check_data_dir()
    _binary.load_tensorflow()
    from flags import _reproduce_systems
    from tf1.estimator.hooks.stop_at_signals import Signals
    from tools.reproduction import folder

    output = _binary.writable_dir('output_dir', _OUTPUT.value or os.path.join('reproduction', _BUDGET.value))
    seed = _shared.seed()
    settings = {'budget': _BUDGET.value, 'share': _SHARE.value, 'seed': seed, 'data_dir': _shared.data_dir()}
    amounts = {model: _amount(model) for model in models if model != CONVOLUTION}
    try:
        folder.begin(output, settings)
        with Signals() as signals:
            work = _reproduce_systems.Reproduction(output, amounts, seed, _shared.data_dir(), signals)
            report = Report(output, CONVOLUTION in models)
            _tell_time(work.reached())
            report.write(work.reached())
            for reached in work.train():
                report.write(reached)
            report.write(reached := work.reached())
    except folder.FolderError as error:
        raise InputError(f'--output_dir={output}: {error}') from error
    if reached.missing:
        _tell_stop(signals.received, reached, report)
        return _binary.Ended(None, signals.exit_status)
    return {
        'budget': _BUDGET.value,
        **report.paths,
        'systems': {r.model: {'done': r.done, 'accuracy': r.accuracy, 'loss': r.loss} for r in reached.results},
        'training_seconds': round(sum(result.seconds for result in reached.results), 1),
    }


def _tell_time(reached: Reached) -> None:
    """Says how long the training will take, where any is left."""
    from tools.reproduction import environment, timing

    if reached.missing:
        what = f'{len(reached.missing)} system{"s" * (len(reached.missing) > 1)}'
        time = timing.words(reached.seconds)
        print(f'reproduce: to train {what} on {environment.processor()} takes {time}.', file=sys.stderr, flush=True)


def _tell_stop(received: signal.Signals, reached: Reached, report: Report) -> None:
    from tools.reproduction import timing

    print(
        f'reproduce: stopped by {received.name}. {report.paths["report"]} has what is done; missing: '
        f'{", ".join(reached.missing)}, which will take {timing.words(reached.seconds)}. The same command goes on.',
        file=sys.stderr,
        flush=True,
    )


def _models() -> list[str]:
    """The chosen systems in the order of the documents."""
    for flag in ('model', 'model_dir', 'figures'):
        if flags.FLAGS[flag].present:
            raise InputError(
                f'--{flag} is no flag of reproduce: choose systems with --models, a folder with --output_dir.'
            )
    known = [*SYSTEMS, CONVOLUTION]
    chosen = known if _MODELS.value is None else _MODELS.value
    unknown = [model for model in chosen if model not in known]
    if unknown or not chosen:
        got = f'got {unknown[0]!r}' if unknown else 'none is given'
        raise InputError(f'--models must be some of {", ".join(known)}: {got}.')
    return [model for model in known if model in chosen]


def _amount(model: str) -> int:
    system = SYSTEMS[model]
    if _SHARE.value:
        return max(1, round(_SHARE.value * system.amount))
    return system.quick if _BUDGET.value == 'quick' else system.amount


class Report:
    """The files of the report.

    Args:
      output: the folder of the reproduction.
      with_convolution: whether system C0 is part of it.

    Attributes:
      paths: of the HTML file, `report`, and of the table, `table`.
    """

    def __init__(self, output: str, with_convolution: bool):
        from tools.reproduction import environment
        from tools.systems import convolution_examples

        self.paths = {'report': os.path.join(output, 'report.html'), 'table': os.path.join(output, 'report.md')}
        self._output = output
        self._convolution = convolution_examples.lines() if with_convolution else []
        self._facts = {
            **environment.describe(),
            'data': _shared.data_dir() or 'MNIST, 60,000 training and 10,000 test images',
        }

    def write(self, reached: Reached) -> None:
        """Writes both.

        Raises:
          OSError: a file cannot be written.
        """
        from tf1._files.atomic_output import write_whole
        from tools.reproduction import html, markdown

        title = f'The reference systems, trained again ({_BUDGET.value})'
        summary = _summary(reached)
        facts = {**self._facts, 'written': datetime.datetime.now().astimezone().isoformat(' ', 'minutes')}
        page = html.page(title, summary, reached.results, self._output, self._convolution, facts)
        write_whole(self.paths['report'], page)
        write_whole(self.paths['table'], markdown.text(title, summary, reached.results, self._convolution, facts))


def _summary(reached: Reached) -> str:
    from tools.reproduction import timing
    from tools.reproduction.comparison import time_text

    results = reached.results
    whole = [result.global_step >= SYSTEMS[result.model].last for result in results]
    if all(whole):
        amount = 'each trained for as long as its document did'
    else:
        amount = f'{sum(whole)} of them trained for as long as published, the others for the share that the table names'
    took = time_text(sum(result.seconds for result in results))
    missing = (
        f' Missing: {", ".join(reached.missing)}, which will take {timing.words(reached.seconds)}; the same command '
        'goes on with them.'
        if reached.missing
        else ''
    )
    if not results:
        return f'No system is trained yet.{missing}'
    return f'{len(results)} systems on MNIST, {amount}; in all {took} minutes of training.{missing}'


def run() -> None:
    """Runs the binary."""
    _binary.run(main)


if __name__ == '__main__':
    run()
