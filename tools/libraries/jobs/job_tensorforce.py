"""tensorforce==0.4.3"""

import numpy as np
from tensorforce.agents import PPOAgent

agent = PPOAgent(
    states={'type': 'float', 'shape': (2,)},
    actions={'type': 'int', 'num_actions': 2},
    network=[{'type': 'dense', 'size': 8}],
    batching_capacity=20,
    step_optimizer={'type': 'adam', 'learning_rate': 0.01},
)
random = np.random.RandomState(0)
rewards = []
for _ in range(60):
    for step in range(10):
        wanted = random.randint(2)
        action = agent.act(np.eye(2)[wanted])
        rewards.append(float(action == wanted))
        agent.observe(reward=rewards[-1], terminal=step == 9)
assert np.mean(rewards[-100:]) > 0.65, rewards
print('ok: PPO learns')
