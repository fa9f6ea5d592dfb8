"""What golden cases of `tf.contrib.slim.nets` do not show: depths, initial weights, error texts."""

from __future__ import annotations

import pytest

import tf1 as tf
from tf1.contrib.slim.nets import inception, resnet_utils, resnet_v1, resnet_v2

slim = tf.contrib.slim


@pytest.fixture(autouse=True)
def images() -> tf.Tensor:
    with tf.Graph().as_default():
        yield tf.placeholder(tf.float32, [1, 32, 32, 3])


@pytest.mark.parametrize('module', [resnet_v1, resnet_v2])
@pytest.mark.parametrize(
    ('layers', 'units'), [(50, [3, 4, 6, 3]), (101, [3, 4, 23, 3]), (152, [3, 8, 36, 3]), (200, [3, 24, 36, 3])]
)
def test_resnets_have_the_depths_of_their_names(
    module: object, layers: int, units: list[int], images: tf.Tensor, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    name = module.__name__.rpartition('.')[2]
    monkeypatch.setattr(module, name, lambda inputs, blocks, *rest: seen.append((blocks, rest)))
    getattr(module, f'{name}_{layers}')(images, 7)
    ((blocks, rest),) = seen
    assert [len(block.args) for block in blocks] == units
    assert [block.args[-1]['stride'] for block in blocks] == [2, 2, 2, 1]
    assert [block.args[0]['depth'] for block in blocks] == [256, 512, 1024, 2048]
    assert rest == (7, True, True, None, True, None, f'{name}_{layers}')


def test_initial_weights_spread_as_they_did(images: tf.Tensor) -> None:
    with slim.arg_scope(inception.inception_v2_arg_scope()):
        inception.inception_v2_base(images, 'Mixed_3b')
    graph = tf.get_default_graph()

    def stddev(layer: str) -> float:
        op = graph.get_operation_by_name(f'InceptionV2/{layer}weights/Initializer/truncated_normal/stddev')
        return op.get_attr('value').float_val[0]

    assert stddev('Conv2d_1a_7x7/depthwise_') == pytest.approx(1.0)
    assert stddev('Conv2d_2b_1x1/') == pytest.approx(0.1)
    assert stddev('Mixed_3b/Branch_1/Conv2d_0a_1x1/') == pytest.approx(0.09)
    assert stddev('Mixed_3b/Branch_3/Conv2d_0b_1x1/') == pytest.approx(0.1)
    # sqrt(1.3 * 2 / fan_in), the variance scaling of a truncated normal distribution.
    assert stddev('Mixed_3b/Branch_0/Conv2d_0a_1x1/') == pytest.approx((1.3 * 2 / 192) ** 0.5)


def test_bad_arguments_are_named(images: tf.Tensor) -> None:
    with pytest.raises(ValueError, match=r"final_endpoint must be one of \['Conv2d_1a_7x7', .*, got 'nonsense'"):
        inception.inception_v1_base(images, 'nonsense')
    with pytest.raises(ValueError, match=r'depth_multiplier must be > 0, got 0'):
        inception.inception_v3_base(images, depth_multiplier=0)
    with pytest.raises(ValueError, match='output_stride must be a multiple of 4, got 3'):
        resnet_v1.resnet_v1(images, [], output_stride=3)
    blocks = [resnet_v2.resnet_v2_block('a', 1, 1, 4), resnet_v2.resnet_v2_block('b', 1, 1, 1)]
    with pytest.raises(ValueError, match='output_stride must be a product of strides, got 3 and 4'):
        resnet_utils.stack_blocks_dense(images, blocks, output_stride=3)


def test_a_network_that_is_absent_says_so() -> None:
    with pytest.raises(AttributeError, match=r'tf\.contrib\.slim\.nets\.nonsense does not exist'):
        _ = slim.nets.nonsense
