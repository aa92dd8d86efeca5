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
# # Backpropagation by hand
#
# Every network you will ever train is trained with one idea: walk through the computation
# backwards and multiply by one derivative at a time. In this notebook you do that walk
# yourself, first on paper, then for one hidden layer, then for any depth.
#
# **Afterwards you can**
#
# - derive the gradient of a network line by line and know what every factor is for,
# - turn the formulas into a few matrix products for a whole batch,
# - say why softmax and cross-entropy belong together,
# - test any gradient numerically, so that you never have to *hope* that it is right,
# - see gradients vanish with depth, and see what skip connections do about it.
#
# | | task | you write | minutes | points |
# |---|---|---|---|---|
# | 1 | `logistic-derivative` | five lines, one function | 10 | 2 |
# | 2 | `scalar-network` | eight lines, three numbers of your own | 20 | 4 |
# | 3 | `two-layer` | six lines, one backward pass for a batch | 30 | 5 |
# | 4 | `output-layers` | seven lines, four short functions | 30 | 4 |
# | 5 | `mlp` | forward and backward for any depth | 35 | 5 |
# | 6 | `skip-connection` | five lines, one function | 20 | 3 |
# | 7 | `gradient-check` | the test that catches all of these mistakes | 25 | 3 |
# | 8 | `vanishing` | one function, and a question in words | 25 | 2 + 2 |
#
# Together 30 points and a little over three hours. Each task stands on its own: if one does
# not work out, go on and come back.
#
# **Where to read.** Nalisnick, *Machine Learning: Deep Learning* ("notes 001"), §1.6 and
# §4.4–4.5.2. Lim, *Lecture 10: Neural Networks* ("notes 003"), Exercise 10.3. Baker, *Deep
# Learning Lecture Notes* ("notes 004"), chapters 2 and 3. Where their formulas contain a slip,
# this notebook teaches the right formula and says so in one line.

# %% [markdown] nbgrader={"grade_id": "notation", "locked": true}
# ## One notation
#
# - Data lie in **rows**: `X` has shape $(N, D)$, one sample in each row.
# - A layer is `A = X @ W + b` with `W` of shape $(D, H)$ and `b` of shape $(H,)$. The result `A`
#   is called *pre-activation*; an activation function applied to every entry gives
#   `H = activation(A)`.
# - A gradient always has the shape of the thing it belongs to.
# - **Losses are means over the batch.** Squared error is $\frac12\sum_k (f_k-y_k)^2$ for one
#   sample, *with* the ½. Only the scalar networks of tasks 2 and 6 follow notes 001 and use
#   $(f-y)^2$ *without* the ½; both tasks say so again.
# - $\sigma(z) = 1/(1+e^{-z})$ is the logistic function.
# - Every size ($N$, $D$, …) is at least 1, and sizes may be equal.
# - Functions leave their arguments as they are, and do not change later what they have returned.
#   They may return NumPy arrays or torch tensors; a number may be one without axes.
# - "No nan or inf" speaks of results. Warnings do not matter.
#
# torch could of course differentiate everything here for you. That counts as well, but you would
# not learn it: use torch to check yourself afterwards, not instead.

# %% tags=["nbval-ignore-output"]
# Some tasks draw numbers for you alone. Write the name under which you hand in between the
# quotation marks, as in student("ada"), and run this cell. Leave it empty where you log in with it.
from autograder import student

student("")

# %% nbgrader={"grade_id": "setup", "locked": true}
import matplotlib.pyplot as plt
import numpy as np
import torch

from autograder import check, demo, draw_recorded, variant


def logistic(z):
    """Return 1 / (1 + exp(-z)) for an array of any shape, without overflow for large |z|."""
    z = np.asarray(z, dtype=np.float64)
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


def activate(A, activation):
    """Return "logistic", "tanh" or "relu" of every entry of the array A."""
    if activation == "relu":
        return np.maximum(A, 0)
    return {"logistic": logistic, "tanh": np.tanh}[activation](A)


# %% [markdown] nbgrader={"grade_id": "language", "locked": true}
# > **How to write a derivation.** Some tasks ask for formulas line by line. A line is a piece of
# > text in a small language that looks like Python, for example `"2*x*exp(-x**2)"`. It is
# > evaluated at random points and compared with the true derivative there, so any form that is
# > equal is right.
# >
# > - Numbers, names, `+ - * / **`, brackets. `u*v` multiplies entry by entry, `u @ v` is the
# >   matrix product, `W.T` the transpose. Power is `**`, not `^`.
# > - `exp log sqrt sin cos tanh sigmoid relu step softmax abs sum mean maximum outer dot diag`.
# >   `outer(u, v)` is the matrix with entries $u_i v_j$; `diag(u)` has `u` on its diagonal.
# > - Names are the symbols that the task lists, and **the lines you have already written**: below
# >   a line called `u` you may write `"3*u"`. Short lines built on earlier ones are what
# >   backpropagation is. Where a line may use fewer symbols, the table says so.
# > - `dl_dw0` reads $\partial\ell/\partial w_0$: the effect on $\ell$ of moving $w_0$, everything
# >   that comes after $w_0$ moving along.
# >
# > Every line is judged given your own earlier lines, so one slip costs one line, not the chain.
# > Write each line between the quotes that wait for it in the answer cell, and delete
# > `raise NotImplementedError()` once you do.

# %% [markdown] nbgrader={"grade_id": "about-logistic-derivative", "locked": true}
# ---
# ## 1 · The logistic function and its slope
# **2 points · 10 minutes**
#
# Notes 001 (§1.6) use $\sigma' = \sigma(1-\sigma)$ and leave the proof to you. Here it is in
# small steps. Write the logistic function as three nested ones:
#
# $$e = \exp(-z), \qquad d = 1 + e, \qquad s = \frac1d .$$
#
# | line | what it stands for | may use |
# |---|---|---|
# | `de_dz` | $\mathrm de/\mathrm dz$ | anything |
# | `ds_dd` | $\mathrm ds/\mathrm dd$ | anything |
# | `ds_dz_chain` | the chain: $\mathrm ds/\mathrm dz$ as a product of two lines above | anything |
# | `ds_dz` | $\mathrm ds/\mathrm dz$ once more, tidied up | only `s` |
# | `dt_dz` | for later: $\mathrm dt/\mathrm dz$ of $t = \tanh z$ | only `t` |
#
# "Anything" means the symbols `z e d s` and your earlier lines.
#
# <details><summary>Hint 1: a nudge</summary>
# Between d and e lies the simplest of all derivatives, dd/de = 1. So the chain has only two
# interesting factors.
# </details>
# <details><summary>Hint 2: the shape of the answer</summary>
# After the chain you hold a fraction with e on top and a square below. Split the square into two
# factors 1/d: one of them is s. What is e/d, if e = d − 1?
# </details>
# <details><summary>Hint 3: tanh</summary>
# Write tanh as sinh/cosh and use the quotient rule, or remember cosh² − sinh² = 1.
# The result is one minus something simple.
# </details>

