from __future__ import annotations

import tf1 as tf


def test_losses_of_regularizers_are_averaged_with_others():
    with tf.Graph().as_default(), tf.Session() as session:
        weights = tf.get_variable(
            'w', initializer=[3.0, 4.0], regularizer=lambda value: tf.reduce_sum(value**2, name='squares')
        )
        (penalty,) = tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)
        loss = tf.add(penalty, 1.0, name='loss')
        averages = tf.train.ExponentialMovingAverage(0.5, name='average')
        update = averages.apply([loss, penalty])
        session.run(tf.global_variables_initializer())
        session.run(update)
        # Half of 26 and of 25, with averages that start at 0.
        values = session.run([averages.average(loss), averages.average(penalty)])
        assert [float(value) for value in values] == [13.0, 12.5]
        assert averages.average_name(penalty) == averages.average(penalty).op.name
        assert averages.average(weights) is None


def test_variables_are_averaged_as_before():
    with tf.Graph().as_default():
        variable = tf.get_variable('v', [2])
        averages = tf.train.ExponentialMovingAverage(0.9)
        averages.apply()
        assert averages.average(variable).op.name == 'v/ExponentialMovingAverage'
        assert sorted(averages.variables_to_restore()) == ['v/ExponentialMovingAverage']
