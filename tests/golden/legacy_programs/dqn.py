"""Deep Q-learning on a five-cell corridor: target network, replay buffer, epsilon-greedy."""

import random
from collections import deque

import numpy as np
import tensorflow as tf

CELLS, ACTIONS = 5, 2


class Corridor(object):
    def reset(self):
        self.at = 0
        return self.observe()

    def observe(self):
        return np.eye(CELLS, dtype=np.float32)[self.at]

    def step(self, action):
        self.at = max(0, self.at + (1 if action else -1))
        done = self.at == CELLS - 1
        return self.observe(), 1.0 if done else -0.01, done


class DeepQNetwork:
    def __init__(self, learning_rate=0.05, gamma=0.9, replace_target_iter=20, memory_size=200, batch_size=16):
        self.gamma, self.batch_size = gamma, batch_size
        self.replace_target_iter, self.learn_step = replace_target_iter, 0
        self.memory = deque(maxlen=memory_size)
        self.s = tf.placeholder(tf.float32, [None, CELLS], name='s')
        self.q_target = tf.placeholder(tf.float32, [None], name='q_target')
        self.a = tf.placeholder(tf.int32, [None], name='a')
        self.q_eval = self._net('eval_net')
        self.q_next = self._net('target_net')
        with tf.variable_scope('loss'):
            indices = tf.stack([tf.range(tf.shape(self.a)[0]), self.a], axis=1)
            self.loss = tf.reduce_mean(tf.squared_difference(self.q_target, tf.gather_nd(self.q_eval, indices)))
        with tf.variable_scope('train'):
            self._train_op = tf.train.RMSPropOptimizer(learning_rate).minimize(self.loss)
        t_params = tf.get_collection(tf.GraphKeys.GLOBAL_VARIABLES, scope='target_net')
        e_params = tf.get_collection('eval_net_params')
        self.replace_target_op = [tf.assign(t, e) for t, e in zip(t_params, e_params)]
        self.sess = tf.Session()
        self.sess.run(tf.global_variables_initializer())
        self.cost_his = []

    def _net(self, name):
        c_names = [name + '_params', tf.GraphKeys.GLOBAL_VARIABLES, tf.GraphKeys.TRAINABLE_VARIABLES]
        w_initializer = tf.random_normal_initializer(0.0, 0.3)
        with tf.variable_scope(name):
            w1 = tf.get_variable('w1', [CELLS, 8], initializer=w_initializer, collections=c_names)
            b1 = tf.get_variable('b1', [1, 8], initializer=tf.constant_initializer(0.1), collections=c_names)
            l1 = tf.nn.relu(tf.matmul(self.s, w1) + b1)
            w2 = tf.get_variable('w2', [8, ACTIONS], initializer=w_initializer, collections=c_names)
            return tf.matmul(l1, w2)

    def choose_action(self, observation, epsilon):
        if random.random() < epsilon:
            return int(random.random() < 0.5)
        return int(np.argmax(self.sess.run(self.q_eval, {self.s: observation[np.newaxis, :]})))

    def learn(self):
        if self.learn_step % self.replace_target_iter == 0:
            self.sess.run(self.replace_target_op)
        self.learn_step += 1
        picked = [self.memory[int(random.random() * len(self.memory))] for _ in range(self.batch_size)]
        s, a, r, s_, done = map(np.array, zip(*picked))
        q_next = self.sess.run(self.q_next, {self.s: s_})
        target = r + self.gamma * (1 - done) * q_next.max(axis=1)
        _, cost = self.sess.run([self._train_op, self.loss], {self.s: s, self.a: a, self.q_target: target})
        self.cost_his.append(cost)


def main():
    random.seed(2)
    tf.set_random_seed(1)
    env, agent = Corridor(), DeepQNetwork()
    for episode in range(16):
        observation, steps, done = env.reset(), 0, False
        while not done and steps < 40:
            action = agent.choose_action(observation, epsilon=1.0 / (1 + episode))
            observation_, reward, done = env.step(action)
            agent.memory.append((observation, action, reward, observation_, float(done)))
            if len(agent.memory) > 20:
                agent.learn()
            observation, steps = observation_, steps + 1
        if episode % 5 == 0:
            print('episode %d: %d steps' % (episode, steps))
    print('%d learning steps, last cost %.4f' % (agent.learn_step, agent.cost_his[-1]))
    print([agent.choose_action(np.eye(CELLS)[i], 0.0) for i in range(CELLS - 1)])
    print(agent.sess.run(agent.q_eval, {agent.s: np.eye(CELLS)[:2]}).round(2))


if __name__ == '__main__':
    main()
