"""The commands of `tf1.checkpoint`, and `convert`: `python -m flags.checkpoint COMMAND ...`."""

from __future__ import annotations

import sys

from tf1 import checkpoint

_CONVERT = 'convert'


def run() -> None:
    """Runs the binary."""
    words = sys.argv[1:]
    if words[:1] == [_CONVERT]:
        from flags.checkpoint import converting  # TensorFlow and Keras take seconds to load.

        converting.run()
    about = 'Converts a checkpoint to Keras 3, a SavedModel, a frozen graph and more, and back.'
    sys.exit(checkpoint.main(words, 'checkpoint', {_CONVERT: about}))


if __name__ == '__main__':
    run()
