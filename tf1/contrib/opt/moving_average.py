"""An optimizer that keeps moving averages of what it trains, and a saver that saves them as the variables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import tf1 as tf
from tf1.train.wrapping_optimizer import WrappingOptimizer


class MovingAverageOptimizer(WrappingOptimizer):
    """Trains with `opt` and follows each trained variable with an exponential moving average.

    Args:
      opt: the optimizer that trains.
      average_decay: share of the old average that is kept at each step.
      num_updates: a count, usually the global step, that makes the first averages faster.
      sequential_update: averages are taken after the step; otherwise beside it, of either values.
    """

    def __init__(
        self,
        opt: tf.train.Optimizer,
        average_decay: float | tf.Tensor = 0.9999,
        num_updates: tf.Tensor | int | None = None,
        sequential_update: bool = True,
    ):
        super().__init__(opt, opt.get_name())
        self._ema = tf.train.ExponentialMovingAverage(average_decay, num_updates=num_updates)
        self._averages = None
        self._sequential_update = sequential_update

    def apply_gradients(
        self,
        grads_and_vars: Iterable[tuple[tf.Tensor | None, tf.Variable]],
        global_step: tf.Variable | None = None,
        name: str | None = None,
    ) -> tf.Operation:
        """Returns the operation that trains and then renews the averages."""
        pairs = list(grads_and_vars)
        trained = self._optimizer.apply_gradients(pairs, global_step=global_step, name=name)
        variables = [variable for gradient, variable in pairs if gradient is not None]
        if not self._sequential_update:
            averaged = self._renew(variables)
        else:
            with tf.control_dependencies([trained]):
                averaged = self._renew(variables)
        return tf.group(trained, averaged, name='train_with_avg')

    def _renew(self, variables: list[tf.Variable]) -> tf.Operation:
        averaged = self._ema.apply(variables)
        self._averages = {variable.op.name: self._ema.average(variable) for variable in variables}
        return averaged

    def swapping_saver(
        self,
        var_list: Mapping[str, tf.Variable] | Iterable[tf.Variable] | None = None,
        name: str = 'swapping_saver',
        **kwargs: object,
    ) -> tf.train.Saver:
        """Returns a saver that stores averages under the variables' names, and the variables under the averages'.

        Restored with a plain saver, for example in an evaluation, the model then has the averages as its values.

        Args:
          var_list: what to save, as for `tf.train.Saver`; all global variables if not given.
          name: prefix of the saver's operations.
          **kwargs: for `tf.train.Saver`.

        Raises:
          RuntimeError: called before `apply_gradients` or `minimize`.
          ValueError: an average is to be saved and its variable is not, or the reverse.
        """
        if self._averages is None:
            raise RuntimeError('swapping_saver needs the averages; call apply_gradients or minimize before it.')
        if var_list is None:
            var_list = tf.global_variables()
        if not isinstance(var_list, Mapping):
            var_list = {variable.op.name: variable for variable in var_list}
        return tf.train.Saver(self._swapped(var_list), name=name, **kwargs)

    def _swapped(self, kept: Mapping[str, tf.Variable]) -> dict[str, tf.Variable]:
        names = {variable.op.name: name for name, variable in kept.items()}
        swapped = dict(kept)
        for trained, average in self._averages.items():
            if trained not in names:
                continue
            if average.op.name not in names:
                raise ValueError(
                    f'{trained} is to be saved but its average {average.op.name} is not; add it to var_list.'
                )
            own, other = names[trained], names[average.op.name]
            swapped[own], swapped[other] = kept[other], kept[own]
        return swapped
