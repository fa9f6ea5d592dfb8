"""Which checkpoint is meant: the one rule by which training, evaluation, prediction and tools find it.

The latest checkpoint of a folder is the one that the folder's `checkpoint` file names. The folder may have been moved
or copied, so a checkpoint of that name in the folder itself comes before the recorded path. Where the `checkpoint` file
is lost, unreadable, or names one that is not complete, the latest is the complete checkpoint of the highest step, and a
warning names what was lost.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable

import tensorflow.compat.v1 as tf

from tf1._checkpoint.errors import CheckpointError, reason
from tf1._checkpoint.reading import UNREADABLE, Stored
from tf1._files import regular_files

STATE = 'checkpoint'
LATEST = 'latest'
_FILE_ENDING = re.compile(r'\.(index|meta|data-\d{5}-of-\d{5})$')
_RECORDED = re.compile(r'^\s*(all_)?model_checkpoint_paths?:\s*"((?:[^"\\]|\\.)*)"', re.MULTILINE)

Warn = Callable[[str], None]


def find(path: str, step: int | None = None, warn: Warn = tf.logging.warning) -> str:
    """Returns the prefix of the checkpoint that a path means.

    Args:
      path: a prefix, a file of a checkpoint, a model_dir, a SavedModel or its variables folder.
      step: which checkpoint of a model_dir; None for the latest.
      warn: is told where the `checkpoint` file was lost.

    Raises:
      CheckpointError: there is none, or two have that step.
    """
    if tf.io.gfile.isdir(path):
        saved = next((s for s in _in_saved_model(path) if _exists(s)), None)
        if saved:
            return saved
        if step is not None:
            return at_step(path, step)
        found = latest(path, warn=warn)
        if found is None:
            raise CheckpointError(f'{path} holds no checkpoint: choose a model_dir that was trained into.')
        return found
    prefix = _FILE_ENDING.sub('', path)
    if not _exists(prefix):
        raise CheckpointError(
            f'{path} is not a checkpoint: there is no file {prefix}.index; give MODEL_DIR/model.ckpt-STEP or MODEL_DIR.'
        )
    return prefix


def wanted(model_dir: str, which: str | int, name: str | None = None, warn: Warn = tf.logging.warning) -> str:
    """Returns the prefix of the checkpoint that a person chooses for a model_dir.

    Args:
      model_dir: the folder.
      which: LATEST, a step of a checkpoint in the folder, or the path of any checkpoint.
      name: what the model's checkpoints are called before `-STEP`; None for any name.
      warn: as for `find`.

    Raises:
      CheckpointError: there is no such checkpoint; the text says which there are.
    """
    which = str(which)
    if which != LATEST and not which.isdecimal():
        return find(which, warn=warn)
    found = latest(model_dir, name, warn) if which == LATEST else at_step(model_dir, int(which), name)
    if found is None:
        called = '' if name is None else f' called {name}-N'
        raise CheckpointError(f'{model_dir} holds no checkpoint{called}: train into it first.')
    return found


def latest(folder: str, name: str | None = None, warn: Warn = tf.logging.warning) -> str | None:
    """Returns the prefix of a folder's latest checkpoint, None for a folder without any; see the rule above.

    Raises:
      CheckpointError: there are checkpoints, and none is complete.
    """
    named, lost = _named(folder, name)
    if named:
        return named
    there = _by_step(folder, name)
    complete = next((prefix for prefix in reversed(there) if _is_complete(prefix)), None)
    if complete is None and there:
        raise CheckpointError(
            f'{folder} holds no complete checkpoint: {there[-1]} lacks its data or cannot be opened; put the missing '
            'files back, or choose another folder.'
        )
    if complete:
        warn(f'{lost}: the newest complete checkpoint, {complete}, is taken instead.')
    elif lost and tf.io.gfile.exists(_state_file(folder)):
        warn(f'{lost}, and the folder holds no checkpoint.')
    return complete


def latest_readable(folder: str, name: str | None = None, warn: Warn = tf.logging.warning) -> str | None:
    """Returns the newest checkpoint that can be read to its end, for a training that goes on; None without any.

    Damaged ones that are newer are named in a warning.

    Raises:
      CheckpointError: there are checkpoints, and none can be read.
    """
    found = latest(folder, name, warn)
    if found is None:
        return None
    first_error = damage(found)
    if first_error is None:
        return found
    older = [prefix for prefix in reversed(_by_step(folder, name)) if prefix != found]
    for prefix in older:
        if damage(prefix) is None:
            warn(f'{first_error} Training goes on from the newest one that can be read, {prefix}.')
            return prefix
    raise CheckpointError(f'{first_error} No other checkpoint in {folder} can be read: restore one from a backup.')


def damage(prefix: str) -> CheckpointError | None:
    """Returns what is wrong with a checkpoint, read to its end; None for a good one."""
    try:
        Stored(prefix).check()
    except CheckpointError as error:
        return error
    return None


def readable_beyond(folder: str, step: int, name: str | None = None) -> list[str]:
    """Returns the folder's checkpoints of higher steps than `step` that can be read to their end, by growing step."""
    return [prefix for prefix in _by_step(folder, name) if step_of(prefix) > step and damage(prefix) is None]


