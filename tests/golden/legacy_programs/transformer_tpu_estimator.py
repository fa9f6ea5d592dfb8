"""A small transformer that classifies sentences with TPUEstimator: pre-trained weights, TFRecords, warm-up, prediction.

It is written as fine-tuning programs of 2018 were, and runs with use_tpu=False.
"""

from __future__ import absolute_import, division, print_function

import collections
import os

import numpy as np
import tensorflow as tf

flags = tf.flags
FLAGS = flags.FLAGS
flags.DEFINE_string('output_dir', 'out', 'Where checkpoints and predictions are written.')
flags.DEFINE_string('init_checkpoint', None, 'Weights to begin with.')
flags.DEFINE_bool('do_train', True, 'Whether to train.')
flags.DEFINE_integer('train_batch_size', 16, 'Examples of a training step.')
flags.DEFINE_integer('eval_batch_size', 8, 'Examples of an evaluation step.')
flags.DEFINE_integer('predict_batch_size', 8, 'Examples of a prediction step.')
flags.DEFINE_float('learning_rate', 2e-3, 'The highest learning rate.')
flags.DEFINE_integer('max_seq_length', 12, 'Tokens of an example.')
flags.DEFINE_integer('iterations_per_loop', 1000, 'Steps of one call on a TPU.')
flags.DEFINE_bool('use_tpu', False, 'Whether to use a TPU.')
flags.DEFINE_string('master', None, 'Address of the TensorFlow master.')

VOCABULARY = ['[PAD]', '[CLS]', 'good', 'bad', 'very', 'not', 'film', 'the', 'is', 'was']
HIDDEN, HEADS, LAYERS = 16, 2, 2


def sentences(number, seed):
    random = np.random.RandomState(seed)
    for _ in range(number):
        words = random.randint(6, len(VOCABULARY), random.randint(2, 6)).tolist()
        label = random.randint(2)
        words.insert(random.randint(len(words) + 1), VOCABULARY.index('good' if label else 'bad'))
        yield [1] + words, label


def write_examples(path, number, seed):
    writer = tf.python_io.TFRecordWriter(path)
    for ids, label in sentences(number, seed):
        mask = [1] * len(ids) + [0] * (FLAGS.max_seq_length - len(ids))
        ids = ids + [0] * (FLAGS.max_seq_length - len(ids))

        def feature(values):
            return tf.train.Feature(int64_list=tf.train.Int64List(value=list(values)))

        features = collections.OrderedDict()
        features['input_ids'] = feature(ids)
        features['input_mask'] = feature(mask)
        features['label_ids'] = feature([label])
        writer.write(tf.train.Example(features=tf.train.Features(feature=features)).SerializeToString())
    writer.close()


def input_fn_builder(path, is_training, drop_remainder):
    length = FLAGS.max_seq_length
    names = {
        'input_ids': tf.FixedLenFeature([length], tf.int64),
        'input_mask': tf.FixedLenFeature([length], tf.int64),
        'label_ids': tf.FixedLenFeature([], tf.int64),
    }

    def decode(record):
        example = tf.parse_single_example(record, names)
        for name in list(example.keys()):
            if example[name].dtype == tf.int64:
                example[name] = tf.to_int32(example[name])
        return example

    def input_fn(params):
        data = tf.data.TFRecordDataset(path)
        if is_training:
            data = data.repeat()
        return data.apply(
            tf.contrib.data.map_and_batch(decode, batch_size=params['batch_size'], drop_remainder=drop_remainder)
        )

    return input_fn


def initializer():
    return tf.truncated_normal_initializer(stddev=0.1)


def shape_of(tensor):
    static, dynamic = tensor.shape.as_list(), tf.shape(tensor)
    return [dynamic[i] if size is None else size for i, size in enumerate(static)]


def gelu(x):
    return x * 0.5 * (1.0 + tf.erf(x / tf.sqrt(2.0)))


