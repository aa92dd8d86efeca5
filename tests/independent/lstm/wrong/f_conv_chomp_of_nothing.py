"""The sequence is padded on both sides and the last (k - 1)*dilation steps cut off with [:-pad], which leaves nothing for k = 1.

task: causal-conv
"""

# %% causal-conv
def causal_conv(X, W, b, dilation=1):
    x = torch.as_tensor(np.array(X, dtype=np.float64)).permute(0, 2, 1)
    w = torch.as_tensor(np.array(W[::-1], dtype=np.float64)).permute(1, 2, 0)
    pad = (len(W) - 1) * dilation
    y = torch.nn.functional.conv1d(
        x, w, torch.as_tensor(np.array(b, dtype=np.float64)), padding=pad, dilation=dilation
    )
    return y[:, :, :-pad].permute(0, 2, 1).numpy()


def receptive_field(kernel, dilations):
    return 1 + (kernel - 1) * sum(dilations)
