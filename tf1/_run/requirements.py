"""The pip commands for a requirements.txt of the TF 1 era: what its pins ask for does not exist for this Python."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable

from tf1._files import regular_files

# What tf1 itself stands for, or brings along.
_STOOD_FOR_TEXT = """
    tensorflow tensorflow-gpu tensorflow-cpu tf-nightly tf-nightly-gpu tensorflow-estimator
    tensorflow-tensorboard keras keras-nightly keras-applications keras-preprocessing protobuf
"""
_STOOD_FOR = frozenset(_STOOD_FOR_TEXT.split())
# Libraries written for TF 1: their own pins would bring TensorFlow 1 back.
_LIBRARIES_TEXT = """
    ampligraph baselines bert-tensorflow bert4keras cleverhans deepctr dm-sonnet dopamine-rl edward
    efficientnet foolbox gpflow gpt-2-simple graph-nets image-classifiers kapre keras-bert keras-contrib
    keras-rl keras-retinanet keras-self-attention keras-tcn keras-transformer lucid magenta mesh-tensorflow
    mtcnn segmentation-models spektral stable-baselines stellargraph t3f tensor2tensor tensorflow-gan
    tensorflow-hub tensorflow-model-optimization tensorflow-privacy tensorflow-probability tensorflow-ranking
    tensorforce tensorlayer tensorpack textgenrnn tf-slim tflearn trfl zhusuan
"""
_LIBRARIES = frozenset(_LIBRARIES_TEXT.split())
_NAME = re.compile(r'([A-Za-z0-9][A-Za-z0-9._-]*)(\[[^\]]*\])?\s*(.*)')


def commands(lines: Iterable[str]) -> tuple[list[list[str]], list[str]]:
    """Returns the arguments of pip for each command, and the names that are left out.

    Libraries of TF 1 are installed as they are pinned and without what they depend on; all else in the newest version
    that fits this Python.

    Args:
      lines: of a requirements.txt.
    """
    libraries, others, dropped = [], [], []
    for line in lines:
        text = line.partition('#')[0].partition(';')[0].strip()
        found = _NAME.match(text)
        if found is None:
            continue  # an option of pip, or nothing
        name = re.sub(r'[-_.]+', '-', found[1]).lower()
        if name in _STOOD_FOR:
            dropped.append(text)
        elif name in _LIBRARIES:
            libraries.append(text.replace(' ', ''))
        elif '://' in text or found[3].startswith('@'):
            others.append(text)
        else:
            others.append(found[1] + (found[2] or ''))
    found_commands = []
    if others:
        found_commands.append(['install', *others])
    if libraries:
        found_commands.append(['install', '--no-deps', *libraries])
    return found_commands, dropped


def run(path: str, is_installing: bool) -> int:
    """Prints the commands for the requirements of file `path`, or runs them; returns pip's status.

    Raises:
      OSError, UnicodeDecodeError: the file cannot be read.
    """
    found, dropped = commands(regular_files.read_text(path).splitlines())
    if dropped:
        print(f'# left out, tf1 stands for them: {", ".join(dropped)}')
    for arguments in found:
        print('pip ' + ' '.join(arguments), flush=True)
        if is_installing:
            status = subprocess.run([sys.executable, '-m', 'pip', *arguments]).returncode
            if status:
                return status
    return 0
