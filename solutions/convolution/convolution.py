# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown] nbgrader={"grade_id": "intro", "locked": true}
# # Convolution by hand
#
# A photograph of 224 × 224 pixels in three colours has 150,528 numbers. One fully connected layer
# from it to as many hidden units would need more than 22 *billion* weights, and would have to
# learn what an edge is at every place anew. A convolutional layer looks at small windows, with
# the same few weights everywhere. In this notebook you build one, forwards and backwards, from
# nothing but sums and products.
#
# **Afterwards you can**
#
# - say how large the output of any convolution is, how many parameters it has and how far it sees,
# - tell a convolution from a cross-correlation, and know which of them your library computes,
# - write a convolution as a matrix, and as one large matrix product that is fast,
# - derive and code its backward pass, and that of pooling,
# - say what convolution and pooling do with a shifted image, and measure where the promise ends,
# - put the pieces together to a small network that reads handwritten digits.
#
# | | task | you write | minutes | points |
# |---|---|---|---|---|
# | 1 | `arithmetic` | two short functions, eight numbers of your own | 35 | 4 |
# | 2 | `flip` | two functions, a small example by hand | 25 | 3 |
# | 3 | `matrix` | a convolution as sums and as a matrix | 25 | 3 |
# | 4 | `conv2d` | the whole layer: channels, stride, padding, dilation, groups | 40 | 5 |
# | 5 | `im2col` | the same layer as one matrix product | 25 | 3 |
# | 6 | `pooling` | max and mean, forwards and backwards | 35 | 4 |
# | 7 | `conv-backward` | seven lines, one backward pass | 40 | 4 |
# | 8 | `transposed` | two short functions | 25 | 3 |
# | 9 | `shift` | a measurement, and a question in words | 25 | 1 + 2 |
# | 10 | `cnn` | the gradients of a small network | 25 | 3 |
#
# Together 35 points and five hours. Each task stands on its own: if one does not work out, go on
# and come back.
#
# **Where to read.** Wüest, *Deep Learning for Social Scientists* ("notes 000"), on convolutional
# networks. Nalisnick, *Machine Learning: Deep Learning* ("notes 001"), §6. Lim, *Lecture 10: Neural
# Networks* ("notes 003"), the appendix. Baker, *Deep Learning Lecture Notes* ("notes 004"),
# chapters 4 and 5. Where their formulas contain a slip, this notebook teaches the right formula
# and says so in one line.

# %% [markdown] nbgrader={"grade_id": "notation", "locked": true}
# ## One notation
#
# - Images are `x` of shape $(N, C, H, W)$: samples, channels, height, width, as in torch. (Notes 001
#   put the channels last.) The first index of a picture goes **down**, the second to the **right**.
# - Weights are `w` of shape $(O, C, k_h, k_w)$: one kernel for each output channel and each input
#   channel. The bias `b` has shape $(O,)$: one number for each output channel.
# - `stride`, `padding`, `dilation` and the like are **pairs**: `(down, right)`.
# - All indices begin at 0, as in Python.
# - A *convolutional layer* computes a **cross-correlation**: the kernel is not flipped. Task 2 is
#   about the difference; everywhere else the word means what torch does.
# - A gradient always has the shape of the thing it belongs to.
# - Arrays are float64, and may lie in memory in any order, as that of `X.T` does. A function leaves its
#   arguments as they are.
# - A function may return NumPy arrays, torch tensors or nested lists, a list in place of a tuple, and
#   5.0 in place of 5. What it returned stays as it is when the function is called again.
#
# `torch.nn.functional` has nearly everything here ready made. Use it to check yourself
# afterwards, not instead. (Marking compares results only. What you learn is up to you.)

# %% tags=["nbval-ignore-output"]
# Some tasks draw numbers for you alone. Write the name under which you hand in between the
# quotation marks, as in student("ada"), and run this cell. Leave it empty where you log in with it.
from autograder import student

student("")

# %% nbgrader={"grade_id": "setup", "locked": true}
import time

import matplotlib.pyplot as plt
import numpy as np
import torch

from autograder import check, demo, draw_recorded, variant

# The 1797 handwritten digits that come with scikit-learn: 8 by 8 pixels, here from 0 to 1.
# Source: E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits, UCI, 1998 (CC BY 4.0).
with np.load("data/digits.npz") as file:
    digits, labels = file["images"] / 16.0, file["labels"].astype(int)


def large(image):
    """Return an 8 by 8 image as one of 24 by 24, blended between its pixels."""
    small = torch.tensor(image)[None, None]
    return torch.nn.functional.interpolate(small, scale_factor=3, mode="bilinear")[0, 0].numpy()


def picture(axes, image, title, **options):
    """Show a matrix as a picture without ticks."""
    axes.imshow(np.asarray(image), **{"cmap": "gray", **options})
    axes.set_title(title, fontsize=9)
    axes.set_xticks([])
    axes.set_yticks([])


# %% [markdown] nbgrader={"grade_id": "about-arithmetic", "locked": true}
# ---
# ## 1 · How large, how many, how far
# **4 points · 35 minutes**
#
# **How large.** Along one axis of length $n$, put $p$ zeros on *both* sides, and spread the $k$
# entries of the kernel so that neighbours are $d$ pixels apart: it now covers $d(k-1)+1$ pixels.
# Slide it in steps of $s$. It fits
#
# $$\text{output} = \Bigl\lfloor\frac{n + 2p - d\,(k-1) - 1}{s}\Bigr\rfloor + 1$$
#
# times. Notes 001 (§6) leave the floor out and would give 112.5 for $n=224$, $k=7$, $p=3$, $s=2$: a
# last step that does not fit is not made, so it is 112. Notes 000 call the *number of zeros*
# between two entries the dilation rate; as in torch, $d$ here is the *distance*, one more than that,
# so $d=1$ is the plain kernel.
#
# **How many.** Each of the $O$ output channels has $C\,k_h\,k_w$ weights and **one** bias. The size
# of the image does not matter. Three famous examples to test your method with:
#
# - **LeNet.** Notes 004 (§4.8) show the kernels as 2×2; with those, C1 would not have the 28×28 of
#   their figure. They are 5×5. On a 28×28 image with padding 2:
#
# | layer | output | parameters |
# |---|---|---|
# | C1: 6 filters 5×5, padding 2 | 6×28×28 | 6·(1·25) + 6 = 156 |
# | S2: pooling 2×2, stride 2 | 6×14×14 | 0 |
# | C3: 16 filters 5×5 | 16×10×10 | 16·(6·25) + 16 = 2,416 |
# | S4: pooling 2×2, stride 2 | 16×5×5 | 0 |
# | dense 400 → 120 → 84 → 10 | 10 | 48,120 + 10,164 + 850 |
# | together | | **61,706** |
#
# - **The bottleneck of ResNet** (notes 004, §5.2): 256 channels are squeezed to 64 by a 1×1
#   convolution, filtered by 3×3, and widened to 256 by another 1×1. Without biases these are
#   16,384 + 36,864 + 16,384 = **69,632** weights; one 3×3 convolution from 256 to 256 has
#   **589,824**, 8.5 times as many.
# - **Counting layers.** ResNet-18 has one 7×7 convolution, four modules of two blocks with two
#   convolutions each, and one dense layer: $1 + 4\cdot2\cdot2 + 1 = $ **18**. (Its 1×1 shortcuts
#   are not counted.) Before the dense layer the 512 maps of 7×7, that is 25,088 numbers, are
#   averaged to **512**: *global average pooling*.
#
# **How far.** The receptive field of a unit is the stretch of input that it can see. One layer sees
# $k$ pixels, two layers of $k=3$ see 5, three see 7. A stride makes every *later* layer see farther,
# for neighbours there are farther apart in the input. With dilations $1, 2, 4, \dots, 2^{L-1}$ the
# field of $L$ layers with kernels of $k$ is $1+(k-1)(2^L-1)$: it doubles with every layer.
# (Notes 000 say that four layers of $k=3$ cover "the entire input"; with stride 1 they see 9
# pixels, and all of it only if there are no more.)
#
# Write both rules as functions.
#
# <details><summary>Hint 1: the receptive field, a nudge</summary>
# Walk from the input to the output and keep two numbers: how far a unit sees, and how far apart in
# the input two neighbouring units are. Both begin with 1.
# </details>
# <details><summary>Hint 2: the shape of the answer</summary>
# A kernel of k entries has k − 1 gaps between them. How long is one gap, measured in pixels of the
# input? And what does the stride do to the distance of neighbours, from the next layer on?
# </details>