def attention(x, mask):
    batch, length, _ = shape_of(x)

    def heads(name):
        y = tf.layers.dense(tf.reshape(x, [-1, HIDDEN]), HIDDEN, name=name, kernel_initializer=initializer())
        return tf.transpose(tf.reshape(y, [batch, length, HEADS, HIDDEN // HEADS]), [0, 2, 1, 3])

    query, key, value = heads('query'), heads('key'), heads('value')
    scores = tf.multiply(tf.matmul(query, key, transpose_b=True), 1.0 / np.sqrt(HIDDEN // HEADS))
    scores += (1.0 - tf.to_float(tf.expand_dims(tf.expand_dims(mask, 1), 1))) * -10000.0
    context = tf.transpose(tf.matmul(tf.nn.softmax(scores), value), [0, 2, 1, 3])
    return tf.reshape(context, [batch * length, HIDDEN])


def transformer(ids, mask, is_training):
    with tf.variable_scope('bert', reuse=tf.AUTO_REUSE):
        with tf.variable_scope('embeddings'):
            table = tf.get_variable('word_embeddings', [len(VOCABULARY), HIDDEN], initializer=initializer())
            places = tf.get_variable('position_embeddings', [32, HIDDEN], initializer=initializer())
            x = tf.gather(table, ids) + tf.slice(places, [0, 0], [ids.shape[1].value, -1])
            x = tf.contrib.layers.layer_norm(x, begin_norm_axis=-1, begin_params_axis=-1, scope='LayerNorm')
            if is_training:
                x = tf.nn.dropout(x, 0.9)
        with tf.variable_scope('encoder'):
            for layer in range(LAYERS):
                with tf.variable_scope('layer_%d' % layer):
                    with tf.variable_scope('attention'):
                        with tf.variable_scope('self'):
                            context = attention(x, mask)
                        with tf.variable_scope('output'):
                            flat = tf.reshape(x, [-1, HIDDEN])
                            output = tf.layers.dense(context, HIDDEN, kernel_initializer=initializer())
                            flat = tf.contrib.layers.layer_norm(output + flat, scope='LayerNorm')
                    with tf.variable_scope('intermediate'):
                        wide = tf.layers.dense(flat, 4 * HIDDEN, activation=gelu, kernel_initializer=initializer())
                    with tf.variable_scope('output'):
                        output = tf.layers.dense(wide, HIDDEN, kernel_initializer=initializer())
                        flat = tf.contrib.layers.layer_norm(output + flat, scope='LayerNorm')
                    x = tf.reshape(flat, shape_of(x))
        with tf.variable_scope('pooler'):
            first = tf.squeeze(x[:, 0:1, :], axis=1)
            return tf.layers.dense(first, HIDDEN, activation=tf.tanh, kernel_initializer=initializer())


class AdamWeightDecayOptimizer(tf.train.Optimizer):
    """Adam whose weight decay does not go through the moments."""

    def __init__(self, learning_rate, weight_decay_rate=0.01, exclude=(), name='AdamWeightDecayOptimizer'):
        super(AdamWeightDecayOptimizer, self).__init__(False, name)
        self.learning_rate, self.weight_decay_rate, self.exclude = learning_rate, weight_decay_rate, exclude

    def apply_gradients(self, grads_and_vars, global_step=None, name=None):
        assignments = []
        for grad, param in grads_and_vars:
            if grad is None or param is None:
                continue
            param_name = param.op.name
            m = tf.get_variable(
                name=param_name + '/adam_m',
                shape=param.shape.as_list(),
                trainable=False,
                initializer=tf.zeros_initializer(),
            )
            v = tf.get_variable(
                name=param_name + '/adam_v',
                shape=param.shape.as_list(),
                trainable=False,
                initializer=tf.zeros_initializer(),
            )
            next_m = tf.multiply(0.9, m) + tf.multiply(0.1, grad)
            next_v = tf.multiply(0.999, v) + tf.multiply(0.001, tf.square(grad))
            update = next_m / (tf.sqrt(next_v) + 1e-6)
            if not any(part in param_name for part in self.exclude):
                update += self.weight_decay_rate * param
            next_param = param - self.learning_rate * update
            assignments.extend([param.assign(next_param), m.assign(next_m), v.assign(next_v)])
        return tf.group(*assignments, name=name)


def create_optimizer(loss, init_lr, num_train_steps, num_warmup_steps, use_tpu):
    global_step = tf.train.get_or_create_global_step()
    rate = tf.constant(value=init_lr, shape=[], dtype=tf.float32)
    rate = tf.train.polynomial_decay(rate, global_step, num_train_steps, end_learning_rate=0.0, power=1.0, cycle=False)
    steps = tf.cast(global_step, tf.int32)
    warmup_rate = init_lr * tf.cast(steps, tf.float32) / tf.constant(float(num_warmup_steps))
    is_warmup = tf.cast(steps < tf.constant(num_warmup_steps, dtype=tf.int32), tf.float32)
    rate = (1.0 - is_warmup) * rate + is_warmup * warmup_rate
    optimizer = AdamWeightDecayOptimizer(rate, exclude=['LayerNorm', 'layer_norm', 'bias'])
    if use_tpu:
        optimizer = tf.contrib.tpu.CrossShardOptimizer(optimizer)
    variables = tf.trainable_variables()
    grads, _ = tf.clip_by_global_norm(tf.gradients(loss, variables), clip_norm=1.0)
    train_op = optimizer.apply_gradients(zip(grads, variables), global_step=global_step)
    # The learning rate reads the step, so the step changes after the weights.
    with tf.control_dependencies([train_op]):
        return tf.group(global_step.assign(global_step + 1))


def assignment_map_from_checkpoint(variables, checkpoint):
    names = {variable.op.name for variable in variables}
    return collections.OrderedDict((name, name) for name, _ in tf.train.list_variables(checkpoint) if name in names)


def model_fn_builder(num_train_steps, init_checkpoint):
    def model_fn(features, labels, mode, params):
        for name in sorted(features.keys()):
            tf.logging.info('  name = %s, shape = %s', name, features[name].shape)
        is_training = mode == tf.estimator.ModeKeys.TRAIN
        pooled = transformer(features['input_ids'], features['input_mask'], is_training)
        weights = tf.get_variable('output_weights', [2, HIDDEN], initializer=initializer())
        bias = tf.get_variable('output_bias', [2], initializer=tf.zeros_initializer())
        with tf.variable_scope('loss'):
            logits = tf.nn.bias_add(tf.matmul(pooled, weights, transpose_b=True), bias)
            one_hot = tf.one_hot(features['label_ids'], depth=2, dtype=tf.float32)
            per_example = -tf.reduce_sum(one_hot * tf.nn.log_softmax(logits, axis=-1), axis=-1)
            loss = tf.reduce_mean(per_example)
        scaffold_fn = None
        if init_checkpoint:
            found = assignment_map_from_checkpoint(tf.trainable_variables(), init_checkpoint)
            print('restored', len(found), 'of', len(tf.trainable_variables()))
            tf.train.init_from_checkpoint(init_checkpoint, found)
        if is_training:
            train_op = create_optimizer(loss, FLAGS.learning_rate, num_train_steps, 5, FLAGS.use_tpu)
            return tf.contrib.tpu.TPUEstimatorSpec(mode=mode, loss=loss, train_op=train_op, scaffold_fn=scaffold_fn)
        if mode == tf.estimator.ModeKeys.EVAL:

            def metric_fn(per_example, labels, logits):
                predictions = tf.argmax(logits, axis=-1, output_type=tf.int32)
                return {
                    'eval_accuracy': tf.metrics.accuracy(labels, predictions),
                    'eval_loss': tf.metrics.mean(per_example),
                }

            metrics = (metric_fn, [per_example, features['label_ids'], logits])
            return tf.contrib.tpu.TPUEstimatorSpec(mode=mode, loss=loss, eval_metrics=metrics, scaffold_fn=scaffold_fn)
        return tf.contrib.tpu.TPUEstimatorSpec(
            mode=mode, predictions={'probabilities': tf.nn.softmax(logits, axis=-1)}, scaffold_fn=scaffold_fn
        )

    return model_fn


def pretrain(folder):
    """Writes a checkpoint of the encoder alone."""
    with tf.Graph().as_default(), tf.Session() as session:
        tf.set_random_seed(1)
        ids = tf.zeros([1, FLAGS.max_seq_length], tf.int32)
        transformer(ids, ids, False)
        session.run(tf.global_variables_initializer())
        tf.gfile.MakeDirs(folder)
        return tf.train.Saver().save(session, os.path.join(folder, 'bert_model.ckpt'))


def main(_):
    tf.logging.set_verbosity(tf.logging.ERROR)
    tf.gfile.MakeDirs(FLAGS.output_dir)
    for name, number in (('train', 200), ('eval', 37)):
        write_examples(os.path.join(FLAGS.output_dir, name + '.tf_record'), number, number)
    run_config = tf.contrib.tpu.RunConfig(
        cluster=None,
        master=FLAGS.master,
        model_dir=FLAGS.output_dir,
        tf_random_seed=1,
        save_checkpoints_steps=20,
        tpu_config=tf.contrib.tpu.TPUConfig(
            iterations_per_loop=FLAGS.iterations_per_loop,
            num_shards=8,
            per_host_input_for_training=tf.contrib.tpu.InputPipelineConfig.PER_HOST_V2,
        ),
    )
    estimator = tf.contrib.tpu.TPUEstimator(
        use_tpu=FLAGS.use_tpu,
        model_fn=model_fn_builder(60, FLAGS.init_checkpoint or pretrain('pretrained')),
        config=run_config,
        train_batch_size=FLAGS.train_batch_size,
        eval_batch_size=FLAGS.eval_batch_size,
        predict_batch_size=FLAGS.predict_batch_size,
    )
    if FLAGS.do_train:
        estimator.train(input_fn_builder(os.path.join(FLAGS.output_dir, 'train.tf_record'), True, True), max_steps=60)
    eval_file = os.path.join(FLAGS.output_dir, 'eval.tf_record')
    result = estimator.evaluate(input_fn_builder(eval_file, False, False))
    for key in sorted(result.keys()):
        print('%s = %s' % (key, str(result[key])))
    output_file = os.path.join(FLAGS.output_dir, 'test_results.tsv')
    with tf.gfile.GFile(output_file, 'w') as writer:
        for prediction in estimator.predict(input_fn_builder(eval_file, False, False)):
            writer.write('\t'.join('%.4f' % value for value in prediction['probabilities']) + '\n')
    with tf.gfile.GFile(output_file) as reader:
        print(''.join(reader.readlines()[:3]), end='')
    for name, shape in tf.train.list_variables(FLAGS.output_dir):
        if 'layer_1' not in name and 'adam' not in name:
            print(name, shape)
    print(sum('adam' in name for name, _ in tf.train.list_variables(FLAGS.output_dir)), 'moments')
    print(sorted(name for name in os.listdir(FLAGS.output_dir) if name.endswith('.index')))


if __name__ == '__main__':
    tf.app.run()
