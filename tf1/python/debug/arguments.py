"""tfdbg's sessions and hooks as TF 1.15 calls them: with `log_usage`, in its place, and the interface `curses`."""

from __future__ import annotations

from typing import Any

from tensorflow.python import debug as _today

_ARGUMENTS = {
    'DumpingDebugHook': 'session_root watch_fn thread_name_filter log_usage',
    'DumpingDebugWrapperSession': 'sess session_root watch_fn thread_name_filter pass_through_operrors log_usage',
    'GrpcDebugHook': 'grpc_debug_server_addresses watch_fn thread_name_filter log_usage',
    'GrpcDebugWrapperSession': 'sess grpc_debug_server_addresses watch_fn thread_name_filter log_usage',
    'LocalCLIDebugHook': 'ui_type dump_root thread_name_filter config_file_path',
    'LocalCLIDebugWrapperSession': 'sess dump_root log_usage ui_type thread_name_filter config_file_path',
    'TensorBoardDebugHook': 'grpc_debug_server_addresses thread_name_filter send_traceback_and_source_code log_usage',
    'TensorBoardDebugWrapperSession': (
        'sess grpc_debug_server_addresses thread_name_filter send_traceback_and_source_code log_usage'
    ),
}


def _with_old_arguments(name: str, arguments: list[str]) -> type:
    today = getattr(_today, name)

    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:
        if len(args) > len(arguments):
            raise TypeError(f'{name} takes at most {len(arguments)} arguments {arguments}, got {len(args)}.')
        given = dict(zip(arguments, args, strict=False))
        twice = sorted(given.keys() & kwargs.keys())
        if twice:
            raise TypeError(f'{name} got the argument {twice[0]} twice.')
        given.update(kwargs)
        # Usage was logged inside Google alone; and of both interfaces readline is left.
        given.pop('log_usage', None)
        if given.get('ui_type') == 'curses':
            given['ui_type'] = 'readline'
        today.__init__(self, **given)

    documentation = f'`tensorflow.python.debug.{name}` with the arguments of TF 1.15.'
    return type(name, (today,), {'__init__': __init__, '__doc__': documentation, '__module__': __name__})


globals().update({name: _with_old_arguments(name, text.split()) for name, text in _ARGUMENTS.items()})
watch_graph_with_blacklists = _today.watch_graph_with_denylists
