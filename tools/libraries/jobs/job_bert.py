"""bert-tensorflow==1.0.4"""

import numpy as np
import tensorflow as tf
from bert import modeling, run_classifier

config = modeling.BertConfig(30, hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32)
model_fn = run_classifier.model_fn_builder(config, 2, None, 1e-3, 6, 1, use_tpu=False, use_one_hot_embeddings=False)
run_config = tf.contrib.tpu.RunConfig(model_dir='bert_model')
estimator = tf.contrib.tpu.TPUEstimator(model_fn, use_tpu=False, train_batch_size=4, config=run_config)


def input_fn(params):
    """Returns eight equal examples, repeated."""
    features = {
        'input_ids': np.ones((8, 5), np.int32),
        'input_mask': np.ones((8, 5), np.int32),
        'segment_ids': np.zeros((8, 5), np.int32),
        'label_ids': np.zeros(8, np.int32),
        'is_real_example': np.ones(8, np.int32),
    }
    return tf.data.Dataset.from_tensor_slices(features).repeat().batch(params['batch_size'], drop_remainder=True)


estimator.train(input_fn, steps=6)
assert estimator.get_variable_value('global_step') == 6
print('ok: fine-tunes with TPUEstimator on the CPU')
