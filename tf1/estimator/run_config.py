"""`RunConfig`: how and where an Estimator runs, and what it writes."""

from __future__ import annotations

import copy
import inspect
from collections.abc import Callable
from typing import Any

import tensorflow.compat.v1 as tf

from tf1.estimator import cluster as cluster_lib
from tf1.estimator.cluster import Cluster, TaskType

_UNSET = object()
_STOP_AT_SIGNALS = 'experimental_stop_at_signals'
_STEPS_PER_CALL = 'experimental_steps_per_call'
_ADDITIONS = {_STOP_AT_SIGNALS: False, _STEPS_PER_CALL: None}
"""Settings that TF 1.15 does not have, with their defaults."""
_DEFAULT_SAVE_SECS = 600
_PROTOCOLS = (None, 'grpc', 'grpc+verbs')
_BOTH_SCHEDULES = (
    'save_checkpoints_steps and save_checkpoints_secs exclude each other: give one, set the other to None.'
)
_PLACES = (
    'service',
    'cluster_spec',
    'task_type',
    'task_id',
    'global_id_in_cluster',
    'master',
    'evaluation_master',
    'is_chief',
    'num_ps_replicas',
    'num_worker_replicas',
)


def _require(field: str, value: Any, fits: bool, constraint: str) -> None:
    if not fits:
        raise ValueError(f'{field} must be {constraint}, got {value!r}.')


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _check_device_fn(device_fn: Any) -> None:
    if device_fn is None:
        return
    _require('device_fn', device_fn, callable(device_fn), 'callable')
    names = list(inspect.signature(device_fn).parameters)
    _require('device_fn', names, names == ['op'], "a function of one argument called 'op'")


def _validate(fields: dict[str, Any]) -> None:
    """Checks every field that has a constraint.

    Raises:
      ValueError: with the field's name, its value and the constraint.
    """
    for name in ('save_summary_steps', 'save_checkpoints_steps', 'save_checkpoints_secs', 'keep_checkpoint_max'):
        value = fields[name]
        _require(name, value, value is None or value >= 0, '>= 0 (or None for never)')
    for name in (
        'log_step_count_steps',
        'keep_checkpoint_every_n_hours',
        'session_creation_timeout_secs',
        _STEPS_PER_CALL,
    ):
        value = fields[name]
        _require(name, value, value is None or value > 0, '> 0')
    seed = fields['tf_random_seed']
    _require('tf_random_seed', seed, seed is None or _whole(seed), 'an integer')
    session_config = fields['session_config']
    is_proto = session_config is None or isinstance(session_config, tf.ConfigProto)
    _require('session_config', session_config, is_proto, 'an instance of tf.ConfigProto')
    _require('protocol', fields['protocol'], fields['protocol'] in _PROTOCOLS, f'one of {_PROTOCOLS}')
    _check_device_fn(fields['device_fn'])
    if fields['model_dir'] is not None:
        _require('model_dir', fields['model_dir'], bool(fields['model_dir']), 'non-empty')


