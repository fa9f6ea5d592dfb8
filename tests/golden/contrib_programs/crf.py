"""Cases of `tf.contrib.crf`."""

import numpy as np


def _ramp(tf, *shape):
    return tf.constant((2 * np.sin(1 + np.arange(np.prod(shape)))).reshape(shape).astype(np.float32))


_TAGS = [[0, 2, 1], [1, 1, 0], [2, 0, 0]]
_LENGTHS = [3, 2, 1]


def case_scores(tf):
    inputs, transitions = _ramp(tf, 3, 3, 3), _ramp(tf, 3, 3)
    crf = tf.contrib.crf
    return {
        'unary': crf.crf_unary_score(tf.constant(_TAGS), tf.constant(_LENGTHS), inputs),
        'binary': crf.crf_binary_score(tf.constant(_TAGS), tf.constant(_LENGTHS), transitions),
        'sequence': crf.crf_sequence_score(inputs, tf.constant(_TAGS), tf.constant(_LENGTHS), transitions),
        'norm': crf.crf_log_norm(inputs, tf.constant(_LENGTHS), transitions),
    }


def case_scores_of_one_step(tf):
    inputs, transitions = _ramp(tf, 2, 1, 3), _ramp(tf, 3, 3)
    crf = tf.contrib.crf
    tags, lengths = tf.constant([[2], [1]]), tf.constant([1, 0])
    return {
        'sequence': crf.crf_sequence_score(inputs, tags, lengths, transitions),
        'norm': crf.crf_log_norm(inputs, lengths, transitions),
        'decoded': crf.crf_decode(inputs, transitions, tf.constant([1, 1])),
    }


def case_log_likelihood_with_a_variable(tf):
    inputs = _ramp(tf, 3, 3, 3)
    likelihood, transitions = tf.contrib.crf.crf_log_likelihood(inputs, tf.constant(_TAGS), tf.constant(_LENGTHS))
    loss = tf.reduce_mean(-likelihood)
    return {
        'likelihood': likelihood,
        'transitions': transitions,
        'gradients': [tf.convert_to_tensor(g) for g in tf.gradients(loss, [transitions, inputs])],
    }


def case_log_likelihood_of_given_transitions(tf):
    inputs, lengths = _ramp(tf, 3, 3, 3), tf.constant([3, 0, 1], tf.int64)
    likelihood, _ = tf.contrib.crf.crf_log_likelihood(inputs, tf.constant(_TAGS), lengths, _ramp(tf, 3, 3))
    return {'likelihood': likelihood}


def case_multitag_score(tf):
    inputs, transitions = _ramp(tf, 2, 2, 3), _ramp(tf, 3, 3)
    bitmap = tf.constant([[[True, True, False], [False, True, True]], [[True, False, True], [True, False, False]]])
    score = tf.contrib.crf.crf_multitag_sequence_score
    return {
        'two_steps': score(inputs, bitmap, tf.constant([2, 1]), transitions),
        'one_step': score(inputs[:, :1], bitmap[:, :1], tf.constant([1, 1]), transitions),
    }


def case_decode(tf):
    tags, scores = tf.contrib.crf.crf_decode(_ramp(tf, 3, 4, 3), _ramp(tf, 3, 3), tf.constant([4, 2, 1]))
    return {'tags': tags, 'scores': scores, 'type': tags.dtype.name}


def case_viterbi_decode(tf):
    tags, score = tf.contrib.crf.viterbi_decode(
        np.sin(np.arange(12.0)).reshape(4, 3), np.cos(np.arange(9.0)).reshape(3, 3)
    )
    return {'tags': tags, 'score': score}


def case_cells(tf):
    crf = tf.contrib.crf
    transitions, inputs, state = _ramp(tf, 3, 3), _ramp(tf, 2, 3), -_ramp(tf, 2, 3)
    forward = crf.CrfForwardRnnCell(transitions)
    decode = crf.CrfDecodeForwardRnnCell(transitions)
    backward = crf.CrfDecodeBackwardRnnCell(3)
    return {
        'forward': forward(inputs, state),
        'decode': decode(inputs, state),
        'backward': backward(tf.constant([[2, 0, 1], [1, 2, 0]]), tf.constant([[1], [0]])),
        'sizes': [[cell.state_size, cell.output_size] for cell in (forward, decode, backward)],
    }