# %% nbgrader={"grade_id": "logistic-derivative-lines", "solution": true}
logistic_derivative_lines = {
    "de_dz": "",
    "ds_dd": "",
    "ds_dz_chain": "",
    "ds_dz": "",
    "dt_dz": "",
}
### BEGIN SOLUTION
logistic_derivative_lines["de_dz"] = "-e"
logistic_derivative_lines["ds_dd"] = "-1/d**2"
logistic_derivative_lines["ds_dz_chain"] = "ds_dd*de_dz"
logistic_derivative_lines["ds_dz"] = "s*(1 - s)"
logistic_derivative_lines["dt_dz"] = "1 - t**2"
### END SOLUTION

# %% [markdown] nbgrader={"grade_id": "about-logistic-prime", "locked": true}
# Now as a function. `logistic` from the first cell is yours to use.


# %% nbgrader={"grade_id": "logistic-derivative", "solution": true}
def logistic_prime(z):
    """Return the derivative of the logistic function at every entry of z.

    z: float or float64 array of any shape that is not empty; the result has the same shape.
    No nan or inf, however large |z| is. Judged to a relative 1e-7 or an absolute 1e-15.
    """
    ### BEGIN SOLUTION
    s = logistic(z)
    return s * logistic(-np.asarray(z))
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-logistic-derivative", "grade": true, "points": 2}
check("logistic-derivative")

# %% [markdown] nbgrader={"grade_id": "logistic-plot-text", "locked": true}
# **Why it matters.** The slope is never larger than ¼, and a few units away from zero there is
# almost nothing left. Remember this picture for task 8.


# %% nbgrader={"grade_id": "logistic-plot", "locked": true} tags=["demo", "nbval-ignore-output"]
@demo
def slopes():
    z = np.linspace(-8, 8, 201)
    prime = np.asarray(logistic_prime(z))
    _, axes = plt.subplots(figsize=(5, 2.6))
    axes.plot(z, logistic(z), label=r"$\sigma(z)$")
    axes.plot(z, prime, label=r"$\sigma'(z)$, your function")
    axes.axhline(0.25, color="grey", linewidth=0.8, linestyle=":")
    axes.set_xlabel("z")
    axes.legend()
    plt.show()


# %% [markdown] nbgrader={"grade_id": "about-scalar-network", "locked": true}
# ---
# ## 2 · A network made of single numbers
# **4 points · 20 minutes**
#
# One input, two hidden units one after the other, one output (notes 001, §4.4). Nothing is a
# vector, so nothing distracts from the chain rule:
#
# $$a_1 = w_0 x,\quad h_1=\sigma(a_1),\quad a_2 = w_1 h_1,\quad h_2=\sigma(a_2),\quad
#   f = w_2 h_2,\quad \ell = (f-y)^2 .$$
#
# The loss is that of the notes: **no ½**, so a factor 2 comes down. Start at the loss and walk
# backwards. Each line is the line before it times *one* new derivative.
#
# | line | stands for | |
# |---|---|---|
# | `dl_df` | $\partial\ell/\partial f$ | where every path starts |
# | `dl_dw2` | $\partial\ell/\partial w_2$ | a gradient: branch off |
# | `dl_dh2` | $\partial\ell/\partial h_2$ | go on backwards |
# | `dl_da2` | $\partial\ell/\partial a_2$ | through the logistic function |
# | `dl_dw1` | $\partial\ell/\partial w_1$ | branch off |
# | `dl_dh1` | $\partial\ell/\partial h_1$ | go on |
# | `dl_da1` | $\partial\ell/\partial a_1$ | through the logistic function |
# | `dl_dw0` | $\partial\ell/\partial w_0$ | branch off, done |
#
# Symbols: `x y w0 w1 w2 a1 h1 a2 h2 f` and your earlier lines.
#
# <details><summary>Hint 1: a nudge</summary>
# In a product such as f = w2·h2, moving one factor changes f by the other one. That gives both
# lines that follow dl_df.
# </details>
# <details><summary>Hint 2: through the logistic function</summary>
# The slope of σ at a2 is wanted, and σ(a2) is already there under the name h2. Task 1 says how to
# get the slope from the value. Do not put h2 into σ a second time.
# </details>
# <details><summary>Hint 3: almost the line</summary>
# For w2 it reads "dl_df*…" with the unit that w2 is multiplied with in the dots. For w1 and w0
# the pattern is the same one layer, and two layers, further back.
# </details>

# %% nbgrader={"grade_id": "scalar-network-lines", "solution": true}
scalar_network_lines = {
    "dl_df": "",
    "dl_dw2": "",
    "dl_dh2": "",
    "dl_da2": "",
    "dl_dw1": "",
    "dl_dh1": "",
    "dl_da1": "",
    "dl_dw0": "",
}
### BEGIN SOLUTION
scalar_network_lines["dl_df"] = "2*(f - y)"
scalar_network_lines["dl_dw2"] = "dl_df*h2"
scalar_network_lines["dl_dh2"] = "dl_df*w2"
scalar_network_lines["dl_da2"] = "dl_dh2*h2*(1 - h2)"
scalar_network_lines["dl_dw1"] = "dl_da2*h1"
scalar_network_lines["dl_dh1"] = "dl_da2*w1"
scalar_network_lines["dl_da1"] = "dl_dh1*h1*(1 - h1)"
scalar_network_lines["dl_dw0"] = "dl_da1*x"
### END SOLUTION

# %% [markdown] nbgrader={"grade_id": "about-own-numbers", "locked": true}
# **Your own numbers.** Formulas are one thing, a number another. The next cell draws an input, a
# target and three weights that belong to you alone: to the name you log in with, or hand in under.

# %% nbgrader={"grade_id": "own-numbers", "locked": true} tags=["nbval-ignore-output"]
numbers = variant("scalar-network")
print("Your numbers:", ", ".join(f"{name} = {value}" for name, value in numbers.items()))

# %% [markdown] nbgrader={"grade_id": "about-my-gradients", "locked": true}
# Give the three gradients at your numbers, to four significant digits or better (judged to a
# relative 5e-4). A few lines of Python that use `numbers` are safest, because they stay right
# when your work is marked on another machine; a pocket calculator is as good as long as the name
# there is the same.
#
# To test your method first: $x=y=1$ and $(w_0,w_1,w_2)=(0.5,-1,2)$ must give
# $(0.0644223,\,-0.1706368,\,-0.2106197)$.

# %% nbgrader={"grade_id": "scalar-network", "solution": true}
my_gradients = {"w0": None, "w1": None, "w2": None}
### BEGIN SOLUTION
x, y, w0, w1, w2 = (numbers[name] for name in ("x", "y", "w0", "w1", "w2"))
h1 = logistic(w0 * x)
h2 = logistic(w1 * h1)
back_f = 2 * (w2 * h2 - y)
back_a2 = back_f * w2 * h2 * (1 - h2)
back_a1 = back_a2 * w1 * h1 * (1 - h1)
my_gradients = {"w0": float(back_a1 * x), "w1": float(back_a2 * h1), "w2": float(back_f * h2)}
### END SOLUTION

