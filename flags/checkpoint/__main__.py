"""Looks inside TF 1.x checkpoints and makes new ones of them: `python -m flags.checkpoint COMMAND ...`.

A checkpoint is given as a prefix (MODEL_DIR/model.ckpt-100), a model_dir (its latest, or the one that --step names), or
a SavedModel or its variables folder. No command writes over a checkpoint.

TensorFlow's own tools do more of some of it: `saved_model_cli show --all --dir DIR` lists the signatures of a
SavedModel, `tf_upgrade_v2` rewrites a program. What `inspect_checkpoint` of TF 1 printed, `list` prints.
"""

from __future__ import annotations

from flags import _commands
from flags.checkpoint import averaging, comparing, converting, listing, renaming

COMMANDS = {
    'list': listing,
    'diff': comparing,
    'rename': renaming,
    'average': averaging,
    'convert': converting,
}


def run() -> None:
    """Runs the binary."""
    _commands.run(__doc__, COMMANDS)


if __name__ == '__main__':
    run()
