"""deepctr==0.7.5"""

import numpy as np
from deepctr.inputs import DenseFeat, SparseFeat, get_feature_names
from deepctr.models import DeepFM

columns = [SparseFeat('item', 5, embedding_dim=4), DenseFeat('price', 1)]
model = DeepFM(columns, columns, task='binary', dnn_hidden_units=(8,))
model.compile('adam', 'binary_crossentropy', metrics=['binary_crossentropy'])
random = np.random.RandomState(0)
data = {'item': random.randint(0, 5, 64), 'price': random.rand(64)}
labels = (data['item'] > 2).astype(int)
history = model.fit({name: data[name] for name in get_feature_names(columns)}, labels, epochs=30, verbose=0)
assert history.history['loss'][-1] < history.history['loss'][0]
print('ok: DeepFM')