# %% nbgrader={"grade_id": "check-scalar-network", "grade": true, "points": 4}
check("scalar-network")

# %% [markdown] nbgrader={"grade_id": "about-two-layer", "locked": true}
# ---
# ## 3 · One hidden layer, written with vectors
# **5 points · 30 minutes**
#
# Now Exercise 10.3 (a) and (b) of notes 003: one hidden layer of $H$ logistic units, $K$ linear
# outputs. For **one sample**, $x$ is a vector of length $D$ and $y$ one of length $K$:
#
# $$a = xW_1 + b_1,\qquad h=\sigma(a),\qquad f = hW_2+b_2,\qquad
#   \ell = \tfrac12\sum_{k=1}^K (f_k-y_k)^2 .$$
#
# The exercise calls its two backward signals $\delta=\partial\ell/\partial f$ (length $K$) and
# $s=\partial\ell/\partial a$ (length $H$). All four gradients are made from these two.
# (Its names for the weights are $w^{(2)}$ for our $W_1^\top$ and $\beta$ for our $W_2^\top$.)
#
# | line | stands for | shape |
# |---|---|---|
# | `delta` | $\partial\ell/\partial f$ | $(K,)$ |
# | `dl_dW2` | $\partial\ell/\partial W_2$ | $(H,K)$ |
# | `dl_db2` | $\partial\ell/\partial b_2$ | $(K,)$ |
# | `s` | $\partial\ell/\partial a$ | $(H,)$ |
# | `dl_dW1` | $\partial\ell/\partial W_1$ | $(D,H)$ |
# | `dl_db1` | $\partial\ell/\partial b_1$ | $(H,)$ |
#
# Symbols: `x y W1 b1 W2 b2 a h f`, all vectors one-dimensional, and your earlier lines.
#
# <details><summary>Hint 1: a nudge</summary>
# Take one weight: W2[l, k] multiplies h[l] and adds to f[k], nothing else. So its gradient is the
# product of two numbers. What do you call the matrix of all such products?
# </details>
# <details><summary>Hint 2: the shape of the answer</summary>
# s has length H, delta has length K, W2 is (H, K). Hidden unit l is felt by every output k through
# W2[l, k], so you sum over k. Only one order of the product has fitting shapes. Then the slope of
# σ at a, entry by entry.
# </details>
# <details><summary>Hint 3: almost the line</summary>
# A matrix gradient reads "outer(…, …)": first what goes into the layer, then the signal that
# comes back. A bias gradient is that signal itself.
# </details>

# %% nbgrader={"grade_id": "two-layer-lines", "solution": true}
two_layer_lines = {
    "delta": "",
    "dl_dW2": "",
    "dl_db2": "",
    "s": "",
    "dl_dW1": "",
    "dl_db1": "",
}
### BEGIN SOLUTION
two_layer_lines["delta"] = "f - y"
two_layer_lines["dl_dW2"] = "outer(h, delta)"
two_layer_lines["dl_db2"] = "delta"
two_layer_lines["s"] = "(W2 @ delta)*h*(1 - h)"
two_layer_lines["dl_dW1"] = "outer(x, s)"
two_layer_lines["dl_db1"] = "s"
### END SOLUTION

# %% [markdown] nbgrader={"grade_id": "about-two-layer-batch", "locked": true}
# **A whole batch.** Stack $N$ samples in the rows of `X` and `Y`. Then $\Delta$ and $S$ have one
# row for each sample, and a sum over samples of outer products is a single matrix product.
# Exercise 10.3 (b) sums over the samples; here the loss is the **mean** over the batch,
#
# $$L = \frac1N\sum_{n=1}^N \frac12\sum_{k=1}^K (f_{nk}-y_{nk})^2 .$$
#
# <details><summary>Hint 1: a nudge</summary>
# Write the loop over samples first, if you like. It is slow, but it is right, and it counts.
# </details>
# <details><summary>Hint 2: shapes</summary>
# The layer's input is (N, D), the signal (N, H), the gradient (D, H). The index n must disappear
# in the product: which of the two has to be transposed? For the biases n disappears in a sum.
# </details>
# <details><summary>Hint 3: where the mean goes</summary>
# Divide by N once, in Δ at the very start. Everything after it is linear in Δ.
# </details>


# %% nbgrader={"grade_id": "two-layer", "solution": true}
def two_layer_backward(X, Y, W1, b1, W2, b2):
    """Return the gradients of the mean loss L as {"W1": ..., "b1": ..., "W2": ..., "b2": ...}.

    X: (N, D), Y: (N, K), W1: (D, H), b1: (H,), W2: (H, K), b2: (K,), all float64 arrays.
    Each gradient has the shape of its parameter. The arguments stay as they are.
    You may compute in float32 or in float64: judged to a relative 1e-4 or an absolute 1e-6.
    """
    ### BEGIN SOLUTION
    hidden = logistic(X @ W1 + b1)
    delta = (hidden @ W2 + b2 - Y) / len(X)
    s = (delta @ W2.T) * hidden * (1 - hidden)
    return {"W1": X.T @ s, "b1": s.sum(axis=0), "W2": hidden.T @ delta, "b2": delta.sum(axis=0)}
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-two-layer", "grade": true, "points": 5}
check("two-layer")

# %% [markdown] nbgrader={"grade_id": "two-layer-plot-text", "locked": true}
# **Why it matters.** Six lines of formulas, and a network learns. Below, plain gradient descent
# with *your* gradients bends eight logistic units into a sine.


# %% nbgrader={"grade_id": "two-layer-plot", "locked": true} tags=["demo", "nbval-ignore-output"]
@demo
def fit_a_sine():
    generator = np.random.default_rng(0)
    x = np.linspace(-3, 3, 40)[:, None]
    target = np.sin(2 * x)
    net = {
        "W1": 4 * np.ones((1, 8)),
        "b1": np.linspace(-12, 12, 8),
        "W2": generator.normal(size=(8, 1)),
        "b2": np.zeros(1),
    }
    _, axes = plt.subplots(figsize=(5, 2.6))
    axes.plot(x, target, "k.", markersize=3, label="data")
    for step in range(1001):
        if step in (0, 50, 1000):
            fit = logistic(x @ net["W1"] + net["b1"]) @ net["W2"] + net["b2"]
            axes.plot(x, fit, label=f"after {step} steps")
        gradients = two_layer_backward(x, target, **net)
        net = {name: net[name] - 0.4 * np.asarray(gradients[name]) for name in net}
    axes.legend(fontsize=8, loc="center left", bbox_to_anchor=(1, 0.5))
    plt.show()


