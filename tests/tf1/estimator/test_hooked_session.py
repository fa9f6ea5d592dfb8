from __future__ import annotations

import collections
import threading
import time

import pytest

import tf1 as tf
from tf1.estimator.hooked_session import HookedSession

Args = tf.train.SessionRunArgs


@pytest.fixture(autouse=True)
def _graph(graph):
    """Every test builds into a graph of its own."""


def open_session(*hooks):
    return HookedSession(tf.train.ChiefSessionCreator(), hooks)


def counter():
    """A variable `n` of 0 and the op that adds 1 to it."""
    n = tf.get_variable('n', shape=[], dtype=tf.int64, initializer=tf.zeros_initializer(), use_resource=True)
    return n, n.assign_add(1)


class Hook(tf.train.SessionRunHook):
    """A hook of plain functions; the requests' results are kept in `results`."""

    def __init__(self, before_run=None, after_run=None, after_create_session=None):
        self._before_run = before_run
        self._after_run = after_run
        self._after_create_session = after_create_session
        self.results = []
        self.values = None
        self.ended = 0

    def after_create_session(self, session, coord):
        if self._after_create_session:
            self._after_create_session(session, coord)

    def before_run(self, run_context):
        return self._before_run(run_context) if self._before_run else None

    def after_run(self, run_context, run_values):
        self.values = run_values
        self.results.append(run_values.results)
        if self._after_run:
            self._after_run(run_context)

    def end(self, session):
        self.ended += 1


def once(error):
    """A function of anything that raises `error` when first called."""
    errors = [error]

    def call(*_):
        if errors:
            raise errors.pop()

    return call


def lost():
    return tf.errors.AbortedError(None, None, 'the worker was preempted')


class TestOrder:
    def test_hooks_are_called_in_their_order_from_begin_to_end(self, recorder):
        calls = []
        one = tf.constant(1)
        with open_session(recorder(calls, 'a.'), recorder(calls, 'b.')) as session:
            for _ in range(2):
                session.run(one)
        step = ['a.before_run', 'b.before_run', 'a.after_run', 'b.after_run']
        assert calls == [
            'a.begin',
            'b.begin',
            'a.after_create_session',
            'b.after_create_session',
            *step,
            *step,
            'a.end',
            'b.end',
        ]

    def test_the_graph_can_be_changed_in_begin_and_is_finalized_after_it(self):
        finalized = []

        class Watcher(tf.train.SessionRunHook):
            def begin(self):
                finalized.append(tf.get_default_graph().finalized)

            def after_create_session(self, session, coord):
                finalized.append(session.graph.finalized)
                assert isinstance(session, tf.Session)
                assert isinstance(coord, tf.train.Coordinator)

        with open_session(Watcher()):
            assert finalized == [False, True]

    def test_the_context_holds_the_callers_fetches_and_the_session(self):
        contexts = []
        fetches = {'a': tf.constant(1)}
        with open_session(Hook(before_run=contexts.append)) as session:
            session.run(fetches)
            assert contexts[0].original_args == Args(fetches)
            assert contexts[0].session is session.session
            assert not contexts[0].stop_requested

    def test_hooks_find_their_tensors_in_the_default_graph_even_after_the_caller_left_it(self):
        tensor = tf.constant(5, name='five')

        def by_name(context):
            return Args(tf.get_default_graph().get_tensor_by_name('five:0'))

        hook = Hook(before_run=by_name)
        session = open_session(hook)
        with tf.Graph().as_default(), session:
            session.run(tensor)
        assert hook.results == [5]


