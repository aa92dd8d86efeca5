def momentum_step(w, g, velocity, lr):
    velocity = 0.9 * velocity + g
    return w - lr * velocity, velocity
