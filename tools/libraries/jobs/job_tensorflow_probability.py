"""tensorflow-probability==0.8.0"""

import numpy as np
import tensorflow as tf
import tensorflow_probability as tfp

normal = tfp.distributions.Normal(1.0, 2.0)
kernel = tfp.mcmc.HamiltonianMonteCarlo(normal.log_prob, step_size=1.0, num_leapfrog_steps=3)
samples, _ = tfp.mcmc.sample_chain(500, tf.zeros([20]), kernel=kernel, num_burnin_steps=100)
with tf.Session() as session:
    assert np.isclose(session.run(normal.log_prob(1.0)), -np.log(2 * np.sqrt(2 * np.pi)))
    drawn = session.run(samples)
assert abs(drawn.mean() - 1) < 0.2, (drawn.mean(), drawn.std())
assert abs(drawn.std() - 2) < 0.2, (drawn.mean(), drawn.std())
print('ok: distributions and HMC')
