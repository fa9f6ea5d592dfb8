"""Contenders that stand ready in processes of their own and measure when asked, so that they can take turns."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

_HERE = Path(__file__).resolve().parent


def environment(**variables: str) -> dict[str, str]:
    """Returns the environment of a contender's process: this one's, with the project on the path, and `variables`."""
    # tf1 asked for Keras 2 in this process; other releases would look for a package that they do not need.
    kept = {name: value for name, value in os.environ.items() if not name.startswith(('PYTHON', 'TF_USE'))}
    return {**kept, 'PYTHONPATH': str(_HERE.parent), **variables}


class Contender:
    """A process that reads one JSON request a line from standard input and answers each with one JSON line.

    Args:
      python: interpreter.
      script: name of a file beside this one.
      arguments: of the script.
      variables: of its environment, besides those of this process.
    """

    def __init__(self, python: str, script: str, *arguments: str, variables: dict[str, str] | None = None):
        self._process = subprocess.Popen(
            [python, str(_HERE / script), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=environment(**(variables or {})),
        )

    def ask(self, request: Any) -> Any:
        """Returns the answer to a request.

        Raises:
          RuntimeError: the process ended.
        """
        try:
            print(json.dumps(request), file=self._process.stdin, flush=True)
            line = self._process.stdout.readline()
        except BrokenPipeError:
            line = ''
        if not line:
            raise RuntimeError(f'{self._process.args} ended at {request} with status {self._process.wait()}.')
        return json.loads(line)

    def close(self) -> None:
        """Ends the process."""
        self._process.stdin.close()
        self._process.wait()
