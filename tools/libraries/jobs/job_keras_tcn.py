"""keras-tcn==2.8.3"""

import numpy as np
from keras.layers import Dense
from keras.models import Input, Model
from tcn import TCN

i = Input(shape=(8, 1))
o = Dense(1)(TCN(nb_filters=8, kernel_size=2, dilations=[1, 2, 4], return_sequences=False)(i))
model = Model(inputs=[i], outputs=[o])
model.compile(optimizer='adam', loss='mse')
x = np.random.RandomState(0).rand(64, 8, 1)
history = model.fit(x, x.sum(1), epochs=20, verbose=0)
assert history.history['loss'][-1] < history.history['loss'][0] / 2
print('ok: temporal convolutions learn a sum')
