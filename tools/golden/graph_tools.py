"""Writes tests/golden/graph_tools.json: what the tools of TF 1.15.5 make of the graphs in graph_tools_programs.py.

Run it under TF 1.15.5 and Python 3.7; `toco_from_protos` of the same environment must be on the path:

    PATH=.../bin:$PATH python tools/golden/graph_tools.py

The tools are `freeze_graph`, `optimize_for_inference`, `strip_unused`, `TransformGraph`, the converter to TFLite.
"""

from __future__ import annotations

import importlib.util
import json
import os

import tensorflow as tf
from tensorflow.python.tools import freeze_graph, optimize_for_inference_lib, strip_unused_lib
from tensorflow.tools.graph_transforms import TransformGraph

_GOLDEN = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'tests', 'golden')


def load_programs():
    """Imports the programs by their file."""
    path = os.path.join(_GOLDEN, 'graph_tools_programs.py')
    spec = importlib.util.spec_from_file_location('graph_tools_programs', path)
    programs = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(programs)
    return programs


def main():
    """Writes the golden file."""
    tf.logging.set_verbosity('ERROR')
    programs = load_programs()
    optimize, strip = optimize_for_inference_lib.optimize_for_inference, strip_unused_lib.strip_unused
    golden = {
        'tensorflow': tf.__version__,
        'freezing': programs.freezing(tf, freeze_graph.freeze_graph),
        'optimizing': programs.optimizing(tf, optimize, strip),
        'transforming': programs.transforming(tf, TransformGraph),
        'converting': programs.converting(tf),
    }
    with open(os.path.join(_GOLDEN, 'graph_tools.json'), 'w') as file:
        json.dump(golden, file, indent=1, sort_keys=True)
        file.write('\n')


if __name__ == '__main__':
    main()