class TestResults:
    def test_each_hook_gets_the_values_of_its_own_request_in_its_structure(self):
        one, two, three = (tf.constant(i) for i in (1, 2, 3))
        hooks = [
            Hook(lambda _: Args({'one': one, 'more': [two, (three,)]})),
            Hook(lambda _: None),
            Hook(lambda _: Args(None)),
            Hook(lambda _: Args(two)),
            Hook(lambda _: Args('Const_2:0')),
        ]
        with open_session(*hooks) as session:
            for _ in range(2):
                assert session.run([one, one]) == [1, 1]
        assert [hook.results for hook in hooks] == [
            [{'one': 1, 'more': [2, (3,)]}] * 2,
            [None, None],
            [None, None],
            [2, 2],
            [3, 3],
        ]

    def test_a_tensor_asked_for_on_one_step_only_comes_on_that_step_only(self):
        tensor = tf.constant(7)
        steps = iter(range(4))
        hook = Hook(lambda _: Args(tensor) if next(steps) == 2 else None)
        own = [tf.constant(i) for i in range(4)]
        with open_session(hook) as session:
            assert [session.run(tensor) for tensor in own] == [0, 1, 2, 3]
        assert hook.results == [None, None, 7, None]

    def test_everything_asked_for_is_fetched_in_one_run_of_the_session(self):
        n, add = counter()
        with tf.control_dependencies([add]):
            after = n.read_value()
        hook = Hook(lambda _: Args([add, after]))
        with open_session(hook) as session:
            for _ in range(3):
                session.run(add)
        # Two runs in each step would count 2, 4, 6.
        assert hook.results == [[1, 1], [2, 2], [3, 3]]

    def test_a_plain_operation_gives_none(self):
        nothing, one = tf.no_op(), tf.constant(1)
        with open_session() as session:
            assert session.run(nothing) is None
            assert session.run([nothing, one]) == [None, 1]

    def test_the_same_tensors_in_another_structure_give_that_structure(self):
        one, two = tf.constant(1), tf.constant(2)
        with open_session() as session:
            assert session.run([one, two]) == [1, 2]
            assert session.run((one, two)) == (1, 2)
            assert session.run({'a': one, 'b': two}) == {'a': 1, 'b': 2}
            assert session.run({'b': one, 'a': two}) == {'b': 1, 'a': 2}
            assert session.run([[one], two]) == [[1], 2]

    def test_fetches_that_have_no_hash_are_fetched_too(self):
        fetches = collections.UserDict(one=tf.constant(1))
        assert fetches.__hash__ is None
        hook = Hook(lambda _: Args([fetches]))
        with open_session(hook) as session:
            for _ in range(2):
                assert session.run(fetches) == {'one': 1}
        assert hook.results == [[{'one': 1}]] * 2

    def test_requests_that_never_come_again_keep_giving_their_own_values(self):
        # More than the session keeps, each of objects that are gone, and their identities free, when the next is made.
        tensors = [tf.constant(i, name=f'c{i}') for i in range(100)]
        with open_session() as session:
            for i, _ in enumerate(tensors):
                assert session.run(collections.UserDict(value=f'c{i}:0')) == {'value': i}

    def test_a_missing_fetch_within_a_structure_is_refused(self):
        one = tf.constant(1)
        with open_session() as session, pytest.raises(TypeError, match='None'):
            session.run([one, None])

    def test_sparse_tensors_come_as_sparse_values(self):
        sparse = tf.SparseTensor([[1]], [5], [3])
        with open_session() as session:
            value = session.run({'s': sparse})['s']
        assert isinstance(value, tf.SparseTensorValue)
        assert (value.indices.tolist(), value.values.tolist(), value.dense_shape.tolist()) == ([[1]], [5], [3])


class TestFeeds:
    def test_a_hook_feeds_a_placeholder(self):
        x = tf.placeholder(tf.int32, [])
        double = x * 2
        values = iter([3, 4])
        with open_session(Hook(lambda _: Args(None, {x: next(values)}))) as session:
            assert [session.run(double), session.run(double)] == [6, 8]

    def test_feeds_of_several_hooks_are_joined(self):
        x, y = tf.placeholder(tf.int32, []), tf.placeholder(tf.int32, [])
        hooks = Hook(lambda _: Args(x, {x: 1})), Hook(lambda _: Args([y], {y: 2})), Hook()
        difference = x - y
        with open_session(*hooks) as session:
            assert session.run(difference) == -1
        assert [hook.results for hook in hooks] == [[1], [[2]], [None]]

    def test_two_hooks_that_feed_one_tensor_are_refused(self):
        x = tf.placeholder(tf.int32, [], name='x')
        hooks = [Hook(lambda _: Args(None, {x: 1})), Hook(lambda _: Args(None, {x: 1}))]
        with (
            pytest.raises(
                RuntimeError, match=r'^Two hooks feed the same tensor: Tensor\("x:0", shape=\(\), dtype=int32\)\.$'
            ),
            open_session(*hooks) as session,
        ):
            session.run(x)


