"""Times each session system's training beside a bare loop of `session.run` on fed NumPy batches, and beside PyTorch.

`python -m benchmarks.sessions [--torch=PYTHON_WITH_PYTORCH] [NAME ...]`: every contender stands ready in a process of
its own; they take turns of some steps, the order turned round each time. Prints the medians of their steps per second
and, with quartiles, of the ratios to the bare loop's. `train` has the kernels that the binaries choose, `train, usual
kernels` and the bare loop have TensorFlow's choice for this processor.
"""

from __future__ import annotations

import argparse
import importlib.util
import statistics
import sys

from tqdm import tqdm

from benchmarks import machine
from benchmarks.turns import Contender

STEPS = {'patch_cnn': 40, 'lowlevel_cnn': 25, 'layers_cnn': 25, 'ocr_cnn': 40, 'batchnorm_cnn': 3}
"""Training steps of one turn."""
LOOP = 'bare loop'
_SCRIPT, _TORCH_SCRIPT = 'sessions_contender.py', 'session_networks_torch.py'


def contenders(name: str, torch: str | None) -> dict[str, Contender]:
    """Returns the contenders of a system, each ready in its process."""
    ours, chosen = (sys.executable, _SCRIPT, 'train', name), {'TF_ENABLE_ONEDNN_OPTS': '1'}
    found = {
        'train': Contender(*ours, variables=chosen),
        'train, usual kernels': Contender(*ours),
        LOOP: Contender(sys.executable, _SCRIPT, 'loop', name),
    }
    if torch:
        found['PyTorch eager'] = Contender(torch, _TORCH_SCRIPT, name)
    return found


def measure(name: str, torch: str | None, rounds: int) -> dict[str, list[float]]:
    """Returns the seconds of each turn by contender; one turn more, the first, warms up."""
    processes = contenders(name, torch)
    seconds: dict[str, list[float]] = {each: [] for each in processes}
    for turn in tqdm(range(rounds + 1), desc=name, unit='round'):
        for each in list(processes)[:: 1 if turn % 2 else -1]:
            seconds[each].append(processes[each].ask(STEPS[name]))
    for process in processes.values():
        process.close()
    return {each: found[1:] for each, found in seconds.items()}


def main() -> None:
    """Measures what the command line asks for, and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('systems', nargs='*', metavar='NAME', help=f'of {", ".join(STEPS)}; all by default')
    parser.add_argument('--torch', help='Python interpreter that has PyTorch')
    parser.add_argument('--rounds', type=int, default=15, help='turns of each')
    arguments = parser.parse_args()
    torch = arguments.torch or (sys.executable if importlib.util.find_spec('torch') else None)
    print(machine.describe())
    print(f'{"":14} {"":22} steps/s  to the bare loop (quartiles)')
    for name in arguments.systems or STEPS:
        seconds = measure(name, torch, arguments.rounds)
        for each, found in seconds.items():
            low, ratio, high = statistics.quantiles(b / a for a, b in zip(found, seconds[LOOP], strict=True))
            speed = STEPS[name] / statistics.median(found)
            print(f'{name:14} {each:22} {speed:7.1f}  {ratio:.2f} ({low:.2f} to {high:.2f})', flush=True)


if __name__ == '__main__':
    main()
