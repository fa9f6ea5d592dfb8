"""A name is looked up in ours, then in `tensorflow.compat.v1`, then in `tensorflow`, at every level."""

from __future__ import annotations

import importlib
import types

import tf1 as tf
from tf1 import _engine
from tf1._namespace import Overlay


def _public(module):
    return [name for name in dir(module) if not name.startswith('_')]


def _is_api(value):
    return isinstance(value, types.ModuleType) and (
        '._api.' in value.__name__ or value.__name__.startswith('tf_keras.api')
    )


def _attribute(module, name):
    try:
        return getattr(module, name)
    except Exception:  # Lazy modules of TensorFlow fail in many ways.
        return None


def _walk(ours, first, second, path='tf', seen=()):
    """Yields `(path, ours, expected)` for each name that `first` or else `second` has, module by module."""
    for name in sorted({*_public(first), *(_public(second) if second is not None else ())}):
        old, new = _attribute(first, name), _attribute(second, name) if second is not None else None
        if path == 'tf' and name == 'compat':  # compat.v1 is tf1 itself
            continue
        expected = new if old is None else old
        if expected is None:
            continue
        found = _attribute(ours, name)
        yield f'{path}.{name}', found, expected
        if _is_api(expected) and isinstance(found, types.ModuleType) and expected not in seen:
            other = new if isinstance(new, types.ModuleType) and new is not expected else None
            yield from _walk(found, expected, other, f'{path}.{name}', (*seen, expected))


def test_every_name_of_both_trees_resolves_and_the_first_that_has_it_answers():
    keras = [importlib.import_module(f'tf_keras.api.{api}.keras') for api in ('_v1', '_v2')]
    walked = [*_walk(tf, _engine.v1, _engine.v2), *_walk(tf.keras, *keras, 'tf.keras')]
    absent = [path for path, found, _ in walked if found is None]
    assert absent == []
    ours = {path for path, found, _ in walked if str(getattr(found, '__module__', '')).startswith('tf1.')}
    other = [
        path
        for path, found, expected in walked
        if found is not expected
        and path not in ours
        and not isinstance(found, (types.ModuleType, str))  # overlays, versions
        and not isinstance(expected, types.ModuleType)
        and getattr(found, '__name__', found) != getattr(expected, '__name__', expected)
    ]
    assert other == []
    assert len(walked) > 5000


def test_names_of_tf_2_stand_beside_those_of_tf_1():
    assert tf.initializers.GlorotUniform is _engine.v2.initializers.GlorotUniform
    assert tf.initializers.glorot_uniform is _engine.v1.initializers.glorot_uniform
    assert tf.losses.SparseCategoricalCrossentropy is _engine.v2.losses.SparseCategoricalCrossentropy
    assert tf.losses.get_total_loss is _engine.v1.losses.get_total_loss
    assert tf.metrics.SparseCategoricalAccuracy is _engine.v2.metrics.SparseCategoricalAccuracy
    assert tf.summary.create_file_writer is _engine.v2.summary.create_file_writer
    assert tf.summary.FileWriter is _engine.v1.summary.FileWriter
    assert tf.optimizers.Adam is _engine.v2.optimizers.Adam
    assert tf.random.Generator is _engine.v2.random.Generator
    assert tf.random.set_random_seed is _engine.v1.random.set_random_seed
    assert tf.saved_model.save is _engine.v2.saved_model.save
    assert isinstance(tf.summary, Overlay)
