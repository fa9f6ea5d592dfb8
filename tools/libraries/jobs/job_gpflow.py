"""gpflow==1.5.1"""

import gpflow
import numpy as np

x = np.linspace(0, 1, 20).reshape(-1, 1)
y = np.sin(6 * x)
model = gpflow.models.GPR(x, y, kern=gpflow.kernels.RBF(1))
gpflow.train.ScipyOptimizer().minimize(model)
mean, variance = model.predict_y(np.array([[0.5]]))
assert abs(mean[0, 0] - np.sin(3)) < 0.05, mean
print('ok: Gaussian process regression')
