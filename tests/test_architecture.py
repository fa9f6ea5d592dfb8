"""The import rule of docs/architecture.md and its list of changes to the process, held by reading the code."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tf1 import _engine
from tools import import_graph

_ROOT = Path(__file__).parents[1]
_PAGE = (_ROOT / 'docs' / 'architecture.md').read_text()

# What each package may import of the others; tf1 stands below all.
_MAY_IMPORT = {
    'tf1': set(),
    'estimators': {'tf1'},
    'graphs': {'tf1'},
    'tools': {'estimators', 'graphs', 'tf1'},
    'flags': {'estimators', 'graphs', 'tf1', 'tools'},
}
# Within tf1: what is private is imported by these rooms alone, besides itself.
_PRIVATE_ROOMS = {
    'tf1._checkpoint': {
        'tf1.checkpoint',
        'tf1.check',
        'tf1.compare_graphs',
        'tf1.run',
        'tf1.estimator',
        'estimators',
        'graphs',
        'flags',
    },
    'tf1._check': {'tf1.check'},
    'tf1._run': {'tf1._check', 'tf1.check', 'tf1.run'},
    'tf1._backports': {'tf1._check', 'tf1._run', 'tf1.check', 'tf1.run'},
}
# Private modules of TensorFlow and Keras that tf1 imports, because there is no public way, and who does.
_PRIVATE_IMPORTS = {
    'tf1._backports.node_tracebacks': {'tensorflow.python.util'},
    'tf1._backports.tensorflow_functions': {
        'tensorflow.python.framework.op_def_library',
        'tensorflow.python.framework.op_def_registry',
        'tensorflow.python.saved_model.nested_structure_coder',
    },
    'tf1._compare_graphs.reading': {'tensorflow.core.protobuf'},
    'tf1._engine.datasets': {'tensorflow.python.data.ops'},
    'tf1._engine.error_messages': {'tensorflow.python.framework'},
    'tf1._engine.graph_import': {'tensorflow.python.framework'},
    'tf1._engine.keras_1_arguments': {'tf_keras.src.engine'},
    'tf1._engine.keras_configs': {'tf_keras.src.engine'},
    'tf1._engine.keras_methods': {'tf_keras.src.engine'},
    'tf1._engine.keras_names': {'tf_keras.src.engine'},
    'tf1._engine.keras_progress': {'tf_keras.src', 'tf_keras.src.utils'},
    'tf1._engine.keras_results': {'tf_keras.src', 'tf_keras.src.engine'},
    'tf1._engine.keras_summary': {'tf_keras.src.utils'},
    'tf1._engine.matmul_gradient': {'tensorflow.python.framework'},
    'tf1._engine.gradient_nodes': {'tensorflow.python.framework'},
    'tf1._engine.convolutions': {'tensorflow.python.ops'},
    'tf1._engine.keras_losses': {'tensorflow.python.ops'},
    'tf1._engine.module_views': {
        'tensorflow.python.ops',
        'tensorflow.python.ops.linalg',
        'tensorflow.python.ops.ragged',
        'tensorflow.python.ops.signal',
        'tf_keras.src',
        'tf_keras.src.metrics',
        'tf_keras.src.optimizers.legacy',
    },
    'tf1._engine.parsing': {'tensorflow.python.ops'},
    'tf1._engine.shuffled_epochs': {'tensorflow.python.data.ops'},
    'tf1.contrib.checkpoint': {
        'tensorflow.core.protobuf',
        'tensorflow.python.checkpoint',
        'tensorflow.python.trackable',
    },
    'tf1.contrib.checkpoint.split_dependency': {
        'tensorflow.python.trackable',
        'tensorflow.python.training.saving',
    },
    'tf1.contrib.checkpoint.visualize': {'tensorflow.core.protobuf'},
    'tf1.contrib.checkpoint.containers': {'tensorflow.python.checkpoint', 'tensorflow.python.trackable'},
    'tf1.contrib.distributions.tensors': {'tensorflow.python.ops.distributions'},
    'tf1.keras.recurrent_cells': {'tf_keras.src.layers.rnn.base_conv_lstm'},
    'tf1.keras.optimizer_base': {'tf_keras.src.optimizers'},
    'tf1.keras.hdf5_weights': {'tf_keras.src.saving.legacy.hdf5_format'},
    'tf1.python.debug': {'tensorflow.python.debug'},
    'tf1.python.debug.arguments': {'tensorflow.python'},
    'tf1.python.util': {'tensorflow.python.util'},
    'tf1.python.util.tf_inspect': {'tensorflow.python.util'},
    'tf1.python.tools': {'tensorflow.python.tools'},
    'tf1.python.tools.freeze_graph': {'tensorflow.python.tools'},
    'tf1.python.tools.inspect_checkpoint': {'tensorflow.python.tools'},
    'tf1.layers.argument_utils': {'tf_keras.src.utils.conv_utils'},
}
_PATCHING_ROOMS = ('tf1._engine', 'tf1._backports', 'tf1._run')
# The import system's own extension point: dotted imports below tf1.
_MAY_PATCH = ('tf1._namespace.submodules',)


@pytest.fixture(scope='module')
def graph():
    return import_graph.module_graph(_ROOT)


def test_packages_import_only_what_stands_below_them(graph):
    wrong = [
        (module, target)
        for module, targets in graph.items()
        for target in targets
        if (a := module.split('.')[0]) != (b := target.split('.')[0]) and b not in _MAY_IMPORT[a]
    ]
    assert wrong == []


def test_no_module_needs_itself_to_load():
    assert import_graph.cycles(import_graph.module_graph(_ROOT, deferred=False)) == []


def test_no_rooms_import_each_other(graph):
    assert import_graph.cycles(import_graph.room_graph(_ROOT)) == []


@pytest.mark.parametrize('private', sorted(_PRIVATE_ROOMS))
def test_a_private_room_is_imported_by_those_above_it_alone(graph, private):
    importers = {
        import_graph.room(module)
        for module, targets in graph.items()
        if any(import_graph.room(target) == private for target in targets)
    }
    assert importers - {private} <= _PRIVATE_ROOMS[private] | {'tools'}


def test_flags_are_read_in_binaries_only():
    readers = {
        name.split('.')[0]
        for name, path in import_graph.modules(_ROOT).items()
        for target, _ in import_graph.imports(path)
        if target in ('absl.flags', 'absl.app')
    }
    assert readers <= {'flags'}


def test_private_modules_of_tensorflow_and_keras_are_imported_where_there_is_no_public_way():
    found: dict[str, set[str]] = {}
    for name, path in import_graph.modules(_ROOT).items():
        if not name.startswith('tf1'):
            continue
        for private in _private_names(path):
            found.setdefault(name, set()).add(private)
    assert found == _PRIVATE_IMPORTS


def _private_names(path):
    """Yields the private modules that a file imports, by statement or by `import_module` and the like."""
    private = re.compile(r'(tensorflow\.(python|core|lite\.python)|tf_keras\.src)\b')
    for target, _ in import_graph.imports(path):
        if private.match(target):
            yield target.rpartition('.')[0]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and _name(node.func) in ('import_module', 'module_loader', 'attribute_loader'):
            yield from (
                arg.value for arg in node.args[:1] if isinstance(arg, ast.Constant) and private.match(str(arg.value))
            )


def _name(node):
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, 'id', '')


def test_nothing_outside_the_patching_rooms_changes_the_process():
    found = []
    for name, path in import_graph.modules(_ROOT).items():
        if name.startswith('tf1') and not name.startswith(_PATCHING_ROOMS) and name not in _MAY_PATCH:
            found += [(name, line, what) for line, what in _changes(path)]
    assert found == []


def _changes(path):
    """Yields what a file changes in modules that it has imported: line and target.

    That is `module.name = ...`, `setattr(module, ...)`, `sys.modules[...] = ...` and calls that register something with
    Python for the rest of the process.
    """
    tree = ast.parse(path.read_text())
    modules = {
        (alias.asname or alias.name).split('.')[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    inside_with = {id(n) for node in ast.walk(tree) if isinstance(node, ast.With) for n in ast.walk(node)}
    for node in ast.walk(tree):
        targets = node.targets if isinstance(node, ast.Assign) else []
        for target in targets:
            base = target.value if isinstance(target, (ast.Attribute, ast.Subscript)) else None
            if isinstance(base, ast.Attribute) and ast.unparse(base) in ('sys.modules', 'os.environ'):
                yield node.lineno, ast.unparse(target)
            if isinstance(target, ast.Attribute) and isinstance(base, ast.Name) and base.id in modules:
                yield node.lineno, ast.unparse(target)
        if isinstance(node, ast.Call) and id(node) not in inside_with:
            call = ast.unparse(node.func)
            if call in ('atexit.register', 'sys.meta_path.insert', 'warnings.filterwarnings', 'warnings.simplefilter'):
                yield node.lineno, call
            if call == 'setattr' and isinstance(node.args[0], ast.Name) and node.args[0].id in modules:
                yield node.lineno, ast.unparse(node)


def test_every_patch_stands_in_the_list_and_in_the_page():
    patches = {path.stem for path in (_ROOT / 'tf1' / '_engine').glob('*.py') if 'def install(' in path.read_text()}
    assert {module.__name__.rpartition('.')[2] for module in _engine.PATCHES} == patches
    rows = {
        line.split('|')[2].strip().strip('`') for line in _PAGE.splitlines() if line.startswith('| ') and '.py`' in line
    }
    expected = {f'_engine/{patch}.py' for patch in patches}
    for folder in ('_backports', '_run'):
        expected |= {
            f'{folder}/{path.name}'
            for path in (_ROOT / 'tf1' / folder).glob('*.py')
            if re.search(
                r'^def (install|prepare|stop_at_exit|show_as_python_would)\(|FINDERS = ', path.read_text(), re.M
            )
        }
    assert expected - rows == set()


def test_files_that_the_page_names_exist():
    named = {
        name
        for line in _PAGE.splitlines()
        for name in re.findall(r'`((?:_engine|_backports|_run|_namespace)/\w+\.py)`', line)
    }
    assert named
    assert {name for name in named if not (_ROOT / 'tf1' / name).exists()} == set()
