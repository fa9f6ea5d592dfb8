"""Style transfer with a random network: optimises an image by gradient descent and by L-BFGS."""

import functools

import numpy as np
import tensorflow as tf
from tensorflow.contrib.opt import ScipyOptimizerInterface

STYLE_LAYERS = ('relu1', 'relu2')


def net(image, weights):
    layers = {}
    for i, kernel in enumerate(weights, 1):
        image = tf.nn.relu(tf.nn.conv2d(image, tf.constant(kernel), (1, 1, 1, 1), 'SAME'))
        layers['relu%d' % i] = image
        image = tf.nn.avg_pool(image, (1, 2, 2, 1), (1, 2, 2, 1), 'SAME')
    return layers


def gram(features):
    _, height, width, number = map(lambda i: i.value, features.get_shape())
    features = tf.reshape(features, (-1, number))
    return tf.matmul(tf.transpose(features), features) / (height * width * number)


def _tensor_size(tensor):
    return functools.reduce(lambda a, b: a * b, (d.value for d in tensor.get_shape()), 1)


def main():
    rng = np.random.RandomState(0)
    weights = [rng.randn(3, 3, 3, 4).astype('f') * 0.3, rng.randn(3, 3, 4, 6).astype('f') * 0.3]
    content, style = rng.rand(1, 12, 12, 3).astype('f'), rng.rand(1, 12, 12, 3).astype('f') ** 3
    style_grams = {}
    with tf.Graph().as_default(), tf.device('/cpu:0'), tf.Session():
        image = tf.placeholder('float', shape=style.shape)
        layers = net(image, weights)
        for name in STYLE_LAYERS:
            style_grams[name] = gram(layers[name]).eval(feed_dict={image: style})
        content_features = layers['relu2'].eval({image: content})

    with tf.Graph().as_default():
        image = tf.Variable(np.full(content.shape, 0.5, 'f'))
        layers = net(image, weights)
        content_loss = 2 * tf.nn.l2_loss(layers['relu2'] - content_features) / content_features.size
        style_loss = functools.reduce(
            tf.add,
            [
                2 * tf.nn.l2_loss(gram(layers[name]) - style_grams[name]) / style_grams[name].size
                for name in STYLE_LAYERS
            ],
        )
        tv_loss = tf.nn.l2_loss(image[:, 1:] - image[:, :-1]) + tf.nn.l2_loss(image[:, :, 1:] - image[:, :, :-1])
        loss = content_loss + 5 * style_loss + 1e-3 * tv_loss + 1e-3 * tf.image.total_variation(image)[0]
        print(_tensor_size(image), image.get_shape()[-1].value, content_features.shape)
        train_step = tf.train.AdamOptimizer(0.05).minimize(loss)
        with tf.Session() as sess:
            sess.run(tf.initialize_all_variables())
            for i in range(20):
                if i % 5 == 0:
                    print(
                        'iteration %3d content %.5f style %.5f tv %.5f'
                        % ((i,) + tuple(sess.run([content_loss, style_loss, tv_loss])))
                    )
                train_step.run()
            before = loss.eval()
            optimizer = ScipyOptimizerInterface(loss, options={'maxiter': 10}, method='L-BFGS-B')
            evaluations = []
            optimizer.minimize(sess, loss_callback=evaluations.append, fetches=[loss])
            print(loss.eval() < before, len(evaluations) > 5)
            picture = tf.image.encode_png(tf.cast(tf.clip_by_value(image[0], 0, 1) * 255, tf.uint8)).eval()
            print(tf.image.decode_image(picture).eval().shape, picture[1:4])


if __name__ == '__main__':
    main()
