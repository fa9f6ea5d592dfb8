"""Binaries: flags in, one call, a result out."""

from __future__ import annotations

import os
import platform
import sys
from types import TracebackType


def _show(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Shows what ended a binary while it still loads its modules: Ctrl-C in one line, all else as Python does."""
    if issubclass(kind, KeyboardInterrupt):
        print(f'{sys.orig_argv[2].rpartition(".")[2]}: stopped by Ctrl-C before it began.', file=sys.stderr)
    else:
        sys.__excepthook__(kind, error, trace)


if sys.argv[:1] == ['-m'] and sys.orig_argv[1:2] == ['-m']:  # This process begins as a binary.
    sys.excepthook = _show
    if platform.machine() in ('x86_64', 'AMD64'):
        # TensorFlow leaves oneDNN off on some processors. All nine systems have layers large enough to gain from it.
        os.environ.setdefault('TF_ENABLE_ONEDNN_OPTS', '1')
