"""Cases of packages that compute: resampler, integrate, solvers, text."""

import importlib
import os
import shutil
import tempfile

import numpy as np


def _tried(call):
    """Returns what a call gives, or the type of its error."""
    try:
        return call()
    except Exception as error:
        return type(error).__name__


def _text(tf):
    """Returns `tf.contrib.text`, which TF 1.15 gives only to those who import it."""
    try:
        return tf.contrib.text
    except AttributeError:
        return importlib.import_module('tensorflow.contrib.text')


def case_resampler(tf):
    data = np.sin(np.arange(2 * 4 * 5 * 3)).reshape(2, 4, 5, 3).astype('float32')
    data = tf.constant(data)
    points = [[0.0, 0.0], [1.5, 2.25], [4.0, 3.0], [-0.5, 1.0], [4.5, 3.5], [-1.0, 1.0], [5.0, 0.0], [2.0, -0.25]]
    warp = tf.constant([points, points[::-1]], tf.float32)
    sampled = tf.contrib.resampler.resampler(data, warp)
    weighted = tf.reduce_sum(sampled * tf.constant([1.0, -2.0, 0.5]))
    grid = tf.contrib.resampler.resampler(data, tf.reshape(warp[:, :4], [2, 2, 2, 2]), name='grid')
    return {
        'sampled': sampled,
        'gradients': tf.gradients(weighted, [data, warp]),
        'grid': grid,
        'name': [sampled.op.name.split('/')[0], grid.op.name.split('/')[0]],
        'shapes': [sampled.shape.as_list(), grid.shape.as_list()],
        'doubles': tf.contrib.resampler.resampler(tf.cast(data, tf.float64), tf.cast(warp, tf.float64))[0, 1],
    }


def case_odeint(tf):
    integrate = tf.contrib.integrate
    times = tf.linspace(tf.constant(0.0, tf.float64), 2.0, 5)
    y0 = tf.constant([1.0, 0.5], tf.float64)
    matrix = tf.constant([[-0.1, 2.0], [-2.0, -0.1]], tf.float64)

    def spiral(y, t):
        return tf.reshape(tf.matmul(matrix, y[:, None]), [2]) + 0.1 * t

    path, info = integrate.odeint(spiral, y0, times, full_output=True)
    loose = integrate.odeint(
        lambda y, t: -y * tf.cast(t, tf.float32), tf.constant(1.0), [0.0, 1.0, 3.0], rtol=1e-3, atol=1e-5
    )
    backward = integrate.odeint(lambda y, t: y, tf.constant(1.0), [1.0, 0.0])
    with tf.Session() as session:
        backward = _tried(lambda: session.run(backward))
    waves = integrate.odeint(lambda y, t: 1j * y, tf.constant(1.0 + 0j, tf.complex128), np.linspace(0, 3.0, 4))
    return {
        'path': path,
        'keys': sorted(info),
        'evaluations': info['num_func_evals'],
        'points': info['integrate_points'],
        'errors': info['error_ratio'],
        'loose': loose,
        'backward': backward,
        'waves': [tf.real(waves), tf.imag(waves)],
        'gradient': tf.gradients(path[-1, 0], y0),
        'shape': [path.shape.as_list(), loose.shape.as_list()],
        'bad_method': _tried(lambda: integrate.odeint(spiral, y0, times, method='rk9')),
        'options_without_method': _tried(lambda: integrate.odeint(spiral, y0, times, options={'safety': 0.8})),
        'options': integrate.odeint(
            spiral, y0, times, method='dopri5', options={'safety': 0.8, 'first_step': 0.1, 'max_num_steps': 500}
        ),
        'unknown_option': _tried(lambda: integrate.odeint(spiral, y0, times, method='dopri5', options={'x': 1})),
        'integers': _tried(lambda: integrate.odeint(spiral, tf.constant([1, 2]), times)),
        'one_time': _tried(lambda: integrate.odeint(spiral, y0, 1.0)),
    }


def case_odeint_fixed(tf):
    integrate = tf.contrib.integrate
    times = tf.constant([0.0, 0.5, 1.5, 2.0], tf.float64)

    def growth(y, t):
        return y * tf.cos(t)

    y0 = tf.constant([1.0, 2.0], tf.float64)
    return {
        'rk4': integrate.odeint_fixed(growth, y0, times),
        'midpoint': integrate.odeint_fixed(growth, y0, times, method='midpoint'),
        'small_steps': integrate.odeint_fixed(growth, y0, times, dt=0.1),
        'uneven_steps': integrate.odeint_fixed(growth, y0, times, dt=0.3),
        'uneven_midpoint': integrate.odeint_fixed(growth, y0, times, dt=0.3, method='midpoint'),
        'given_steps': integrate.odeint_fixed(growth, y0, times, dt=tf.constant([0.1, 0.25, 0.5], tf.float64)),
        'euler': _tried(lambda: integrate.odeint_fixed(growth, y0, times, method='euler')),
        'times': _tried(lambda: integrate.odeint_fixed(growth, y0, tf.zeros([2, 2], tf.float64))),
    }


def _matrix(tf, rows, columns):
    values = np.sin(np.arange(rows * columns) ** 2.0).reshape(rows, columns)
    return values, tf.contrib.solvers.util.create_operator(tf.constant(values))


