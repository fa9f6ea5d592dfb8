"""Runs the main job of each TF 1 library that is installed, as a program of its own, and says what came of it.

    python -m tools.libraries [NAME...]

Install a library past its pins: `pip install --no-deps tflearn==0.5.0`. The last line is JSON: what ran, what failed,
what is not installed.
"""

from __future__ import annotations

import importlib.metadata
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from tools import command_line

_JOBS = Path(__file__).parent / 'jobs'
_SECONDS = 600


def main(names: list[str]) -> int:
    """Runs the jobs; returns how many failed."""
    jobs = {job: job.read_text().splitlines()[0].strip('"').partition('==') for job in sorted(_JOBS.glob('*.py'))}
    known = {word for job, (name, _, _) in jobs.items() for word in (job.stem.removeprefix('job_'), name)}
    if not set(names) <= known:
        command_line.fail('tools.libraries', f'{", ".join(names)}: there are jobs for {", ".join(sorted(known))}.')
    results: dict[str, list[str]] = {'ran': [], 'failed': [], 'not installed': []}
    for job, (distribution, _, version) in jobs.items():
        if names and job.stem.removeprefix('job_') not in names and distribution not in names:
            continue
        try:
            found = importlib.metadata.version(distribution)
        except importlib.metadata.PackageNotFoundError:
            results['not installed'].append(f'{distribution}=={version}')
            continue
        with tempfile.TemporaryDirectory() as folder:
            run = subprocess.run(
                [sys.executable, '-m', 'tf1.run', str(job)],
                cwd=folder,
                capture_output=True,
                text=True,
                timeout=_SECONDS,
            )
        lines = run.stdout.strip().splitlines() or ['']
        ran = run.returncode == 0 and lines[-1].startswith('ok')
        results['ran' if ran else 'failed'].append(f'{distribution}=={found}')
        print(
            f'{distribution}=={found}:', lines[-1] if ran else (run.stderr.strip().splitlines() or [''])[-1], flush=True
        )
    print(json.dumps(results))
    return len(results['failed'])


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
