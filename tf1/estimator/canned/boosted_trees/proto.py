"""The messages that a checkpoint of TF 1.x holds an ensemble of trees in, as far as its trees use them."""

from __future__ import annotations

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

PACKAGE = 'tensorflow.boosted_trees'

_TYPES = {
    name: getattr(descriptor_pb2.FieldDescriptorProto, f'TYPE_{name.upper()}')
    for name in ('int32', 'int64', 'float', 'bool')
}

# By message and field: number and type; a * stands for a repeated field.
_MESSAGES = {
    'Leaf': {'scalar': (3, 'float')},
    'BucketizedSplit': {
        'feature_id': (1, 'int32'),
        'threshold': (2, 'int32'),
        'left_id': (3, 'int32'),
        'right_id': (4, 'int32'),
    },
    'NodeMetadata': {'gain': (1, 'float'), 'original_leaf': (2, 'Leaf')},
    'Node': {'leaf': (1, 'Leaf'), 'bucketized_split': (2, 'BucketizedSplit'), 'metadata': (777, 'NodeMetadata')},
    'Tree': {'nodes': (1, '*Node')},
    'PostPruneNodeUpdate': {'new_node_id': (1, 'int32'), 'logit_change': (2, '*float')},
    'TreeMetadata': {
        'num_layers_grown': (2, 'int32'),
        'is_finalized': (3, 'bool'),
        'post_pruned_nodes_meta': (4, '*PostPruneNodeUpdate'),
    },
    'GrowingMetadata': {
        'num_trees_attempted': (1, 'int64'),
        'num_layers_attempted': (2, 'int64'),
        'last_layer_node_start': (3, 'int32'),
        'last_layer_node_end': (4, 'int32'),
    },
    'TreeEnsemble': {
        'trees': (1, '*Tree'),
        'tree_weights': (2, '*float'),
        'tree_metadata': (3, '*TreeMetadata'),
        'growing_metadata': (4, 'GrowingMetadata'),
    },
}


def _file() -> descriptor_pb2.FileDescriptorProto:
    file = descriptor_pb2.FileDescriptorProto(name='tf1/boosted_trees.proto', package=PACKAGE, syntax='proto3')
    for name, fields in _MESSAGES.items():
        message = file.message_type.add(name=name)
        for field_name, (number, kind) in fields.items():
            field = message.field.add(name=field_name, number=number)
            field.label = field.LABEL_REPEATED if kind.startswith('*') else field.LABEL_OPTIONAL
            kind = kind.lstrip('*')
            field.type = _TYPES.get(kind, field.TYPE_MESSAGE)
            if kind in _MESSAGES:
                field.type_name = f'.{PACKAGE}.{kind}'
    return file


_FILE = _file()
_POOL = descriptor_pool.DescriptorPool()
_POOL.Add(_FILE)

DESCRIPTOR_SOURCE = b'bytes://' + descriptor_pb2.FileDescriptorSet(file=[_FILE]).SerializeToString()
"""For `tf.io.decode_proto` and `tf.io.encode_proto`."""

TreeEnsemble = message_factory.GetMessageClass(_POOL.FindMessageTypeByName(f'{PACKAGE}.TreeEnsemble'))
