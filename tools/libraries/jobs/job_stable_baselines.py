"""stable-baselines==2.10.2"""

import gym
import numpy as np
from stable_baselines import A2C, DQN, PPO2
from stable_baselines.common.vec_env import DummyVecEnv


class Same(gym.Env):
    """Rewards an action that is the observation; ten steps an episode."""

    observation_space = gym.spaces.Box(0.0, 1.0, (2,), np.float32)
    action_space = gym.spaces.Discrete(2)

    def reset(self):
        """Starts an episode."""
        self.steps = 0
        return self._observe()

    def _observe(self):
        self.wanted = self.steps * 7 % 3 % 2
        return np.eye(2, dtype=np.float32)[self.wanted]

    def step(self, action):
        """Compares the action with the last observation."""
        reward = float(action == self.wanted)
        self.steps += 1
        return self._observe(), reward, self.steps == 10, {}


for agent, arguments in (
    (DQN, {'exploration_fraction': 0.3, 'learning_rate': 0.01, 'learning_starts': 50}),
    (PPO2, {'n_steps': 40, 'learning_rate': 0.01}),
    (A2C, {}),
):
    world = Same() if agent is DQN else DummyVecEnv([Same])
    model = agent('MlpPolicy', world, seed=1, verbose=0, **arguments).learn(1200)
    model.save('model')
    model = agent.load('model')
    environment, total, done = Same(), 0.0, False
    observation = environment.reset()
    while not done:
        action, _ = model.predict(observation, deterministic=True)
        observation, reward, done, _ = environment.step(action)
        total += reward
    assert total == 10, (agent.__name__, total)
print('ok: DQN, PPO2 and A2C learn, are saved and loaded')
