"""`inspect_checkpoint`, which prints `tensor_name:  w` above each value, as scripts that read it expect."""

from __future__ import annotations

import contextlib
import io
import re

from tensorflow.python.tools import inspect_checkpoint as _today

_TITLE = re.compile(r'^tensor: (.*) \(\w+\) \[[\d, ]*\]$', re.MULTILINE)


def print_tensors_in_checkpoint_file(
    file_name: str,
    tensor_name: str | None,
    all_tensors: bool,
    all_tensor_names: bool = False,
    count_exclude_pattern: str = '',
) -> None:
    """Prints what is in a checkpoint; errors are printed, too.

    Args:
      file_name: prefix of the checkpoint.
      tensor_name: the variable to print; '' or None for names, types and shapes of all.
      all_tensors: whether to print the values of all.
      all_tensor_names: whether to print the names of all.
      count_exclude_pattern: regular expression for variables that the number of parameters leaves out.
    """
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        _today.print_tensors_in_checkpoint_file(
            file_name, tensor_name, all_tensors, all_tensor_names, count_exclude_pattern
        )
    print(_TITLE.sub(r'tensor_name:  \1', printed.getvalue()), end='')


def __getattr__(name: str) -> object:
    return getattr(_today, name)