# %% [markdown] nbgrader={"grade_id": "about-output-layers", "locked": true}
# ---
# ## 4 · What the output layer sends back
# **4 points · 30 minutes**
#
# Exercise 10.3 (c) and (d). The hidden layers never see the loss itself, only the signal
# $\partial\ell/\partial a$ that the output layer sends back. Exercise (c) does not say which loss
# it means, so we take both:
#
# $$f=\sigma(a),\qquad \ell_\mathrm{sq}=\tfrac12(f-y)^2,\qquad
#   \ell_\mathrm{bce}=-\bigl(y\log f+(1-y)\log(1-f)\bigr),$$
#
# and for $K$ classes, with logits $z$ of length $K$ and targets $t$ that sum to one (one-hot,
# usually),
#
# $$p_i=\mathrm{softmax}(z)_i=\frac{e^{z_i}}{\sum_j e^{z_j}},\qquad
#   \ell_\mathrm{ce}=-\sum_i t_i\log p_i .$$
#
# | line | stands for | may use |
# |---|---|---|
# | `df_da` | $\partial f/\partial a$ | anything |
# | `dsq_da` | $\partial\ell_\mathrm{sq}/\partial a$ | anything |
# | `dbce_df` | $\partial\ell_\mathrm{bce}/\partial f$ | anything |
# | `dbce_da` | $\partial\ell_\mathrm{bce}/\partial a$, as simple as it gets | only `f y` |
# | `dp_dz` | the Jacobian $J_{ij}=\partial p_i/\partial z_j$, shape $(K,K)$ | anything |
# | `dce_dp` | $\partial\ell_\mathrm{ce}/\partial p$, shape $(K,)$ | anything |
# | `dce_dz` | $\partial\ell_\mathrm{ce}/\partial z$, $(K,)$, as simple as it gets | only `p t` |
#
# "Anything" means `a y f z t p` and your earlier lines.
#
# Two slips to know about. Notes 004 (§3.3.2) keep only $\partial f_k/\partial a_k$ in the
# multi-class chain; every softmax output depends on *every* logit, so the Jacobian has
# off-diagonal entries. And §3.4.3 calls "prediction − label" the derivative with respect to the
# *output*; it is the one with respect to the *logits*.
#
# <details><summary>Hint 1: a nudge</summary>
# For the Jacobian, differentiate log p instead: log p[i] = z[i] − log Σ exp(z[j]). Then use
# ∂p/∂z = p · ∂(log p)/∂z.
# </details>
# <details><summary>Hint 2: the shape of the answer</summary>
# The Jacobian is a diagonal matrix minus a matrix that is an outer product. Each of its rows sums
# to zero, because the probabilities always sum to one.
# </details>
# <details><summary>Hint 3: why it cancels</summary>
# Multiply dbce_df (put over one denominator) with df_da: the denominator goes. For softmax,
# multiply dce_dp with the Jacobian and use that t sums to one.
# </details>

# %% nbgrader={"grade_id": "output-layers-lines", "solution": true}
output_layers_lines = {
    "df_da": "",
    "dsq_da": "",
    "dbce_df": "",
    "dbce_da": "",
    "dp_dz": "",
    "dce_dp": "",
    "dce_dz": "",
}
### BEGIN SOLUTION
output_layers_lines["df_da"] = "f*(1 - f)"
output_layers_lines["dsq_da"] = "(f - y)*df_da"
output_layers_lines["dbce_df"] = "(1 - y)/(1 - f) - y/f"
output_layers_lines["dbce_da"] = "f - y"
output_layers_lines["dp_dz"] = "diag(p) - outer(p, p)"
output_layers_lines["dce_dp"] = "-t/p"
output_layers_lines["dce_dz"] = "p - t"
### END SOLUTION

# %% [markdown] nbgrader={"grade_id": "about-output-functions", "locked": true}
# Now as code that survives large numbers. `np.exp(1000)` is infinite, and `np.log(0)` too, but
# neither has to appear: softmax does not change when the same number is subtracted from all
# logits, and the *logarithm* of softmax can be written without dividing first. Compute in float64:
# all four functions are judged to a relative 1e-7 or an absolute 1e-9.
#
# <details><summary>Hint 1: a nudge</summary>
# Subtract the largest logit (of each row) before exp. Then no exponent is positive.
# </details>
# <details><summary>Hint 2: the loss</summary>
# log p[i] = z[i] − log Σ exp(z[j]): with shifted logits the sum lies between 1 and K, and its
# logarithm is harmless. Never take the log of a probability that may have become 0.
# </details>
# <details><summary>Hint 3: mean or not</summary>
# The first two functions work sample by sample and do not average. The last one returns a mean
# loss, so its gradient carries the 1/N as well.
# </details>


# %% nbgrader={"grade_id": "output-layers", "solution": true}
def squared_error_delta(a, y):
    """Return the derivative of ½(σ(a) − y)² with respect to a, for each sample on its own.

    a, y: (N,) float64 arrays; result (N,). No nan or inf for |a| up to 1000.
    """
    ### BEGIN SOLUTION
    f = logistic(a)
    return (f - y) * f * (1 - f)
    ### END SOLUTION


def cross_entropy_delta(a, y):
    """Return the derivative of −y log σ(a) − (1 − y) log(1 − σ(a)) with respect to a.

    a, y: (N,) float64 arrays; result (N,), sample by sample. No nan or inf for |a| up to 1000.
    """
    ### BEGIN SOLUTION
    return logistic(a) - y
    ### END SOLUTION


def softmax_jacobian(z):
    """Return the matrix J with J[i, j] = ∂softmax(z)[i] / ∂z[j].

    z: (K,) float64 array; result (K, K). No nan or inf for |z| up to 1000.
    """
    ### BEGIN SOLUTION
    p = np.exp(z - np.max(z))
    p = p / p.sum()
    return np.diag(p) - np.outer(p, p)
    ### END SOLUTION


def softmax_cross_entropy(Z, Y):
    """Return (loss, gradient): the mean over the batch of −Σ_k Y log softmax(Z), and its ∂/∂Z.

    Z: (N, K) float64 logits. Y: (N, K) targets from 0 to 1, each row sums to one.
    loss: a float. gradient: (N, K).
    No nan or inf for logits up to ±1000: the loss of a sample may then be as large as 2000.
    """
    ### BEGIN SOLUTION
    shifted = Z - Z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -np.sum(Y * log_p) / len(Z), (np.exp(log_p) - Y) / len(Z)
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-output-layers", "grade": true, "points": 4}
check("output-layers")

# %% [markdown] nbgrader={"grade_id": "output-plot-text", "locked": true}
# **Why it matters.** The label is 1 and the unit answers with pre-activation $a$. Far to the left
# it is confidently wrong: that is where it should learn most. Look at what each loss sends back.


# %% nbgrader={"grade_id": "output-plot", "locked": true} tags=["demo", "nbval-ignore-output"]
@demo
def confidently_wrong():
    a = np.linspace(-10, 10, 201)
    label = np.ones_like(a)
    _, axes = plt.subplots(figsize=(5, 2.6))
    axes.plot(a, np.abs(np.asarray(squared_error_delta(a, label))), label="squared error")
    axes.plot(a, np.abs(np.asarray(cross_entropy_delta(a, label))), label="cross-entropy")
    axes.set_xlabel("pre-activation a (label 1)")
    axes.set_ylabel("signal sent back")
    axes.legend()
    plt.show()