class RunConfig:
    """Settings of an Estimator, with the fields and defaults of TF 1.15. Immutable: `replace` makes a changed copy.

    Args:
      model_dir: folder of checkpoints and event files; None leaves it to the Estimator.
      tf_random_seed: graph-level seed; None leaves runs unrepeatable.
      save_summary_steps: steps between summaries; None for never.
      save_checkpoints_steps: steps between checkpoints; excludes `save_checkpoints_secs`.
      save_checkpoints_secs: seconds between checkpoints. 600 if neither is given; None for both means never.
      session_config: `tf.ConfigProto` of every session; None lets the Estimator take TF 1.15's default; in a cluster
        one with which a process sees itself and those that it needs.
      keep_checkpoint_max: how many recent checkpoints stay; None or 0 keeps all.
      keep_checkpoint_every_n_hours: hours of training after which one checkpoint is kept for good.
      log_step_count_steps: steps between log lines of loss and of `global_step/sec`; None for never.
      train_distribute: `tf.distribute` strategy of training.
      device_fn: function of an `op` that names its device.
      protocol: None, 'grpc' or 'grpc+verbs'.
      eval_distribute: `tf.distribute` strategy of evaluation.
      experimental_distribute: holder of both strategies, as in TF 1.15.
      experimental_max_worker_delay_secs: longest wait of a worker before it starts, in seconds.
      session_creation_timeout_secs: longest wait of a worker for the chief, in seconds.
      experimental_stop_at_signals: an addition to TF 1.15: at SIGTERM or Ctrl-C training ends after the step, saves a
        checkpoint, and the process exits with 143 or 130; a second signal ends it at once.
      experimental_steps_per_call: an addition to TF 1.15: how many training steps to make in one call, at most, where
        no hook has to see the steps between; None leaves it to the library, 1 makes each step by itself.

    Raises:
      ValueError: a value is out of range, both ways to save checkpoints are given, `model_dir` is not the one that
        TF_CONFIG names, or a strategy is given twice.
    """

    def __init__(
        self,
        model_dir: str | None = None,
        tf_random_seed: int | None = None,
        save_summary_steps: int | None = 100,
        save_checkpoints_steps: Any = _UNSET,
        save_checkpoints_secs: Any = _UNSET,
        session_config: tf.ConfigProto | None = None,
        keep_checkpoint_max: int | None = 5,
        keep_checkpoint_every_n_hours: float = 10000,
        log_step_count_steps: int | None = 100,
        train_distribute: Any = None,
        device_fn: Callable[[tf.Operation], str] | None = None,
        protocol: str | None = None,
        eval_distribute: Any = None,
        experimental_distribute: Any = None,
        experimental_max_worker_delay_secs: int | None = None,
        session_creation_timeout_secs: int = 7200,
        experimental_stop_at_signals: bool = False,
        experimental_steps_per_call: int | None = None,
    ):
        steps, secs = _checkpoint_schedule(save_checkpoints_steps, save_checkpoints_secs)
        if experimental_distribute is not None:
            train_distribute = _one_of('train_distribute', train_distribute, experimental_distribute)
            eval_distribute = _one_of('eval_distribute', eval_distribute, experimental_distribute)
        self._cluster = cluster_lib.from_environment(has_strategy=train_distribute is not None)
        if session_config is None and train_distribute is None:
            session_config = _cluster_session_config(self._cluster)
        self._fields = {
            'model_dir': _agreed_model_dir(model_dir, self._cluster.model_dir),
            'tf_random_seed': tf_random_seed,
            'save_summary_steps': save_summary_steps,
            'save_checkpoints_steps': steps,
            'save_checkpoints_secs': secs,
            'session_config': session_config,
            'keep_checkpoint_max': keep_checkpoint_max,
            'keep_checkpoint_every_n_hours': keep_checkpoint_every_n_hours,
            'log_step_count_steps': log_step_count_steps,
            'train_distribute': train_distribute,
            'device_fn': device_fn,
            'protocol': protocol,
            'eval_distribute': eval_distribute,
            'experimental_distribute': experimental_distribute,
            'experimental_max_worker_delay_secs': experimental_max_worker_delay_secs,
            'session_creation_timeout_secs': session_creation_timeout_secs,
            _STOP_AT_SIGNALS: experimental_stop_at_signals,
            _STEPS_PER_CALL: experimental_steps_per_call,
        }
        self._show_additions()
        _validate(self._fields)
        if train_distribute or eval_distribute:
            tf.logging.info('Initializing RunConfig with distribution strategies.')
            tf.logging.info('Not using Distribute Coordinator.')

    def replace(self, **kwargs: Any) -> Any:
        """Returns a copy with other values.

        Raises:
          ValueError: a name cannot be replaced, or a value is out of range.
        """
        unknown = sorted(set(kwargs) - set(self._fields))
        if unknown:
            raise ValueError(f'RunConfig.replace cannot change {unknown}; it can change {sorted(self._fields)}.')
        if kwargs.get('save_checkpoints_steps') is not None and kwargs.get('save_checkpoints_secs') is not None:
            raise ValueError(_BOTH_SCHEDULES)
        fields = {**self._fields, **kwargs}
        if kwargs.get('save_checkpoints_steps') is not None:
            fields['save_checkpoints_secs'] = None
        if kwargs.get('save_checkpoints_secs') is not None:
            fields['save_checkpoints_steps'] = None
        _validate(fields)
        new = copy.copy(self)
        new._fields = fields
        new._show_additions()
        return new

    def _show_additions(self) -> None:
        self.experimental_stop_at_signals: bool = self._fields[_STOP_AT_SIGNALS]
        self.experimental_steps_per_call: int | None = self._fields[_STEPS_PER_CALL]

    def __deepcopy__(self, memo: dict) -> RunConfig:
        # A tf.distribute strategy belongs to the process and cannot be copied; the proto can be changed and must be.
        new = copy.copy(self)
        new._fields = {**self._fields, 'session_config': copy.deepcopy(self._fields['session_config'], memo)}
        return new

    def __getattr__(self, name: str) -> Any:
        # TF 1.15 kept each setting in an attribute of its name with an underscore, and programs look there.
        if name.startswith('_') and name not in ('_fields', '_cluster') and f'{name[1:]}' in (*self._fields, *_PLACES):
            return self._fields[name[1:]] if name[1:] in self._fields else getattr(self, name[1:])
        raise AttributeError(f'RunConfig has no attribute {name!r}.', name=name, obj=self)

    def __setattr__(self, name: str, value: Any) -> None:
        fields = self.__dict__.get('_fields', {})
        if name[1:] in fields and name.startswith('_'):
            super().__setattr__('_fields', {**fields, name[1:]: value})
        elif name[1:] in _PLACES and name.startswith('_'):
            super().__setattr__('_cluster', self._cluster._replace(**{name[1:]: value}))
        else:
            super().__setattr__(name, value)

    def __repr__(self) -> str:
        return f'RunConfig({self.describe()})'

    def describe(self) -> dict[str, Any]:
        """Returns all settings by the names that TF 1.15 logs them under (`_model_dir`, `_task_type`, ...)."""
        settings = {**self._fields, **{name: getattr(self, name) for name in _PLACES}}
        return {f'_{name}': value for name, value in settings.items() if _ADDITIONS.get(name, _UNSET) != value}


