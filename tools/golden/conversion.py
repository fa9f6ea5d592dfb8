"""Writes tests/golden/conversion.json: losses of the five session systems under TF 1.15.5.

Run it under TF 1.15.5 and Python 3.7:

    python tools/golden/conversion.py

tests/golden/conversion_steps.py says what is trained. The small OCR network goes with its own golden checkpoint.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys

import tensorflow as tf

_GOLDEN = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'tests', 'golden')


def losses(name):
    """Trains one system from fixed weights; returns the loss of each step."""
    import conversion_steps

    import graphs as graph_writer

    with tf.Graph().as_default() as graph, tf.Session(graph=graph) as session:
        with contextlib.redirect_stdout(io.StringIO()):
            net = graph_writer.load(name).build(tf)
        session.run(tf.global_variables_initializer())
        conversion_steps.set_values(tf, session)
        return conversion_steps.train(session, name, net, range(conversion_steps.STEPS))


def main():
    """Writes the golden file."""
    sys.path.insert(0, _GOLDEN)
    import conversion_steps

    found = {name: losses(name) for name in sorted(conversion_steps.NETS)}
    with open(os.path.join(_GOLDEN, 'conversion.json'), 'w') as file:
        json.dump({'tensorflow': tf.__version__, 'losses': found}, file, indent=1)
        file.write('\n')


if __name__ == '__main__':
    main()
