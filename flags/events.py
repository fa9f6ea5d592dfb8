"""Writes the scalars of event files as CSV and as a figure, several runs in one.

`python -m flags.events --model_dir=DIR,DIR2 --csv=scalars.csv --figure=scalars.png --tags=loss`.

A model_dir's own scalars and those of its sub-folders (`eval`, `eval_NAME`) are read, each folder as a run of its own.
Without --csv and --figure the runs and tags are listed. TensorBoard shows more (`tensorboard --logdir=DIR`);
TensorFlow's `import_pb_to_tensorboard` puts a frozen graph into an event file.
"""

from __future__ import annotations

import os
import sys
from typing import Any

from absl import flags

from flags import _binary, _shared  # noqa: F401 (it declares --model_dir)
from flags._failures import InputError

_CSV = flags.DEFINE_string('csv', None, 'CSV file to write: run, tag, step, wall_time (seconds since 1970), value.')
_FIGURE = flags.DEFINE_string('figure', None, 'PNG file to write: a plot for each tag, a line for each run.')
_TAGS = flags.DEFINE_string('tags', None, 'Regular expression to look for in tags, such as loss|accuracy.')
_SMOOTHING = flags.DEFINE_float(
    'smoothing', 0.0, 'How far the lines of the figure are smoothed, in [0, 1), as in TensorBoard.'
)
flags.register_validator('smoothing', lambda value: 0 <= value < 1, message='--smoothing must be in [0, 1).')
flags.declare_key_flag('model_dir')


def main() -> dict[str, Any]:
    """Reads the scalars and writes what the flags ask for."""
    model_dirs = [part for part in (flags.FLAGS.model_dir or '').split(',') if part]
    if not model_dirs:
        raise InputError('--model_dir is missing: give one folder, or several as DIR,DIR2.')
    for model_dir in model_dirs:
        if not os.path.isdir(model_dir):
            raise InputError(f'--model_dir: {model_dir} is not a folder: choose a model_dir that was trained into.')
    _binary.load_tensorflow()
    from tf1._checkpoint import event_scalars
    from tools import event_figure, figures

    damaged: list[str] = []
    try:
        series = event_scalars.read(model_dirs, _TAGS.value, damaged.append)
        for text in damaged:
            print(f'WARNING: {text}', file=sys.stderr, flush=True)
        if _CSV.value:
            event_scalars.write_csv(series, _CSV.value)
        if _FIGURE.value:
            figures.save(event_figure.scalars_figure(series, _SMOOTHING.value), _FIGURE.value)
    except (event_scalars.EventsError, OSError) as error:
        raise InputError(str(error)) from error
    except ValueError as error:
        raise InputError(f'--figure={_FIGURE.value}: {error}') from error
    if not _CSV.value and not _FIGURE.value:
        for run, tag in series:
            print(f'{run}: {tag}, {len(series[run, tag])} points')
    return {
        **event_scalars.summary(series),
        'damaged_files': len(damaged),
        'csv': _CSV.value,
        'figure': _FIGURE.value,
    }


def run() -> None:
    """Runs the binary."""
    _binary.run(main)


if __name__ == '__main__':
    run()
