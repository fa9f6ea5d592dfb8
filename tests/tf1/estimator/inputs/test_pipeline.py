from __future__ import annotations

import pytest

import tf1 as tf
from tf1.estimator.inputs import pipeline


@pytest.fixture(autouse=True)
def _graph(graph):
    """Every test builds into a graph of its own."""


class TestTensors:
    def test_a_pair_is_features_and_labels(self):
        assert pipeline.parse(('F', 'L')) == ('F', 'L', ())
        assert pipeline.parse(['F', None]) == ('F', None, ())

    @pytest.mark.parametrize('features', ['F', {'a': 1}, None])
    def test_anything_else_is_features_alone(self, features):
        assert pipeline.parse(features) == (features, None, ())

    @pytest.mark.parametrize('result', [(), (1,), (1, 2, 3), [1, 2, 3]])
    def test_there_are_two_of_them(self, result):
        text = rf'^input_fn must return \(features, labels\), a tuple of 2; got {len(result)} elements\.$'
        with pytest.raises(ValueError, match=text):
            pipeline.parse(result)


class TestDatasets:
    def test_its_elements_are_features_and_labels(self):
        dataset = tf.data.Dataset.from_tensor_slices(({'x': [1.0, 2.0]}, [3, 4])).batch(2)
        inputs = pipeline.parse(dataset)
        assert [str(inputs.features['x'].shape), inputs.labels.dtype] == ['(?,)', tf.int32]

    def test_its_elements_may_be_features_alone(self):
        features, labels, _ = pipeline.parse(tf.data.Dataset.range(3))
        assert features.dtype == tf.int64
        assert labels is None

    def test_elements_of_three_are_refused(self):
        with pytest.raises(ValueError, match='a tuple of 2; got 3 elements'):
            pipeline.parse(tf.data.Dataset.from_tensors((1, 2, 3)))

    def test_its_hook_starts_it_in_every_session(self):
        features, _, (hook,) = pipeline.parse(tf.data.Dataset.range(5, 7))
        with tf.Session() as session:
            with pytest.raises(tf.errors.FailedPreconditionError):
                session.run(features)
            for _ in range(2):
                hook.after_create_session(session, None)
                assert session.run(features) == 5
            assert session.run(features) == 6

    def test_a_dataset_may_use_variables_and_tables(self):
        table = tf.lookup.StaticHashTable(tf.lookup.KeyValueTensorInitializer(['a'], [7]), -1)
        dataset = tf.data.Dataset.from_tensors(['a', 'b']).map(table.lookup)
        features, _, (hook,) = pipeline.parse(dataset)
        with tf.Session() as session:
            session.run(tf.tables_initializer())
            hook.after_create_session(session, None)
            assert session.run(features).tolist() == [7, -1]

    @pytest.mark.parametrize('make', ['compat.v1', 'v2'])
    def test_datasets_of_both_apis_are_known(self, make):
        import tensorflow as tf2

        kind = tf.data.Dataset if make == 'compat.v1' else tf2.data.Dataset
        assert len(pipeline.parse(kind.range(3)).hooks) == 1
