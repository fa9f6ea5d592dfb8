"""Freezing, rewriting and converting graphs: the same nodes and outputs as the tools of TF 1.15.5.

`tools/golden/graph_tools.py` runs the same programs under TF 1.15.5.
"""

from __future__ import annotations

import importlib.util
import itertools
import json
import pathlib

import numpy as np
import pytest

import tf1 as tf
from tf1.tools.graph_transforms import TransformGraph, constants

_GOLDEN = pathlib.Path(__file__).parents[2] / 'golden'


@pytest.fixture(scope='module')
def programs():
    spec = importlib.util.spec_from_file_location('graph_tools_programs', _GOLDEN / 'graph_tools_programs.py')
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope='module')
def golden():
    return json.loads((_GOLDEN / 'graph_tools.json').read_text())


def differences(found, expected, place=''):
    """Yields where two structures differ; numbers may differ by rounding."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for key in sorted(set(found) | set(expected)):
            yield from differences(found.get(key), expected.get(key), f'{place}/{key}')
    elif isinstance(expected, float) or (isinstance(expected, list) and place.endswith('output')):
        # 8 bits, whose ranges are measured by another kernel today.
        tolerance = 1 / 128 if 'representative' in place else 1e-6
        if not np.allclose(np.array(found, float), np.array(expected, float), rtol=1e-4, atol=tolerance):
            yield place, found, expected
    elif found != expected:
        yield place, found, expected


def test_graphs_are_frozen(programs, golden):
    from tf1.python.tools import freeze_graph

    assert list(differences(programs.freezing(tf, freeze_graph.freeze_graph), golden['freezing'])) == []


def test_graphs_are_prepared_for_inference(programs, golden):
    from tensorflow.python.tools import optimize_for_inference_lib, strip_unused_lib

    found = programs.optimizing(tf, optimize_for_inference_lib.optimize_for_inference, strip_unused_lib.strip_unused)
    assert list(differences(found, golden['optimizing'])) == []


def test_graphs_are_transformed(programs, golden, monkeypatch):
    # Folded constants are numbered through a process.
    monkeypatch.setattr(constants, '_count', itertools.count())
    found = programs.transforming(tf, TransformGraph)
    # TF 1.15 keeps the nodes in the order of a hash table here.
    for graphs in (found, golden['transforming']):
        graphs['merge_duplicate_nodes']['nodes'].sort()
    assert list(differences(found, golden['transforming'])) == []


@pytest.mark.filterwarnings('ignore::UserWarning')
def test_graphs_are_converted_to_tflite(programs, golden):
    assert list(differences(programs.converting(tf), golden['converting'])) == []


def test_checkpoints_are_printed_as_scripts_read_them(tmp_path, capsys):
    with tf.Graph().as_default(), tf.Session() as session:
        tf.Variable([1.0, 2.0], name='b')
        session.run(tf.global_variables_initializer())
        path = tf.train.Saver().save(session, f'{tmp_path}/m')
    tools = importlib.import_module('tf1.python.tools.inspect_checkpoint')
    tools.print_tensors_in_checkpoint_file(path, '', all_tensors=True)
    tools.print_tensors_in_checkpoint_file(file_name=path, tensor_name='b', all_tensors=False)
    with_value = 'tensor_name:  b\n[1. 2.]\n# Total number of params: 2\n'
    assert capsys.readouterr().out == with_value * 2
    tools.print_tensors_in_checkpoint_file(path, '', all_tensors=False, all_tensor_names=True)
    assert capsys.readouterr().out == 'tensor_name:  b\n# Total number of params: 2\n'
    assert callable(tools.parse_numpy_printoption)
