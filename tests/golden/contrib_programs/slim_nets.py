"""Cases of `tf.contrib.slim.nets`: names and shapes of variables and end points, and values of small networks."""

import importlib


def _nets(tf, name):
    """Returns a module of networks; they are no attribute of slim on TF 1.15."""
    if tf.__name__ == 'tf1':
        return importlib.import_module(f'tf1.contrib.slim.nets.{name}')
    return importlib.import_module('tensorflow.contrib.slim.nets').__dict__[name]


def _built(tf, scope, build, size, **arguments):
    """Builds a network in a graph of its own, as the initial values of some take a gigabyte."""
    with tf.Graph().as_default() as graph:
        images = tf.placeholder(tf.float32, [2, size, size, 3])
        with tf.contrib.slim.arg_scope(scope):
            net, ends = build(images, **arguments)
        keys = [key for key in graph.get_all_collection_keys() if not key.startswith('_')]
        return {
            'net': [net.name, net.shape.as_list()],
            'ends': {
                # The operations inside dropout have changed.
                name: [end.name.partition('/dropout/')[0], end.shape.as_list()]
                for name, end in sorted(ends.items())
            },
            'variables': [[variable.op.name, variable.shape.as_list()] for variable in tf.global_variables()],
            'poolings': [
                [op.name, list(op.get_attr('ksize')), list(op.get_attr('strides')), op.get_attr('padding')]
                for op in graph.get_operations()
                if op.type in ('AvgPool', 'MaxPool')
            ],
            'trainable': len(tf.trainable_variables()),
            'regularized': [loss.op.name for loss in tf.losses.get_regularization_losses()],
            'collections': {key: len(tf.get_collection(key)) for key in sorted(keys) if not key.endswith('_context')},
        }


def case_alexnet(tf):
    net = _nets(tf, 'alexnet')
    return _built(tf, net.alexnet_v2_arg_scope(), net.alexnet_v2, 224)


def case_alexnet_without_squeezing(tf):
    net = _nets(tf, 'alexnet')
    return _built(
        tf, net.alexnet_v2_arg_scope(), net.alexnet_v2, 300, num_classes=5, spatial_squeeze=False, is_training=False
    )


def case_overfeat(tf):
    net = _nets(tf, 'overfeat')
    return _built(tf, net.overfeat_arg_scope(), net.overfeat, 231)


def case_vgg_a(tf):
    net = _nets(tf, 'vgg')
    return _built(tf, net.vgg_arg_scope(), net.vgg_a, 224)


def case_vgg_16(tf):
    net = _nets(tf, 'vgg')
    return _built(tf, net.vgg_arg_scope(weight_decay=0.1), net.vgg_16, 256, num_classes=7, spatial_squeeze=False)


def case_vgg_19(tf):
    net = _nets(tf, 'vgg')
    return _built(tf, net.vgg_arg_scope(), net.vgg_19, 224, is_training=False)


def case_resnet_v1_50(tf):
    utils, net = _nets(tf, 'resnet_utils'), _nets(tf, 'resnet_v1')
    return _built(tf, utils.resnet_arg_scope(), net.resnet_v1_50, 64, num_classes=10)


def case_resnet_v2_50(tf):
    net = _nets(tf, 'resnet_v2')
    return _built(
        tf, net.resnet_arg_scope(), net.resnet_v2_50, 65, num_classes=None, output_stride=8, global_pool=False
    )


def _small_resnet(tf, module, block):
    """A network of two small blocks; its values with the weights that the names give."""
    utils, net = _nets(tf, 'resnet_utils'), _nets(tf, module)
    images = tf.reshape(tf.sin(tf.range(2 * 17 * 17 * 3, dtype=tf.float32)), [2, 17, 17, 3])
    blocks = [getattr(net, block)('block1', 2, 2, 2), getattr(net, block)('block2', 4, 2, 1)]
    with tf.contrib.slim.arg_scope(utils.resnet_arg_scope()):
        logits, ends = getattr(net, module)(images, blocks, 5, is_training=False, scope='small')
    return {'logits': logits, 'ends': sorted(ends), 'block': ends['small/block1']}


def case_small_resnet_v1(tf):
    return _small_resnet(tf, 'resnet_v1', 'resnet_v1_block')


def case_small_resnet_v2(tf):
    return _small_resnet(tf, 'resnet_v2', 'resnet_v2_block')


def case_resnet_pieces(tf):
    utils = _nets(tf, 'resnet_utils')
    image = tf.reshape(tf.range(2 * 5 * 5, dtype=tf.float32), [2, 5, 5, 1])
    with tf.contrib.slim.arg_scope([tf.contrib.slim.conv2d], weights_initializer=tf.ones_initializer()):
        return {
            'subsampled': utils.subsample(image, 2),
            'kept': utils.subsample(image, 1) is image,
            'strided': utils.conv2d_same(image, 1, 3, stride=2, scope='strided'),
            'plain': utils.conv2d_same(image, 1, 3, stride=1, rate=2, scope='plain'),
        }


def case_strides_that_do_not_fit_are_refused(tf):
    return _built(
        tf, _nets(tf, 'resnet_utils').resnet_arg_scope(), _nets(tf, 'resnet_v1').resnet_v1_50, 64, output_stride=3
    )


def case_inception_v1(tf):
    net = _nets(tf, 'inception')
    return _built(tf, net.inception_v1_arg_scope(), net.inception_v1, 224, num_classes=11)


def case_inception_v2(tf):
    net = _nets(tf, 'inception')
    return _built(tf, net.inception_v2_arg_scope(), net.inception_v2, 224, num_classes=11, is_training=False)


def case_inception_v2_narrow(tf):
    net = _nets(tf, 'inception')
    return _built(
        tf, net.inception_v2_arg_scope(), net.inception_v2_base, 64, depth_multiplier=0.5, final_endpoint='Mixed_4a'
    )


def case_inception_v3(tf):
    net = _nets(tf, 'inception')
    return _built(tf, net.inception_v3_arg_scope(), net.inception_v3, 299, num_classes=11)


def case_inception_v3_small(tf):
    net = _nets(tf, 'inception')
    return _built(
        tf, net.inception_v3_arg_scope(), net.inception_v3_base, 96, final_endpoint='Mixed_5c', depth_multiplier=0.5
    )


def case_inception_final_points_are_checked(tf):
    net = _nets(tf, 'inception')
    return _built(tf, net.inception_v1_arg_scope(), net.inception_v1_base, 64, final_endpoint='nonsense')