class TestOptions:
    def test_a_hook_that_asks_for_a_trace_gets_one_on_that_step_only(self):
        options = iter([None, tf.RunOptions(trace_level=tf.RunOptions.FULL_TRACE), None])
        hook = Hook(lambda _: Args(None, options=next(options)))
        traced = []
        total = tf.placeholder_with_default(1, []) + 1
        with open_session(hook) as session:
            for _ in range(3):
                session.run(total)
                traced.append((hook.values.options.trace_level, bool(hook.values.run_metadata.step_stats.dev_stats)))
        assert traced == [(0, False), (tf.RunOptions.FULL_TRACE, True), (0, False)]

    def test_options_of_several_hooks_give_each_at_least_what_it_asked_for(self):
        wishes = [
            tf.RunOptions(trace_level=tf.RunOptions.FULL_TRACE, timeout_in_ms=50_000),
            tf.RunOptions(trace_level=tf.RunOptions.SOFTWARE_TRACE, timeout_in_ms=60_000, output_partition_graphs=True),
            tf.RunOptions(timeout_in_ms=10_000),
        ]
        hooks = [Hook(lambda _, wish=wish: Args(None, options=wish)) for wish in wishes]
        one = tf.constant(1)
        with open_session(*hooks) as session:
            session.run(one)
        for hook in hooks:
            options = hook.values.options
            assert options.trace_level == tf.RunOptions.FULL_TRACE
            assert options.timeout_in_ms == 60_000
            assert options.output_partition_graphs
            assert len(hook.values.run_metadata.partition_graphs) == 1


class TestStopping:
    def test_a_stop_requested_in_after_run_lets_the_step_and_all_hooks_finish(self):
        first = Hook(after_run=lambda context: context.request_stop())
        seen = []
        second = Hook(after_run=lambda context: seen.append(context.stop_requested))
        one = tf.constant(1)
        with open_session(first, second) as session:
            assert not session.should_stop()
            assert session.run(one) == 1
            assert session.should_stop()
        assert seen == [True]
        assert (first.ended, second.ended) == (1, 1)

    def test_an_error_in_after_run_skips_later_hooks_and_every_end(self):
        hooks = Hook(after_run=once(KeyError('mine'))), Hook()
        one = tf.constant(1)
        with pytest.raises(KeyError, match='mine'), open_session(*hooks) as session:
            session.run(one)
        assert hooks[1].results == []
        assert [hook.ended for hook in hooks] == [0, 0]
        assert session.should_stop()

    @pytest.mark.parametrize('error', [tf.errors.OutOfRangeError(None, None, 'the end'), StopIteration()])
    def test_the_end_of_the_input_is_no_error_and_hooks_end(self, error):
        hook = Hook(before_run=once(error))
        one = tf.constant(1)
        with open_session(hook) as session:
            session.run(one)
            pytest.fail('the step must not come back')
        assert hook.results == []
        assert hook.ended == 1

    def test_a_closed_session_runs_no_more_steps(self):
        one = tf.constant(1)
        with open_session() as session:
            session.run(one)
        assert session.should_stop()
        with pytest.raises(RuntimeError, match=r'^This session is closed and runs no more steps\.$'):
            session.run(one)
        with pytest.raises(RuntimeError, match='Attempted to use a closed Session'):
            session.session.run(one)

    def test_closing_twice_ends_hooks_once(self):
        hook = Hook()
        session = open_session(hook)
        session.close()
        session.close()
        assert hook.ended == 1

    def test_an_error_in_end_comes_out_and_still_closes_the_session(self):
        class Failing(tf.train.SessionRunHook):
            def end(self, session):
                raise KeyError('end')

        one = tf.constant(1)
        session = open_session(Failing())
        with pytest.raises(KeyError, match='end'):
            session.close()
        with pytest.raises(RuntimeError, match='Attempted to use a closed Session'):
            session.session.run(one)