def _setting(name: str, doc: str) -> property:
    return property(lambda self: self._fields[name], doc=doc)


def _place(name: str, doc: str) -> property:
    return property(lambda self: getattr(self._cluster, name), doc=doc)


for _name in (
    'model_dir',
    'tf_random_seed',
    'save_summary_steps',
    'save_checkpoints_steps',
    'save_checkpoints_secs',
    'session_config',
    'keep_checkpoint_max',
    'keep_checkpoint_every_n_hours',
    'log_step_count_steps',
    'train_distribute',
    'device_fn',
    'protocol',
    'eval_distribute',
    'experimental_max_worker_delay_secs',
    'session_creation_timeout_secs',
):
    setattr(RunConfig, _name, _setting(_name, f'The setting `{_name}`; see the class.'))
for _name in _PLACES:
    setattr(RunConfig, _name, _place(_name, f'`{_name}` of this process, from TF_CONFIG.'))


def _checkpoint_schedule(steps: Any, secs: Any) -> tuple[int | None, float | None]:
    if steps is _UNSET and secs is _UNSET:
        return None, _DEFAULT_SAVE_SECS
    steps = None if steps is _UNSET else steps
    secs = None if secs is _UNSET else secs
    if steps is not None and secs is not None:
        raise ValueError(_BOTH_SCHEDULES)
    return steps, secs


def _agreed_model_dir(argument: str | None, environment: str | None) -> str | None:
    if argument is not None and environment is not None and argument != environment:
        raise ValueError(f'model_dir must agree with TF_CONFIG: got {argument!r} and {environment!r}.')
    return argument if argument is not None else environment


def _one_of(name: str, given: Any, holder: Any) -> Any:
    held = getattr(holder, name)
    if given is not None and held is not None:
        raise ValueError(f'{name} is given twice: as an argument and in experimental_distribute; leave one out.')
    return held if given is None else given


def default_session_config() -> tf.ConfigProto:
    """Returns what TF 1.15's Estimator takes: it places softly and rewrites graphs in one pass."""
    config = tf.ConfigProto(allow_soft_placement=True)
    config.graph_options.rewrite_options.meta_optimizer_iterations = 1  # RewriterConfig.ONE
    return config


def _cluster_session_config(place: Cluster) -> tf.ConfigProto | None:
    """Returns the settings by which a process of a cluster sees no other workers; None for all other processes."""
    others = {
        TaskType.CHIEF: ['/job:chief'],
        TaskType.MASTER: ['/job:master'],
        TaskType.WORKER: [f'/job:worker/task:{place.task_id}'],
        TaskType.PS: ['/job:worker', '/job:chief', '/job:master'],
    }
    if not place.cluster_spec or place.task_type not in others:
        return None
    config = default_session_config()
    config.device_filters.extend(['/job:ps', *others[place.task_type]])
    return config