# %% [markdown] nbgrader={"grade_id": "about-mlp", "locked": true}
# ---
# ## 5 · Any depth
# **5 points · 35 minutes**
#
# With $L$ layers, $W_l$ and $b_l$ for $l = 1,\dots,L$ (in code: `weights[0]` to
# `weights[L - 1]`), and $H_0=X$:
#
# $$A_l = H_{l-1}W_l + b_l,\qquad H_l=\phi(A_l)\ \text{ for } l<L,\qquad
#   P=\mathrm{softmax}(A_L)\ \text{row by row},\qquad
#   L_\mathrm{ce}=-\frac1N\sum_{n,k}Y_{nk}\log P_{nk}.$$
#
# Backwards, one signal $\Delta_l = \partial L_\mathrm{ce}/\partial A_l$ for each layer:
#
# $$\Delta_L=\frac1N(P-Y),\qquad
#   \Delta_{l}=\bigl(\Delta_{l+1}W_{l+1}^\top\bigr)\odot\phi'(A_{l}),\qquad
#   \frac{\partial L_\mathrm{ce}}{\partial W_l}=H_{l-1}^\top\Delta_l,\qquad
#   \frac{\partial L_\mathrm{ce}}{\partial b_l}=\sum_n \Delta_{l,n}.$$
#
# Eq. (26) of notes 001 says this in one line but lost its brackets: read literally the shapes do
# not fit; the product has to be taken from the left, one bracket after the other, as here. (And
# for squared error it holds with a ½ and a plus sign in the loss, where the notes print a minus.)
#
# The activation is one of `"logistic"`, `"tanh"`, `"relu"`; `activate(A, activation)` is given,
# its derivative is yours. At exactly 0 the slope of ReLU may be 0 or 1, as you like.
#
# <details><summary>Hint 1: a nudge</summary>
# The backward pass needs every A and every H of the forward pass. Keep them in two lists.
# </details>
# <details><summary>Hint 2: shapes</summary>
# Print the shapes for sizes that are all different, say N = 7 and layers 5, 4, 6, 3. Each Δ has
# the shape of its A. If a product does not fit, a transpose is missing; never transpose twice to
# make it fit.
# </details>
# <details><summary>Hint 3: almost the loop</summary>
# Run l from the last layer to the first. In each round: store the two gradients, and if there is
# a layer below, carry Δ through the weights of this layer and multiply with the slope at the
# pre-activation of the layer below.
# </details>


# %% nbgrader={"grade_id": "mlp", "solution": true}
def mlp_forward(X, weights, biases, activation):
    """Return (A, H): the lists [A_1, ..., A_L] and [X, H_1, ..., H_{L-1}]; A[-1] holds the logits.

    X: (N, D). weights and biases: lists of L >= 1 float64 arrays; weights[l]: (inputs, outputs),
    biases[l]: (outputs,). activation: "logistic", "tanh" or "relu"; none after the last layer.
    One array may stand in a list twice. Judged to a relative 1e-6, near zero as mlp_backward.
    """
    ### BEGIN SOLUTION
    A, H = [], [X]
    for layer, (W, b) in enumerate(zip(weights, biases, strict=True)):
        if layer > 0:
            H.append(activate(A[-1], activation))
        A.append(H[-1] @ W + b)
    return A, H
    ### END SOLUTION


def mlp_backward(X, Y, weights, biases, activation):
    """Return (loss, weight_gradients, bias_gradients) for the mean softmax cross-entropy.

    Y: (N, K), one-hot rows; the rest as in mlp_forward, which you should call.
    loss: a float. The gradients: two lists in the order of weights and biases, same shapes;
    an array that stands in a list twice has a gradient for each of its places.
    No nan or inf for entries of any A up to ±1000. The arguments stay as they are. Compute in
    float64: judged to a relative 1e-7 or an absolute 1e-9; where X, weights and biases are tiny,
    to 1e-9 of the largest entry.
    """
    ### BEGIN SOLUTION
    A, H = mlp_forward(X, weights, biases, activation)
    logits = A[-1] - A[-1].max(axis=1, keepdims=True)
    log_P = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
    slope = {
        "logistic": lambda a: logistic(a) * (1 - logistic(a)),
        "tanh": lambda a: 1 - np.tanh(a) ** 2,
        "relu": lambda a: (a > 0).astype(a.dtype),
    }[activation]
    delta = (np.exp(log_P) - Y) / len(X)
    weight_gradients, bias_gradients = [], []
    for layer in reversed(range(len(weights))):
        weight_gradients.insert(0, H[layer].T @ delta)
        bias_gradients.insert(0, delta.sum(axis=0))
        if layer > 0:
            delta = (delta @ weights[layer].T) * slope(A[layer - 1])
    return float(-np.sum(Y * log_P) / len(X)), weight_gradients, bias_gradients
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-mlp", "grade": true, "points": 5}
check("mlp")

# %% [markdown] nbgrader={"grade_id": "mlp-plot-text", "locked": true}
# **Why it matters.** You have just written what `loss.backward()` does. First a comparison with
# torch, then a network with two hidden layers that learns to tell three spiral arms apart, by
# nothing but your gradients.


# %% nbgrader={"grade_id": "mlp-autograd", "locked": true} tags=["demo", "nbval-ignore-output"]
def random_network(sizes, generator):
    """Return (weights, biases) for layers of these sizes, variance 1/inputs."""
    shapes = list(zip(sizes[:-1], sizes[1:], strict=True))
    weights = [generator.normal(size=shape) / np.sqrt(shape[0]) for shape in shapes]
    return weights, [np.zeros(shape[1]) for shape in shapes]


@demo
def against_torch():
    generator = np.random.default_rng(1)
    weights, biases = random_network([4, 6, 5, 3], generator)
    X, Y = generator.normal(size=(8, 4)), np.eye(3)[generator.integers(3, size=8)]
    loss, *yours = mlp_backward(X, Y, weights, biases, "tanh")
    leaves = [[torch.tensor(p, requires_grad=True) for p in group] for group in (weights, biases)]
    out = torch.tensor(X)
    for layer, (W, b) in enumerate(zip(*leaves, strict=True)):
        out = (torch.tanh(out) if layer else out) @ W + b
    theirs = torch.nn.functional.cross_entropy(out, torch.tensor(Y))
    theirs.backward()
    gaps = [
        np.abs(np.asarray(mine) - leaf.grad.numpy()).max()
        for group, leaf_group in zip(yours, leaves, strict=True)
        for mine, leaf in zip(group, leaf_group, strict=True)
    ]
    print(f"loss: yours {float(loss):.6f}, torch {theirs.item():.6f}")
    print(f"largest difference between your gradients and torch's: {max(gaps):.1e}")


