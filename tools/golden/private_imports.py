"""Writes tests/golden/private_imports.txt: the private names that public programs import and that TF 1.15.5 has.

Run it under TF 1.15.5 and Python 3.7 on what `tools/private_imports.py` has printed:

    python tools/golden/private_imports.py names.txt

A line: repositories and files that import the name, module, name. Names of one repository alone are left out.
"""

from __future__ import annotations

import argparse
import importlib
import os

_GOLDEN = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'tests', 'golden')
_FEWEST = 2


def is_there(module, name):
    """Returns whether the installed TensorFlow has a name, `-` or `*` for the module itself."""
    try:
        if name in '-*' or hasattr(importlib.import_module(module), name):
            importlib.import_module(module)
        else:
            importlib.import_module(f'{module}.{name}')
    except Exception:
        return False
    return True


def main():
    """Writes the golden file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('names', help='file that tools/private_imports.py has written')
    with open(parser.parse_args().names) as file:
        lines = [line for line in file if int(line.split()[0]) >= _FEWEST]
    with open(os.path.join(_GOLDEN, 'private_imports.txt'), 'w') as file:
        file.writelines(line for line in lines if is_there(*line.split()[2:]))


if __name__ == '__main__':
    main()