# %% nbgrader={"grade_id": "arithmetic", "solution": true}
def output_size(n, kernel, stride=1, padding=0, dilation=1):
    """Return how many outputs a convolution has along one axis, an int.

    n, kernel, stride, padding, dilation: ints; padding is what is added on each of both sides.
    The kernel fits at least once.
    """
    ### BEGIN SOLUTION
    return (n + 2 * padding - dilation * (kernel - 1) - 1) // stride + 1
    ### END SOLUTION


def receptive_field(layers):
    """Return how many neighbouring inputs one unit after the last layer can see, an int.

    layers: list of (kernel, stride, dilation), the first layer first; for no layer it is 1. Inputs
    that lie in between without being seen, as behind a stride larger than the kernel, count.
    """
    ### BEGIN SOLUTION
    field, distance = 1, 1
    for kernel, stride, dilation in layers:
        field += (kernel - 1) * dilation * distance
        distance *= stride
    return field
    ### END SOLUTION


# %% [markdown] nbgrader={"grade_id": "about-own-numbers", "locked": true}
# **Your own numbers.** The next cell draws a layer and networks that belong to you alone: to the
# name you log in with, or hand in under.

# %% nbgrader={"grade_id": "own-numbers", "locked": true} tags=["nbval-ignore-output"]
numbers = variant("arithmetic")
for name, value in numbers.items():
    print(f"{name}: {value}")

# %% [markdown] nbgrader={"grade_id": "about-my-numbers", "locked": true}
# Give eight whole numbers:
#
# | entry | what it is |
# |---|---|
# | `height`, `width` | the output of the convolution `layer` |
# | `parameters` | its weights and biases; it has no groups |
# | `dilated_field` | the receptive field of `dilated["layers"]` layers in one dimension with kernels of `dilated["kernel"]`, stride 1 and dilations 1, 2, 4, … |
# | `lenet` | all parameters of a LeNet with the numbers of `lenet`: a square image of `image` rows, one channel, two convolutions with `filters` and square kernels of `kernel`, **no padding**, each followed by pooling 2×2 with stride 2 (sizes are rounded down, as above), then dense layers of the sizes `dense`, every layer with biases |
# | `bottleneck` | the weights, without biases, of a bottleneck from `bottleneck["wide"]` channels through `narrow` and back |
# | `resnet` | the number of layers of a ResNet like that above, with `resnet["blocks"]` blocks in its four modules |
# | `pooled` | how many numbers remain after global average pooling of `maps` = (channels, height, width) |
#
# A few lines of Python that use `numbers` are safest, because they stay right when your work is
# marked on another machine.

# %% nbgrader={"grade_id": "my-numbers", "solution": true}
my_numbers = {
    "height": None,
    "width": None,
    "parameters": None,
    "dilated_field": None,
    "lenet": None,
    "bottleneck": None,
    "resnet": None,
    "pooled": None,
}
### BEGIN SOLUTION
layer, dilated, lenet = numbers["layer"], numbers["dilated"], numbers["lenet"]
for axis, name in enumerate(("height", "width")):
    settings = (layer[key][axis] for key in ("image", "kernel", "stride", "padding", "dilation"))
    my_numbers[name] = output_size(*settings)
kernel_height, kernel_width = layer["kernel"]
my_numbers["parameters"] = layer["filters"] * (layer["channels"] * kernel_height * kernel_width + 1)
my_numbers["dilated_field"] = receptive_field(
    [(dilated["kernel"], 1, 2**i) for i in range(dilated["layers"])]
)
size, channels, total = lenet["image"], 1, 0
for filters in lenet["filters"]:
    total += filters * (channels * lenet["kernel"] ** 2 + 1)
    size, channels = (size - lenet["kernel"] + 1) // 2, filters
features = channels * size**2
for units in lenet["dense"]:
    total += (features + 1) * units
    features = units
my_numbers["lenet"] = total
wide, narrow = numbers["bottleneck"]["wide"], numbers["bottleneck"]["narrow"]
my_numbers["bottleneck"] = 2 * wide * narrow + 9 * narrow**2
my_numbers["resnet"] = 2 * sum(numbers["resnet"]["blocks"]) + 2
my_numbers["pooled"] = numbers["maps"][0]
### END SOLUTION

# %% nbgrader={"grade_id": "check-arithmetic", "grade": true, "points": 4}
check("arithmetic")

# %% [markdown] nbgrader={"grade_id": "field-plot-text", "locked": true}
# **Why it matters.** How many layers with kernels of 3 does it take to see 100 pixels? Plain layers:
# fifty. Dilated ones: six, with the same number of weights in each. Six with a stride of 2 see just
# as far, but leave hardly any outputs: dilation keeps one for every pixel.


# %% nbgrader={"grade_id": "field-plot", "locked": true} tags=["demo", "nbval-ignore-output"]
@demo
def fields():
    depths = range(1, 9)
    _, axes = plt.subplots(figsize=(5, 2.8))
    kinds = {
        "plain": lambda i: (3, 1, 1),
        "dilation 1, 2, 4, …": lambda i: (3, 1, 2**i),
        "stride 2": lambda i: (3, 2, 1),
    }
    for (label, kind), style in zip(kinds.items(), ("o-", "s-", "x--"), strict=True):
        sizes = [receptive_field([kind(i) for i in range(depth)]) for depth in depths]
        axes.semilogy(depths, sizes, style, label=label)
    axes.axhline(100, color="grey", linewidth=0.8, linestyle=":")
    axes.set_xlabel("layers with kernels of 3")
    axes.set_ylabel("receptive field")
    axes.legend(fontsize=8)
    plt.show()


# %% [markdown] nbgrader={"grade_id": "about-flip", "locked": true}
# ---
# ## 2 · To flip or not to flip
# **3 points · 25 minutes**
#
# For one image $x$ and one kernel $k$ of shape $(k_h, k_w)$ there are two operations, and books
# write both with a star:
#
# $$\text{cross-correlation:}\quad y_{ij}=\sum_{u}\sum_{v} k_{u,v}\;x_{i+u,\;j+v}$$
# $$\text{convolution:}\quad y_{ij}=\sum_{u}\sum_{v} k_{k_h-1-u,\;k_w-1-v}\;x_{i+u,\;j+v}$$
#
# The convolution is a cross-correlation with the kernel turned by 180°: flipped upside down *and*
# left to right. Both are *valid* as they stand: $i, j$ run over the places where the kernel fits.
# The example of notes 004 (§4.3):
#
# $$x=\begin{pmatrix}0&80&40\\20&40&0\\0&0&40\end{pmatrix},\quad
#   k=\begin{pmatrix}0&0.25\\0.5&1\end{pmatrix}.$$
# $$\text{Convolution:}\begin{pmatrix}45&110\\40&40\end{pmatrix},\qquad
#   \text{cross-correlation:}\begin{pmatrix}70&30\\10&40\end{pmatrix}.$$
#
# The 45 is the number that the notes work out: $1\cdot0+0.5\cdot80+0.25\cdot20+0\cdot40$. A
# little later (§4.4.1) they say that flipping a kernel yields the same result. It does not: 45 or 70.
# What is true is that a *network* learns the flipped weights just as easily, so that libraries save
# themselves the flip. (Their indices $k_{r-p,r-q}$ count from 1, while $p, q$ count from 0; above
# everything counts from 0.)
#
# Why bother with the flip, then? Because the true convolution is commutative, $x * k = k * x$ (notes
# 003, appendix), and the cross-correlation is not. For this it must be *full*: zeros around $x$,
# $k_h-1$ above and below, $k_w-1$ left and right, so that all pairs of entries meet.
#
# <details><summary>Hint 1: a nudge</summary>
# One entry of the output is the sum over a window of x times the kernel, entry by entry. Cut the
# window out with a slice.
# </details>
# <details><summary>Hint 2: turned by 180°</summary>
# `a[::-1]` is an array backwards along its first axis. A matrix has two.
# </details>
# <details><summary>Hint 3: full</summary>
# np.pad takes one pair (before, after) for each axis.
# </details>


