"""Optimizers outside TensorFlow that see loss and gradient as functions of one vector; SciPy's is here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

import tf1 as tf


class ExternalOptimizerInterface:
    """Base of optimizers that hand the loss to another library. A subclass has `_minimize`.

    Args:
      loss: a scalar.
      var_list: what to change; the trainable variables if not given.
      equalities: scalars that are to become 0.
      inequalities: scalars that are to become >= 0.
      var_to_bounds: a pair `(low, high)` for a variable, each a number or an array that broadcasts to its shape.
      **optimizer_kwargs: for the subclass.
    """

    def __init__(
        self,
        loss: tf.Tensor,
        var_list: Sequence[tf.Variable] | None = None,
        equalities: Sequence[tf.Tensor] | None = None,
        inequalities: Sequence[tf.Tensor] | None = None,
        var_to_bounds: Mapping[tf.Variable, tuple[Any, Any]] | None = None,
        **optimizer_kwargs: object,
    ):
        self._loss = loss
        self._vars = list(tf.trainable_variables() if var_list is None else var_list)
        self._equalities, self._inequalities = list(equalities or []), list(inequalities or [])
        self.optimizer_kwargs = optimizer_kwargs
        self._packed_bounds = self._bounds(var_to_bounds)
        self._packed_var = _packed(self._vars)
        self._packed_loss_grad = self._gradient(loss)
        self._constraint_gradients = {
            id(constraint): self._gradient(constraint) for constraint in self._equalities + self._inequalities
        }
        sizes = np.cumsum([0] + [variable.shape.num_elements() for variable in self._vars])
        self._places = [slice(start, stop) for start, stop in zip(sizes[:-1], sizes[1:], strict=True)]
        self._values = [tf.placeholder(variable.dtype.base_dtype, variable.shape) for variable in self._vars]
        self._updates = [tf.assign(v, value) for v, value in zip(self._vars, self._values, strict=True)]

    def minimize(
        self,
        session: tf.Session | None = None,
        feed_dict: Mapping[tf.Tensor, Any] | None = None,
        fetches: Sequence[tf.Tensor] | None = None,
        step_callback: Callable[[np.ndarray], None] | None = None,
        loss_callback: Callable[..., None] | None = None,
        **run_kwargs: object,
    ) -> None:
        """Changes the variables until the optimizer is done.

        Args:
          session: the default session if not given.
          feed_dict: fed at each evaluation.
          fetches: evaluated with the loss, for `loss_callback`.
          step_callback: called after each step with all variables as one vector.
          loss_callback: called with the values of `fetches` at each evaluation of the loss.
          **run_kwargs: for `session.run`.
        """
        session = session or tf.get_default_session()
        call = _Call(self, session, feed_dict or {}, run_kwargs)
        fetches, loss_callback = list(fetches or []), loss_callback or (lambda *_: None)

        def loss_and_gradient(vector: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
            loss, gradient, extras = call([self._loss, self._packed_loss_grad, fetches], vector)
            loss_callback(*extras)
            return loss, gradient

        result = self._minimize(
            initial_val=session.run(self._packed_var),
            loss_grad_func=loss_and_gradient,
            equality_funcs=[call.of(item) for item in self._equalities],
            equality_grad_funcs=[call.of(self._constraint_gradients[id(item)]) for item in self._equalities],
            inequality_funcs=[call.of(item) for item in self._inequalities],
            inequality_grad_funcs=[call.of(self._constraint_gradients[id(item)]) for item in self._inequalities],
            packed_bounds=self._packed_bounds,
            step_callback=step_callback,
            optimizer_kwargs=self.optimizer_kwargs,
        )
        feeds = dict(zip(self._values, self._unpacked(result), strict=True))
        session.run(self._updates, feed_dict=feeds, **run_kwargs)

    def _minimize(
        self,
        initial_val: np.ndarray,
        loss_grad_func: Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]],
        equality_funcs: list[Callable[[np.ndarray], np.ndarray]],
        equality_grad_funcs: list[Callable[[np.ndarray], np.ndarray]],
        inequality_funcs: list[Callable[[np.ndarray], np.ndarray]],
        inequality_grad_funcs: list[Callable[[np.ndarray], np.ndarray]],
        packed_bounds: list[tuple[float, float]] | None,
        step_callback: Callable[[np.ndarray], None] | None,
        optimizer_kwargs: dict[str, object],
    ) -> np.ndarray:
        """Returns the vector at which the loss is least."""
        raise NotImplementedError(f'{type(self).__name__} must define _minimize, which returns the best vector.')

    def _unpacked(self, vector: np.ndarray) -> list[np.ndarray]:
        return [np.reshape(vector[place], v.shape) for place, v in zip(self._places, self._vars, strict=True)]

    def _gradient(self, scalar: tf.Tensor) -> tf.Tensor:
        """Returns the gradient by all variables as one vector, zeros where nothing depends on a variable."""
        found = tf.gradients(scalar, self._vars)
        return _packed([tf.zeros_like(v) if g is None else g for g, v in zip(found, self._vars, strict=True)])

    def _bounds(self, given: Mapping[tf.Variable, tuple[Any, Any]] | None) -> list[tuple[float, float]] | None:
        if given is None:
            return None
        limits = {id(variable): pair for variable, pair in given.items()}
        packed = []
        for variable in self._vars:
            low, high = limits.get(id(variable), (-np.inf, np.inf))
            shape = variable.shape.as_list()
            packed += zip(np.broadcast_to(low, shape).flat, np.broadcast_to(high, shape).flat, strict=True)
        return packed


class _Call:
    """Evaluates tensors at a vector, which becomes the value of the variables."""

    def __init__(self, owner: ExternalOptimizerInterface, session: tf.Session, feeds: Mapping, kwargs: dict):
        self._owner, self._session, self._feeds, self._kwargs = owner, session, feeds, kwargs

    def __call__(self, fetches: object, vector: np.ndarray) -> Any:
        values = self._owner._unpacked(vector)
        assigned = dict(zip(self._owner._values, values, strict=True))
        self._session.run(self._owner._updates, feed_dict=assigned)
        return self._session.run(fetches, feed_dict=dict(self._feeds), **self._kwargs)

    def of(self, tensor: tf.Tensor) -> Callable[[np.ndarray], np.ndarray]:
        return lambda vector: self(tensor, vector)


def _packed(tensors: Sequence[tf.Tensor | tf.Variable]) -> tf.Tensor:
    return tf.concat([tf.reshape(tensor, [-1]) for tensor in tensors], axis=0)


class ScipyOptimizerInterface(ExternalOptimizerInterface):
    """Minimises with `scipy.optimize.minimize`; its arguments (`method`, `options`, ...) are given by name.

    The method is L-BFGS-B without constraints and SLSQP with them, unless named. Needs the package scipy.
    """

    _DEFAULT_METHOD = 'L-BFGS-B'

    def _minimize(
        self,
        initial_val: np.ndarray,
        loss_grad_func: Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]],
        equality_funcs: list[Callable[[np.ndarray], np.ndarray]],
        equality_grad_funcs: list[Callable[[np.ndarray], np.ndarray]],
        inequality_funcs: list[Callable[[np.ndarray], np.ndarray]],
        inequality_grad_funcs: list[Callable[[np.ndarray], np.ndarray]],
        packed_bounds: list[tuple[float, float]] | None,
        step_callback: Callable[[np.ndarray], None] | None,
        optimizer_kwargs: dict[str, object],
    ) -> np.ndarray:
        try:
            from scipy import optimize
        except ImportError as error:
            raise ImportError('ScipyOptimizerInterface needs the package scipy; install it.') from error
        constraints = _constraints('eq', equality_funcs, equality_grad_funcs)
        constraints += _constraints('ineq', inequality_funcs, inequality_grad_funcs)
        arguments = {
            'jac': True,
            'callback': step_callback,
            'method': 'SLSQP' if constraints else self._DEFAULT_METHOD,
            'constraints': constraints,
            'bounds': packed_bounds,
            **optimizer_kwargs,
        }
        # SciPy's Fortran and C take 64-bit floats only.
        result = optimize.minimize(
            lambda vector: tuple(np.asarray(part, np.float64) for part in loss_grad_func(vector)),
            initial_val.astype(np.float64),
            **arguments,
        )
        tf.logging.info(
            'Optimization terminated with:\n  Message: %s\n  Objective function value: %f\n  Number of iterations: %s\n'
            '  Number of functions evaluations: %d',
            result.message,
            result.fun,
            getattr(result, 'nit', 'unknown'),
            result.nfev,
        )
        return result.x


def _constraints(kind: str, functions: list, gradients: list) -> list[dict[str, object]]:
    return [{'type': kind, 'fun': f, 'jac': g} for f, g in zip(functions, gradients, strict=True)]
