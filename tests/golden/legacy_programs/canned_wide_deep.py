"""Wide and deep learning on made-up census rows, as in the official models: canned Estimators and pandas."""

import argparse
import shutil
import sys

import numpy as np
import pandas as pd
import tensorflow as tf

tf.logging.set_verbosity(tf.logging.ERROR)
parser = argparse.ArgumentParser()
parser.add_argument('--model_dir', type=str, default='census_model')

parser.add_argument('--train_steps', type=int, default=30)
JOBS = ['clerk', 'cook', 'pilot']


def make_rows(n, seed):
    rng = np.random.RandomState(seed)
    rows = pd.DataFrame(
        {
            'age': rng.randint(17, 80, n).astype(np.float32),
            'hours': rng.randint(1, 80, n).astype(np.float32),
            'job': np.array(JOBS)[rng.randint(0, 3, n)],
        }
    )
    rows['rich'] = ((rows['hours'] > 40) & (rows['job'] != 'cook')).astype(np.int32)
    return rows


def build_model_columns():
    age = tf.feature_column.numeric_column('age', normalizer_fn=lambda v: v / 50.0)
    hours = tf.feature_column.numeric_column('hours', normalizer_fn=lambda v: v / 40.0)
    job = tf.feature_column.categorical_column_with_vocabulary_list('job', JOBS)
    buckets = tf.feature_column.bucketized_column(tf.feature_column.numeric_column('age'), boundaries=[25, 40, 60])
    crossed = tf.feature_column.crossed_column([buckets, 'job'], hash_bucket_size=50)
    return [job, buckets, crossed], [age, hours, tf.feature_column.indicator_column(job)]


def build_estimator(model_dir, model_type):
    wide, deep = build_model_columns()
    config = tf.estimator.RunConfig(tf_random_seed=1)
    if model_type == 'wide':
        return tf.estimator.LinearClassifier(model_dir=model_dir, feature_columns=wide, config=config)
    if model_type == 'deep':
        return tf.estimator.DNNClassifier(
            model_dir=model_dir,
            feature_columns=deep,
            hidden_units=[10, 5],
            optimizer=tf.train.AdamOptimizer(0.05),
            config=config,
        )
    return tf.estimator.DNNLinearCombinedClassifier(
        model_dir=model_dir,
        linear_feature_columns=wide,
        dnn_feature_columns=deep,
        dnn_hidden_units=[10, 5],
        config=config,
    )


def main(unused_argv):
    train, test = make_rows(200, 0), make_rows(80, 1)
    for model_type in ('wide', 'deep', 'wide_deep'):
        model_dir = FLAGS.model_dir + '_' + model_type
        shutil.rmtree(model_dir, ignore_errors=True)
        model = build_estimator(model_dir, model_type)
        x, y = train.drop('rich', axis=1), train['rich']
        model.train(
            tf.estimator.inputs.pandas_input_fn(x, y, batch_size=40, num_epochs=None, shuffle=False),
            steps=FLAGS.train_steps,
        )
        test_fn = tf.estimator.inputs.pandas_input_fn(
            test.drop('rich', axis=1), test['rich'], batch_size=40, num_epochs=1, shuffle=False
        )
        results = model.evaluate(test_fn)
        print(model_type, sorted(results))
        if model_type == 'wide':  # starts from zeros
            for key in sorted(results):
                print('%s: %.4f' % (key, results[key]))
        for name in model.get_variable_names():
            print(name, model.get_variable_value(name).shape)
        prediction = next(model.predict(test_fn))
        print(sorted(prediction), prediction['classes'])
    baseline = tf.estimator.BaselineClassifier()
    baseline.train(tf.estimator.inputs.pandas_input_fn(x, y, shuffle=False, num_epochs=5))
    print(sorted(baseline.evaluate(test_fn))[:3])
    regressor = tf.estimator.DNNRegressor([4], [tf.feature_column.numeric_column('age')], model_dir='regressor')
    regressor.train(tf.estimator.inputs.pandas_input_fn(x, train['hours'], shuffle=False), steps=2)
    print(sorted(regressor.get_variable_names()))


if __name__ == '__main__':
    FLAGS, unparsed = parser.parse_known_args()
    tf.app.run(main=main, argv=[sys.argv[0]] + unparsed)