# %% nbgrader={"grade_id": "flip", "solution": true}
def correlate(x, k):
    """Return the valid cross-correlation of an image with a kernel, a matrix.

    x: (H, W); k: (kh, kw) with kh <= H and kw <= W. The result is (H - kh + 1, W - kw + 1).
    """
    ### BEGIN SOLUTION
    kh, kw = k.shape
    H, W = x.shape
    return np.array(
        [
            [np.sum(x[i : i + kh, j : j + kw] * k) for j in range(W - kw + 1)]
            for i in range(H - kh + 1)
        ]
    )
    ### END SOLUTION


def convolve(x, k, full=False):
    """Return the true convolution of an image with a kernel, a matrix.

    x: (H, W); k: (kh, kw). With full=False k is not larger than x, and the result is valid,
    (H - kh + 1, W - kw + 1). With full=True it is (H + kh - 1, W + kw - 1), and k may be larger.
    """
    ### BEGIN SOLUTION
    kh, kw = k.shape
    if full:
        x = np.pad(x, [(kh - 1, kh - 1), (kw - 1, kw - 1)])
    return correlate(x, k[::-1, ::-1])
    ### END SOLUTION


# %% [markdown] nbgrader={"grade_id": "about-by-hand", "locked": true}
# **By hand.** Take a sheet of paper and do both for your own numbers: four products for each entry.

# %% nbgrader={"grade_id": "own-picture", "locked": true} tags=["nbval-ignore-output"]
mine = variant("flip")
print("x =", mine["x"])
print("k =", mine["k"])

# %% [markdown] nbgrader={"grade_id": "about-my-pictures", "locked": true}
# Write both results, valid, as two rows of two numbers, or have them computed from `mine`.

# %% nbgrader={"grade_id": "my-pictures", "solution": true}
my_convolution = None
my_correlation = None
### BEGIN SOLUTION
my_convolution = convolve(np.array(mine["x"]), np.array(mine["k"]))
my_correlation = correlate(np.array(mine["x"]), np.array(mine["k"]))
### END SOLUTION

# %% nbgrader={"grade_id": "check-flip", "grade": true, "points": 3}
check("flip")

# %% [markdown] nbgrader={"grade_id": "filter-plot-text", "locked": true}
# **Why it matters.** A kernel is a little picture, and its cross-correlation is large where the
# image looks like it. Below your `correlate` looks for edges: white where the image gets brighter on
# the way down, or to the right, and black where it gets darker. Flip this kernel, and black and white
# change places.


# %% nbgrader={"grade_id": "filter-plot", "locked": true} tags=["demo", "nbval-ignore-output"]
@demo
def edges():
    image = large(digits[0])
    down = np.array([[-1.0, -2.0, -1.0], [0.0, 0.0, 0.0], [1.0, 2.0, 1.0]])
    shown = {
        "the image": image,
        "brighter downwards": correlate(image, down),
        "brighter to the right": correlate(image, down.T),
        "the same, flipped": convolve(image, down.T),
    }
    _, axes = plt.subplots(1, 4, figsize=(8, 2.2))
    for ax, (title, result) in zip(axes, shown.items(), strict=True):
        picture(ax, result, title)
    plt.show()


# %% [markdown] nbgrader={"grade_id": "about-matrix", "locked": true}
# ---
# ## 3 · A convolution is a matrix
# **3 points · 25 minutes**
#
# In one dimension it is easiest to see: for a signal $x$ of length $n$ and a kernel $w$ of length
# $m\le n$, $y_k=\sum_{i=0}^{m-1} w_i\,x_{k+i}$ is linear in $x$, so there is a matrix with $y=Mx$.
# What happens at the ends is a choice (notes 003, appendix):
#
# | boundary | formula | output |
# |---|---|---|
# | `"valid"` | $\sum_i w_i\,x_{k+i}$ where it fits | $n-m+1$ |
# | `"same"` | $\sum_i w_i\,x_{k+i-\lfloor m/2\rfloor}$, with $x$ zero outside | $n$ |
# | `"circular"` | $\sum_i w_i\,x_{(k+i)\bmod n}$: the signal begins again | $n$ |
#
# For $n=5$, $m=3$ and circular boundaries the notes print
#
# $$M=\begin{pmatrix}w_0&w_1&w_2&0&0\\0&w_0&w_1&w_2&0\\0&0&w_0&w_1&w_2\\w_2&0&0&w_0&w_1\\
#   w_1&w_2&0&0&w_0\end{pmatrix}.$$
#
# Every row is the row above, moved by one. A matrix that is constant along its diagonals is called
# *Toeplitz*; if it also wraps around, *circulant*. A fully connected layer would have 25 free
# entries here, the convolution has 3: most are zero, and the others are shared.
#
# (For even $m$ "same" has to lean to one side. The formula above leans to the left, as in the notes
# and in NumPy; torch's `padding="same"` leans to the right.)
#
# <details><summary>Hint 1: the matrix, a nudge</summary>
# Fill it with two loops: over the rows k and over the entries i of the kernel. In which column does
# w[i] stand?
# </details>
# <details><summary>Hint 2: the ends</summary>
# The column is k + i, less the offset. Circular: take it modulo n. Same: leave out what falls
# outside. Careful with Python: column −1 is not outside, it is the last one.
# </details>


