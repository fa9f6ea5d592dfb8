"""tflearn==0.5.0"""

import numpy as np
import tflearn

x = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
y = np.array([[0.0], [1.0], [1.0], [1.0]])
net = tflearn.input_data(shape=[None, 2])
net = tflearn.fully_connected(net, 1, activation='sigmoid')
net = tflearn.regression(net, optimizer='sgd', learning_rate=2.0, loss='mean_square')
model = tflearn.DNN(net, tensorboard_verbose=0)
model.fit(x, y, n_epoch=300, snapshot_epoch=False)
predicted = np.round(model.predict(x)).ravel().tolist()
assert predicted == [0, 1, 1, 1], predicted
print('\nok: learns OR')
