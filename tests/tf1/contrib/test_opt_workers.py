"""Optimizers of tf.contrib.opt that several workers share: a parameter server and two workers in one process."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable

import numpy as np
import pytest

import tf1 as tf

_STEPS = 4


@pytest.fixture(scope='module')
def cluster() -> tuple[tf.train.ClusterSpec, list[tf.train.Server]]:
    sockets = [socket.socket() for _ in range(3)]
    for one in sockets:
        one.bind(('localhost', 0))
    ps, *workers = [f'localhost:{one.getsockname()[1]}' for one in sockets]
    for one in sockets:
        one.close()
    spec = tf.train.ClusterSpec({'ps': [ps], 'worker': workers})
    jobs = [('ps', 0), ('worker', 0), ('worker', 1)]
    return spec, [tf.train.Server(spec, job_name=job, task_index=index) for job, index in jobs]


def _trained(cluster, getter: type, make: Callable, hook_of: Callable) -> list[list[float]]:
    """Trains one number towards 1 on worker 0 and towards 3 on worker 1, at the same time.

    Returns for each worker the number after each step, then the global number and the global step.
    """
    spec, servers = cluster
    seen: list[list[float]] = [[], []]
    errors: list[BaseException] = []

    def work(index: int) -> None:
        try:
            device = f'/job:worker/task:{index}'
            with tf.Graph().as_default() as graph:
                copies = getter(device)
                setter = tf.train.replica_device_setter(worker_device=device, ps_device='/job:ps', cluster=spec)
                with tf.device(setter), tf.variable_scope('', custom_getter=copies):
                    number = tf.get_variable('number', initializer=tf.constant(0.0))
                    step = tf.train.get_or_create_global_step()
                    optimizer = make(copies, index == 0)
                    train = optimizer.minimize(tf.square(number - (1.0 + 2.0 * index)), step)
                hook = hook_of(optimizer, index)
                hook.begin()
                init = tf.global_variables_initializer()
                locals_init = tf.local_variables_initializer()
                unready = tf.report_uninitialized_variables(tf.global_variables()) if index else init
                with tf.Session(servers[1 + index].target, graph=graph) as session:
                    if index == 0:
                        session.run(init)
                    else:
                        while session.run(unready).size:
                            time.sleep(0.01)
                    session.run(locals_init)
                    hook.after_create_session(session, None)
                    for _ in range(_STEPS):
                        session.run(train)
                        seen[index].append(float(session.run(number)))
                    seen[index].extend(map(float, session.run([tf.global_variables()[0], step])))
        except BaseException as error:
            errors.append(error)

    # A server keeps variables for all sessions; those of the test before must not count as initialized.
    for server in servers:
        tf.Session.reset(server.target)
    threads = [threading.Thread(target=work, args=(index,), daemon=True) for index in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not errors, errors
    assert not any(thread.is_alive() for thread in threads)
    return seen


def test_workers_go_on_from_the_mean_of_their_copies(cluster) -> None:
    seen = _trained(
        cluster,
        tf.contrib.opt.ModelAverageCustomGetter,
        lambda copies, chief: tf.contrib.opt.ModelAverageOptimizer(
            tf.train.GradientDescentOptimizer(0.25), 2, chief, copies, interval_steps=2
        ),
        lambda optimizer, index: optimizer.make_session_run_hook(),
    )
    # Each step halves the distance to the goal: 0.5, 0.75 and 1.5, 2.25, whose mean is 1.5; from there on again.
    np.testing.assert_allclose(seen[0], [0.5, 1.5, 1.25, 1.875, 1.875, 2])
    np.testing.assert_allclose(seen[1], [1.5, 1.5, 2.25, 1.875, 1.875, 2])


def test_workers_wait_for_one_another_before_elastic_averaging(cluster) -> None:
    seen = _trained(
        cluster,
        tf.contrib.opt.ElasticAverageCustomGetter,
        lambda copies, _: tf.contrib.opt.ElasticAverageOptimizer(
            tf.train.GradientDescentOptimizer(0.25),
            2,
            copies,
            communication_period=8,
            moving_rate=0.25,
            rho=0.0,
            synchronous=True,
        ),
        lambda optimizer, index: optimizer.make_session_run_hook(index == 0, index),
    )
    np.testing.assert_allclose(seen[0], [0.5, 0.75, 0.875, 0.9375, 0, 0])
    np.testing.assert_allclose(seen[1], [1.5, 2.25, 2.625, 2.8125, 0, 0])
