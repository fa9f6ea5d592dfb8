"""TensorBoard in a process of its own, for this machine only."""

from __future__ import annotations

import re
import subprocess
import sys
import threading

HOST = '127.0.0.1'
_ADDRESS = re.compile(r'TensorBoard \S+ at (http://\S+)')
_END_SECONDS = 10


class ServerError(RuntimeError):
    """TensorBoard did not start, the wanted port being taken, say; the text is what it said last."""


class Server:
    """A running TensorBoard; a context manager that ends it.

    Its own process, because within this one its parser would take the flags of absl for its own.

    Attributes:
      url: its address, on the loopback interface.
    """

    def __init__(self, logdir: str, port: int = 0):
        """Starts TensorBoard and waits until it listens.

        Args:
          logdir: a model_dir, or a folder of several.
          port: 0 takes a free one.

        Raises:
          ServerError: it ended instead.
        """
        command = [
            sys.executable,
            '-m',
            'tools.inspection.board',
            f'--logdir={logdir}',
            f'--host={HOST}',
            f'--port={port}',
        ]
        # In a session of its own, Ctrl-C reaches it through `stop` alone.
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        try:
            self.url = self._address()
        except BaseException:
            self.stop()
            raise
        # Nobody else reads what it says from now on; a full pipe would stop it.
        threading.Thread(target=self._process.stderr.read, daemon=True).start()

    def wait(self) -> None:
        """Returns when TensorBoard has ended by itself."""
        self._process.wait()

    def stop(self) -> None:
        """Ends it."""
        self._process.terminate()
        try:
            self._process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.stop()

    def _address(self) -> str:
        said = 'it said nothing'
        for line in self._process.stderr:
            match = _ADDRESS.search(line)
            if match:
                return match[1]
            said = line.strip() or said
        raise ServerError(f'TensorBoard did not start: {said}')
