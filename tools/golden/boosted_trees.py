"""Writes tests/golden/boosted_trees.json: what TF 1.15.5 makes of tests/golden/boosted_trees_programs.py.

Run it under TF 1.15.5 and Python 3.7:

    python tools/golden/boosted_trees.py

For every program: trees, predictions, metrics, log lines, names in the checkpoint and in event files, importances and
explanations; and quantiles of values. Beside it, in tests/golden/boosted_trees_checkpoint, a checkpoint in the middle
of a training.
"""

from __future__ import annotations

import glob
import importlib.util
import json
import os
import shutil
import tempfile

import tensorflow as tf
from tensorflow.core.kernels.boosted_trees import boosted_trees_pb2

_GOLDEN = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'tests', 'golden')
_STEPS = 8


def load_programs():
    """Imports the programs by their file."""
    path = os.path.join(_GOLDEN, 'boosted_trees_programs.py')
    spec = importlib.util.spec_from_file_location('boosted_trees_programs', path)
    programs = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(programs)
    return programs


def tree(nodes):
    """Returns the nodes of a tree: the value of a leaf, or feature, threshold, left child, gain and former value."""
    found = []
    for node in nodes:
        if node.WhichOneof('node') == 'leaf':
            found.append([node.leaf.scalar])
        else:
            split, metadata = node.bucketized_split, node.metadata
            found.append(
                [split.feature_id, split.threshold, split.left_id, metadata.gain, metadata.original_leaf.scalar]
            )
    return found


def with_trees(description):
    """Returns a description with trees in place of the serialized ensemble."""
    ensemble = boosted_trees_pb2.TreeEnsemble.FromString(description.pop('serialized'))
    description['trees'] = [tree(t.nodes) for t in ensemble.trees]
    description['finalized'] = [bool(m.is_finalized) for m in ensemble.tree_metadata]
    description['attempts'] = [
        ensemble.growing_metadata.num_trees_attempted,
        ensemble.growing_metadata.num_layers_attempted,
    ]
    return description


def in_a_folder(function, *arguments):
    """Returns what `function` returns for arguments and a new folder, which goes afterwards."""
    folder = tempfile.mkdtemp()
    try:
        return function(*arguments, folder)
    finally:
        shutil.rmtree(folder)


def write_checkpoint(programs, folder):
    """Trains some steps, keeps that checkpoint, and returns what training on makes of it."""
    programs.interrupted(tf, folder, _STEPS)
    kept = os.path.join(_GOLDEN, 'boosted_trees_checkpoint')
    shutil.rmtree(kept, ignore_errors=True)
    os.makedirs(kept)
    for path in glob.glob(os.path.join(folder, f'model.ckpt-{_STEPS}.[id]*')) + [os.path.join(folder, 'checkpoint')]:
        shutil.copy(path, kept)
    estimator = programs.interrupted(tf, folder, 18)
    return with_trees(programs.described(tf, estimator, programs.whole(tf, programs.fares(), repeat=False)))


def sketch(batches, epsilon):
    """Returns the sizes of the batches' summaries, the last summary, and boundaries, of 1 / epsilon buckets."""
    ops = tf.raw_ops
    with tf.Graph().as_default(), tf.Session() as session:
        stream = ops.BoostedTreesQuantileStreamResourceHandleOp()
        session.run(
            ops.BoostedTreesCreateQuantileStreamResource(
                quantile_stream_resource_handle=stream, epsilon=epsilon, num_streams=1
            )
        )
        summaries = []
        for values, weights in batches:
            summary = ops.BoostedTreesMakeQuantileSummaries(
                float_values=[values], example_weights=weights, epsilon=epsilon
            )
            add = ops.BoostedTreesQuantileStreamResourceAddSummaries(
                quantile_stream_resource_handle=stream, summaries=summary
            )
            summaries.append(session.run([summary[0], add])[0])
        session.run(
            ops.BoostedTreesQuantileStreamResourceFlush(
                quantile_stream_resource_handle=stream, num_buckets=int(1 / epsilon)
            )
        )
        boundaries = session.run(
            ops.BoostedTreesQuantileStreamResourceGetBucketBoundaries(
                quantile_stream_resource_handle=stream, num_features=1
            )
        )[0]
    return {
        'sizes': [len(summary) for summary in summaries],
        'last': summaries[-1].tolist(),
        'boundaries': boundaries.tolist(),
    }


def main():
    """Writes the golden file and the checkpoint."""
    tf.logging.set_verbosity('ERROR')
    programs = load_programs()
    golden = {'tensorflow': tf.__version__}
    for kind, names, function in (
        ('programs', sorted(programs.PROGRAMS), programs.describe),
        ('in_memory', programs.IN_MEMORY, programs.in_memory),
        ('heads', programs.HEADS, programs.with_head),
    ):
        golden[kind] = {name: with_trees(in_a_folder(function, tf, name)) for name in names}
    golden['continued'] = in_a_folder(lambda folder: write_checkpoint(programs, folder))
    golden['sketches'] = {name: sketch(*case) for name, case in programs.sketched().items()}
    golden['errors'] = in_a_folder(programs.errors, tf)
    with open(os.path.join(_GOLDEN, 'boosted_trees.json'), 'w') as file:
        json.dump(golden, file, sort_keys=True, separators=(',', ':'))
        file.write('\n')


if __name__ == '__main__':
    main()
