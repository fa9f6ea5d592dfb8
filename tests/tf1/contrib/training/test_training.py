"""The loops of `tf.contrib.training`, and what golden cases cannot show: files, log lines, resuming, error texts."""

from __future__ import annotations

import pathlib

import numpy as np
import pytest

import tf1 as tf

training = tf.contrib.training


@pytest.fixture(autouse=True)
def graph() -> tf.Graph:
    with tf.Graph().as_default() as graph:
        yield graph


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Returns a function that gives the log lines without times."""
    logger = tf.get_logger()
    propagates, logger.propagate = logger.propagate, True
    before = tf.logging.get_verbosity()
    tf.logging.set_verbosity(tf.logging.INFO)
    yield lambda: [record.getMessage().partition(' at 20')[0] for record in caplog.records]
    tf.logging.set_verbosity(before)
    logger.propagate = propagates


def _loss() -> tf.Tensor:
    """A loss that falls from 1 by twice the learning rate in each step, as its gradients are always 1."""
    return tf.reduce_sum(tf.get_variable('w', [2], initializer=tf.constant_initializer(0.5)))


def _train(folder: pathlib.Path, until: int) -> float:
    with tf.Graph().as_default():
        loss = _loss()
        tf.summary.scalar('loss', loss)
        train_op = training.create_train_op(loss, tf.train.GradientDescentOptimizer(0.05))
        stop = tf.train.StopAtStepHook(last_step=until)
        return training.train(train_op, str(folder), hooks=[stop], save_summaries_steps=1)


def _tags(folder: pathlib.Path) -> list[tuple[int, list[str]]]:
    events = (event for path in sorted(folder.glob('events*')) for event in tf.train.summary_iterator(str(path)))
    return [(event.step, [value.tag for value in event.summary.value]) for event in events if event.summary.value]


def test_training_saves_writes_summaries_and_goes_on(tmp_path: pathlib.Path, lines: object) -> None:
    _train(tmp_path, 3)
    assert {path.name for path in tmp_path.iterdir() if path.suffix in ('.index', '.pbtxt')} == {
        'graph.pbtxt',
        'model.ckpt-0.index',
        'model.ckpt-3.index',
    }
    assert _tags(tmp_path) == [(1, ['loss']), (2, ['loss']), (3, ['loss'])]
    assert lines() == [
        'Create CheckpointSaverHook.',
        'Graph was finalized.',
        'Running local_init_op.',
        'Done running local_init_op.',
        f'Saving checkpoints for 0 into {tmp_path}/model.ckpt.',
        f'Saving checkpoints for 3 into {tmp_path}/model.ckpt.',
    ]
    _train(tmp_path, 5)
    saved = tf.train.load_variable(str(tmp_path), 'w')
    np.testing.assert_allclose(saved, 0.25, rtol=1e-6)
    assert tf.train.load_variable(str(tmp_path), 'global_step') == 5


def test_training_without_a_folder_saves_nothing_and_says_what_it_needs() -> None:
    train_op = training.create_train_op(_loss(), tf.train.GradientDescentOptimizer(0.05))
    with pytest.raises(ValueError, match='logdir cannot be None when save_summaries_steps is not None; name a folder'):
        training.train(train_op, None)
    with pytest.raises(ValueError, match='logdir cannot be None when save_checkpoint_secs is not None'):
        training.train(train_op, None, save_summaries_steps=None)
    hooks = [tf.train.StopAtStepHook(num_steps=1)]
    training.train(train_op, None, hooks=hooks, save_checkpoint_secs=None, save_summaries_steps=None)


def test_an_evaluation_restores_counts_and_writes_its_summaries(tmp_path: pathlib.Path, lines: object) -> None:
    _train(tmp_path, 2)
    before = len(lines())
    tf.train.get_or_create_global_step()
    mean, update = tf.metrics.mean(_loss())
    tf.summary.scalar('average', mean)
    hooks = [training.StopAfterNEvalsHook(3), training.SummaryAtEndHook(str(tmp_path / 'eval'))]
    path = tf.train.latest_checkpoint(str(tmp_path))
    values = training.evaluate_once(path, eval_ops=update, final_ops={'mean': mean}, hooks=hooks)
    assert values == {'mean': pytest.approx(0.8)}
    assert _tags(tmp_path / 'eval') == [(2, ['average'])]
    assert lines()[before:] == [
        'Starting evaluation',
        'Graph was finalized.',
        f'Restoring parameters from {path}',
        'Running local_init_op.',
        'Done running local_init_op.',
        'Evaluation [1/3]',
        'Evaluation [2/3]',
        'Evaluation [3/3]',
        'Finished evaluation',
    ]


def test_repeated_evaluations_take_each_new_checkpoint(tmp_path: pathlib.Path, lines: object) -> None:
    _train(tmp_path, 2)
    tf.train.get_or_create_global_step()
    loss, seen = _loss(), []

    class Next(tf.train.SessionRunHook):
        def end(self, session: tf.Session) -> None:
            seen.append(float(session.run(loss)))
            if len(seen) == 1:
                _train(tmp_path, 4)

    hooks = [training.StopAfterNEvalsHook(1, log_progress=False), Next()]
    values = training.evaluate_repeatedly(
        str(tmp_path), eval_ops=loss, final_ops=loss, hooks=hooks, eval_interval_secs=0, max_number_of_evaluations=2
    )
    assert seen == [pytest.approx(0.8), pytest.approx(0.6)]
    assert values == pytest.approx(0.6)
    assert 'Evaluation [1/1]' not in lines()


def test_repeated_evaluations_end_after_a_timeout(tmp_path: pathlib.Path, lines: object) -> None:
    assert training.evaluate_repeatedly(str(tmp_path), final_ops=_loss(), timeout=0) is None
    assert training.wait_for_new_checkpoint(str(tmp_path), timeout=0) is None
    waiting = f'Waiting for new checkpoint at {tmp_path}'
    assert lines() == [waiting, 'Timed-out waiting for a checkpoint.', waiting]


def test_a_new_checkpoint_is_found(tmp_path: pathlib.Path) -> None:
    _train(tmp_path, 1)
    path = training.wait_for_new_checkpoint(str(tmp_path))
    assert path == str(tmp_path / 'model.ckpt-1')
    assert training.wait_for_new_checkpoint(str(tmp_path), path, timeout=0) is None
    assert list(training.checkpoints_iterator(str(tmp_path), timeout=0)) == [path]
    asked = []
    ends = training.checkpoints_iterator(str(tmp_path), timeout=0, timeout_fn=lambda: asked.append(1) or len(asked) > 2)
    assert list(ends) == [path]
    assert len(asked) == 3


def test_progress_is_logged_about_ten_times(lines: object) -> None:
    tf.train.get_or_create_global_step()
    step = training.get_or_create_eval_step()
    hook = training.StopAfterNEvalsHook(25)
    hook.count_with(tf.assign_add(step, 1))
    with tf.train.SingularMonitoredSession([hook]) as session:
        while not session.should_stop():
            session.run(step)
    progress = [line for line in lines() if line.startswith('Evaluation')]
    assert progress == [f'Evaluation [{n}/25]' for n in (*range(2, 25, 2), 25)]


def test_a_hook_for_summaries_needs_a_place() -> None:
    with pytest.raises(ValueError, match='SummaryAtEndHook needs log_dir or summary_writer, got neither'):
        training.SummaryAtEndHook()


@pytest.mark.parametrize(
    ('call', 'error', 'text'),
    [
        (lambda h: h.parse('n=x'), ValueError, "Could not parse hyperparameter n from 'x'"),
        (lambda h: h.parse('n=1,n=2'), ValueError, "n must be assigned once, got 'n=1,n=2'"),
        (lambda h: h.parse('m=1'), ValueError, "Unknown hyperparameter 'm' in 'm=1'; known: list, n"),
        (lambda h: h.parse('n 1'), ValueError, "Malformed hyperparameter value: 'n 1'; write NAME=VALUE"),
        (lambda h: h.parse_json('[1]'), ValueError, r"values_json must be a JSON object, got '\[1\]'"),
        (lambda h: h.set_hparam('n', 1.5), ValueError, 'Hyperparameter n must have type int, got 1.5'),
        (lambda h: h.set_hparam('list', 1), ValueError, 'Hyperparameter list must be a list, got 1'),
        (lambda h: h.add_hparam('n', 1), ValueError, 'Hyperparameter name is reserved: n; choose another'),
        (lambda h: h.add_hparam('m', []), ValueError, 'Hyperparameter m must not be an empty list'),
        (lambda h: h.set_hparam('m', 1), KeyError, 'm'),
        (lambda h: training.HParams(hparam_def='x'), ValueError, 'hparam_def must be None'),
    ],
)
def test_bad_hyperparameters_are_named(call: object, error: type, text: str) -> None:
    hparams = training.HParams(n=1, list=[2])
    with pytest.raises(error, match=text):
        call(hparams)
    assert hparams.values() == {'n': 1, 'list': [2]}


def test_what_cannot_be_trained_is_named() -> None:
    optimizer = tf.train.GradientDescentOptimizer(0.05)
    loss = _loss()
    fixed = tf.get_variable('fixed', [], trainable=False)
    with pytest.raises(ValueError, match='variables_to_train must be trainable, and fixed is not'):
        training.create_train_op(loss, optimizer, variables_to_train=[fixed])
    with pytest.raises(ValueError, match='There must be a variable to train'):
        training.create_train_op(loss, optimizer, variables_to_train=[])


def test_update_ops_that_are_left_out_are_said(lines: object) -> None:
    tf.add_to_collection('update_ops', tf.no_op())
    training.create_train_op(_loss(), tf.train.GradientDescentOptimizer(0.05), update_ops=[])
    assert lines() == ['update_ops in create_train_op does not contain all the update_ops in GraphKeys.UPDATE_OPS']


def test_a_loss_that_is_no_number_stops_training() -> None:
    train_op = training.create_train_op(_loss() * float('nan'), tf.train.GradientDescentOptimizer(0.05))
    with pytest.raises(tf.errors.InvalidArgumentError, match='LossTensor is inf or nan'):
        training.train(train_op, None, save_checkpoint_secs=None, save_summaries_steps=None)


def _fetched(tensors: object) -> object:
    with tf.train.SingularMonitoredSession() as session:
        return session.run(tensors)


def test_stratified_samples_have_the_shares_that_were_asked_for() -> None:
    tf.set_random_seed(3)
    label = tf.cast(tf.random_uniform([]) < 0.1, tf.int32)
    (data,), labels = training.stratified_sample([label * 7], label, [0.5, 0.5], 400, init_probs=[0.9, 0.1])
    values, classes = _fetched([data, labels])
    np.testing.assert_array_equal(values, 7 * classes)
    assert 0.4 < classes.mean() < 0.6


def test_stratified_samples_count_classes_when_their_shares_are_unknown() -> None:
    tf.set_random_seed(3)
    labels = tf.cast(tf.random_uniform([5]) < 0.2, tf.int32)
    _, classes = training.stratified_sample([labels], labels, [0.5, 0.5], 400, enqueue_many=True)
    assert 0.35 < _fetched(classes).mean() < 0.65


def test_rejection_keeps_examples_with_their_probability() -> None:
    tf.set_random_seed(3)
    (numbers,) = training.rejection_sample(
        [tf.random_uniform([8], maxval=4, dtype=tf.int32)],
        lambda tensors: tf.cast(tensors[0], tf.float32) / 3.0,
        600,
        enqueue_many=True,
        runtime_checks=True,
    )
    shares = np.bincount(_fetched(numbers), minlength=4) / 600
    np.testing.assert_allclose(shares, [0, 1 / 6, 2 / 6, 3 / 6], atol=0.06)


def test_rows_are_resampled_at_their_rates() -> None:
    tf.set_random_seed(3)
    rows = tf.repeat(tf.range(3), 1000)
    (taken,) = training.resample_at_rate([rows], tf.repeat([0.0, 1.0, 2.5], 1000))
    counts = np.bincount(_fetched(taken), minlength=3)
    assert counts[:2].tolist() == [0, 1000]
    assert 2400 < counts[2] < 2600


def test_rows_are_resampled_by_weight() -> None:
    tf.set_random_seed(3)
    (taken,), rates = training.weighted_resample([tf.repeat(tf.range(2), 1000)], tf.repeat([1.0, 3.0], 1000), 0.5)
    rows, of_rows = _fetched([taken, rates])
    np.testing.assert_allclose(of_rows, np.where(rows == 0, 0.25, 0.75), rtol=1e-5)
    assert 200 < np.sum(rows == 0) < 300


def test_buckets_must_fit_their_sizes() -> None:
    with pytest.raises(ValueError, match=r'batch_size must have one value for each of 3 buckets, got \[1, 2\]'):
        training.bucket([tf.constant(1)], 0, [1, 2], 3)


def test_a_name_that_is_absent_says_so() -> None:
    with pytest.raises(AttributeError, match=r'tf\.contrib\.training\.nonsense does not exist'):
        _ = training.nonsense
    with pytest.raises(AttributeError, match='use tf.nn.dynamic_rnn with initial_state, and tf.data instead'):
        _ = training.batch_sequences_with_states


def test_batches_of_buckets_have_the_names_that_programs_fetch() -> None:
    with tf.Graph().as_default() as graph:
        number, (values,) = training.bucket([tf.constant([1])], tf.constant(0), 2, 2)
        names = {operation.name for operation in graph.get_operations()}
    assert (number.name, values.name) == ('bucket/dequeue_top:0', 'bucket/dequeue_top:1')
    assert {f'bucket/{what}_{i}' for what in ('read_bucket', 'enqueue_from_bucket') for i in range(2)} <= names
