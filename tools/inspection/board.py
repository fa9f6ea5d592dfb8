"""TensorBoard's own program, but it ends with the process that started it."""

from __future__ import annotations

from tensorboard.main import run_main

from tools import exit_with_parent

if __name__ == '__main__':
    exit_with_parent.end_with_parent()
    run_main()