def make_latest(prefix: str) -> None:
    """Makes a checkpoint the latest in its folder's `checkpoint` file, which names the folder's others before it.

    Raises:
      CheckpointError: the file cannot be written.
    """
    folder, name = os.path.split(prefix)
    try:
        first, *every = _recorded(folder) or ['']
        known = [os.path.basename(path) for path in every or [first]]
    except CheckpointError:
        known = [os.path.basename(path) for path in _by_step(folder)]
    others = [other for other in known if other not in ('', name) and _exists(os.path.join(folder, other))]
    # The file is to name them relative to an absolute folder; TensorFlow makes that of paths below a relative one.
    every = [each if os.path.isabs(folder) else os.path.join(folder, each) for each in dict.fromkeys([*others, name])]
    try:
        tf.train.update_checkpoint_state(folder, every[-1], all_model_checkpoint_paths=every)
    except (OSError, tf.errors.OpError) as error:
        raise CheckpointError(
            f'{_state_file(folder)} cannot be written ({reason(error)}): remove what is in the way.'
        ) from error


def is_recorded(prefix: str) -> bool:
    """Returns whether TensorFlow's own look-up finds this checkpoint as the latest of its folder."""
    try:
        found = tf.train.latest_checkpoint(os.path.dirname(prefix))
    except UNREADABLE:
        return False
    return found is not None and os.path.normpath(found) == os.path.normpath(prefix)


def set_aside_newer(prefix: str, name: str | None = None, warn: Warn = tf.logging.warning) -> None:
    """Renames what is left of damaged checkpoints beyond one, which a training goes on from: `FILE.damaged`.

    Nothing is then in the way of the checkpoints that the training writes under the same names.
    """
    folder = os.path.dirname(prefix)
    for newer in _by_step(folder, name):
        if step_of(newer) <= step_of(prefix) or damage(newer) is None:
            continue
        for file in tf.io.gfile.glob(f'{newer}.*'):
            with contextlib.suppress(*UNREADABLE):
                tf.io.gfile.rename(file, f'{file}.damaged', overwrite=True)
        warn(f'What is left of {newer} is called {newer}.*.damaged now.')


def steps(model_dir: str, name: str | None = None) -> dict[int, list[str]]:
    """Returns the prefixes of a folder's checkpoints `NAME-STEP` by growing step; none where there is no folder.

    Args:
      model_dir: the folder.
      name: what they are called before `-STEP`; None for any name.
    """
    pattern = re.compile(rf'({re.escape(name) if name else ".+"}-(\d+))\.index')
    found: dict[int, list[str]] = {}
    try:
        entries = tf.io.gfile.listdir(model_dir)
    except tf.errors.OpError:
        return {}
    for entry in sorted(entries):
        match = pattern.fullmatch(entry)
        if match:
            found.setdefault(int(match[2]), []).append(os.path.join(model_dir, match[1]))
    return dict(sorted(found.items()))


