def momentum_step(w, g, velocity, lr, decay):
    velocity = 0.9 * velocity + g + decay * w
    return w - lr * velocity, velocity