class TestInputThreads:
    def test_queue_runners_are_started_and_their_end_is_the_inputs_end(self):
        (i,) = tf.train.slice_input_producer([tf.range(3)], num_epochs=2, shuffle=False)
        batch = tf.train.batch([i], batch_size=2)
        seen = []
        with open_session() as session:
            while not session.should_stop():
                seen.append(session.run(batch).tolist())
        assert seen == [[0, 1], [2, 0], [1, 2]]

    def test_an_error_in_an_input_thread_comes_out_instead_of_the_closed_queues(self):
        def read():
            raise ValueError('row 17 is broken')

        row = tf.py_func(read, [], tf.float32)
        row.set_shape([])
        batch = tf.train.batch([row], batch_size=2)
        hook = Hook()
        with pytest.raises(tf.errors.InvalidArgumentError, match='row 17 is broken'), open_session(hook) as session:
            session.run(batch)
        assert hook.ended == 0

    def test_a_step_that_cannot_be_run_does_not_wait_for_input_threads(self):
        threads = threading.active_count()
        queue = tf.FIFOQueue(1, tf.int32, shapes=[[]])
        tf.train.add_queue_runner(tf.train.QueueRunner(queue, [queue.enqueue(1)]))
        row = queue.dequeue()
        start = time.monotonic()
        with pytest.raises(KeyError, match='mine'), open_session(Hook(before_run=once(KeyError('mine')))) as session:
            session.run(row)
        assert time.monotonic() - start < 10
        assert threading.active_count() == threads


class TestLostSessions:
    @pytest.mark.parametrize('error', [tf.errors.AbortedError, tf.errors.UnavailableError])
    @pytest.mark.parametrize('method', ['before_run', 'after_run'])
    def test_a_lost_session_is_made_anew_and_the_step_run_again(self, recorder, log, error, method):
        calls = []
        _, add = counter()
        hook = Hook(**{method: once(error(None, None, 'gone'))})
        with open_session(recorder(calls), hook) as session:
            first = session.session
            assert session.run(add) == 1
            assert session.session is not first
            assert session.run(add) == 2
        step = ['before_run', 'after_run']
        failed = step[:1] if method == 'before_run' else step
        assert calls == ['begin', 'after_create_session', *failed, 'after_create_session', *step, *step, 'end']
        assert [line for line in log if line.startswith('The session was lost')] == [
            f'The session was lost ({error(None, None, "gone")}); creating it anew and running the step again.'
        ]

    def test_the_new_session_restores_the_newest_checkpoint(self, tmp_path):
        n, add = counter()
        tf.train.create_global_step()
        saver = tf.train.Saver()
        errors = iter([None, None, lost(), None])

        def after_run(context):
            error = next(errors)
            if error:
                raise error
            saver.save(context.session, str(tmp_path / 'model.ckpt'))

        creator = tf.train.ChiefSessionCreator(tf.train.Scaffold(saver=saver), checkpoint_dir=str(tmp_path))
        with HookedSession(creator, [Hook(after_run=after_run)]) as session:
            # The third step is lost after it counted to 3; its repetition starts from 2.
            assert [session.run(add) for _ in range(3)] == [1, 2, 3]

    def test_a_session_lost_while_it_is_made_is_made_anew(self):
        made = []

        def after_create_session(session, coord):
            made.append(session)
            if len(made) in (1, 3):
                raise lost()

        one = tf.constant(1)
        with open_session(Hook(once(lost()), after_create_session=after_create_session)) as session:
            assert len(made) == 2
            assert session.run(one) == 1
        # The second is lost in the first step, the third while it is made.
        assert len(made) == 4
        assert len(set(map(id, made))) == 4

    def test_input_threads_that_are_lost_with_it_do_no_harm(self):
        made = []

        def lose_both(context):
            if len(made) == 1:
                try:
                    raise lost()
                except tf.errors.AbortedError as error:
                    made[0].request_stop(error)  # as an input thread does
                    raise

        one = tf.constant(1)
        hook = Hook(before_run=lose_both, after_create_session=lambda _, coordinator: made.append(coordinator))
        with open_session(hook) as session:
            assert session.run(one) == 1
            assert not session.should_stop()
        assert len(made) == 2