def at_step(model_dir: str, step: int, name: str | None = None) -> str:
    """Returns the prefix of a folder's checkpoint of that step.

    Raises:
      CheckpointError: there is none, or there are several of different names.
    """
    there = steps(model_dir, name)
    if step not in there:
        known = f'it holds steps {", ".join(map(str, there))}' if there else 'it holds none'
        raise CheckpointError(f'step {step} has no checkpoint in {model_dir}: {known}.')
    if len(there[step]) > 1:
        raise CheckpointError(f'step {step} has several checkpoints in {model_dir}: give {" or ".join(there[step])}.')
    return there[step][0]


def step_of(prefix: str | None) -> int:
    """Returns the step in a prefix `NAME-STEP`; 0 where it ends otherwise, and for None."""
    match = re.search(r'-(\d+)$', prefix or '')
    return int(match[1]) if match else 0


def _by_step(folder: str, name: str | None = None) -> list[str]:
    """The folder's checkpoints by growing step; of two with one step, `model.ckpt` is the later."""
    return [
        prefix
        for prefixes in steps(folder, name).values()
        for prefix in sorted(prefixes, key=lambda p: os.path.basename(p).startswith('model.ckpt-'))
    ]


def _named(folder: str, name: str | None) -> tuple[str | None, str]:
    """Returns the checkpoint that the `checkpoint` file names, or None and what is wrong with the file."""
    file = _state_file(folder)
    try:
        recorded = _recorded(folder)
    except CheckpointError as error:
        return None, str(error)
    if not recorded:
        return None, f'{file} is missing'
    if name is not None and not os.path.basename(recorded[0]).startswith(f'{name}-'):
        return None, f'{file} names {recorded[0]}, which is of another model'
    if not _exists(recorded[0]) or not _is_complete(recorded[0]):
        return None, f'{file} names {recorded[0]}, which is missing or lacks its data'
    return recorded[0], ''


def _recorded(folder: str) -> list[str]:
    """The paths that the `checkpoint` file names, the latest first; none where there is no such file.

    Raises:
      CheckpointError: it cannot be read, or names none.
    """
    file = _state_file(folder)
    if not os.path.lexists(file) and not tf.io.gfile.exists(file):
        return []
    try:
        regular_files.check(file)
        with tf.io.gfile.GFile(file, 'rb') as lines:
            text = lines.read().decode('utf-8')
    except UNREADABLE as error:
        said = 'it is no text' if isinstance(error, UnicodeDecodeError) else reason(error)
        raise CheckpointError(f'{file} cannot be read ({said})') from error
    named = [(bool(match[1]), match[2]) for match in _RECORDED.finditer(text)]
    first = [path for is_list, path in named if not is_list and path]
    if not first:
        raise CheckpointError(f'{file} cannot be read (it names no checkpoint)')
    return [_here(folder, path) for path in (first[0], *(path for is_list, path in named if is_list and path))]


def _here(folder: str, recorded: str) -> str:
    recorded = recorded.encode().decode('unicode_escape').encode('latin-1').decode('utf-8', 'replace')
    own = os.path.join(folder, os.path.basename(recorded))
    path = recorded if os.path.isabs(recorded) or '://' in recorded else os.path.join(folder, recorded)
    return own if _exists(own) or not _exists(path) else path


def _exists(prefix: str) -> bool:
    # Savers before TF 0.12, and in TF 1.15 with write_version=V1, wrote no index: the prefix is the file, or a pattern
    # of files where they were sharded.
    return tf.train.checkpoint_exists(prefix)


def _is_complete(prefix: str) -> bool:
    try:
        Stored(prefix)
    except CheckpointError:
        return False
    return True


def _state_file(folder: str) -> str:
    return os.path.join(folder, STATE)


def _in_saved_model(path: str) -> list[str]:
    if tf.io.gfile.exists(os.path.join(path, 'saved_model.pb')):
        return [os.path.join(path, 'variables', 'variables')]
    return [os.path.join(path, 'variables')] if os.path.basename(os.path.normpath(path)) == 'variables' else []