# %% nbgrader={"grade_id": "matrix", "solution": true}
def correlate1d(x, w, boundary):
    """Return the cross-correlation of a signal with a kernel, a vector.

    x: (n,); w: (m,) with 1 <= m <= n; boundary: "valid", "same" or "circular", as in the table.
    """
    ### BEGIN SOLUTION
    n, m = len(x), len(w)
    if boundary == "circular":
        x = np.concatenate([x, x])[: n + m - 1]
    elif boundary == "same":
        x = np.pad(x, (m // 2, m - 1 - m // 2))
    return np.array([x[k : k + m] @ w for k in range(len(x) - m + 1)])
    ### END SOLUTION


def correlation_matrix(w, n, boundary):
    """Return the matrix M with M @ x = correlate1d(x, w, boundary) for every x of length n.

    Its shape is (n - m + 1, n) for "valid", else (n, n).
    """
    ### BEGIN SOLUTION
    m = len(w)
    M = np.zeros((n - m + 1 if boundary == "valid" else n, n))
    offset = m // 2 if boundary == "same" else 0
    for row in range(len(M)):
        for i in range(m):
            column = row + i - offset
            if boundary == "circular":
                M[row, column % n] = w[i]
            elif 0 <= column < n:
                M[row, column] = w[i]
    return M
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-matrix", "grade": true, "points": 3}
check("matrix")

# %% [markdown] nbgrader={"grade_id": "matrix-plot-text", "locked": true}
# **Why it matters.** Here are your three matrices for $n=12$ and a kernel of 4. All circulant
# matrices have the same eigenvectors, the waves of the Fourier transform. That is the convolution
# theorem of notes 003: a circular convolution is a *product* after a Fourier transform. For a
# cross-correlation one factor is conjugated; `np.fft.fft(w, n).conj() * np.fft.fft(x)`,
# transformed back, is your circular result.


# %% nbgrader={"grade_id": "matrix-plot", "locked": true} tags=["demo", "nbval-ignore-output"]
@demo
def matrices():
    kernel = np.array([1.0, 2.0, 3.0, 4.0])
    _, axes = plt.subplots(1, 3, figsize=(8, 2.6))
    for ax, boundary in zip(axes, ("valid", "same", "circular"), strict=True):
        picture(ax, correlation_matrix(kernel, 12, boundary), boundary, cmap="Blues")
    plt.show()
    x = np.sin(np.arange(12.0) ** 2)
    by_fourier = np.fft.ifft(np.fft.fft(kernel, 12).conj() * np.fft.fft(x)).real
    apart = np.abs(np.asarray(correlate1d(x, kernel, "circular")) - by_fourier).max()
    print(f"circular by sums and by Fourier differ by {apart:.0e}")


# %% [markdown] nbgrader={"grade_id": "about-conv2d", "locked": true}
# ---
# ## 4 · The whole layer
# **5 points · 40 minutes**
#
# Now with everything a layer has. With $\tilde x$ for the image with `padding` zeros around it, on
# both sides of both axes, and with stride $(s_h,s_w)$ and dilation $(d_h,d_w)$:
#
# $$y_{n,o,i,j} = b_o + \sum_{c}\sum_{u=0}^{k_h-1}\sum_{v=0}^{k_w-1}
#   w_{o,c,u,v}\;\tilde x_{n,\;c,\;s_h i+d_h u,\;s_w j+d_w v}.$$
#
# - **Channels.** The sum runs over all input channels: each output channel is *one* map, with its
#   own kernel for each input channel and one bias. To test with (notes 004, §4.8): channels
#   `[[0,1,2],[3,4,5],[6,7,8]]` and `[[1,2,3],[4,5,6],[7,8,9]]` with kernels `[[0,1],[2,3]]` and
#   `[[1,2],[3,4]]` and no bias give `[[56,72],[104,120]]`; the first entry is 19 + 37.
# - **Groups.** With `groups` = $g$ the channels are cut into $g$ equal parts, in their order. The
#   first $O/g$ outputs see only the first $C/g$ inputs, the next outputs the next inputs, and so on:
#   $g$ layers side by side. So `w` has shape $(O, C/g, k_h, k_w)$. With $g=C$ every channel is
#   filtered by itself (*depthwise*).
#
# Nothing here is square: height, width, and every pair may differ.
#
# <details><summary>Hint 1: a nudge</summary>
# Pad once with np.pad. Then loop over o, i and j and ask: which window of the padded image belongs
# to this output? A slice start:stop:step can make the strides of the dilation for you.
# </details>
# <details><summary>Hint 2: the window</summary>
# Along the height it starts at sh*i, takes every dh-th row, and has kh rows: so it stops after
# sh*i + dh*(kh − 1). The same along the width.
# </details>
# <details><summary>Hint 3: groups</summary>
# Output o belongs to group o // (O / g). Its inputs begin at that group's number times C / g, and
# C / g is w.shape[1].
# </details>


# %% nbgrader={"grade_id": "conv2d", "solution": true}
def conv2d(x, w, b, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
    """Return what a convolutional layer makes of a batch of images.

    x: (N, C, H, W); w: (O, C/groups, kh, kw); b: (O,); stride, padding, dilation: pairs of ints
    (down, right); groups: int that divides C and O. The result is (N, O, H', W') with the sizes of
    task 1.
    """
    ### BEGIN SOLUTION
    (sh, sw), (ph, pw), (dh, dw) = stride, padding, dilation
    N, _, H, W = x.shape
    filters, C, kh, kw = w.shape
    reach_h, reach_w = dh * (kh - 1) + 1, dw * (kw - 1) + 1
    x = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    y = np.zeros((N, filters, (H + 2 * ph - reach_h) // sh + 1, (W + 2 * pw - reach_w) // sw + 1))
    for o, i, j in np.ndindex(y.shape[1:]):
        first = o // (filters // groups) * C
        rows = slice(sh * i, sh * i + reach_h, dh)
        columns = slice(sw * j, sw * j + reach_w, dw)
        window = x[:, first : first + C, rows, columns]
        y[:, o, i, j] = np.sum(window * w[o], axis=(1, 2, 3)) + b[o]
    return y
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-conv2d", "grade": true, "points": 5}
check("conv2d")

# %% [markdown] nbgrader={"grade_id": "conv2d-plot-text", "locked": true}
# **Why it matters.** One kernel, five ways to slide it: stride makes the map smaller, padding keeps
# its size, dilation looks for a wider edge with the same nine weights.


# %% nbgrader={"grade_id": "conv2d-plot", "locked": true} tags=["demo", "nbval-ignore-output"]
@demo
def ways():
    image = large(digits[0])[None, None]
    kernel = np.array([[[[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]]]])
    settings = {
        "plain": {},
        "stride (2, 2)": {"stride": (2, 2)},
        "padding (1, 1)": {"padding": (1, 1)},
        "dilation (3, 3)": {"dilation": (3, 3)},
        "stride (1, 3)": {"stride": (1, 3)},
    }
    _, axes = plt.subplots(1, 5, figsize=(9, 2.3))
    for ax, (title, options) in zip(axes, settings.items(), strict=True):
        result = np.asarray(conv2d(image, kernel, np.zeros(1), **options))[0, 0]
        picture(ax, result, f"{title}\n{result.shape[0]} × {result.shape[1]}")
    plt.show()


# %% [markdown] nbgrader={"grade_id": "about-im2col", "locked": true}
# ---
# ## 5 · One large matrix product
# **3 points · 25 minutes**
#
# Loops in Python are slow; a matrix product is what computers do best. So copy every window into a
# column of a matrix, once, and let one product do all the sums. The copying is called **im2col**:
#
# $$\text{cols}: (N,\; C\,k_h k_w,\; H'W'),\qquad
#   Y = w_\text{flat}\cdot\text{cols} + b,\qquad w_\text{flat}: (O,\; C\,k_h k_w).$$
#
# Row $(c\,k_h+u)\,k_w+v$ of `cols` belongs to channel $c$ and the kernel's entry $(u,v)$, which is how
# `w.reshape(O, -1)` lays out the weights; column $i\,W'+j$ belongs to the output at $(i,j)$. For a
# 3×3 image 0…8 and a 2×2 kernel:
#
# $$\begin{pmatrix}0&1&2\\3&4&5\\6&7&8\end{pmatrix}\ \to\
#   \begin{pmatrix}0&1&3&4\\1&2&4&5\\3&4&6&7\\4&5&7&8\end{pmatrix}$$
#
# <details><summary>Hint 1: a nudge</summary>
# Loop over the entries (u, v) of the kernel, not over the outputs: there are far fewer of them. For
# each, all the pixels that it meets form one strided slice of the padded image.
# </details>
# <details><summary>Hint 2: that slice</summary>
# Along the height it starts at dh*u, goes in steps of sh, and holds H' rows, so it stops after
# dh*u + sh*(H' − 1).
# </details>
# <details><summary>Hint 3: the order</summary>
# Fill an array of shape (N, C, kh, kw, H', W'), then reshape once.
# </details>


# %% nbgrader={"grade_id": "im2col", "solution": true}
def im2col(x, kernel, stride=(1, 1), padding=(0, 0), dilation=(1, 1)):
    """Return the windows of a batch of images as columns, (N, C*kh*kw, H'*W').

    x: (N, C, H, W); kernel: the pair (kh, kw); stride, padding, dilation: pairs (down, right).
    """
    ### BEGIN SOLUTION
    (kh, kw), (sh, sw), (ph, pw), (dh, dw) = kernel, stride, padding, dilation
    N, C, H, W = x.shape
    rows = (H + 2 * ph - dh * (kh - 1) - 1) // sh + 1
    columns = (W + 2 * pw - dw * (kw - 1) - 1) // sw + 1
    x = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    cols = np.zeros((N, C, kh, kw, rows, columns))
    for u, v in np.ndindex(kh, kw):
        down = slice(dh * u, dh * u + sh * (rows - 1) + 1, sh)
        right = slice(dw * v, dw * v + sw * (columns - 1) + 1, sw)
        cols[:, :, u, v] = x[:, :, down, right]
    return cols.reshape(N, C * kh * kw, rows * columns)
    ### END SOLUTION


def gemm(cols, w, b, size):
    """Return the output of the layer, (N, O, H', W'), from the columns of im2col.

    cols: (N, C*kh*kw, H'*W'); w: (O, C, kh, kw); b: (O,); size: the pair (H', W').
    """
    ### BEGIN SOLUTION
    flat = w.reshape(len(w), -1) @ cols + b[:, None]
    return flat.reshape(len(cols), len(w), *size)
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-im2col", "grade": true, "points": 3}
check("im2col")

# %% [markdown] nbgrader={"grade_id": "speed-text", "locked": true}
# **Why it matters.** The same numbers, and far sooner. The ratio says how many times as long your
# loops of task 4 take for 16 images of the digits and 8 filters. The price is memory: `cols` holds
# every pixel up to $k_hk_w$ times.


# %% nbgrader={"grade_id": "speed", "locked": true} tags=["demo", "nbval-ignore-output"]
def best_time(function):
    """Return the shortest of three times, in seconds, and the result."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        result = function()
        times.append(time.perf_counter() - start)
    return min(times), np.asarray(result)


@demo
def speed():
    generator = np.random.default_rng(4)
    x = digits[:16, None]
    w, b = generator.normal(size=(8, 1, 3, 3)), generator.normal(size=8)
    loops, y = best_time(lambda: conv2d(x, w, b))
    product, same = best_time(lambda: gemm(np.asarray(im2col(x, (3, 3))), w, b, (6, 6)))
    print(f"loops / im2col: {loops / product:.0f}")
    print(f"pixels: {x.size}, entries of cols: {np.asarray(im2col(x, (3, 3))).size}")
    print(f"the results differ by {np.abs(y - same).max():.0e}")


# %% [markdown] nbgrader={"grade_id": "about-pooling", "locked": true}
# ---
# ## 6 · Pooling
# **4 points · 35 minutes**
#
# Pooling has no weights. It replaces every window by its maximum or its mean, in each channel by
# itself:
#
# $$y_{n,c,i,j}=\max_{u<k_h,\;v<k_w} x_{n,\;c,\;s_h i+u,\;s_w j+v}
# \qquad\text{or}\qquad \frac1{k_hk_w}\sum_{u<k_h}\sum_{v<k_w} x_{n,\;c,\;s_h i+u,\;s_w j+v}.$$
#
# Where a last window would stick out it is left out: there are $\lfloor (H-k_h)/s_h\rfloor+1$ rows. The
# stride may be smaller than the window: windows overlap. (The formulas of notes 004, §4.7, forget the
# stride in $s_h i$. Notes 003 let a window of size $p$ run from $kp$ to $(k+1)p$, one too many: for
# $p=2$, $x=(1,5,9,2,4,3)$ gives $(5,9,4)$, not $(9,9,4)$. Notes 001 leave the floor out here, too.)
#
# **Backwards.** Let `dy` be the gradient of the loss with respect to `y`. The mean hands each pixel of
# its window the same share. The maximum listens to one pixel only, so all the gradient goes there:
# the *first* largest of the window in reading order (row by row, as in torch), if there are ties. A
# pixel that lies in several windows gets the **sum** of what they send.
#
# <details><summary>Hint 1: forwards, a nudge</summary>
# Loop over i and j and cut out the window of all samples and channels at once: x[:, :, …, …]. Then
# take the maximum or mean over the last two axes.
# </details>
# <details><summary>Hint 2: where the maximum is</summary>
# argmax of a *flattened* window gives the first largest in reading order. For all samples at once:
# reshape the window to (N, C, kh*kw).
# </details>
# <details><summary>Hint 3: almost the line</summary>
# `dx[:, :, rows, columns] += …`, with dy[:, :, i, j] times the share of each pixel. It is the + of
# += that makes overlapping windows right.
# </details>


# %% nbgrader={"grade_id": "pooling", "solution": true}
def pool2d(x, size, stride, kind):
    """Return the pooled images, (N, C, H', W').

    x: (N, C, H, W); size: the window (kh, kw); stride: (down, right); kind: "max" or "mean".
    """
    ### BEGIN SOLUTION
    (kh, kw), (sh, sw) = size, stride
    N, C, H, W = x.shape
    y = np.zeros((N, C, (H - kh) // sh + 1, (W - kw) // sw + 1))
    for i, j in np.ndindex(y.shape[2:]):
        window = x[:, :, sh * i : sh * i + kh, sw * j : sw * j + kw]
        y[:, :, i, j] = window.max(axis=(2, 3)) if kind == "max" else window.mean(axis=(2, 3))
    return y
    ### END SOLUTION


def pool2d_backward(dy, x, size, stride, kind):
    """Return the gradient with respect to x, of the shape of x.

    dy: (N, C, H', W'), the gradient with respect to pool2d(x, size, stride, kind).
    """
    ### BEGIN SOLUTION
    (kh, kw), (sh, sw) = size, stride
    N, C, _, _ = x.shape
    dx = np.zeros(x.shape)
    for i, j in np.ndindex(dy.shape[2:]):
        rows, columns = slice(sh * i, sh * i + kh), slice(sw * j, sw * j + kw)
        share = 1 / (kh * kw)
        if kind == "max":
            winner = x[:, :, rows, columns].reshape(N, C, kh * kw).argmax(axis=2)
            share = np.eye(kh * kw)[winner].reshape(N, C, kh, kw)
        dx[:, :, rows, columns] += dy[:, :, i, j, None, None] * share
    return dx
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-pooling", "grade": true, "points": 4}
check("pooling")

# %% [markdown] nbgrader={"grade_id": "pooling-plot-text", "locked": true}
# **Why it matters.** A gradient of 1 for every output, sent back through windows of 3×3: with stride
# 3 each window picks one winner; with stride 1 a bright pixel wins in up to nine windows, and its
# gradient adds up. The mean spreads: a pixel in the middle lies in nine windows, a corner in one.


# %% nbgrader={"grade_id": "pooling-plot", "locked": true} tags=["demo", "nbval-ignore-output"]
@demo
def pooled_gradients():
    image = digits[0][None, None]
    shown = {"the image": image[0, 0]}
    for kind, stride in (("max", 3), ("max", 1), ("mean", 1)):
        pooled = np.asarray(pool2d(image, (3, 3), (stride, stride), kind))
        back = pool2d_backward(np.ones(pooled.shape), image, (3, 3), (stride, stride), kind)
        shown[f"gradient, {kind},\nstride {stride}"] = np.asarray(back)[0, 0]
    _, axes = plt.subplots(1, 4, figsize=(9, 2.6))
    for ax, (title, result) in zip(axes, shown.items(), strict=True):
        picture(ax, result, title)
        plt.colorbar(ax.images[0], ax=ax, fraction=0.046)
    plt.tight_layout()
    plt.show()


# %% [markdown] nbgrader={"grade_id": "language", "locked": true}
# > **How to write a derivation.** The next task begins with formulas, line by line. A line is a
# > piece of text in a small language that looks like Python, for example `"g0*w1 + g1*w0"`. It is
# > evaluated at random points and compared with the true derivative there, so any form that is equal
# > is right. Names are the symbols that the task lists, and the lines you have already written; every
# > line is judged given your own earlier lines. `dl_dx0` reads $\partial\ell/\partial x_0$. Write each
# > line between the quotes, and delete `raise NotImplementedError()` once you do.

# %% [markdown] nbgrader={"grade_id": "about-conv-backward", "locked": true}
# ---
# ## 7 · Backwards through a convolution
# **4 points · 40 minutes**
#
# First with single numbers. A signal of four, a kernel of two, three outputs, and a loss that comes
# after them; $g_i=\partial\ell/\partial y_i$ is what arrives from above:
#
# $$y_i = w_0x_i+w_1x_{i+1}+b,\qquad i=0,1,2.$$
#
# | line | stands for | |
# |---|---|---|
# | `dl_db` | $\partial\ell/\partial b$ | the bias is in every output |
# | `dl_dw0`, `dl_dw1` | $\partial\ell/\partial w_0$, $\partial\ell/\partial w_1$ | so is each weight |
# | `dl_dx0` … `dl_dx3` | $\partial\ell/\partial x_0$ … | a pixel is only in the outputs that see it |
#
# Symbols: `x0 x1 x2 x3 w0 w1 b g0 g1 g2` and your earlier lines.
#
# <details><summary>Hint: look at what you have written</summary>
# dl_dw is a cross-correlation of x with g. dl_dx is a *full* convolution of g with w, the flipped one
# of task 2: x1 gets g1 through w0, but g0 through w1.
# </details>

# %% nbgrader={"grade_id": "conv-backward-lines", "solution": true}
conv_backward_lines = {
    "dl_db": "",
    "dl_dw0": "",
    "dl_dw1": "",
    "dl_dx0": "",
    "dl_dx1": "",
    "dl_dx2": "",
    "dl_dx3": "",
}
### BEGIN SOLUTION
conv_backward_lines["dl_db"] = "g0 + g1 + g2"
conv_backward_lines["dl_dw0"] = "g0*x0 + g1*x1 + g2*x2"
conv_backward_lines["dl_dw1"] = "g0*x1 + g1*x2 + g2*x3"
conv_backward_lines["dl_dx0"] = "g0*w0"
conv_backward_lines["dl_dx1"] = "g0*w1 + g1*w0"
conv_backward_lines["dl_dx2"] = "g1*w1 + g2*w0"
conv_backward_lines["dl_dx3"] = "g2*w1"
### END SOLUTION

# %% [markdown] nbgrader={"grade_id": "about-conv2d-backward", "locked": true}
# Then the layer of task 4, without groups. No new formula is needed: go through the outputs once
# more. Where the forward pass computed
# $y_{n,o,i,j} = b_o + \sum w_{o,c,u,v}\,\tilde x_{n,c,\dots}$, each product sends `dy[n, o, i, j]`
# times its one factor to the other: to the weight times the pixel, to the pixel times the weight.
# What arrives at the zeros of the padding is thrown away.
#
# <details><summary>Hint 1: a nudge</summary>
# Loop over i and j only. The window is (N, C, kh, kw), and the g of this place, cut out of dy, is
# (N, O). Which product of them has the shape of w? Which of g and w has the shape of window?
# </details>
# <details><summary>Hint 2: the products</summary>
# np.tensordot(g, window, axes=(0, 0)) sums over the samples. np.tensordot(g, w, axes=1) sums over
# the output channels.
# </details>
# <details><summary>Hint 3: the padding</summary>
# Add up the gradient of the *padded* image, then cut the H rows and W columns in its middle out. A
# slice ph:-ph goes wrong for ph = 0.
# </details>


# %% nbgrader={"grade_id": "conv-backward", "solution": true}
def conv2d_backward(dy, x, w, stride=(1, 1), padding=(0, 0), dilation=(1, 1)):
    """Return (dx, dw, db), the gradients with respect to image, weights and bias.

    dy: (N, O, H', W'), the gradient of a loss with respect to the layer's output; x: (N, C, H, W);
    w: (O, C, kh, kw). Nothing is averaged: if the loss is a mean over the batch, dy knows.
    """
    ### BEGIN SOLUTION
    (sh, sw), (ph, pw), (dh, dw_) = stride, padding, dilation
    _, _, H, W = x.shape
    _, _, kh, kw = w.shape
    padded = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    dx, dw = np.zeros(padded.shape), np.zeros(w.shape)
    for i, j in np.ndindex(dy.shape[2:]):
        rows = slice(sh * i, sh * i + dh * (kh - 1) + 1, dh)
        columns = slice(sw * j, sw * j + dw_ * (kw - 1) + 1, dw_)
        g = dy[:, :, i, j]
        dw += np.tensordot(g, padded[:, :, rows, columns], axes=(0, 0))
        dx[:, :, rows, columns] += np.tensordot(g, w, axes=1)
    return dx[:, :, ph : ph + H, pw : pw + W], dw, dy.sum(axis=(0, 2, 3))
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-conv-backward", "grade": true, "points": 4}
check("conv-backward")

# %% [markdown] nbgrader={"grade_id": "about-transposed", "locked": true}
# ---
# ## 8 · The smallest kernel, and the way back up
# **3 points · 25 minutes**
#
# **1×1.** A kernel of one pixel cannot see neighbours. It mixes channels: at every pixel the same
# little dense layer, from $C$ channels to $O$ (notes 004, §5.2). With channels last, as there,
# $x$ is $(H,W,C)$, $w$ is $(C,O)$, and $y_{ijo}=\sum_c x_{ijc}\,w_{co}$. Their example counts from 1
# to 48 through a 4×4 image with three channels, pixel by pixel, and has the filters
# $(0.5, 0.3, 0.2)$ and $(0.1, 0.2, 0.7)$, but stops before the result: the first channel is 1.7, 4.7,
# …, 46.7, the second 2.6, 5.6, …, 47.6.
#
# **The transposed convolution** makes images larger, for example in the second half of a U-Net
# (notes 004, §5.3, in words). A convolution is a matrix $M$ (task 3); the transposed convolution is
# $M^\top$, and that is all. It is *not* the inverse. Two ways to say the same:
#
# - $\langle \text{conv}(x),\,y\rangle = \langle x,\,\text{convT}(y)\rangle$ for all $x$ and $y$, with
#   the sum of products of all entries as $\langle\cdot,\cdot\rangle$ and no bias;
# - every pixel of $y$ paints its value times the kernel into the output, at steps of the stride;
#   where the stamps overlap they add; afterwards `padding` rows are cut off above and as many below,
#   and columns on the left and on the right.
#
# For example $\begin{pmatrix}0&1\\2&3\end{pmatrix}$ with itself as the kernel and stride 1 gives
# $\begin{pmatrix}0&0&1\\0&4&6\\4&12&9\end{pmatrix}$.
#
# <details><summary>Hint 1: a nudge</summary>
# The last stamp begins at sh*(H' − 1) and is kh high. So how high is the canvas, before the padding
# is cut off?
# </details>
# <details><summary>Hint 2: the stamp</summary>
# y[:, :, i, j] is (N, O), w is (O, C, kh, kw): one product over O gives the stamps of all samples.
# Have you seen it in task 7? You have: the gradient of the input *is* a transposed convolution.
# </details>


# %% nbgrader={"grade_id": "transposed", "solution": true}
def one_by_one(x, w):
    """Return the 1×1 convolution of an image, channels last, (H, W, O); x: (H, W, C), w: (C, O)."""
    ### BEGIN SOLUTION
    return x @ w
    ### END SOLUTION


def conv_transpose2d(y, w, stride=(1, 1), padding=(0, 0)):
    """Return the transposed convolution, (N, C, H, W), the adjoint of a layer without bias.

    y: (N, O, H', W'), w: (O, C, kh, kw), as they are on the output side of that layer.
    H = (H' - 1) * stride[0] + kh - 2 * padding[0], and W likewise.
    """
    ### BEGIN SOLUTION
    (sh, sw), (ph, pw) = stride, padding
    N, _, rows, columns = y.shape
    _, C, kh, kw = w.shape
    H, W = sh * (rows - 1) + kh, sw * (columns - 1) + kw
    canvas = np.zeros((N, C, H, W))
    for i, j in np.ndindex(rows, columns):
        stamp = np.tensordot(y[:, :, i, j], w, axes=1)
        canvas[:, :, sh * i : sh * i + kh, sw * j : sw * j + kw] += stamp
    return canvas[:, :, ph : H - ph, pw : W - pw]
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-transposed", "grade": true, "points": 3}
check("transposed")

# %% [markdown] nbgrader={"grade_id": "transposed-plot-text", "locked": true}
# **Why it matters.** Where stamps overlap unevenly there is a pattern that nobody drew. Below a plain
# grey image of ones is made larger with a kernel of ones, stride 2: a 3×3 kernel leaves the
# *checkerboard* that generated images are known for, a 4×4 kernel, a multiple of the stride, does not.


# %% nbgrader={"grade_id": "transposed-plot", "locked": true} tags=["demo", "nbval-ignore-output"]
@demo
def checkerboard():
    grey = np.ones((1, 1, 6, 6))
    _, axes = plt.subplots(1, 3, figsize=(7, 2.4))
    picture(axes[0], grey[0, 0], "input 6 × 6", vmin=0, vmax=4)
    for ax, k in zip(axes[1:], (3, 4), strict=True):
        result = np.asarray(conv_transpose2d(grey, np.ones((1, 1, k, k)), stride=(2, 2)))[0, 0]
        title = f"kernel {k}×{k}: {result.shape[0]} × {result.shape[1]}"
        picture(ax, result, title, vmin=0, vmax=4)
    plt.show()


# %% [markdown] nbgrader={"grade_id": "about-shift", "locked": true}
# ---
# ## 9 · What a shift does
# **1 + 2 points · 25 minutes**
#
# Let $T$ move an image, and let it come in again on the other side. A map $f$ is
#
# - **equivariant** if its output moves along: $f(Tx) = T'f(x)$, where $T'$ moves by as many pixels
#   *of the output*: with a stride of 2 in $f$, four pixels of input are two of output;
# - **invariant** if its output stays: $f(Tx)=f(x)$.
#
# Notes 003 and 004 promise the first of convolution and the second, locally, of pooling. (Notes 004
# sometimes write "equivalence", or call a convolution itself invariant: equivariant is meant.) Do
# not believe it, measure it:
#
# $$\text{equivariance gap}=\frac{\max|f(Tx)-T'f(x)|}{\max|f(x)|},\qquad
#   \text{invariance gap}=\frac{\max|f(Tx)-f(x)|}{\max|f(x)|}.$$
#
# <details><summary>Hint</summary>
# np.roll takes a pair of shifts and a pair of axes, and the axes may be counted from the end.
# </details>


# %% nbgrader={"grade_id": "shift", "solution": true}
def shift_gaps(f, x, shift, stride=(1, 1)):
    """Return (equivariance gap, invariance gap) of f at the images x, two floats.

    f: function of an array (N, C, H, W), which returns an array (N, C', H', W') that is not zero
    everywhere; this may be x itself or a part of it. shift: pixels (down, right), of the input,
    each a multiple of the stride of f.
    """
    ### BEGIN SOLUTION
    moved, still = f(np.roll(x, shift, axis=(2, 3))), f(x)
    along = np.roll(still, (shift[0] // stride[0], shift[1] // stride[1]), axis=(2, 3))
    scale = np.max(np.abs(still))
    return np.max(np.abs(moved - along)) / scale, np.max(np.abs(moved - still)) / scale
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-shift", "grade": true, "points": 1}
check("shift")

# %% [markdown] nbgrader={"grade_id": "shift-table-text", "locked": true}
# Now measure (with torch's layers, so that nothing but your measurement is needed). The images are
# noise, so that nothing is equal by chance. The table gives both gaps for shifts to the right; a dash
# stands where the shift is no multiple of the stride.


# %% nbgrader={"grade_id": "shift-table", "locked": true} tags=["demo", "nbval-ignore-output"]
@demo
def table():
    generator = np.random.default_rng(9)
    noise = generator.normal(size=(4, 1, 8, 8))
    kernel = torch.tensor(generator.normal(size=(2, 1, 3, 3)))
    layers = torch.nn.functional

    def conv(x, mode):
        return layers.conv2d(layers.pad(torch.tensor(x), (1, 1, 1, 1), mode=mode), kernel).numpy()

    maps = {
        "conv, circular padding": (lambda x: conv(x, "circular"), 1),
        "conv, zero padding": (lambda x: conv(x, "constant"), 1),
        "max pooling 2×2, stride 2": (lambda x: layers.max_pool2d(torch.tensor(x), 2).numpy(), 2),
        "mean pooling 2×2, stride 2": (lambda x: layers.avg_pool2d(torch.tensor(x), 2).numpy(), 2),
        "circular conv, ReLU, global mean": (
            lambda x: np.maximum(conv(x, "circular"), 0).mean(axis=(2, 3), keepdims=True),
            1,
        ),
    }
    print("equivariance gap / invariance gap, shift to the right by   1            2            4")
    for name, (f, stride) in maps.items():
        cells = []
        for shift in (1, 2, 4):
            fits = shift % stride == 0
            gaps = shift_gaps(f, noise, (0, shift), (1, stride if fits else 1))
            cells.append(f"{gaps[0]:.2f} / {gaps[1]:.2f}" if fits else f"  -  / {gaps[1]:.2f}")
        print(f"{name:52s} {cells[0]}  {cells[1]}  {cells[2]}")


# %% [markdown] nbgrader={"grade_id": "shift-digits-text", "locked": true}
# Noise is the hard case. So take real digits, move each by one pixel, and count how many entries of
# a 2×2 max-pooled digit stay the same (to within 0.1), beside those of the digit itself. Then the
# example of notes 004 (§4.5): a stroke from the top to the lower left, filtered along the
# anti-diagonal (127.5, where the notes print 128) and pooled. Their Figure 4.6 says that the result is
# the same for a slightly shifted stroke.


# %% nbgrader={"grade_id": "shift-digits", "locked": true} tags=["demo"]
def pooled(images):
    """Return the largest of every 2×2 window, stride 2."""
    return images.reshape(len(images), 4, 2, 4, 2).max(axis=(2, 4))


for name, move in (("right", (0, 1)), ("down", (1, 0))):
    moved = np.roll(digits, move, axis=(1, 2))
    pixels = np.mean(np.abs(moved - digits) < 0.1)
    cells = np.mean(np.abs(pooled(moved) - pooled(digits)) < 0.1)
    print(f"one pixel {name:5s}: {pixels:.0%} of the pixels stay, {cells:.0%} of the pooled ones")

stroke = np.zeros((7, 7))
stroke[[1, 2, 3, 4, 5], [3, 3, 3, 2, 1]] = 255
for name, (down, right) in {
    "the stroke": (0, 0),
    "one pixel right": (0, 1),
    "one pixel left": (0, -1),
    "one pixel down": (1, 0),
    "one pixel up": (-1, 0),
}.items():
    image = stroke[1 - down : 6 - down, 1 - right : 6 - right]
    filtered = (image[:-1, 1:] + image[1:, :-1]) / 2
    print(f"{name:15s}:", filtered.reshape(2, 2, 2, 2).max(axis=(1, 3)).tolist())

# %% [markdown] nbgrader={"grade_id": "about-shift-why", "locked": true}
# ### In words
# **2 points, marked by hand**
#
# Answer in five to eight sentences, with numbers from the table and from the digits:
#
# 1. Which of the maps in the table is exactly equivariant under which shifts? At which pixels does the
#    convolution with zero padding fail, and why only there?
# 2. Notes 003 write that max pooling "provides translation invariance". What is true of it, for which
#    shifts, and what do the digits say?
# 3. Which part of a network can make its answer *exactly* invariant, and what must the layers before
#    it fulfil?

# %% [markdown] nbgrader={"grade_id": "shift-why", "grade": true, "solution": true, "points": 2}
# ### BEGIN SOLUTION
# 1. The convolution with circular padding is equivariant under every shift (gap 0.00), because the
#    same weights are used at every place. With zero padding the gap is large, but only at the border:
#    there the window sees zeros instead of the pixels that came in from the other side. All
#    outputs whose window lies inside the image, both times, still move along.
# 2. Pooling with stride 2 is equivariant under shifts by multiples of 2 (gap 0.00), and not invariant
#    under any shift of the table. What is true: a value may move *within* its window without a change,
#    so a shift that keeps every maximum in its own window changes nothing. With the digits this helps
#    hardly: one pixel to the right leaves 45 % of the pixels and 50 % of the pooled entries as they
#    were, one pixel down 56 % and 63 %. The stroke of the notes changes with all four shifts.
# 3. Global pooling (mean, sum or maximum over all positions) does not care about positions, so it is
#    exactly invariant, if everything before it is exactly equivariant: circular padding and no stride,
#    or no border that matters. An invariant map after equivariant ones is invariant.
# ### END SOLUTION
# ### BEGIN MARK SCHEME
# **Rubric, 2 points in steps of ½.**
#
# - ½: circular convolution under all shifts, pooling under multiples of its stride, with numbers.
# - ½: zero padding fails at the border only, because zeros stand where other pixels should come in.
#   "Padding breaks it" without the place gets nothing.
# - ½: max pooling is invariant only as long as maxima stay in their windows (or: "only approximately,
#   and for small shifts"), with a number from the table, the digits or the stroke against the promise.
# - ½: global pooling, together with the condition that the layers before are equivariant (circular or
#   unpadded, stride 1).
# ### END MARK SCHEME

# %% [markdown] nbgrader={"grade_id": "about-cnn", "locked": true}
# ---
# ## 10 · A network that reads digits
# **3 points · 25 minutes**
#
# All pieces together (notes 003: $f = T_\mathrm{fc}\,T_\mathrm{mp}\,T_\mathrm{conv}\,x$, and a ReLU):
#
# $$A = \text{conv2d}(X, w, b),\qquad R=\max(A,0),\qquad P=\text{maxpool}(R),$$
# $$F=\text{flatten}(P),\qquad Z = FV + c$$
#
# with pooling windows of 2×2 and stride 2. The slope of the ReLU at exactly 0 is 0, as in torch. The
# loss is the mean over the batch of softmax and cross-entropy, whose gradient is
# $\partial L/\partial Z = (\text{softmax}(Z)-\text{one-hot}(y))/N$. Write loss and gradients. The four
# layers are arguments, so that this task does not depend on your answers to the others: they are
# called as in tasks 4, 6 and 7, and return NumPy arrays.
#
# <details><summary>Hint 1: a nudge</summary>
# Write the forward pass and keep A, P and F. Then go back through the same lines in the opposite
# order; every line has its own small backward line.
# </details>
# <details><summary>Hint 2: flatten</summary>
# P is (N, O, h, w) and F = P.reshape(N, −1). The gradient goes back with a reshape to P.shape.
# </details>
# <details><summary>Hint 3: softmax</summary>
# Subtract the largest entry of each row before exp, or logits of 1000 overflow. The loss is the mean
# of log(sum of exp) minus the logit of the right class.
# </details>


# %% nbgrader={"grade_id": "cnn", "solution": true}
def cnn_gradients(X, y, params, conv2d, conv2d_backward, pool2d, pool2d_backward):
    """Return the mean loss, a float, and {"w": ..., "b": ..., "V": ..., "c": ...}, its gradients.

    X: (N, C, H, W); y: (N,) ints, the right classes; params: {"w": (O, C, kh, kw), "b": (O,),
    "V": (O*h*w, K), "c": (K,)} with h, w the size after pooling. The layers are called as
    conv2d(x, w, b), conv2d_backward(dy, x, w), which returns (dx, dw, db),
    pool2d(x, size, stride, kind) and pool2d_backward(dy, x, size, stride, kind). Logits may be as
    large as 1000.
    """
    ### BEGIN SOLUTION
    A = conv2d(X, params["w"], params["b"])
    R = np.maximum(A, 0)
    P = pool2d(R, (2, 2), (2, 2), "max")
    F = P.reshape(len(X), -1)
    Z = F @ params["V"] + params["c"]
    Z = Z - Z.max(axis=1, keepdims=True)
    log_p = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    targets = np.eye(len(params["c"]))[y]
    dZ = (np.exp(log_p) - targets) / len(X)
    dP = (dZ @ params["V"].T).reshape(P.shape)
    dA = pool2d_backward(dP, R, (2, 2), (2, 2), "max") * (A > 0)
    _, dw, db = conv2d_backward(dA, X, params["w"])
    loss = -np.sum(targets * log_p) / len(X)
    return loss, {"w": dw, "b": db, "V": F.T @ dZ, "c": dZ.sum(axis=0)}
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-cnn", "grade": true, "points": 3}
check("cnn")

# %% [markdown] nbgrader={"grade_id": "train-text", "locked": true}
# **Now let it learn.** Everything that happens here is yours: convolution by im2col (task 5), pooling
# (6), their gradients (6 and 7), and the chain of task 10: 8 filters of 3×3, gradient descent with
# momentum in minibatches of 50, ten passes, or as far as it gets in six seconds if your layers are slow.
# Two thirds of the digits are to learn from, 300 of the others for the test. Then the test digits are
# moved to the right, and a linear classifier (least squares) that learnt from the same pixels stands
# beside it.


# %% nbgrader={"grade_id": "train", "locked": true} tags=["demo", "nbval-ignore-output"]
def fast_conv2d(x, w, b):
    """Return the layer's output by im2col and one matrix product."""
    size = (x.shape[2] - w.shape[2] + 1, x.shape[3] - w.shape[3] + 1)
    return np.asarray(gemm(np.asarray(im2col(x, w.shape[2:])), w, b, size))


def back(dy, x, w):
    """Return what conv2d_backward returns, as arrays."""
    return tuple(np.asarray(part) for part in conv2d_backward(dy, x, w))


def pool(*arguments):
    """Return what pool2d returns, as an array."""
    return np.asarray(pool2d(*arguments))


def pool_back(*arguments):
    """Return what pool2d_backward returns, as an array."""
    return np.asarray(pool2d_backward(*arguments))


def train(X, y, seed, epochs=10, batch=50, learning_rate=0.05, momentum=0.9):
    """Return the trained parameters and the loss after every step."""
    layers = (fast_conv2d, back, pool, pool_back)
    generator = np.random.default_rng(seed)
    shapes = {"w": (8, 1, 3, 3), "b": (8,), "V": (72, 10), "c": (10,)}
    sizes = {"w": 1 / 3, "b": 0.0, "V": 0.1, "c": 0.0}
    params = {n: sizes[n] * generator.normal(size=shape) for n, shape in shapes.items()}
    speed = {n: np.zeros(shape) for n, shape in shapes.items()}
    losses, start = [], time.perf_counter()
    for _ in range(epochs):
        order = generator.permutation(len(X))
        for rows in order[: len(X) // batch * batch].reshape(-1, batch):
            if time.perf_counter() - start > 6:
                print(f"stopped after {len(losses)} steps: loops in Python take their time")
                return params, losses
            loss, grads = cnn_gradients(X[rows], y[rows], params, *layers)
            losses.append(float(loss))
            for n in params:
                speed[n] = momentum * speed[n] - learning_rate * np.asarray(grads[n])
                params[n] = params[n] + speed[n]
    return params, losses


def predict(X, params):
    """Return the most likely class of each image."""
    hidden = np.maximum(fast_conv2d(X, params["w"], params["b"]), 0)
    features = pool(hidden, (2, 2), (2, 2), "max").reshape(len(X), -1)
    return np.argmax(features @ params["V"] + params["c"], axis=1)


@demo
def digits_read():
    images = digits[:, None]
    kept = np.arange(len(images)) % 3 == 0
    X, y, X_test, y_test = images[~kept], labels[~kept], images[kept][::2], labels[kept][::2]
    params, losses = train(X, y, seed=1)
    flat = np.c_[X.reshape(len(X), 64), np.ones(len(X))]
    linear, *_ = np.linalg.lstsq(flat, np.eye(10)[y], rcond=None)
    shifts, cnn, line = range(4), [], []
    for shift in shifts:
        moved = np.roll(X_test, shift, axis=3)
        cnn.append(np.mean(predict(moved, params) == y_test))
        scores = np.c_[moved.reshape(len(moved), 64), np.ones(len(moved))] @ linear
        line.append(np.mean(scores.argmax(axis=1) == y_test))
    print(f"test digits read: {cnn[0]:.1%}, by the linear classifier {line[0]:.1%}")
    _, axes = plt.subplots(1, 2, figsize=(8, 2.6))
    epochs = len(losses) // 23  # an epoch has 23 steps
    smooth = np.reshape(losses[: 23 * epochs], (epochs, 23)).mean(axis=1)
    axes[0].plot(losses, color="C0", alpha=0.35, linewidth=0.8)
    axes[0].plot(23 * np.arange(1, epochs + 1), smooth, "C0", label="yours, mean of an epoch")
    draw_recorded(axes[0], "loss, by hand")
    axes[0].set(xlabel="step", ylabel="loss", ylim=(0, 2.5))
    axes[0].legend(fontsize=8)
    axes[1].plot(shifts, cnn, "o-", label="your CNN")
    axes[1].plot(shifts, line, "s--", label="linear")
    axes[1].set_xlabel("shift of the test digits, pixels")
    axes[1].set_ylabel("share read")
    axes[1].set_xticks(list(shifts))
    axes[1].legend(fontsize=8)
    plt.tight_layout()
    plt.show()
    _, axes = plt.subplots(1, 8, figsize=(8, 1.3))
    for number, ax in enumerate(axes):
        picture(ax, params["w"][number, 0], f"filter {number}")
    plt.show()


# %% [markdown] nbgrader={"grade_id": "closing", "locked": true}
# ---
# ## What you have built
#
# A layer that a few lines of sums define, that is a matrix with hardly any free entries, and that one
# matrix product computes; its gradient, which is again a convolution; pooling and its gradient; and a
# network of 810 parameters that reads more than 95 of 100 digits. And you have *measured* what is
# usually only claimed: convolution is exactly equivariant only where no border is in the way, pooling
# makes a network a little less sensitive to a shift and nothing like invariant to it, as the last
# curve shows.
#
# **Is your curve normal?** In the plot above the grey shows the loss of right solutions, twenty runs
# that differ in start and order; [data/curves.html](data/curves.html) has how they end, the same network
# in torch, and what loops, im2col and torch take for one convolution. A loss that explodes has the wrong
# sign. One that stays near 2.3 is guessing, $\ln 10$: the labels are in another order than the images, or
# the steps are fifty times too long. No curve in the picture at all is a sum over the batch in place of
# the mean. And a normal curve is no proof: with the slope of the ReLU left out of the gradient this
# network learns as well as with it. That is why there are checks.
#
# **Where to go on.** Give the network a second convolution (the gradient `dx` that task 10 throws away
# is then needed). Replace flatten by global average pooling, train with circular padding, and plot the
# curve over the shifts again. Show the network images that are shifted at random while it learns, and
# see what that does to the curve. Write task 7 with im2col: the transpose of im2col is called col2im,
# and after one matrix product with the weights it gives the transposed convolution of task 8.
