"""`tensorflow.python.distribute.estimator_training`: who runs a training that a strategy distributes.

Strategies here are for the devices of one machine, so that is always the caller.
"""

from __future__ import annotations

from typing import Any


def should_run_distribute_coordinator(config: Any) -> bool:
    """Returns False: there is no coordinator of several processes."""
    del config
    return False
