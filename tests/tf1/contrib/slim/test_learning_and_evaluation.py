"""The loops of `tf.contrib.slim`: files, summaries, log lines, going on from a checkpoint, error texts."""

from __future__ import annotations

import pathlib
import re
import time

import numpy as np
import pytest

import tf1 as tf

slim = tf.contrib.slim

pytestmark = pytest.mark.filterwarnings('ignore:Attempting to use a closed FileWriter')


@pytest.fixture(autouse=True)
def graph() -> tf.Graph:
    with tf.Graph().as_default() as graph:
        yield graph


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Returns a function that gives the log lines without times and rates."""
    logger = tf.get_logger()
    propagates, logger.propagate = logger.propagate, True
    before = tf.logging.get_verbosity()
    tf.logging.set_verbosity(tf.logging.INFO)
    change = re.compile(r' at 20.*| \([\d.]+ sec/step\)')
    yield lambda: [change.sub('', record.getMessage()) for record in caplog.records]
    tf.logging.set_verbosity(before)
    logger.propagate = propagates


def _loss() -> tf.Tensor:
    """A loss that falls from 1 by twice the learning rate in each step, as its gradients are always 1.

    The gradient of abs() needs the sum, so that the sum is taken before the variable changes.
    """
    return tf.abs(tf.reduce_sum(tf.get_variable('w', [2], initializer=tf.constant_initializer(0.5))))


def _train(folder: pathlib.Path | None, until: int, **arguments: object) -> float:
    with tf.Graph().as_default():
        loss = _loss()
        tf.summary.scalar('loss', loss)
        train_op = slim.learning.create_train_op(loss, tf.train.GradientDescentOptimizer(0.05))
        return slim.learning.train(train_op, folder and str(folder), number_of_steps=until, **arguments)


def _tags(folder: pathlib.Path) -> list[tuple[int, list[str]]]:
    events = (event for path in sorted(folder.glob('events*')) for event in tf.train.summary_iterator(str(path)))
    return [(event.step, [value.tag for value in event.summary.value]) for event in events if event.summary.value]


def test_training_saves_writes_summaries_and_goes_on(tmp_path: pathlib.Path, lines: object) -> None:
    def step(*arguments: object) -> tuple[float, bool]:
        # The supervisor's threads begin on their own time.
        deadline = time.monotonic() + 30
        while not {'Saving checkpoint to path', 'Recording summary'} <= {
            line[:25].partition(' at')[0] for line in lines()
        }:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        return slim.learning.train_step(*arguments)

    _train(tmp_path, 3, log_every_n_steps=2, train_step_fn=step)
    assert (tmp_path / 'graph.pbtxt').exists()
    assert tf.train.latest_checkpoint(str(tmp_path)) == str(tmp_path / 'model.ckpt-3')
    loop = ('Starting', 'global step', 'Stopping', 'Finished', 'Restoring')
    said = [line for line in lines() if line.startswith(loop)]
    assert said == [
        'Starting Session.',
        'Starting Queues.',
        'global step 2: loss = 0.9000',
        'Stopping Training.',
        'Finished training! Saving model to disk.',
    ]
    assert f'Saving checkpoint to path {tmp_path}/model.ckpt' in lines()
    _train(tmp_path, 5)
    said = [line for line in lines() if line.startswith(loop)][5:]
    assert said == [
        f'Restoring parameters from {tmp_path}/model.ckpt-3',
        'Starting Session.',
        'Starting Queues.',
        'global step 4: loss = 0.7000',
        'global step 5: loss = 0.6000',
        'Stopping Training.',
        'Finished training! Saving model to disk.',
    ]
    assert tf.train.load_variable(str(tmp_path), 'global_step') == 5
    np.testing.assert_allclose(tf.train.load_variable(str(tmp_path), 'w'), 0.25, rtol=1e-6)
    assert ['loss'] in [tags for _, tags in _tags(tmp_path)]


def test_training_returns_the_last_loss_and_may_write_nothing(lines: object) -> None:
    loss = _train(None, 4, log_every_n_steps=0)
    assert loss == pytest.approx(0.7)
    assert [line for line in lines() if 'loss' in line or 'Saving' in line] == []


def test_training_starts_from_what_init_fn_loads(tmp_path: pathlib.Path) -> None:
    _train(tmp_path / 'before', 2)
    with tf.Graph().as_default():
        loss = _loss()
        train_op = slim.learning.create_train_op(loss, tf.train.GradientDescentOptimizer(0.05))
        path = tf.train.latest_checkpoint(str(tmp_path / 'before'))
        init_fn = slim.assign_from_checkpoint_fn(path, slim.get_variables_to_restore(exclude=['global_step']))
        last = slim.learning.train(train_op, str(tmp_path / 'after'), number_of_steps=1, init_fn=init_fn)
    assert last == pytest.approx(0.8)


def test_an_own_step_sees_its_arguments_and_may_stop(tmp_path: pathlib.Path) -> None:
    seen = []

    def step(session: tf.Session, train_op: tf.Tensor, global_step: tf.Tensor, kwargs: dict) -> tuple[float, bool]:
        loss, stop = slim.learning.train_step(session, train_op, global_step, kwargs)
        seen.append((round(float(loss), 4), stop, sorted(kwargs)))
        return loss, len(seen) == 2

    _train(tmp_path, 9, train_step_fn=step)
    keys = ['should_log', 'should_stop', 'summary_writer']
    assert seen == [(1.0, False, keys), (0.9, False, keys)]


def test_training_ends_with_its_input(lines: object) -> None:
    with tf.Graph().as_default():
        value = tf.train.input_producer([1.0, 2.0, 3.0], num_epochs=1, shuffle=False).dequeue()
        train_op = slim.learning.create_train_op(_loss() * value, tf.train.GradientDescentOptimizer(0.0))
        assert slim.learning.train(train_op, None) == 3.0
    assert any(line.startswith('Caught OutOfRangeError. Stopping Training.') for line in lines())


def test_a_trace_goes_to_the_event_file(tmp_path: pathlib.Path) -> None:
    _train(tmp_path, 2, trace_every_n_steps=2)
    events = (event for path in tmp_path.glob('events*') for event in tf.train.summary_iterator(str(path)))
    assert 'run_metadata-1' in [event.tagged_run_metadata.tag for event in events]


@pytest.mark.parametrize(
    ('arguments', 'text'),
    [
        ({'train_op': None, 'logdir': None}, 'train_op cannot be None; make one with slim'),
        ({'number_of_steps': 0}, 'number_of_steps must be > 0, or None for no end, got 0'),
        ({'number_of_steps': -1}, 'number_of_steps must be > 0, or None for no end, got -1'),
        ({'trace_every_n_steps': 1}, 'logdir must be a folder when trace_every_n_steps is not None'),
        ({'sync_optimizer': 'x', 'startup_delay_steps': 1}, 'startup_delay_steps must be 0 with sync_optimizer, got 1'),
    ],
)
def test_bad_arguments_of_training_are_named(arguments: dict, text: str) -> None:
    with pytest.raises(ValueError, match=text):
        slim.learning.train(**{'train_op': tf.constant(1.0), 'logdir': None, **arguments})


def test_a_trace_needs_a_folder() -> None:
    with pytest.raises(ValueError, match='must have logdir when it has should_trace'):
        slim.learning.train_step(None, None, None, {'should_trace': None})


def _metric() -> tuple[tf.Tensor, tf.Tensor]:
    tf.train.get_or_create_global_step()
    value, update = slim.metrics.streaming_mean(_loss())
    tf.summary.scalar('average', value)
    return value, update


def test_an_evaluation_restores_counts_and_writes_its_summaries(tmp_path: pathlib.Path, lines: object) -> None:
    _train(tmp_path, 2)
    before = len(lines())
    value, update = _metric()
    path = tf.train.latest_checkpoint(str(tmp_path))
    result = slim.evaluation.evaluate_once(
        '', path, str(tmp_path / 'eval'), num_evals=2, eval_op=update, final_op=[value]
    )
    assert result == [pytest.approx(0.8)]
    assert _tags(tmp_path / 'eval') == [(2, ['average'])]
    assert lines()[before:] == [
        'Starting evaluation',
        'Graph was finalized.',
        f'Restoring parameters from {path}',
        'Running local_init_op.',
        'Done running local_init_op.',
        'Evaluation [1/2]',
        'Evaluation [2/2]',
        'Finished evaluation',
    ]


def test_an_evaluation_restores_the_global_step_that_only_its_summaries_need(tmp_path: pathlib.Path) -> None:
    _train(tmp_path, 2)
    value, update = slim.metrics.streaming_mean(_loss())
    tf.summary.scalar('average', value)
    path = tf.train.latest_checkpoint(str(tmp_path))
    result = slim.evaluation.evaluate_once('', path, str(tmp_path / 'eval'), eval_op=update, final_op=value)
    assert result == pytest.approx(0.8)
    assert _tags(tmp_path / 'eval') == [(2, ['average'])]


def test_the_evaluation_loop_takes_each_new_checkpoint(tmp_path: pathlib.Path, lines: object) -> None:
    _train(tmp_path, 1)
    value, update = _metric()
    result = slim.evaluation.evaluation_loop(
        '',
        str(tmp_path),
        str(tmp_path / 'eval'),
        num_evals=1,
        eval_op=update,
        final_op=value,
        summary_op=None,
        eval_interval_secs=0,
        timeout=0,
        timeout_fn=lambda: _train(tmp_path, 3) and len(lines()) > 60,
        max_number_of_evaluations=2,
    )
    assert result == pytest.approx(0.7)
    assert not (tmp_path / 'eval').exists()


def test_queue_runners_do_not_nest() -> None:
    nested = pytest.raises(slim.queues.NestedQueueRunnerError, match='use the outer one')
    with tf.Session() as session, slim.queues.QueueRunners(session), nested:
        slim.queues.QueueRunners(session).__enter__()
    with tf.Session() as session, slim.queues.QueueRunners(session):
        pass


def test_models_are_described_on_request(capsys: pytest.CaptureFixture[str]) -> None:
    tf.get_variable('w', [3, 2])
    assert slim.model_analyzer.analyze_vars(tf.trainable_variables(), print_info=True) == (6, 24)
    slim.model_analyzer.analyze_ops(tf.get_default_graph(), print_info=True)
    printed = capsys.readouterr().out.splitlines()
    assert printed[:6] == [
        '---------',
        'Variables: name (type shape) [size]',
        '---------',
        'w:0 (float32_ref 3x2) [6, bytes: 24]',
        'Total size of variables: 6',
        'Total bytes of variables: 24',
    ]
    assert 'w/read \t-> (float32 3x2) [6]' in printed


def test_printed_summaries_go_to_stderr(capfd: pytest.CaptureFixture[str]) -> None:
    summary = slim.summaries.add_scalar_summary(tf.constant(2.5, name='x'), print_summary=True)
    with tf.Session() as session:
        serialized = session.run(summary)
    assert tf.Summary.FromString(serialized).value[0].simple_value == 2.5
    assert 'x 2.5' in capfd.readouterr().err


def test_a_name_that_is_absent_says_so() -> None:
    with pytest.raises(AttributeError, match=r'tf\.contrib\.slim\.nonsense does not exist'):
        _ = slim.nonsense


@pytest.mark.parametrize(
    ('call', 'error', 'text'),
    [
        (lambda: slim.tfexample_decoder.BoundingBox(['a']), ValueError, r"BoundingBox needs four keys, got \['a'\]"),
        (lambda: slim.tfexample_decoder.Tensor('a', 'b', [1]), ValueError, r'Give one of shape_keys and shape, got'),
        (lambda: slim.tfexample_decoder.BackupHandler('a', 'b'), ValueError, "handler must be an ItemHandler, got 'a'"),
        (
            lambda: slim.data_provider.DataProvider({'a': 1}, 2).get(['b']),
            ValueError,
            r"Item 'b' must be one of \['a'\]",
        ),
        (lambda: slim.parallel_reader.get_data_files('nowhere*'), ValueError, r'there are none at nowhere\*'),
        (
            lambda: slim.parallel_reader.ParallelReader(tf.TFRecordReader, tf.FIFOQueue(1, [tf.int32])),
            TypeError,
            r'common_queue must take \[tf.string, tf.string\]',
        ),
    ],
)
def test_bad_data_arguments_are_named(call: object, error: type, text: str) -> None:
    with pytest.raises(error, match=text):
        call()