# %% nbgrader={"grade_id": "mlp-plot", "locked": true} tags=["demo", "nbval-ignore-output"]
@demo
def spirals():
    generator = np.random.default_rng(9)
    label = np.repeat(np.arange(3), 40)
    radius = np.tile(np.linspace(0.1, 1, 40), 3)
    angle = 4 * radius + label * 2 * np.pi / 3 + 0.15 * generator.normal(size=120)
    points = 2 * np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])
    weights, biases = random_network([2, 16, 16, 3], generator)
    losses = []
    for _ in range(400):
        loss, dW, db = mlp_backward(points, np.eye(3)[label], weights, biases, "tanh")
        weights = [W - 0.5 * np.asarray(g) for W, g in zip(weights, dW, strict=True)]
        biases = [b - 0.5 * np.asarray(g) for b, g in zip(biases, db, strict=True)]
        losses.append(float(loss))
    grid = np.stack(np.meshgrid(*2 * [np.linspace(-2.2, 2.2, 60)]), axis=-1)
    logits = np.asarray(mlp_forward(grid.reshape(-1, 2), weights, biases, "tanh")[0][-1])
    _, (left, right) = plt.subplots(1, 2, figsize=(7, 2.8))
    left.semilogy(losses, label="yours")
    draw_recorded(left, "loss on spirals, 2-16-16-3")
    left.set(xlabel="step", ylabel="loss", xlim=(0, 400), ylim=(0.004, 5))
    left.legend(fontsize=7, loc="upper right")
    right.imshow(
        logits.argmax(axis=1).reshape(60, 60),
        origin="lower",
        extent=(-2.2, 2.2, -2.2, 2.2),
        alpha=0.3,
        cmap="viridis",
    )
    right.scatter(*points.T, c=label, s=6, cmap="viridis")
    right.set_axis_off()
    plt.show()


# %% [markdown] nbgrader={"grade_id": "about-skip-connection", "locked": true}
# ---
# ## 6 · A skip connection
# **3 points · 20 minutes**
#
# The scalar network of task 2 again, but now the first hidden unit is also *added* to the second
# (notes 001, §4.5.2):
#
# $$a_1=w_0x,\quad h_1=\sigma(a_1),\quad a_2=w_1h_1,\quad h_2=\sigma(a_2)+h_1,\quad
#   f=w_2h_2,\quad \ell=(f-y)^2 .$$
#
# As in task 2 there is **no ½**. And here the notes are wrong: they keep $h_2(1-h_2)$ for
# $\partial h_2/\partial a_2$. With the skip, $h_2$ is no longer the value of the logistic
# function. What is? The first line asks exactly that.
#
# | line | stands for | may use |
# |---|---|---|
# | `dh2_da2` | $\partial h_2/\partial a_2$, with $h_1$ held | only `h1 h2` |
# | `dh2_dh1` | $\mathrm dh_2/\mathrm dh_1$, **both** paths: through $a_2$ and past it | anything |
# | `dl_dw2` | $\partial\ell/\partial w_2$ | anything |
# | `dl_dw1` | $\partial\ell/\partial w_1$ | anything |
# | `dl_dw0` | $\partial\ell/\partial w_0$ | anything |
#
# "Anything" means `x y w0 w1 w2 a1 h1 a2 h2 f` and your earlier lines.
#
# <details><summary>Hint 1: a nudge</summary>
# The slope of σ is "value times (1 − value)". Solve the formula for h2 for that value.
# </details>
# <details><summary>Hint 2: two paths</summary>
# Move h1 a little: h2 moves because a2 moves, and h2 moves because h1 itself is a part of it.
# Add both.
# </details>
# <details><summary>Hint 3: almost the line</summary>
# The gradients read "2*(f - y)*w2*…": for w1 with ∂h2/∂a2 and one more factor, for w0 with dh2/dh1
# and then what you know from task 2.
# </details>

# %% nbgrader={"grade_id": "skip-connection-lines", "solution": true}
skip_connection_lines = {
    "dh2_da2": "",
    "dh2_dh1": "",
    "dl_dw2": "",
    "dl_dw1": "",
    "dl_dw0": "",
}
### BEGIN SOLUTION
skip_connection_lines["dh2_da2"] = "(h2 - h1)*(1 - h2 + h1)"
skip_connection_lines["dh2_dh1"] = "dh2_da2*w1 + 1"
skip_connection_lines["dl_dw2"] = "2*(f - y)*h2"
skip_connection_lines["dl_dw1"] = "2*(f - y)*w2*dh2_da2*h1"
skip_connection_lines["dl_dw0"] = "2*(f - y)*w2*dh2_dh1*h1*(1 - h1)*x"
### END SOLUTION

# %% [markdown] nbgrader={"grade_id": "about-skip-gradients", "locked": true}
# Then for $N$ samples at once; the loss is the **mean** of $(f_n-y_n)^2$. At $x=y=1$ and
# $(w_0,w_1,w_2)=(0.5,-1,2)$ the gradients are $(0.68524,\,0.53381,\,1.83330)$; the formula in the
# notes would give $(0.86237,\,0.06463,\,1.83330)$.


# %% nbgrader={"grade_id": "skip-connection", "solution": true}
def skip_gradients(x, y, w0, w1, w2):
    """Return {"w0": ..., "w1": ..., "w2": ...}, the gradients of mean((f − y)²) as three floats.

    x, y: (N,) float64 arrays; w0, w1, w2: floats. Compute in float64: judged to a relative 1e-5 or
    an absolute 1e-6.
    """
    ### BEGIN SOLUTION
    h1 = logistic(w0 * x)
    g2 = logistic(w1 * h1)
    h2 = g2 + h1
    back = 2 * (w2 * h2 - y) / len(x)
    through = g2 * (1 - g2)
    return {
        "w0": float(np.sum(back * w2 * (through * w1 + 1) * h1 * (1 - h1) * x)),
        "w1": float(np.sum(back * w2 * through * h1)),
        "w2": float(np.sum(back * h2)),
    }
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-skip-connection", "grade": true, "points": 3}
check("skip-connection")

# %% [markdown] nbgrader={"grade_id": "skip-number-text", "locked": true}
# **Why it matters.** Without the skip, $\mathrm dh_2/\mathrm dh_1 = \sigma'(a_2)\,w_1$ and dies
# when the unit saturates. With the skip there is a 1 that no saturation can take away. The
# larger $w_1$ in the table, the more saturated is the second unit; the plain numbers are central
# differences, those with the skip are yours.


# %% nbgrader={"grade_id": "skip-number", "locked": true} tags=["demo", "nbval-ignore-output"]
@demo
def saturated():
    def plain_loss(w0):
        return (2 * logistic(w1 * logistic(w0)) - 1) ** 2

    one = np.ones(1)
    print("   w1   gradient of w0: plain   with skip")
    for w1 in (1.0, 5.0, 10.0, 20.0, 40.0):
        plain = (plain_loss(0.5 + 1e-5) - plain_loss(0.5 - 1e-5)) / 2e-5
        skip = float(skip_gradients(one, one, 0.5, w1, 2.0)["w0"])
        print(f"{w1:5.0f}                 {plain:.5f}     {skip:.5f}")


