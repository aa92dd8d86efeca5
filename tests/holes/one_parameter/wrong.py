# %% only the first parameter is updated
class FirstOnly(Momentum):
    def step(self, grads):
        self.velocity[0] = self.momentum * self.velocity[0] + grads[0]
        self.params[0] = self.params[0] - self.lr * self.velocity[0]
        return self.params


Momentum = FirstOnly