def case_solvers(tf):
    solvers = tf.contrib.solvers
    values, operator = _matrix(tf, 6, 4)
    square = values.T.dot(values) + np.eye(4)
    spd = solvers.util.create_operator(tf.constant(square))
    rhs, right = tf.constant([1.0, 2.0, -1.0, 0.5], tf.float64), tf.constant(np.arange(6.0))
    solved = solvers.linear_equations.conjugate_gradient(spd, rhs, tol=1e-8, max_iter=30)
    short = solvers.linear_equations.conjugate_gradient(spd, rhs, tol=1e-8, max_iter=2)
    inverse = solvers.util.create_operator(tf.constant(np.diag(1 / np.diag(square))))
    helped = solvers.linear_equations.conjugate_gradient(spd, rhs, preconditioner=inverse, x=tf.ones([4], tf.float64))
    least = solvers.least_squares.cgls(operator, right, tol=1e-8)
    start = tf.constant(np.cos(np.arange(6.0)))
    bidiagonal = solvers.lanczos.lanczos_bidiag(operator, 3, starting_vector=start)
    product = solvers.lanczos.bidiag_matmul(bidiagonal.u, bidiagonal.alpha, bidiagonal.beta)
    v, w = tf.constant([3.0, 4.0]), tf.constant([1.0, 2.0])
    unit, norm = solvers.util.l2normalize(v)
    return {
        'fields': [list(solved._fields), list(least._fields), list(bidiagonal._fields), list(spd._fields)],
        'solved': [solved.i, solved.x],
        'short': [short.i, short.x, short.r, short.p, short.gamma],
        'helped': [helped.i, helped.x],
        'least': [least.i, least.x],
        'least_residual': tf.norm(least.r),
        'lanczos': [bidiagonal.u, bidiagonal.v, bidiagonal.alpha, bidiagonal.beta],
        'product': product,
        'adjoint': solvers.lanczos.bidiag_matmul(bidiagonal.v, bidiagonal.alpha, bidiagonal.beta, adjoint_b=True),
        'plain': solvers.lanczos.lanczos_bidiag(operator, 2, orthogonalize=False, starting_vector=start).alpha,
        'shapes': [operator.shape, operator.dtype.name],
        'applied': [operator.apply(rhs[:, None]), operator.apply_adjoint(right[:, None])],
        'identity': solvers.util.identity_operator(tf.constant(square)).apply(rhs[:, None]),
        'vectors': [solvers.util.dot(v, w), solvers.util.l2norm(v), solvers.util.l2norm_squared(v), unit, norm],
    }


def case_skip_grams(tf):
    sample = _text(tf).skip_gram_sample
    words = tf.constant(['the', 'quick', 'brown', 'fox', 'jumps'])

    def run(**arguments):
        with tf.Session() as session:
            return _tried(lambda: session.run(list(sample(words, **arguments))))

    one = sample(words, min_skips=1, max_skips=1)
    two = sample(words, min_skips=2, max_skips=2, emit_self_as_target=True)
    part = sample(tf.constant([4, 5, 6, 7, 8, 9]), 1, 1, start=1, limit=4)
    none = sample(words, min_skips=0, max_skips=0)
    return {
        'one': list(one),
        'two': list(two),
        'part': list(part),
        'none': list(none),
        'types': [type(one).__name__, isinstance(one, tuple), one[0].dtype.name, one[0].shape.as_list()],
        'skips': run(min_skips=3, max_skips=2),
        'negative': run(min_skips=-1),
        'long': run(min_skips=1, max_skips=1, start=3, limit=9),
        'matrix': _tried(lambda: sample(tf.zeros([2, 2]))),
    }


def case_skip_grams_of_a_vocabulary(tf):
    text, folder = _text(tf), tempfile.mkdtemp()
    path = os.path.join(folder, 'vocabulary.csv')
    with open(path, 'w') as file:
        file.write('the,20\nquick,3\nbrown,1\nfox,2\n')
    words = tf.constant(['the', 'quick', 'brown', 'fox', 'jumps', 'the'])
    keep = text.skip_gram_sample_with_text_vocab(words, path, vocab_min_count=2, min_skips=1, max_skips=1)
    every = text.skip_gram_sample_with_text_vocab(words, path, min_skips=1, max_skips=1)
    values = tf.constant([20.0, 3.0, 1.0, 2.0])
    table = tf.contrib.lookup.HashTable(
        tf.contrib.lookup.KeyValueTensorInitializer(['the', 'quick', 'brown', 'fox'], values), -1
    )
    given = text.skip_gram_sample(words, 1, 1, vocab_freq_table=table, vocab_min_count=3)
    wrong = [
        _tried(lambda: text.skip_gram_sample(words, vocab_min_count=3)),
        _tried(lambda: text.skip_gram_sample(words, vocab_freq_table=table, vocab_subsampling=1e-3)),
        _tried(lambda: text.skip_gram_sample(words, vocab_freq_table=table, corpus_size=10)),
        _tried(lambda: text.skip_gram_sample_with_text_vocab(words, path + '.none')),
        _tried(lambda: text.skip_gram_sample_with_text_vocab(words, path, vocab_token_index=-1)),
        _tried(lambda: text.skip_gram_sample_with_text_vocab(words, path, vocab_token_index=1)),
    ]
    tf.get_collection_ref('table_initializer')
    with tf.Session() as session:
        session.run(tf.tables_initializer())
        seen = [[part.tolist() for part in session.run(list(pairs))] for pairs in (keep, every, given)]
    shutil.rmtree(folder)
    tf.get_collection_ref('table_initializer')[:] = []
    return {'seen': [[[word.decode() for word in part] for part in pairs] for pairs in seen], 'wrong': wrong}
