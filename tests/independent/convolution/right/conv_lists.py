"""nested lists all through

task: conv2d
"""

# %% conv2d
def conv2d(x, w, b, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
    x, w, b = (np.asarray(a).tolist() for a in (x, w, b))
    H, W, O = len(x[0][0]), len(x[0][0][0]), len(w)
    kh, kw = len(w[0][0]), len(w[0][0][0])
    h = (H + 2 * padding[0] - dilation[0] * (kh - 1) - 1) // stride[0] + 1
    v = (W + 2 * padding[1] - dilation[1] * (kw - 1) - 1) // stride[1] + 1
    def entry(image, o, i, j):
        total, first = b[o], o // (O // groups) * len(w[0])
        for c in range(len(w[0])):
            for p in range(kh):
                for q in range(kw):
                    r = stride[0] * i + dilation[0] * p - padding[0]
                    s = stride[1] * j + dilation[1] * q - padding[1]
                    if 0 <= r < H and 0 <= s < W:
                        total += w[o][c][p][q] * image[first + c][r][s]
        return total
    return [[[[entry(image, o, i, j) for j in range(v)] for i in range(h)] for o in range(O)] for image in x]
