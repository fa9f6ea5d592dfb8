"""RunConfig's defaults, what an Estimator makes of them and says about them, and that nothing of it is shared."""

from __future__ import annotations

import _observe


def run(tf, workdir):
    """Makes Estimators with and without config and params; trains none."""
    log = []

    def model_fn(features, labels, mode, params):
        raise AssertionError('not called')

    with _observe.logged(tf, log, workdir):
        params = {'units': [1]}
        estimator = tf.estimator.Estimator(model_fn, workdir, params=params)
        config = tf.estimator.RunConfig(workdir, 7, session_config=tf.ConfigProto(log_device_placement=True))
        other = tf.estimator.Estimator(model_fn, config=config)
    params['units'].append(2)
    estimator.params['units'].append(3)
    return {
        'fields': _fields(tf.estimator.RunConfig()),
        'log': log,
        'session_config': str(estimator.config.session_config),
        'given session_config': str(other.config.session_config),
        'params': estimator.params,
        'no params': other.params,
        'config is a copy': [other.config is not config, other.config is not other.config],
        'folders': [_observe.steady(estimator.model_dir, workdir), _observe.steady(other.config.model_dir, workdir)],
        'evaluation folders': [_observe.steady(estimator.eval_dir(name), workdir) for name in (None, 'x')],
        'modes': [tf.estimator.ModeKeys.TRAIN, tf.estimator.ModeKeys.EVAL, tf.estimator.ModeKeys.PREDICT],
    }


def _fields(config):
    """Returns type and value of each field but the cluster, whose text is an address."""
    names = [name for name in dir(type(config)) if isinstance(getattr(type(config), name), property)]
    values = {name: getattr(config, name) for name in names if name != 'cluster_spec'}
    return {name: [type(value).__name__, str(value)] for name, value in values.items()}
