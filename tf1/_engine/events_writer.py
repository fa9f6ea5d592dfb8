"""`EventsWriter` of TF 1's `pywrap_tensorflow`, with which loggers of reinforcement learning write summaries."""

from __future__ import annotations

import os
import socket
import time

import tensorflow.compat.v1 as tf


class EventsWriter:
    """Writes an event file called after `filename_prefix`, the time and the host; the first event opens it.

    Args:
      filename_prefix: path of the file up to `.out.tfevents`; its folder exists.
    """

    def __init__(self, filename_prefix: str | bytes):
        self._prefix = os.fsdecode(filename_prefix)
        self._suffix = ''
        self._path = ''
        self._records: tf.io.TFRecordWriter | None = None

    def InitWithSuffix(self, suffix: str | bytes) -> None:
        """Opens the file, whose name ends with `suffix`."""
        self._suffix = os.fsdecode(suffix)
        self._open()

    def FileName(self) -> bytes:
        """Returns the path of the file."""
        self._open()
        return os.fsencode(self._path)

    def WriteEvent(self, event: tf.Event) -> None:
        """Appends an event."""
        self._open()
        self._records.write(event.SerializeToString())

    def Flush(self) -> None:
        """Sends to the file what was written so far."""
        if self._records is not None:
            self._records.flush()

    def Close(self) -> None:
        """Closes the file; the next event would begin another."""
        if self._records is not None:
            self._records.close()
        self._records = None

    def _open(self) -> None:
        if self._records is None:
            now = time.time()
            self._path = f'{self._prefix}.out.tfevents.{int(now):010d}.{socket.gethostname()}{self._suffix}'
            self._records = tf.io.TFRecordWriter(self._path)
            self.WriteEvent(tf.Event(wall_time=now, file_version='brain.Event:2'))