# %% [markdown] nbgrader={"grade_id": "about-gradient-check", "locked": true}
# ---
# ## 7 · Trust no gradient
# **3 points · 25 minutes**
#
# A wrong gradient often still trains, only worse. So measure it. For a single entry $\theta_i$ of
# a parameter the *central difference*
#
# $$\frac{\partial L}{\partial\theta_i}\approx
#   \frac{L(\theta+h\,e_i)-L(\theta-h\,e_i)}{2h}$$
#
# is wrong by about $h^2$, the one-sided $\bigl(L(\theta+h\,e_i)-L(\theta)\bigr)/h$ by about $h$:
# far too much. But do not make $h$ as small as you can, either:

# %% nbgrader={"grade_id": "difference-plot", "locked": true} tags=["demo", "nbval-ignore-output"]
steps = np.logspace(-12, 0, 49)
exact = -np.sin(1.0)
_, axes = plt.subplots(figsize=(5, 2.8))
one_sided = (np.cos(1 + steps) - np.cos(1)) / steps
axes.loglog(steps, np.abs(one_sided - exact), label="one-sided")
central = (np.cos(1 + steps) - np.cos(1 - steps)) / (2 * steps)
axes.loglog(steps, np.abs(central - exact), label="central")
axes.set_xlabel("h")
axes.set_ylabel("error")
axes.set_title("slope of cos at 1, by differences", fontsize=10)
axes.legend()
plt.show()

# %% [markdown] nbgrader={"grade_id": "about-gradient-check-2", "locked": true}
# To the left, rounding takes over: two nearly equal numbers are subtracted and little is left.
# In float64, with parameters of size one, $h=10^{-5}$ is a good place to stand.
#
# Then compare. An absolute tolerance is useless, because gradients come in all sizes; compare
# the size of the difference with the size of the gradients, one array after the other:
#
# $$\frac{\lVert g-\hat g\rVert}{\lVert g\rVert+\lVert\hat g\rVert}.$$
#
# A right gradient gives about $10^{-9}$, a mistake almost always more than $10^{-4}$.
#
# <details><summary>Hint 1: a nudge</summary>
# Loop over the names in params, not over those in grads: somebody may have forgotten one.
# </details>
# <details><summary>Hint 2: the loop</summary>
# `for index in np.ndindex(values.shape)` visits every entry of an array of any shape. Change the
# entry, call f, change it the other way, call f, put the old value back.
# </details>
# <details><summary>Hint 3: zero over zero</summary>
# If a parameter has no influence, both norms are 0. Write the comparison without a division:
# difference ≤ tolerance times sum of norms. And nan ≤ anything is False, which helps you; but
# infinity ≤ infinity is True, which does not.
# </details>


# %% nbgrader={"grade_id": "gradient-check", "solution": true}
def gradient_check(f, grads, params):
    """Return True if grads is the gradient of f at params, and False if it is not.

    f: f(params) is the loss, a float, smooth at params. params: {name: float64 array of any shape
    that is not empty}, entries of size about 1, or 0; afterwards they must be exactly what they were.
    grads: {name: array}, what somebody claims the gradient to be. If a name of params is missing
    in it, a shape is different or an entry is nan or infinite, the answer is False.
    Judge each array relative to its own size, be that 1e-6 or 1e+6 (the loss is at most 1e4 times
    as large): an error of 1 % in one entry must be found, unless that entry is less than a
    twentieth of the array's norm. Where f does not depend on an array, a claim of zeros is right.
    """
    ### BEGIN SOLUTION
    h = 1e-5
    for name, values in params.items():
        if name not in grads or np.shape(grads[name]) != values.shape:
            return False
        numerical = np.zeros(values.shape)
        for index in np.ndindex(values.shape):
            kept = values[index]
            values[index] = kept + h
            above = f(params)
            values[index] = kept - h
            below = f(params)
            values[index] = kept
            numerical[index] = (above - below) / (2 * h)
        difference = np.linalg.norm(numerical - grads[name])
        size = np.linalg.norm(numerical) + np.linalg.norm(grads[name])
        if not difference <= 1e-6 * size < np.inf:
            return False
    return True
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-gradient-check", "grade": true, "points": 3}
check("gradient-check")

# %% [markdown] nbgrader={"grade_id": "gradient-check-use-text", "locked": true}
# **Why it matters.** Now you can judge your own work: here your gradient check looks at your
# backward pass of task 3, and at the same gradients with one entry off by 1 %.


# %% nbgrader={"grade_id": "gradient-check-use", "locked": true} tags=["demo", "nbval-ignore-output"]
@demo
def check_your_own_work():
    generator = np.random.default_rng(3)
    X, Y = generator.normal(size=(6, 4)), generator.normal(size=(6, 2))
    shapes = {"W1": (4, 3), "b1": (3,), "W2": (3, 2), "b2": (2,)}
    params = {name: generator.normal(size=shape) for name, shape in shapes.items()}

    def loss(p):
        hidden = logistic(X @ p["W1"] + p["b1"])
        return 0.5 * np.mean(np.sum((hidden @ p["W2"] + p["b2"] - Y) ** 2, axis=1))

    claimed = {name: np.array(g) for name, g in two_layer_backward(X, Y, **params).items()}
    print("your two_layer_backward:", gradient_check(loss, claimed, params))
    claimed["W1"][0, 0] *= 1.01
    print("with one entry off by 1 %:", gradient_check(loss, claimed, params))


# %% [markdown] nbgrader={"grade_id": "about-vanishing", "locked": true}
# ---
# ## 8 · Where the gradient goes
# **2 + 2 points · 25 minutes**
#
# How much does the *first* layer of a deep network still hear of the loss? Measure it: the
# Frobenius norm $\lVert\partial L/\partial W_0\rVert$ of a network without biases. Following notes
# 001 the weights are now $W_0,\dots,W_L$ and there are $L$ hidden layers:
#
# $$H_1=\phi(XW_0),\qquad H_{l+1}=\phi(H_lW_l)\ [\,+\,H_l\ \text{with skips}\,]\ \text{ for }
#   l=1,\dots,L-1,\qquad F=H_LW_L,$$
# $$L_\mathrm{sq}=\frac1N\sum_n\tfrac12\sum_k(F_{nk}-Y_{nk})^2 .$$
#
# The first layer changes the width from $D$ to $M$, so there is no skip around it, not even where
# $D=M$. At exactly 0 the slope of ReLU may again be 0 or 1. Measuring is the point here, not
# deriving: any right way counts, torch's autograd included.
#
# <details><summary>Hint 1: a nudge</summary>
# Take your backward pass of task 5, throw out the biases, start with the squared error instead of
# softmax, and keep only the last weight gradient you reach.
# </details>
# <details><summary>Hint 2: with skips</summary>
# As in task 6: the signal that arrives at a hidden layer goes back on two paths. One goes through
# the slope and the weights, the other goes around both. Add them.
# </details>
# <details><summary>Hint 3: almost the line</summary>
# Let G be the derivative with respect to H of a layer. One layer further down, G becomes
# "(G times slope) through the transposed weights", plus G itself if there is a skip.
# </details>


