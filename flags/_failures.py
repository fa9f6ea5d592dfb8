"""What a binary says when it fails: one line, and the exit status."""

from __future__ import annotations

import errno
import signal
import sys
from typing import NamedTuple

from absl import flags

_BAD_INPUT, _OUT_OF_RESOURCES = 2, 1
# What has run out, and what helps.
_RESOURCES = {
    errno.ENOSPC: ('the disk is full', 'Make room'),
    errno.EDQUOT: ('the quota of the disk is used up', 'Make room'),
    errno.EFBIG: ("the limit of a file's size is reached", 'Raise it (ulimit -f)'),
    errno.EROFS: ('the file system is read-only', 'Make it writable'),
    errno.EACCES: ('the folder cannot be written to', 'Make it writable'),
    errno.EPERM: ('the folder cannot be written to', 'Make it writable'),
    errno.EIO: ('the disk reports an error', 'Use another'),
    errno.ENOMEM: ('memory is used up', 'Free some, or raise the limit'),
    errno.EMFILE: ('too many files are open', 'Raise the limit (ulimit -n)'),
}
_IN_THE_WAY = {
    *(errno.EISDIR, errno.ENOTDIR, errno.EEXIST, errno.ENOTEMPTY, errno.ELOOP, errno.ENAMETOOLONG),
    errno.EINVAL,  # Of `tf1._checkpoint.regular_files`.
}
_REMOVE = 'something else is in the way of a file or folder; remove it.'
# How TensorFlow's own errors name the same resources.
_TOLD = {
    'No space left on device': errno.ENOSPC,
    'Disk quota exceeded': errno.EDQUOT,
    'File too large': errno.EFBIG,
    'Read-only file system': errno.EROFS,
    'Permission denied': errno.EACCES,
    'Input/output error': errno.EIO,
    'Too many open files': errno.EMFILE,
    'OOM when allocating': errno.ENOMEM,
    'Cannot allocate memory': errno.ENOMEM,
    'failed to map segment from shared object': errno.ENOMEM,  # While a package is imported.
    "can't start new thread": errno.ENOMEM,
    'std::bad_alloc': errno.ENOMEM,
}


class InputError(Exception):
    """Something that the person at the keyboard can mend; the text names the flag or file, its value and the remedy."""


class Terminated(BaseException):
    """SIGTERM came."""


class Failure(NamedTuple):
    """One line for standard error, and the exit status."""

    text: str
    status: int = _BAD_INPUT


def describe(error: BaseException) -> Failure | None:
    """Returns what to say of an error; None of one that is a fault of the program, whose traceback says most."""
    if isinstance(error, (KeyboardInterrupt, Terminated)):
        name, number = (
            ('Ctrl-C', signal.SIGINT) if isinstance(error, KeyboardInterrupt) else ('SIGTERM', signal.SIGTERM)
        )
        return Failure(f'stopped by {name}; the same command {_what_it_does_again()}.', 128 + number)
    if isinstance(error, InputError):
        return Failure(str(error))
    kind = {base.__module__ + '.' + base.__name__ for base in type(error).__mro__}
    if 'tools.systems.errors.RequestError' in kind:
        return Failure(f'--{error}')
    if 'tf1.datasets.idx.DataError' in kind:
        data_dir = flags.FLAGS.data_dir if 'data_dir' in flags.FLAGS else None
        return Failure(f'--data_dir={data_dir}: {error}' if data_dir else str(error))
    if kind & {'tf1._checkpoint.errors.CheckpointError', 'tools.conversion.errors.ConversionError'}:
        return Failure(str(error))
    return _of_the_system(error)


def _what_it_does_again() -> str:
    return 'goes on from the last checkpoint' if 'learning_rate' in flags.FLAGS else 'starts again'


def _of_the_system(error: BaseException) -> Failure | None:
    if isinstance(error, MemoryError):
        return _exhausted(errno.ENOMEM, '')
    if isinstance(error, OSError) and error.errno in _RESOURCES:
        return _exhausted(error.errno, error.filename or '')
    if isinstance(error, OSError) and error.errno in _IN_THE_WAY:
        path = error.filename2 or error.filename
        return Failure(
            _where() + (str(error) if str(path) in error.strerror else f'{path}: {error.strerror}: {_REMOVE}')
        )
    # Some of TensorFlow's errors come as Python's: a full file as an IndexError, say.
    told = [number for told, number in _TOLD.items() if told in str(error)]
    if told:
        return _exhausted(told[0], _reason(error))
    if 'tensorflow' not in sys.modules:
        return None
    import tensorflow as tf

    if isinstance(error, tf.compat.v1.train.NanLossDuringTrainingError):
        return Failure(_nan())
    if isinstance(error, tf.errors.OpError):
        if isinstance(error, (tf.errors.FailedPreconditionError, tf.errors.AlreadyExistsError)):
            return Failure(f'{_where()}{_reason(error)}: {_REMOVE}')
        if isinstance(
            error,
            (
                tf.errors.NotFoundError,
                tf.errors.InvalidArgumentError,
                tf.errors.DataLossError,
                tf.errors.OutOfRangeError,
            ),
        ):
            return Failure(_checkpoint_text(error))
    return None


def _checkpoint_text(error: BaseException) -> str:
    text = ' '.join(error.message.split())
    return text if '[[' not in text and '{{' not in text else f'{_where()}{_reason(error)}'


def _reason(error: BaseException) -> str:
    if 'tf1' not in sys.modules:
        return str(error)
    from tf1._checkpoint.errors import reason

    return reason(error)


def _nan() -> str:
    rate = flags.FLAGS.learning_rate if 'learning_rate' in flags.FLAGS else None
    was = "the document's value" if rate is None else f'--learning_rate={rate:g}'
    return (
        f'{_where()}the loss became NaN: the step size is too large for this model and data ({was}); choose a smaller '
        '--learning_rate. The step that did it was not saved.'
    )


def _exhausted(number: int, what: str) -> Failure:
    resource, remedy = _RESOURCES[number]
    model_dir = flags.FLAGS.model_dir if 'model_dir' in flags.FLAGS else None
    last = _last_checkpoint(model_dir) if model_dir else None
    kept = f'The last good checkpoint is {last}. ' if last else ''
    place = f' ({what})' if what else ''
    text = f'{_where()}{resource}{place}. {kept}{remedy}, and run the same command again.'
    return Failure(text, _OUT_OF_RESOURCES)


def _last_checkpoint(model_dir: str) -> str | None:
    from tf1._checkpoint import lookup

    try:
        return lookup.latest_readable(model_dir, warn=lambda text: None)
    except ValueError:
        return None


def _where() -> str:
    model_dir = flags.FLAGS.model_dir if 'model_dir' in flags.FLAGS else None
    return f'--model_dir={model_dir}: ' if model_dir else ''
