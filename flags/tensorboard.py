"""Opens TensorBoard on a model_dir, or on a folder of several: `python -m flags.tensorboard --model_dir=DIR`.

It listens on this machine only, prints its address, and ends with Ctrl-C. First it writes what the plugins show of a
reference system and is not there yet: the last hidden layer of 1,000 test images with their pictures and classes for
the embedding projector, PR curves and the confusion matrix of each checkpoint, the hyperparameters. In any other
model_dir TensorBoard shows what is there.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

from absl import flags

from flags import _binary, _shared
from flags._failures import InputError
from tools.inspection import server
from tools.systems import registry

_PORT = flags.DEFINE_integer('port', 0, 'Port to listen on; by default any free one.', lower_bound=0, upper_bound=65535)
_PROJECTOR = flags.DEFINE_bool(
    'projector', True, 'Whether to write what the projector and the other plugins show before TensorBoard opens.'
)
for _name in ('model', 'model_dir', 'data_dir'):
    flags.declare_key_flag(_name)


class _Ended(BaseException):
    """Ctrl-C or SIGTERM."""


def main() -> dict[str, Any]:
    """Writes what is missing, serves until Ctrl-C or SIGTERM, and returns the address."""
    if flags.FLAGS.model_dir is None and flags.FLAGS.model is None:
        raise InputError('--model_dir is missing: give a folder that was trained into.')
    path = _shared.model_dir()
    if not os.path.isdir(path):
        raise InputError(f'--model_dir={path} is not a folder: choose one that was trained into.')
    _shared.check_data_dir()
    name = _shared.model(registry.NAMES) if flags.FLAGS.model is not None else None
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _end)
    url = None
    try:
        if _PROJECTOR.value:
            _fill(path, name)
        with server.Server(path, _PORT.value) as board:
            url = board.url
            print(f'TensorBoard shows {path} at {url} (Ctrl-C ends it)', flush=True)
            board.wait()
    except server.ServerError as error:
        raise InputError(f'--port={_PORT.value}: {error}') from error
    except _Ended:
        pass
    return {'model_dir': path, 'url': url}


def _end(*_: object) -> None:
    raise _Ended


def _fill(path: str, name: str | None) -> None:
    """Fills every model_dir below `path`; a checkpoint that cannot be read is named and left."""
    _binary.load_tensorflow()
    from tf1._checkpoint.errors import CheckpointError
    from tools.systems import inspection

    folders = inspection.model_dirs(path)
    if not folders:
        print(f'{path} holds no checkpoint: there is nothing to project.', file=sys.stderr, flush=True)
    for folder in folders:
        try:
            known = inspection.fill(folder, name, _shared.source())
        except (CheckpointError, OSError) as error:
            print(f'WARNING: {error}', file=sys.stderr, flush=True)
            continue
        if not known:
            print(f'{folder} is of none of the reference systems: it is shown as it is.', file=sys.stderr, flush=True)


def run() -> None:
    """Runs the binary."""
    _binary.run(main)


if __name__ == '__main__':
    run()
