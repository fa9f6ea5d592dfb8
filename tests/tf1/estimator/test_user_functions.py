from __future__ import annotations

import functools
import re

import pytest

import tf1 as tf
from tf1.estimator import user_functions


@pytest.fixture(autouse=True)
def _graph(graph):
    """Every test builds into a graph of its own."""


class Methods:
    def __call__(self, features, mode):
        pass

    def method(self, features, labels):
        pass


def every(features, labels, mode, params, config):
    pass


class TestArgumentNames:
    @pytest.mark.parametrize(
        ('function', 'names'),
        [
            (lambda: 0, ()),
            (lambda features, mode=1: 0, ('features', 'mode')),
            (lambda features, *, params: 0, ('features', 'params')),
            (lambda *features, **labels: 0, ()),
            (Methods(), ('features', 'mode')),
            (Methods().method, ('features', 'labels')),
            (functools.partial(every, params=1), ('features', 'labels', 'mode', 'config')),
            (functools.partial(every, 1), ('labels', 'mode', 'params', 'config')),
            (functools.partial(functools.partial(every, mode=1), params=2), ('features', 'labels', 'config')),
        ],
    )
    def test_they_are_what_is_still_open(self, function, names):
        assert user_functions.argument_names(function) == names

    def test_a_decorated_function_shows_its_own(self):
        @functools.wraps(every)
        def wrapped(*args, **kwargs):
            pass

        assert user_functions.argument_names(wrapped) == ('features', 'labels', 'mode', 'params', 'config')


class TestCheckModelFn:
    @pytest.mark.parametrize(
        'function',
        [
            every,
            Methods(),
            Methods().method,
            lambda features: 0,
            lambda features, **more: 0,
            functools.partial(every, config=1),
        ],
    )
    def test_what_takes_features_is_fine(self, function):
        user_functions.check_model_fn(function, None)

    @pytest.mark.parametrize(
        'function',
        [lambda: 0, lambda **k: 0, lambda *a: 0, lambda labels: 0, functools.partial(every, features=1)],
    )
    def test_features_are_needed(self, function):
        with pytest.raises(ValueError, match=r"^model_fn .* must take an argument 'features'; it takes \("):
            user_functions.check_model_fn(function, None)

    @pytest.mark.parametrize('function', [lambda features, foo: 0, lambda features, foo=1: 0])
    def test_other_arguments_are_refused(self, function):
        text = r"^model_fn .* takes unknown arguments \['foo'\]; known are \('features', 'labels', 'mode', "
        with pytest.raises(ValueError, match=text):
            user_functions.check_model_fn(function, None)

    @pytest.mark.parametrize('params', [{'a': 1}, {}])
    def test_params_that_are_given_must_be_taken(self, params):
        text = rf"^model_fn .* does not take 'params', but params are given: {re.escape(repr(params))}\.$"
        with pytest.raises(ValueError, match=text):
            user_functions.check_model_fn(lambda features: 0, params)

    def test_params_that_are_taken_but_not_given_are_warned_about(self, log):
        user_functions.check_model_fn(every, None)
        assert log == [f'model_fn {every} takes params, but none are given to the Estimator.']
        user_functions.check_model_fn(every, {})
        assert len(log) == 1

    def test_none_is_no_model_fn(self):
        with pytest.raises(ValueError, match=r'^model_fn must be provided to Estimator, got None\.$'):
            user_functions.check_model_fn(None, None)

    def test_text_is_no_model_fn(self):
        with pytest.raises(TypeError, match='callable'):
            user_functions.check_model_fn('a', None)


class TestCallModelFn:
    def call(self, function, labels=None, params=None):
        return user_functions.call_model_fn(function, 'F', labels, 'infer', params, 'C')

    def test_it_gets_what_it_takes(self):
        seen = []

        def model_fn(features, mode, **more):
            seen.append((features, mode, more))
            return tf.estimator.EstimatorSpec(mode, predictions=tf.constant(1))

        spec = self.call(model_fn)
        assert seen == [('F', 'infer', {})]
        assert isinstance(spec, tf.estimator.EstimatorSpec)

    def test_it_gets_all_five_by_name_and_a_copy_of_params(self):
        seen = {}
        params = {'a': [1]}

        def model_fn(config, params, mode, labels, features):
            seen.update(config=config, params=params, mode=mode, labels=labels, features=features)
            params['a'].append(2)
            return tf.estimator.EstimatorSpec(mode, predictions=tf.constant(1))

        self.call(model_fn, 'L', params)
        assert seen == {'config': 'C', 'params': {'a': [1, 2]}, 'mode': 'infer', 'labels': 'L', 'features': 'F'}
        assert params == {'a': [1]}

    @pytest.mark.parametrize('labels', ['L', {}])
    def test_labels_that_are_there_must_be_taken(self, labels):
        with pytest.raises(ValueError, match=r"^model_fn .* does not take 'labels', but input_fn returns labels\.$"):
            self.call(lambda features: 0, labels)

    @pytest.mark.parametrize('result', [None, (1, 2, 3), 'spec'])
    def test_it_returns_a_spec(self, result):
        with pytest.raises(
            ValueError, match=rf'^model_fn must return an EstimatorSpec, got {re.escape(repr(result))}\.$'
        ):
            self.call(lambda features: result)

    def test_its_own_errors_come_out_as_they_are(self):
        with pytest.raises(ZeroDivisionError):
            self.call(lambda features: 1 / 0)


class TestCallInputFn:
    def call(self, function, params=None):
        return user_functions.call_input_fn(function, 'train', params, 'C')

    @pytest.mark.parametrize(
        ('function', 'result'),
        [
            (lambda: 'nothing', 'nothing'),
            (lambda mode, params, config: (mode, params, config), ('train', {'a': 1}, 'C')),
            (lambda config: config, 'C'),
            (lambda mode=None, foo=2: (mode, foo), ('train', 2)),
            (lambda **kw: kw, {}),
            (lambda labels=5: labels, 5),
            (functools.partial(lambda mode, config: (mode, config), mode='mine'), ('mine', 'C')),
        ],
    )
    def test_it_gets_what_it_takes(self, function, result):
        assert self.call(function, {'a': 1}) == result

    def test_it_gets_a_copy_of_params(self):
        params = {'a': [1]}
        self.call(lambda params: params['a'].append(2), params)
        assert params == {'a': [1]}

    @pytest.mark.parametrize('function', [None, 1, {}])
    def test_it_is_callable(self, function):
        with pytest.raises(TypeError, match=rf'^input_fn must be callable, got {function}\.$'):
            self.call(function)

    def test_an_argument_nobody_can_give_is_an_error(self):
        with pytest.raises(TypeError, match="missing 1 required positional argument: 'foo'"):
            self.call(lambda foo: 0)