# %% nbgrader={"grade_id": "vanishing", "solution": true}
def first_layer_gradient_norm(X, Y, weights, activation, skip=False):
    """Return the Frobenius norm of ∂L/∂W_0 as a float.

    X: (N, D), Y: (N, K); weights: [W_0: (D, M), W_1: (M, M), ..., W_L: (M, K)] with L >= 1.
    activation: "logistic", "tanh" or "relu"; skip: True if hidden layers 2 to L have skips.
    Compute in float64: the norm may be as small as 1e-20 and is judged to a relative 1e-6.
    """
    ### BEGIN SOLUTION
    slope = {
        "logistic": lambda a: logistic(a) * (1 - logistic(a)),
        "tanh": lambda a: 1 - np.tanh(a) ** 2,
        "relu": lambda a: (a > 0).astype(a.dtype),
    }[activation]
    A = [X @ weights[0]]
    H = activate(A[0], activation)
    for W in weights[1:-1]:
        A.append(H @ W)
        H = activate(A[-1], activation) + (H if skip else 0)
    G = (H @ weights[-1] - Y) / len(X) @ weights[-1].T
    for W, a in zip(reversed(weights[1:-1]), reversed(A[1:]), strict=True):
        G = (G * slope(a)) @ W.T + (G if skip else 0)
    return float(np.linalg.norm(X.T @ (G * slope(A[0]))))
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-vanishing", "grade": true, "points": 2}
check("vanishing")

# %% [markdown] nbgrader={"grade_id": "vanishing-plot-text", "locked": true}
# Now look. Width 16, the usual starting weights (Xavier for logistic and tanh, He for ReLU), the
# geometric mean over five networks for each point. Mind the logarithmic axis.


# %% nbgrader={"grade_id": "vanishing-plot", "locked": true} tags=["demo", "nbval-ignore-output"]
def deep_weights(depth, activation, generator, width=16, inputs=8, outputs=3):
    """Return W_0 to W_depth with Xavier (logistic, tanh) or He (relu) standard deviations."""
    sizes = [inputs, *depth * [width], outputs]
    variance = (lambda i, o: 2 / i) if activation == "relu" else (lambda i, o: 2 / (i + o))
    return [
        generator.normal(size=(i, o)) * np.sqrt(variance(i, o))
        for i, o in zip(sizes[:-1], sizes[1:], strict=True)
    ]


def mean_norm(depth, activation, skip):
    """Return the geometric mean over five random networks of the first layer's gradient norm."""
    logs = []
    for seed in range(5):
        generator = np.random.default_rng(seed)
        weights = deep_weights(depth, activation, generator)
        X, Y = generator.normal(size=(32, 8)), generator.normal(size=(32, 3))
        logs.append(np.log(first_layer_gradient_norm(X, Y, weights, activation, skip)))
    return float(np.exp(np.mean(logs)))


@demo
def depth_plot():
    depths = [1, 2, 4, 8, 12, 16, 20, 24]
    _, axes = plt.subplots(figsize=(6, 3.6))
    for activation, colour in (("logistic", "C0"), ("tanh", "C1"), ("relu", "C2")):
        for skip in (False, True):
            norms = [mean_norm(depth, activation, skip) for depth in depths]
            label = activation + (" with skips" if skip else "")
            axes.semilogy(depths, norms, "o--" if skip else "o-", color=colour, label=label)
    axes.set_xlabel("number of hidden layers")
    axes.set_ylabel(r"$\Vert\partial L/\partial W_0\Vert$")
    axes.legend(fontsize=7)
    plt.show()


# %% [markdown] nbgrader={"grade_id": "about-vanishing-why", "locked": true}
# ### In words
# **2 points, marked by hand**
#
# Answer in five to eight sentences, with numbers that you read off *your* plot:
#
# 1. By about what factor does the logistic curve fall with each layer? Which property of $\sigma'$
#    explains a factor of that size, and why does tanh fall so much more slowly?
# 2. Why does the logistic curve with skips not fall? Name the term that does it.
# 3. Notes 001 say that skips prevent vanishing gradients as long as the matrix $U$ on the skip path
#    is not zero. Is that so? And what *else* do you see happen to the curves with skips?

# %% [markdown] nbgrader={"grade_id": "vanishing-why", "grade": true, "solution": true, "points": 2}
# ### BEGIN SOLUTION
# 1. The logistic curve falls from about $10^{-5}$ at 8 layers to about $5\cdot10^{-11}$ at 16, a
#    factor of roughly 0.2 for each layer. Going back through a layer multiplies by
#    $\sigma'(a)\le\frac14$ and by the weights, which Xavier scaling keeps at about size one; so at
#    best a quarter survives. The slope of tanh is up to 1, and close to it for small
#    pre-activations, so the product shrinks slowly.
# 2. With the skip, $\mathrm dH_{l+1}/\mathrm dH_l$ is $1$ plus the term through the layer. The 1
#    passes the signal on unchanged, however flat the logistic function is there.
# 3. No: if the layer's own path is dead, each layer multiplies by $U$, and with $U=0.5\,I$ thirty
#    layers still leave $0.5^{30}\approx10^{-9}$. It takes a $U$ that keeps lengths, such as the
#    identity. And the curves with skips *grow*: ReLU with skips reaches about $10^{10}$ at 24
#    layers, because $1$ plus something is a factor above one, again and again. Gradients explode
#    instead; that is what normalisation layers and smaller starting weights are for.
# ### END SOLUTION
# ### BEGIN MARK SCHEME
# **Rubric, 2 points in steps of ½.**
#
# - ½: a factor between 0.15 and 0.3 for each layer is read off the plot (or computed from two of
#   its points) and connected with $\sigma'\le\frac14$.
# - ½: tanh: slope up to 1 near zero. "tanh saturates too, but later" is enough; "tanh has a
#   larger range" alone is not.
# - ½: skips: the identity (the "+1") in $\mathrm dH_{l+1}/\mathrm dH_l$ is named as the reason.
#   "Information can flow around" without the term gets nothing.
# - ½: $U\ne0$ is not enough (a small $U$ vanishes too, with any example or the argument
#   "product of norms below one"), or the growth of the curves with skips is seen and explained.
# ### END MARK SCHEME

# %% [markdown] nbgrader={"grade_id": "closing", "locked": true}
# ---
# ## What you have now
#
# Backpropagation for any depth, in a few matrix products, and a test that finds a wrong gradient
# without knowing the right one. Everything else that a framework does with gradients is bookkeeping.
#
# **Is your curve normal?** The plot of task 5 has your loss on the spirals over that of right solutions,
# twenty runs, each with other points and another start. [data/curves.html](data/curves.html) shows them
# to the end, with how they end and how many steps they need, and the gradients of task 8 by depth. A
# gradient that is wrong in one layer often still goes down, only later and less far: a curve that stays
# above the grey is a reason to run task 7's test on your task 5. And a curve in the grey is no proof:
# without any biases this network learns the spirals as well. Only the test of task 7 tells.
#
# **Where to go on.** *From gradient descent to Adam* does more with a gradient than to subtract it.
# *XOR, from the perceptron to the MLP* asks how often training finds what a network could represent.
# And `torch.autograd` is your task 5 for any computation: read how a `Function` of your own is written.
