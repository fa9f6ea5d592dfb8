"""tfdbg's sessions and hooks with the arguments of TF 1.15."""

from __future__ import annotations

import pytest

import tf1 as tf
from tf1.python import debug


@pytest.fixture
def graph():
    with tf.Graph().as_default() as graph:
        yield graph


def test_a_hook_dumps_and_takes_log_usage(graph, tmp_path) -> None:
    weight = tf.get_variable('weight', [2], initializer=tf.ones_initializer())
    train = tf.train.GradientDescentOptimizer(0.1).minimize(tf.reduce_sum(weight * weight))
    hook = debug.DumpingDebugHook(str(tmp_path), None, None, False)
    with tf.train.MonitoredSession(hooks=[hook]) as session:
        session.run(train)
    runs = list(tmp_path.iterdir())
    assert len(runs) == 1
    dump = debug.DebugDumpDir(str(runs[0]))
    assert 'weight' in dump.nodes()


def test_the_interface_curses_gives_way_to_readline(graph) -> None:
    with tf.Session() as session:
        wrapped = debug.LocalCLIDebugWrapperSession(session, None, True, 'curses')
        assert wrapped._ui_type == 'readline'
        assert wrapped.graph is graph
    debug.LocalCLIDebugHook(ui_type='curses').add_tensor_filter('has_inf_or_nan', debug.has_inf_or_nan)


def test_too_many_arguments_and_one_twice_are_type_errors() -> None:
    with pytest.raises(TypeError, match='at most 4 arguments'):
        debug.DumpingDebugHook('folder', None, None, True, 5)
    with pytest.raises(TypeError, match='session_root twice'):
        debug.DumpingDebugHook('folder', session_root='other')


def test_old_name_of_watch_graph() -> None:
    assert debug.watch_graph_with_blacklists is debug.watch_graph_with_denylists
