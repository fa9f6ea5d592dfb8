"""`run_config`: settings, and names of the roles in a cluster."""

from tf1.estimator.cluster import TaskType
from tf1.estimator.run_config import RunConfig
from tf1.estimator.run_config import default_session_config as get_default_session_config

__all__ = ['RunConfig', 'TaskType', 'get_default_session_config']
