"""sample by sample, in the order of the text

task: cnn
"""

# %% cnn
def cnn_gradients(X, y, params, conv2d, conv2d_backward, pool2d, pool2d_backward):
    total, sums = 0.0, {name: np.zeros(np.shape(value)) for name, value in params.items()}
    for image, label in zip(X, y):
        image = image[None]
        A = conv2d(image, params["w"], params["b"])
        P = pool2d(np.maximum(A, 0), (2, 2), (2, 2), "max")
        F = P.ravel()
        Z = torch.tensor(F @ params["V"] + params["c"], requires_grad=True)
        loss = -torch.log_softmax(Z, 0)[int(label)]
        loss.backward()
        total, dZ = total + float(loss), Z.grad.numpy()
        dR = pool2d_backward((params["V"] @ dZ).reshape(P.shape), np.maximum(A, 0), (2, 2), (2, 2), "max")
        _, dw, db = conv2d_backward(np.where(A > 0, dR, 0.0), image, params["w"])
        for name, grad in {"w": dw, "b": db, "V": np.outer(F, dZ), "c": dZ}.items():
            sums[name] += grad
    return total / len(X), {name: value / len(X) for name, value in sums.items()}
