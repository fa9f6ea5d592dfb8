"""TensorBoard's own program, but it ends with the process that started it."""

from __future__ import annotations

from tensorboard.main import run_main

from tools import lifeline

if __name__ == '__main__':
    lifeline.end_with_parent()
    run_main()
