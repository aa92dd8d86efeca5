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
# # Attention and the transformer
#
# A recurrent network carries all it has read in one vector. Attention looks back instead: for
# each position it asks which of the others matter, and takes a weighted mean of what they say.
# Here you build that from the first softmax to a transformer that learns a language, and you
# test every part of it against torch's own.
#
# **Afterwards you can**
#
# - compute attention with pen and paper, and write it for batches and heads,
# - say why scores are divided by $\sqrt d$, and measure what happens without,
# - mask the future and the padding so that nothing leaks and nothing becomes nan,
# - derive the backward pass of softmax and of attention,
# - build the blocks of an encoder and of a decoder that equal torch's with the same weights,
# - train a causal transformer, and say by its loss whether it cheats.
#
# | | task | you write | minutes | points |
# |---|---|---|---|---|
# | 1 | `by-hand` | three answers at your own numbers | 15 | 2 |
# | 2 | `attention` | softmax and attention, for any number of batch axes | 25 | 3 |
# | 3 | `scaling` | a measurement: why $\sqrt d$ | 15 | 2 |
# | 4 | `masks` | two masks, and attention that obeys them | 25 | 4 |
# | 5 | `backward` | five lines, two functions | 35 | 4 |
# | 6 | `multi-head` | three functions, four counts of your own | 35 | 4 |
# | 7 | `positions` | what attention cannot see, and the cure | 20 | 3 |
# | 8 | `encoder` | layer normalisation, dropout, a whole block | 30 | 4 |
# | 9 | `decoder` | looking into another sequence, and a whole block | 25 | 3 |
# | 10 | `language-model` | a causal transformer, trained; a question in words | 40 | 3 + 2 |
#
# Together 34 points and about four and a half hours. Each task stands on its own: if one does
# not work out, go on and come back.
#
# **Where to read.** Wüest, *Deep Learning* ("notes 000"), on transformers. Nalisnick, *Machine
# Learning: Deep Learning* ("notes 001"), §8. Lim, *Lecture 10: Neural Networks* ("notes 003"),
# on transformers. Baker, *Deep Learning Lecture Notes* ("notes 004"), §6.3.5. Where their
# formulas contain a slip, this notebook teaches the right one and says so in a line.

# %% [markdown] nbgrader={"grade_id": "notation", "locked": true}
# ## One notation
#
# - Data lie in **rows**. $N$ queries of length $d$ are the rows of `Q`, $(N, d)$; keys are `K`,
#   $(M, d)$, and values `V`, $(M, d_v)$. Weights are $(N, M)$: **a row for each query**. (Notes
#   000 stack columns, and everything is transposed there.)
# - Further axes stand in front: `(..., N, d)` may be one sequence, a batch $(B, N, d)$, or a batch
#   of heads $(B, H, N, d)$. NumPy's `@` takes all of them at once, `K.swapaxes(-1, -2)` turns the
#   last two.
# - A **mask** is boolean and says `True` where a query **may** look. (So does torch's
#   `scaled_dot_product_attention`. torch's *modules*, such as `nn.MultiheadAttention`, mean the
#   opposite: there `True` is forbidden. Both are in use; always look.)
# - Functions leave their arguments as they are and may return NumPy arrays or torch tensors.
#   Answers are judged to a relative 1e-4 or an absolute 1e-5, unless a task says otherwise. Inside,
#   float32 is enough for that, unless a formula of yours loses digits, as a difference of two large
#   numbers does.
# - In tasks 2 to 5 and 9 scores may be as large as ±1000: nothing becomes nan or inf.
#
# torch has attention built in. Use it to check yourself, not instead.

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

# %% [markdown] nbgrader={"grade_id": "about-by-hand", "locked": true}
# ---
# ## 1 · Attention with pen and paper
# **2 points · 15 minutes**
#
# Think of a database of $M$ pairs, a key $k_m$ and a value $v_m$ each. A query $q$ is compared
# with every key; the answer is a mean of the values, in which the keys that fit count most:
#
# $$s_m=\frac{q\cdot k_m}{\sqrt d},\qquad
#   a_m=\frac{e^{s_m}}{\sum_{j=1}^{M} e^{s_j}},\qquad
#   o=\sum_{m=1}^{M} a_m v_m ,$$
#
# with $d$ the length of $q$ and of each key. The $s_m$ are called *scores*, the $a_m$ *weights*:
# none is negative, and together they are 1.
#
# **An example.** $q=(1,0)$ and
#
# | $m$ | $k_m$ | $v_m$ | $q\cdot k_m$ | $s_m$ | $e^{s_m}$ | $a_m$ |
# |---|---|---|---|---|---|---|
# | 1 | $(1,0)$ | $(1,0)$ | 1 | 0.707107 | 2.028115 | 0.401112 |
# | 2 | $(0,1)$ | $(0,2)$ | 0 | 0 | 1 | 0.197776 |
# | 3 | $(1,1)$ | $(3,3)$ | 1 | 0.707107 | 2.028115 | 0.401112 |
#
# so that $o = 0.401112\,(1,0) + 0.197776\,(0,2) + 0.401112\,(3,3) = (1.604448,\ 1.598888)$.
#
# Now with a query, three keys and three values that belong to you alone.

# %% nbgrader={"grade_id": "own-numbers", "locked": true} tags=["nbval-ignore-output"]
numbers = variant("by-hand")
print("Your query: ", numbers["query"])
print("Your keys:  ", numbers["keys"])
print("Your values:", numbers["values"])

# %% [markdown] nbgrader={"grade_id": "about-my-attention", "locked": true}
# Give the three scaled scores, the three weights and the output (two numbers), to four
# significant digits or better (judged to a relative 5e-4 or an absolute 5e-5). A few lines that
# use `numbers` are safest: they stay right when your work is marked on another machine. A pocket
# calculator is as good as long as your name there is the same.
#
# <details><summary>Hint 1: a nudge</summary>
# The keys are a table with three rows. Which product of a table and a vector gives the three dot
# products at once?
# </details>
# <details><summary>Hint 2: to test your method</summary>
# Put the example's numbers in. Do you get 0.401112 and 1.604448?
# </details>

# %% nbgrader={"grade_id": "by-hand", "solution": true}
my_attention = {"scores": None, "weights": None, "output": None}
### BEGIN SOLUTION
query, keys, values = (np.array(numbers[name]) for name in ("query", "keys", "values"))
my_attention["scores"] = keys @ query / np.sqrt(2)
my_attention["weights"] = np.exp(my_attention["scores"]) / np.sum(np.exp(my_attention["scores"]))
my_attention["output"] = my_attention["weights"] @ values
### END SOLUTION

# %% nbgrader={"grade_id": "check-by-hand", "grade": true, "points": 2}
check("by-hand")

# %% [markdown] nbgrader={"grade_id": "about-attention", "locked": true}
# ---
# ## 2 · For all queries at once
# **3 points · 25 minutes**
#
# $N$ queries, $M$ keys, and as many batch axes in front as you like:
#
# $$A=\mathrm{softmax}\!\left(\frac{QK^\top}{\sqrt d}\right),\qquad O=AV .$$
#
# The softmax runs along each **row** of $QK^\top$: over the keys, for one query. $A$ is $(N,M)$,
# $O$ is $(N,d_v)$.
#
# **Softmax that survives.** `np.exp(1000)` is infinite, and infinite over infinite is nan. But
# softmax does not change when one number is subtracted from all that it is taken over, and with
# the largest of them subtracted no exponent is positive.
#
# <details><summary>Hint 1: a nudge</summary>
# Every row has its own largest entry. What happens to a row of numbers around −1000 if the
# largest entry of the whole array, 1000, is subtracted from it?
# </details>
# <details><summary>Hint 2: shapes</summary>
# max and sum take axis and keepdims. K has shape (..., M, d), you need (..., d, M): K.T would turn
# the batch axes around as well.
# </details>
# <details><summary>Hint 3: almost the line</summary>
# scores = Q @ (keys with their last two axes exchanged), divided by the root of the last axis' length.
# </details>


# %% nbgrader={"grade_id": "attention", "solution": true}
def softmax(Z, axis=-1):
    """Return exp(Z) / sum of exp(Z), the sum along `axis`; the shape is that of Z.

    Z: float64 array of any shape. No nan and no inf for entries up to ±1000.
    """
    ### BEGIN SOLUTION
    E = np.exp(Z - np.max(Z, axis=axis, keepdims=True))
    return E / np.sum(E, axis=axis, keepdims=True)
    ### END SOLUTION


def attention(Q, K, V):
    """Return (output, weights) of scaled dot-product attention.

    Q: (..., N, d), K: (..., M, d), V: (..., M, d_v), float64, with exactly the same axes in front.
    output: (..., N, d_v), weights: (..., N, M).
    """
    ### BEGIN SOLUTION
    scores = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    weights = softmax(scores)
    return weights @ V, weights
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-attention", "grade": true, "points": 3}
check("attention")

# %% [markdown] nbgrader={"grade_id": "attention-plot-text", "locked": true}
# **Why it matters.** Self-attention means that a sequence is its own database: queries, keys and
# values all come from the same tokens. Notes 001 (§8.1) say that a token then takes a mean of the
# *other* tokens and weighs those most that are *most similar* to it. Neither is quite so: a token
# looks at itself, too, and a long vector draws all eyes. Here the tokens are $(1,0)$, $(0,1)$,
# $(3,3)$, used as they are.


# %% nbgrader={"grade_id": "attention-plot", "locked": true} tags=["demo", "nbval-ignore-output"]
@demo
def a_long_vector():
    X = np.array([[1.0, 0.0], [0.0, 1.0], [3.0, 3.0]])
    _, weights = attention(X, X, X)
    weights = np.asarray(weights)
    names = ["(1, 0)", "(0, 1)", "(3, 3)"]
    _, axes = plt.subplots(figsize=(4.2, 3))
    image = axes.imshow(weights, cmap="Blues", vmin=0, vmax=1)
    for n in range(3):
        for m in range(3):
            colour = "white" if weights[n, m] > 0.6 else "black"
            axes.text(m, n, f"{weights[n, m]:.3f}", ha="center", va="center", color=colour)
    axes.set_xticks(range(3), names)
    axes.set_yticks(range(3), names)
    axes.set_xlabel("looks at (key)")
    axes.set_ylabel("who looks (query)")
    plt.colorbar(image, label="weight")
    plt.tight_layout()
    plt.show()


# %% [markdown] nbgrader={"grade_id": "about-scaling", "locked": true}
# ---
# ## 3 · Why the root of d
# **2 points · 15 minutes**
#
# Notes 001 call the division by $\sqrt d$ a heuristic, notes 003 say that it brings the variance
# to one. So it does, if the entries of $q$ and $k$ are independent with mean 0 and variance 1
# (an assumption that the notes leave out): then each product $q_ik_i$ has mean 0 and variance 1,
# the $d$ of them are uncorrelated, and
#
# $$\mathrm{Var}(q\cdot k)=\sum_{i=1}^d \mathrm{Var}(q_ik_i)=d .$$
#
# Scores of size $\sqrt d$ make the softmax choose one key and ignore the others. Measure it: there
# are $R$ queries, and each has $M$ keys of its own.
#
# For the softmax of an array's rows you may use the function of the next cell, here and further
# down, so that your answer to task 2 does not matter.


# %% nbgrader={"grade_id": "tool-softmax", "locked": true}
def softmax_of_rows(scores):
    """Return torch's softmax along the last axis, as a NumPy array."""
    return torch.softmax(torch.as_tensor(np.asarray(scores)), dim=-1).numpy()


# %% [markdown] nbgrader={"grade_id": "hints-scaling", "locked": true}
# <details><summary>Hint 1: a nudge</summary>
# Row r of Q meets the M keys K[r]. The R × M products are most easily written with einsum, or with
# Q[:, :, None] and a matrix product.
# </details>
# <details><summary>Hint 2: the shape of the answer</summary>
# The raw scores are (R, M). Their variance is one number; the largest weight is one number for
# each of the R queries, and then a mean.
# </details>


# %% nbgrader={"grade_id": "scaling", "solution": true}
def score_statistics(Q, K):
    """Return {"variance": ..., "top_unscaled": ..., "top_scaled": ...}, three floats.

    Q: (R, d), K: (R, M, d), float64: query r is compared with the keys K[r] only.
    variance: of all R·M dot products together, without the root, as np.var computes it.
    top_unscaled: the largest of the M weights, averaged over the queries, if softmax is taken of
    the dot products; top_scaled: the same if they are divided by the root of d first.
    All three are right for dot products up to ±1000, also if they differ by little only.
    """
    ### BEGIN SOLUTION
    products = np.einsum("rd,rmd->rm", Q, K)
    scaled = products / np.sqrt(Q.shape[-1])
    return {
        "variance": np.var(products),
        "top_unscaled": np.mean(np.max(softmax_of_rows(products), axis=-1)),
        "top_scaled": np.mean(np.max(softmax_of_rows(scaled), axis=-1)),
    }
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-scaling", "grade": true, "points": 2}
check("scaling")

# %% [markdown] nbgrader={"grade_id": "scaling-plot-text", "locked": true}
# **Why it matters.** Ten keys, 200 queries for each $d$. At $d=512$ one key of ten gets 0.95 of the
# weight on average although nobody knows anything yet; with the root it gets 0.32, whatever $d$ is.
# (Notes 000 write attention without the root.) And where one weight is nearly 1, the slope $a(1-a)$ of the softmax is nearly 0:
# such a network can hardly learn to look elsewhere.


# %% nbgrader={"grade_id": "scaling-plot", "locked": true} tags=["demo", "nbval-ignore-output"]
@demo
def with_and_without():
    generator = np.random.default_rng(0)
    sizes, rows = [4, 16, 64, 256, 512], []
    for d in sizes:
        Q, K = generator.normal(size=(200, d)), generator.normal(size=(200, 10, d))
        found = score_statistics(Q, K)
        rows.append([float(found[name]) for name in ("variance", "top_unscaled", "top_scaled")])
        print(f"d = {d:3}: variance {rows[-1][0]:6.1f}, variance / d {rows[-1][0] / d:.3f}")
    rows = np.array(rows)
    _, axes = plt.subplots(figsize=(5, 2.8))
    axes.semilogx(sizes, rows[:, 1], "o-", base=2, label="without the root")
    axes.semilogx(sizes, rows[:, 2], "s-", base=2, label=r"divided by $\sqrt{d}$")
    axes.axhline(0.1, color="grey", linestyle=":", label="all keys alike")
    axes.set_xlabel("d")
    axes.set_ylabel("largest of 10 weights, mean")
    axes.set_ylim(0, 1)
    axes.legend(fontsize=8)
    plt.tight_layout()
    plt.show()


# %% [markdown] nbgrader={"grade_id": "about-masks", "locked": true}
# ---
# ## 4 · What must not be seen
# **4 points · 25 minutes**
#
# Two things a query must not look at:
#
# - **the future**: when position $i$ is to predict what comes next, it may look at positions
#   $j\le i$, itself included, and at none after it (a *causal* mask);
# - **padding**: sequences of a batch have different lengths, and what fills up the shorter ones
#   means nothing.
#
# The mask has to be applied **before** the softmax: a forbidden key gets the score $-\infty$, and
# $e^{-\infty}=0$. Notes 001 (§8.3.2) set the *weights* to zero, after the softmax; then a row no
# longer sums to one, and what was forbidden still takes its share. (They also "mask" by filling up
# with a token `<PAD>`: that hides nothing as long as its keys may be looked at.)
#
# One case needs a decision. If a query may look at **no** key, softmax is 0/0. We define: all its
# weights are **zero**, and so is its output.
#
# <details><summary>Hint 1: a nudge</summary>
# np.where(mask, scores, -np.inf) does what the text says, mask and scores being broadcast together.
# np.arange(n)[:, None] and np.arange(n) compare every i with every j.
# </details>
# <details><summary>Hint 2: the empty row</summary>
# Its largest score is −∞, and −∞ − (−∞) is nan. Put another number, say 0, in the place of an
# infinite maximum. Then the row's exponentials are all 0, and so is their sum: what do you divide by?
# </details>
# <details><summary>Hint 3: why not the other way round</summary>
# "Softmax first, then zeros, then divide by the new sum" is the same on paper. But if a forbidden
# score is 1000 larger than the allowed ones, these have underflown to 0 before they are needed.
# </details>


# %% nbgrader={"grade_id": "masks", "solution": true}
def causal_mask(n):
    """Return the boolean (n, n) array with [i, j] True where query i may look at key j: j <= i."""
    ### BEGIN SOLUTION
    return np.arange(n)[:, None] >= np.arange(n)
    ### END SOLUTION


def padding_mask(lengths, n):
    """Return the boolean (B, n) array with [b, j] True for the first lengths[b] positions j.

    lengths: (B,) int64 array, between 0 and n.
    """
    ### BEGIN SOLUTION
    return np.arange(n) < lengths[:, None]
    ### END SOLUTION


def masked_attention(Q, K, V, mask):
    """Return (output, weights) of attention in which each query sees only what mask allows.

    Q: (..., N, d), K: (..., M, d), V: (..., M, d_v), float64; mask: boolean, of a shape that
    broadcasts to (..., N, M), True where a query may look. A query that may look nowhere gets
    weights and an output of zeros. No nan and no inf, also where scores, forbidden or not, are
    as large as ±1000.
    """
    ### BEGIN SOLUTION
    scores = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    scores = np.where(mask, scores, -np.inf)
    top = np.max(scores, axis=-1, keepdims=True)
    E = np.exp(scores - np.where(np.isfinite(top), top, 0))
    total = np.sum(E, axis=-1, keepdims=True)
    weights = E / np.where(total > 0, total, 1)
    return weights @ V, weights
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-masks", "grade": true, "points": 4}
check("masks")

# %% [markdown] nbgrader={"grade_id": "masks-plot-text", "locked": true}
# **Why it matters.** The same scores under four masks: none, causal, padding (the sequence has 4
# tokens, the last two positions are filling), and both together (`&`). Every row that may look
# anywhere still sums to one.


# %% nbgrader={"grade_id": "masks-plot", "locked": true} tags=["demo", "nbval-ignore-output"]
@demo
def four_masks():
    generator = np.random.default_rng(1)
    Q, K, V = (generator.normal(size=(6, 5)) for _ in range(3))
    causal = np.asarray(causal_mask(6))
    padding = np.asarray(padding_mask(np.array([4]), 6))
    shown = {
        "no mask": np.ones((6, 6), dtype=bool),
        "causal": causal,
        "padding": padding,
        "both": causal & padding,
    }
    _, panels = plt.subplots(1, 4, figsize=(9, 2.6), sharey=True)
    for axes, (title, mask) in zip(panels, shown.items(), strict=True):
        _, weights = masked_attention(Q, K, V, mask)
        axes.imshow(np.asarray(weights), cmap="Blues", vmin=0, vmax=1)
        axes.set_title(title, fontsize=10)
        axes.set_xlabel("key")
    panels[0].set_ylabel("query")
    plt.tight_layout()
    plt.show()


# %% [markdown] nbgrader={"grade_id": "about-backward", "locked": true}
# ---
# ## 5 · Backwards through attention
# **4 points · 35 minutes**
#
# Take one query first, and a loss $\ell$ that depends on the output $o$ alone. Its derivative
# $g=\partial\ell/\partial o$ comes from above:
#
# $$s=\frac{Kq}{\sqrt d},\qquad a=\mathrm{softmax}(s),\qquad o=aV,\qquad g=\frac{\partial\ell}{\partial o}.$$
#
# | line | stands for | shape |
# |---|---|---|
# | `dl_da` | $\partial\ell/\partial a$ | $(M,)$ |
# | `dl_dV` | $\partial\ell/\partial V$ | $(M,d_v)$ |
# | `dl_ds` | $\partial\ell/\partial s$, through the softmax | $(M,)$ |
# | `dl_dq` | $\partial\ell/\partial q$ | $(d,)$ |
# | `dl_dK` | $\partial\ell/\partial K$ | $(M,d)$ |
#
# Symbols: `q K V g d s a o` and your earlier lines; `d` is a number, and the checks take any for
# it, so do not write the length of `q` in its place. In a line `W @ x` is the
# matrix product, `u*v` goes entry by entry, `dot(u, v)` is $\sum_i u_iv_i$ and `outer(u, v)` the
# matrix with entries $u_iv_j$; `sqrt softmax sum diag` and `W.T` are there, too. Lines are texts,
# such as `"3*sum(q)*a"`. Each is judged given your own earlier lines, so one slip costs one line.
#
# The softmax is the heart of it. Its Jacobian is $\partial a_i/\partial s_j=a_i(\delta_{ij}-a_j)$,
# and multiplied with $\partial\ell/\partial a$ it needs no matrix at all.
#
# <details><summary>Hint 1: a nudge</summary>
# o is a sum of a[m] times V[m]. Moving a[m] by a little moves o along V[m]; how much is that worth?
# </details>
# <details><summary>Hint 2: the shape of the answer</summary>
# Multiply the Jacobian out: entry j is a[j]·u[j] − a[j]·Σ a[i]·u[i] with u = dl_da. The sum is one
# number: the mean of u under the weights.
# </details>
# <details><summary>Hint 3: almost the line</summary>
# "a*(dl_da - …)". For q and K remember the root of d in s: it is a factor of both.
# </details>

# %% nbgrader={"grade_id": "backward-lines", "solution": true}
backward_lines = {"dl_da": "", "dl_dV": "", "dl_ds": "", "dl_dq": "", "dl_dK": ""}
### BEGIN SOLUTION
backward_lines["dl_da"] = "V @ g"
backward_lines["dl_dV"] = "outer(a, g)"
backward_lines["dl_ds"] = "a*(dl_da - dot(a, dl_da))"
backward_lines["dl_dq"] = "dl_ds @ K/sqrt(d)"
backward_lines["dl_dK"] = "outer(dl_ds, q)/sqrt(d)"
### END SOLUTION

# %% [markdown] nbgrader={"grade_id": "about-backward-batch", "locked": true}
# **Now for all queries, and in batches.** Every key is looked at by every query, so its gradient
# is a sum over the queries. As in every backward pass, that sum is what a matrix product does.
# `softmax_of_rows` from task 3 is yours to use.
#
# <details><summary>Hint 1: shapes</summary>
# With one row for each query: dA is (N, M), dV is (M, d_v), dS is (N, M), dQ is (N, d), dK is (M, d).
# For each product only one order and one transpose fit, if no two sizes are equal.
# </details>
# <details><summary>Hint 2: the sum in the softmax</summary>
# Each row has its own Σ a·u: sum along the last axis, and keep the axis.
# </details>


# %% nbgrader={"grade_id": "backward", "solution": true}
def softmax_backward(weights, upstream):
    """Return dl/dS for weights = softmax(S) along the last axis and upstream = dl/dweights.

    weights, upstream and the result: (..., M).
    """
    ### BEGIN SOLUTION
    mean = np.sum(weights * upstream, axis=-1, keepdims=True)
    return weights * (upstream - mean)
    ### END SOLUTION


def attention_backward(upstream, Q, K, V):
    """Return the gradients {"Q": ..., "K": ..., "V": ...} of a loss l through attention.

    upstream: (..., N, d_v), dl/doutput; Q: (..., N, d), K: (..., M, d), V: (..., M, d_v), float64,
    without a mask. Each gradient has the shape of its array, and is that for this array alone,
    the other two held fixed, even if all three are one and the same.
    """
    ### BEGIN SOLUTION
    root = np.sqrt(Q.shape[-1])
    weights = softmax_of_rows(Q @ np.swapaxes(K, -1, -2) / root)
    back = softmax_backward(weights, upstream @ np.swapaxes(V, -1, -2)) / root
    return {
        "Q": back @ K,
        "K": np.swapaxes(back, -1, -2) @ Q,
        "V": np.swapaxes(weights, -1, -2) @ upstream,
    }
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-backward", "grade": true, "points": 4}
check("backward")

# %% [markdown] nbgrader={"grade_id": "about-multi-head", "locked": true}
# ---
# ## 6 · Many heads
# **4 points · 35 minutes**
#
# One softmax has one opinion. So attention is done $H$ times side by side, each time on a part of
# the columns, $d = E/H$ of them. The parts are called *heads*. With queries from $X$ and
# keys and values from a context $C$ (in self-attention $C=X$):
#
# $$\text{head}_h=\mathrm{attention}\bigl((XW_q)_h,\,(CW_k)_h,\,(CW_v)_h\bigr),\qquad
#   \text{output}=\bigl[\text{head}_1,\dots,\text{head}_H\bigr]\,W_o .$$
#
# Index $h$ means: columns $hd$ to $(h+1)d-1$, counted from $h=0$. Because the columns of a head
# lie side by side, all heads are computed in one go: **split** the last axis in two, bring the
# heads in front of the positions, do attention once for all, and **merge**. A plain
# `X.reshape(B, H, N, d)` has the right shape and is wrong: it cuts the *positions* into heads.
#
# The scores are divided by the root of the *head's* width $d$. There are no biases here. (Notes
# 001, §8.1, say that the cost of heads does not grow with the length $M$ of the context: this is
# true of the parameters. Each head still keeps its own $N\times M$ weights.)
#
# From here on attention itself is given, so that your answers to tasks 2 and 4 do not matter.


# %% nbgrader={"grade_id": "tool-attend", "locked": true}
def attend(Q, K, V, mask=None):
    """Return the output of torch's scaled dot-product attention, (..., N, d_v), as a NumPy array.

    Shapes as in task 2; mask as in task 4.
    """
    Q, K, V = (torch.as_tensor(np.array(part, dtype=np.float64)) for part in (Q, K, V))
    # torch wants two axes at least.
    mask = None if mask is None else torch.as_tensor(np.atleast_2d(mask))
    return torch.nn.functional.scaled_dot_product_attention(Q, K, V, attn_mask=mask).numpy()


# %% [markdown] nbgrader={"grade_id": "hints-multi-head", "locked": true}
# <details><summary>Hint 1: a nudge</summary>
# Take B = 1, N = 2, four columns, two heads, and the numbers 0 to 7. Head 0 of position 1 has to
# hold 4 and 5. What does your reshape say?
# </details>
# <details><summary>Hint 2: shapes</summary>
# (B, N, E) → (B, N, H, d) → (B, H, N, d). The first step is a reshape, the second exchanges two axes.
# Merging is the same backwards, in the opposite order.
# </details>


# %% nbgrader={"grade_id": "multi-head", "solution": true}
def split_heads(X, heads):
    """Return (B, heads, N, E / heads) from X, (B, N, E): head h has columns h·d to (h + 1)·d - 1."""
    ### BEGIN SOLUTION
    B, N, E = X.shape
    return X.reshape(B, N, heads, E // heads).swapaxes(1, 2)
    ### END SOLUTION


def merge_heads(X):
    """Return (B, N, heads · d) from X, (B, heads, N, d): the inverse of split_heads."""
    ### BEGIN SOLUTION
    B, heads, N, d = X.shape
    return X.swapaxes(1, 2).reshape(B, N, heads * d)
    ### END SOLUTION


def multi_head(X, context, params, heads, mask=None):
    """Return multi-head attention of X to context, (B, N, O).

    X: (B, N, D), context: (B, M, C), float64. params: {"W_q": (D, E), "W_k": (C, E),
    "W_v": (C, E), "W_o": (E, O)}; heads divides E. mask: None, or boolean, of two axes or more, that
    broadcasts to (B, heads, N, M), True where a query may look (every query may look somewhere).
    """
    ### BEGIN SOLUTION
    Q = split_heads(X @ params["W_q"], heads)
    K = split_heads(context @ params["W_k"], heads)
    V = split_heads(context @ params["W_v"], heads)
    return merge_heads(attend(Q, K, V, mask)) @ params["W_o"]
    ### END SOLUTION


# %% [markdown] nbgrader={"grade_id": "about-counts", "locked": true}
# **What it costs.** A transformer layer for a sequence of $n$ tokens of width $D$ has self-attention
# with $H$ heads, whose four matrices are $D\times D$ without biases, and a feed-forward network
# $\max(0,\,xW_1+b_1)W_2+b_2$ with $F$ hidden units, applied to each token. Give for your own
# $n$, $D$, $H$, $F$:
#
# | entry | how many |
# |---|---|
# | `attention_parameters` | numbers in $W_q$, $W_k$, $W_v$ and $W_o$ together |
# | `feed_forward_parameters` | numbers in $W_1$, $b_1$, $W_2$ and $b_2$ together |
# | `weights_kept` | attention weights of all heads, for one sequence |
# | `score_multiplications` | products of two numbers in all $QK^\top$ of one sequence, all heads together (the root not counted) |
#
# To test your formulas first: $D=512$, $H=8$ (heads of width 64) and $F=2048$ have 1,048,576 and
# 2,099,712 parameters. (Notes 001 leave out the biases of the second: 2,097,152.)

# %% nbgrader={"grade_id": "own-sizes", "locked": true} tags=["nbval-ignore-output"]
sizes = variant("multi-head")
print("Your layer:", ", ".join(f"{name} = {value}" for name, value in sizes.items()))

# %% nbgrader={"grade_id": "counts", "solution": true}
my_counts = {
    "attention_parameters": None,
    "feed_forward_parameters": None,
    "weights_kept": None,
    "score_multiplications": None,
}
### BEGIN SOLUTION
n, D, H, F = (sizes[name] for name in ("n", "D", "H", "F"))
my_counts = {
    "attention_parameters": 4 * D * D,
    "feed_forward_parameters": 2 * D * F + F + D,
    "weights_kept": H * n * n,
    "score_multiplications": n * n * D,
}
### END SOLUTION

# %% nbgrader={"grade_id": "check-multi-head", "grade": true, "points": 4}
check("multi-head")

# %% [markdown] nbgrader={"grade_id": "cost-plot-text", "locked": true}
# **Why it matters.** The products of queries and keys grow with $n^2$, everything that is done to
# each token with $n$. Below, one layer of width 512. The lines of $n^2D$ and of $nD^2$ (the
# products of one $D\times D$ matrix with all tokens, and what a recurrent network of width $D$
# does with its state) cross exactly at $n=D$. Counted are products, not seconds: on one and the
# same machine a recurrent loop can be slower for short sequences and faster for long ones.


# %% nbgrader={"grade_id": "cost-plot", "locked": true} tags=["demo", "nbval-ignore-output"]
@demo
def cost():
    n = 2.0 ** np.arange(6, 15, 2)
    D, F = 512, 2048
    _, axes = plt.subplots(figsize=(5.4, 3))
    axes.plot(n, n**2 * D, "o-", label=r"$QK^\top$: $n^2D$")
    axes.plot(n, n * D**2, "s-", label=r"one $D\times D$ matrix: $nD^2$")
    axes.plot(n, 2 * n * D * F, "^-", label=r"feed-forward: $2nDF$")
    axes.set_xscale("log", base=2)
    axes.set_yscale("log", base=10)
    axes.minorticks_off()
    axes.axvline(D, color="grey", linestyle=":", linewidth=1)
    axes.set_xlabel("tokens n (dotted: n = D = 512)")
    axes.set_ylabel("products")
    axes.legend(fontsize=8)
    plt.tight_layout()
    plt.show()


# %% [markdown] nbgrader={"grade_id": "about-positions", "locked": true}
# ---
# ## 7 · Who stands where
# **3 points · 20 minutes**
#
# Mix the words of a sentence, and self-attention gives the same outputs in the same mixed order.
# Notes 003 call that permutation *invariance*; it is **equivariance**: for a permutation $\pi$ of
# the rows, $f(X_\pi)=f(X)_\pi$. (Invariant, $f(X_\pi)=f(X)$, would be a mean over all tokens.) Either
# way, "dog bites man" and "man bites dog" cannot be told apart. The cure is to **add** to each
# token a vector that says where it stands, with sine and cosine in turn:
#
# $$P_{t,2i}=\sin\frac{t}{b^{2i/D}},\qquad P_{t,2i+1}=\cos\frac{t}{b^{2i/D}},\qquad
#   t=0,\dots,n-1,\quad i=0,\dots,\tfrac D2-1,\quad b=10000 .$$
#
# (Notes 001 print the columns as $d2$ and $d2+1$; $2d$ and $2d+1$ are meant.) For $D=4$ the row
# $t=1$ is $(0.841471,\ 0.540302,\ 0.01,\ 0.99995)$, the row $t=0$ is $(0,1,0,1)$.
#
# Why these? A pair of columns is a hand that turns with $t$, as on a clock, each pair at its own
# speed. So $P_s\cdot P_t=\sum_i\cos\bigl((s-t)/b^{2i/D}\bigr)$ depends on the **offset** $s-t$ alone.
#
# <details><summary>Hint 1: a nudge</summary>
# There are D/2 speeds and n times: one table of angles, (n, D/2). Every second column of the result
# takes its sine, the others its cosine.
# </details>
# <details><summary>Hint 2: almost the line</summary>
# P[:, 0::2] = … and P[:, 1::2] = …
# </details>
# <details><summary>Hint 3: equivariance</summary>
# X[order] are the tokens in another order. Compare the layer's output for them with the reordered
# output for X: with layer(X)[order], not with layer(X).
# </details>


# %% nbgrader={"grade_id": "positions", "solution": true}
def positional_encoding(n, D, base=10000.0):
    """Return the (n, D) array P of the formula above; D is even, base is its b."""
    ### BEGIN SOLUTION
    speeds = base ** (-np.arange(0, D, 2) / D)
    angles = np.arange(n)[:, None] * speeds
    P = np.zeros((n, D))
    P[:, 0::2] = np.sin(angles)
    P[:, 1::2] = np.cos(angles)
    return P
    ### END SOLUTION


def equivariance_error(layer, X, order):
    """Return how far the layer is from permutation equivariance, a float.

    layer: a function that takes a NumPy array like X, (N, D), and returns one with N rows and any
    number of columns; it leaves its argument as it is.
    order: (N,) integers, a permutation of 0 to N - 1: row i of the permuted tokens is X[order[i]].
    The answer is the largest absolute entry of layer(permuted X) - permuted layer(X).
    """
    ### BEGIN SOLUTION
    return np.max(np.abs(layer(X[order]) - layer(X)[order]))
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-positions", "grade": true, "points": 3}
check("positions")

# %% [markdown] nbgrader={"grade_id": "positions-plot-text", "locked": true}
# **Why it matters.** Left your encoding; in the middle the products $P_s\cdot P_t$, constant along
# every diagonal and largest on the main one; on the right the products of three positions with
# those after them: one curve. Below the plots, your `equivariance_error` for self-attention
# without and with positions.


# %% nbgrader={"grade_id": "positions-plot", "locked": true} tags=["demo", "nbval-ignore-output"]
@demo
def clocks():
    P = np.asarray(positional_encoding(60, 32))
    _, panels = plt.subplots(1, 3, figsize=(10, 2.8))
    panels[0].imshow(P, aspect="auto", cmap="RdBu", vmin=-1, vmax=1)
    panels[0].set_xlabel("column")
    panels[0].set_ylabel("position t")
    panels[1].imshow(P @ P.T, cmap="viridis")
    panels[1].set_xlabel("position s")
    panels[1].set_ylabel("position t")
    for start, style in ((0, "-"), (20, "--"), (40, ":")):
        panels[2].plot(P[start : start + 20] @ P[start], style, label=f"from position {start}")
    panels[2].set_xlabel("offset")
    panels[2].set_ylabel("product")
    panels[2].legend(fontsize=8)
    plt.tight_layout()
    plt.show()
    generator = np.random.default_rng(2)
    X, order = generator.normal(size=(7, 6)), generator.permutation(7)
    where = np.asarray(positional_encoding(7, 6))
    without = equivariance_error(lambda X: attend(X, X, X), X, order)
    with_positions = equivariance_error(lambda X: attend(X + where, X + where, X + where), X, order)
    print(f"without positions: {without:.1e}, with positions: {with_positions:.2f}")


# %% [markdown] nbgrader={"grade_id": "about-encoder", "locked": true}
# ---
# ## 8 · A block of the encoder
# **4 points · 30 minutes**
#
# Attention mixes tokens; a small network then works on each token by itself. Around both there are
# a skip connection, a layer normalisation and, while training, dropout.
#
# **Layer normalisation** brings every token to mean 0 and variance 1, by its own $D$ numbers, then
# scales and shifts each column by what was learned:
#
# $$\mathrm{norm}(x)_j=\gamma_j\,\frac{x_j-\mu}{\sqrt{v+\varepsilon}}+\beta_j,\qquad
#   \mu=\frac1D\sum_j x_j,\quad v=\frac1D\sum_j (x_j-\mu)^2 .$$
#
# **Dropout** with rate $p$: while training each entry becomes zero with probability $p$, and the
# others are divided by $1-p$, so that the mean stays. At evaluation nothing happens.
#
# **The block** has two steps. Vaswani et al. normalise *after* the skip connection ("post-norm",
# as in notes 001 and 003); most of today's models do so *before* the sublayer ("pre-norm"), which
# keeps one road open from top to bottom that nothing is in the way of:
#
# | | first step | second step |
# |---|---|---|
# | post | $X_1=\mathrm{norm}_1\bigl(X+\mathrm{drop}(\mathrm{attention}(X))\bigr)$ | $X_2=\mathrm{norm}_2\bigl(X_1+\mathrm{drop}(\mathrm{ff}(X_1))\bigr)$ |
# | pre | $X_1=X+\mathrm{drop}(\mathrm{attention}(\mathrm{norm}_1(X)))$ | $X_2=X_1+\mathrm{drop}(\mathrm{ff}(\mathrm{norm}_2(X_1)))$ |
#
# with $\mathrm{ff}(x)=\max(0,\,xW_1+b_1)\,W_2+b_2$ for each token.
#
# <details><summary>Hint 1: a nudge</summary>
# Each token has one μ and one v. Which axis disappears in the mean, and how does it stay so that X − μ
# fits?
# </details>
# <details><summary>Hint 2: ε</summary>
# It stands under the root, beside the variance. The checks make it so large that you see where it is.
# </details>
# <details><summary>Hint 3: the block</summary>
# Write the four lines of the table as they are. seed goes to dropout: None at evaluation.
# </details>


# %% nbgrader={"grade_id": "encoder", "solution": true}
def layer_norm(X, gamma, beta, eps=1e-5):
    """Return the layer normalisation of X along its last axis.

    X: (..., D) with any number of axes in front, gamma and beta: (D,); the variance divides by D.
    """
    ### BEGIN SOLUTION
    centred = X - np.mean(X, axis=-1, keepdims=True)
    variance = np.mean(centred**2, axis=-1, keepdims=True)
    return gamma * centred / np.sqrt(variance + eps) + beta
    ### END SOLUTION


def dropout(X, rate, seed=None):
    """Return X with dropout of this rate, 0 <= rate < 1; with seed=None (evaluation) X or a copy.

    With a seed, entry by entry: kept where np.random.default_rng(seed).random(X.shape) >= rate,
    and divided by 1 - rate; otherwise zero.
    """
    ### BEGIN SOLUTION
    if seed is None:
        return X
    kept = np.random.default_rng(seed).random(X.shape) >= rate
    return np.where(kept, X, 0) / (1 - rate)
    ### END SOLUTION


def encoder_block(X, attention, params, norm_first=False, eps=1e-5, rate=0.1, seed=None):
    """Return one encoder block of X, (B, N, D), post-norm, or pre-norm if norm_first is True.

    attention: a function of an array or a tensor (B, N, D) that returns an array (B, N, D). params:
    {"gamma1", "beta1", "gamma2", "beta2": (D,), "W1": (D, F), "b1": (F,), "W2": (F, D), "b2": (D,)}.
    norm_first: True or False.
    seed: None at evaluation; while training, dropout of the first step draws with seed, that of
    the second with seed + 1.
    """

    ### BEGIN SOLUTION
    def first(X):
        return dropout(attention(X), rate, seed)

    def second(X):
        hidden = np.maximum(X @ params["W1"] + params["b1"], 0)
        return dropout(
            hidden @ params["W2"] + params["b2"], rate, None if seed is None else seed + 1
        )

    def norm(X, which):
        return layer_norm(X, params[f"gamma{which}"], params[f"beta{which}"], eps)

    if norm_first:
        X1 = X + first(norm(X, 1))
        return X1 + second(norm(X1, 2))
    X1 = norm(X + first(X), 1)
    return norm(X1 + second(X1), 2)
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-encoder", "grade": true, "points": 4}
check("encoder")

# %% [markdown] nbgrader={"grade_id": "encoder-plot-text", "locked": true}
# **Why it matters.** Forty of your blocks, one on top of the other, with random weights. How much
# does the output change when one token's input is moved a little? Shown is the geometric mean over
# eight such stacks. Post-norm divides by the size of a sum in every step, so that the past fades
# (not in every stack, but in most); pre-norm keeps it.


# %% nbgrader={"grade_id": "encoder-plot", "locked": true} tags=["demo", "nbval-ignore-output"]
def random_stack(seed, depth=40, D=16, F=32):
    """Return blocks as (value weights, params), and two inputs that differ a little in one token."""
    generator = np.random.default_rng(seed)

    def weights(*shape):
        return generator.normal(size=shape) / np.sqrt(shape[0])

    blocks = []
    for _ in range(depth):
        params = {"W1": weights(D, F), "b1": np.zeros(F), "W2": weights(F, D), "b2": np.zeros(D)}
        for norm in "12":
            params |= {f"gamma{norm}": np.ones(D), f"beta{norm}": np.zeros(D)}
        blocks.append((weights(D, D), params))
    both = np.repeat(generator.normal(size=(1, 6, D)), 2, axis=0)
    both[1, 2] += 1e-4 * generator.normal(size=D)
    return blocks, both


@demo
def deep_stack():
    _, axes = plt.subplots(figsize=(5, 2.8))
    for norm_first, label in ((False, "post-norm"), (True, "pre-norm")):
        logs = []
        for seed in range(8):
            blocks, X = random_stack(seed)
            size, changes = np.linalg.norm(X[1] - X[0]), []
            for W_v, params in blocks:
                X = encoder_block(X, lambda Z, W=W_v: attend(Z, Z, Z @ W), params, norm_first)
                X = np.asarray(X)
                changes.append(np.log(np.linalg.norm(X[1] - X[0]) / size))
            logs.append(changes)
        axes.semilogy(range(1, 41), np.exp(np.mean(logs, axis=0)), label=label)
    axes.set_xlabel("blocks")
    axes.set_ylabel("change of output / of input")
    axes.legend()
    plt.tight_layout()
    plt.show()


# %% [markdown] nbgrader={"grade_id": "about-decoder", "locked": true}
# ---
# ## 9 · Looking into another sequence
# **3 points · 25 minutes**
#
# A translator reads one sentence and writes another. In the first networks that did so, everything
# that had been read had to fit into one vector. Attention was invented to get rid of that: in each
# step the decoder, in state $s$, looks at **all** states $h_1,\dots,h_T$ of the encoder and takes
# a context (notes 001, §8.2). The first version compares by a small network, and is called
# *additive*:
#
# $$e_t=v\cdot\tanh(sW_s+h_tW_h),\qquad a=\mathrm{softmax}(e_1,\dots,e_T),\qquad
#   \text{context}=\sum_t a_th_t .$$
#
# In the **transformer** it is attention as you know it, with queries from the decoder and keys and
# values from the encoder ("cross-attention"). A decoder block, post-norm, has three steps:
#
# $$Y_1=\mathrm{norm}_1\bigl(Y+\mathrm{self}(Y,Y)\bigr),\qquad
#   Y_2=\mathrm{norm}_2\bigl(Y_1+\mathrm{cross}(Y_1,\,\text{memory})\bigr),\qquad
#   Y_3=\mathrm{norm}_3\bigl(Y_2+\mathrm{ff}(Y_2)\bigr),$$
#
# where self-attention is causal and cross-attention may look at the whole memory, the encoder's
# output. (Eq. (46) of notes 001 takes the queries of the second step from $Y$; its own Eq. (45)
# has $Y_1$, which is right.)
#
# <details><summary>Hint 1: additive attention</summary>
# s has no axis for the time, H has one. s @ W_s is (B, A), H @ W_h is (B, T, A): what has to be put in
# between so that they add?
# </details>
# <details><summary>Hint 2: which mask</summary>
# Position i of the output may see positions 0 to i of the output. The memory is all there already.
# </details>


# %% nbgrader={"grade_id": "decoder", "solution": true}
def additive_attention(s, H, W_s, W_h, v):
    """Return (context, weights) of additive attention, (B, E) and (B, T).

    s: (B, S), the decoder's states; H: (B, T, E), the encoder's; W_s: (S, A), W_h: (E, A), v: (A,).
    """
    ### BEGIN SOLUTION
    scores = np.tanh((s @ W_s)[:, None, :] + H @ W_h) @ v
    weights = softmax_of_rows(scores)
    return np.einsum("bt,bte->be", weights, H), weights
    ### END SOLUTION


def decoder_block(Y, memory, self_attention, cross_attention, feed_forward, norm1, norm2, norm3):
    """Return one decoder block of Y, (B, N, D), post-norm, without dropout; memory: (B, M, D).

    self_attention and cross_attention: functions of (queries, context, mask) that return one row
    for each query. mask is None (every query looks everywhere), or True where a query may look: an
    array or tensor of dtype bool, with a row for each query and a column for each row of context.
    feed_forward, norm1, norm2, norm3: functions of one array that keep its shape. All six take
    arrays or tensors and return arrays.
    """
    ### BEGIN SOLUTION
    N = Y.shape[1]
    causal = np.tril(np.ones((N, N), dtype=bool))
    Y1 = norm1(Y + self_attention(Y, Y, causal))
    Y2 = norm2(Y1 + cross_attention(Y1, memory, None))
    return norm3(Y2 + feed_forward(Y2))
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-decoder", "grade": true, "points": 3}
check("decoder")

# %% [markdown] nbgrader={"grade_id": "about-language-model", "locked": true}
# ---
# ## 10 · A transformer learns a language
# **3 + 2 points · 40 minutes**
#
# The language has $V=5$ letters. The first two letters are uniform; every further one depends on
# the letter **two places before**: with probability 0.8 it is that letter's successor, with 0.05
# each it is one of the other four. Nothing can predict it better than this rule, so the best
# possible loss is known. Each later letter has entropy
# $-0.8\ln0.8-4\cdot0.05\ln0.05=0.7777$, the second one $\ln5=1.6094$ (the first is not predicted):
# for sequences of 8 letters the mean over the seven predicted ones is **0.8965**. Who only knows
# how frequent letters are gets $\ln5$; so does who sees the last letter alone.
#
# The model is one pre-norm block, in torch, so that torch differentiates it:
#
# $$X=\text{tokens}[x_t]+\text{positions}[t],\qquad X_1=X+\mathrm{mha}(\mathrm{norm}_1(X)),\qquad
#   X_2=X_1+\mathrm{ff}(\mathrm{norm}_2(X_1)),\qquad \text{logits}=X_2U,$$
#
# with causal multi-head self-attention as in task 6 and $\mathrm{ff}$ as in task 8. The logits at
# position $t$ predict the letter at $t+1$. The next cell makes texts and starting weights.

# %% nbgrader={"grade_id": "language", "locked": true}
SUCCESSOR = np.array([2, 0, 4, 1, 3])


def texts(count, length, seed):
    """Return `count` texts of the language, a (count, length) tensor of int64."""
    generator = np.random.default_rng(seed)
    letters = generator.integers(5, size=(count, length))
    follows = generator.random((count, length)) < 0.75
    for t in range(2, length):
        # A letter drawn from all five is the successor, too, once in five: 0.75 + 0.25 / 5 = 0.8.
        letters[:, t] = np.where(follows[:, t], SUCCESSOR[letters[:, t - 2]], letters[:, t])
    return torch.as_tensor(letters)


def start(seed, V=5, T=8, D=16, F=32):
    """Return random parameters of the model, {name: float32 tensor}."""
    generator = torch.Generator().manual_seed(seed)

    def normal(*shape, scale=1.0):
        return scale * torch.randn(*shape, generator=generator)

    params = {"tokens": normal(V, D), "positions": normal(T, D), "U": normal(D, V, scale=D**-0.5)}
    for name in ("W_q", "W_k", "W_v", "W_o"):
        params[name] = normal(D, D, scale=D**-0.5)
    params |= {"W1": normal(D, F, scale=D**-0.5), "b1": torch.zeros(F)}
    params |= {"W2": normal(F, D, scale=F**-0.5), "b2": torch.zeros(D)}
    for which in "12":
        params |= {f"gamma{which}": torch.ones(D), f"beta{which}": torch.zeros(D)}
    return params


print("A text:", "".join("abcde"[i] for i in texts(1, 24, seed=0)[0].tolist()))

# %% [markdown] nbgrader={"grade_id": "hints-language-model", "locked": true}
# Everything that torch has is allowed here: `torch.nn.functional` has `layer_norm` (with $\varepsilon$
# = 1e-5, its default), `cross_entropy`, `scaled_dot_product_attention`.
#
# <details><summary>Hint 1: shapes</summary>
# tokens[x] with x of shape (B, T) is (B, T, D), and positions[:T] fits. Heads as in task 6, with
# transpose(1, 2) for the swap.
# </details>
# <details><summary>Hint 2: the loss</summary>
# Logits at 0 … T−2 belong to the letters at 1 … T−1. cross_entropy wants (count, V) and (count,).
# </details>
# <details><summary>Hint 3: training</summary>
# Copies of the start that require gradients: value.clone().requires_grad_(). Then, for every batch:
# zero_grad, loss, backward, step.
# </details>


# %% nbgrader={"grade_id": "language-model", "solution": true}
def causal_logits(params, x, heads=2):
    """Return (logits, weights) of the model above as tensors, (B, T, V) and (B, heads, T, T).

    params: as start() makes them, of any sizes, V letters and at least T positions; heads divides
    D. x: (B, T) int64 tensor of letters. weights[b, h, i, j]: how much i looks at j.
    """
    ### BEGIN SOLUTION
    B, T = x.shape
    D = params["tokens"].shape[1]

    def norm(X, which):
        return torch.nn.functional.layer_norm(
            X, (D,), params[f"gamma{which}"], params[f"beta{which}"]
        )

    X = params["tokens"][x] + params["positions"][:T]
    normed = norm(X, 1)
    Q, K, V = (
        (normed @ params[name]).reshape(B, T, heads, D // heads).transpose(1, 2)
        for name in ("W_q", "W_k", "W_v")
    )
    scores = Q @ K.transpose(-1, -2) / (D // heads) ** 0.5
    future = torch.ones(T, T, dtype=torch.bool).triu(1)
    weights = torch.softmax(scores.masked_fill(future, -torch.inf), dim=-1)
    X = X + (weights @ V).transpose(1, 2).reshape(B, T, D) @ params["W_o"]
    hidden = torch.relu(norm(X, 2) @ params["W1"] + params["b1"])
    X = X + hidden @ params["W2"] + params["b2"]
    return X @ params["U"], weights
    ### END SOLUTION


def next_letter_loss(params, x, heads=2):
    """Return the mean of -log p(next letter), in nats, over all B · (T - 1) predicted letters.

    A tensor without axes, or a float if your `train` computes its loss without this function.
    """
    ### BEGIN SOLUTION
    logits, _ = causal_logits(params, x, heads)
    return torch.nn.functional.cross_entropy(logits[:, :-1].flatten(0, 1), x[:, 1:].flatten())
    ### END SOLUTION


def train(params, batches, learning_rate=0.02, heads=2):
    """Return (trained, losses): the parameters after one step of Adam on each batch, and a list.

    params: where to start, {name: tensor}, as for causal_logits; they stay as they are. batches:
    (steps, B, T) int64 tensor. The optimiser is torch.optim.Adam with its other defaults and takes
    all parameters. losses: the loss of each batch before its step, a number each. trained: as
    params, the same names and shapes; whether they require gradients does not matter.
    """
    ### BEGIN SOLUTION
    trained = {name: value.clone().requires_grad_() for name, value in params.items()}
    optimiser = torch.optim.Adam(trained.values(), lr=learning_rate)
    losses = []
    for x in batches:
        optimiser.zero_grad()
        loss = next_letter_loss(trained, x, heads)
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
    return {name: value.detach() for name, value in trained.items()}, losses
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-language-model", "grade": true, "points": 3}
check("language-model")

# %% [markdown] nbgrader={"grade_id": "training-plot-text", "locked": true}
# Now watch it learn, with 300 steps: left the loss, as a mean of ten batches, and the floor; on the
# right where the two heads look, averaged over 500 new texts. (The last position predicts nothing here, so
# nobody has taught it where to look.)


# %% nbgrader={"grade_id": "training-plot", "locked": true} tags=["demo", "nbval-ignore-output"]
@demo
def learn_the_language():
    batches = texts(300 * 32, 8, seed=1).reshape(300, 32, 8)
    trained, losses = train(start(0), batches, learning_rate=0.007)
    floor = (np.log(5) - 6 * (0.8 * np.log(0.8) + 0.2 * np.log(0.05))) / 7
    new = texts(500, 8, seed=2)
    with torch.no_grad():
        print(f"on new texts: {float(next_letter_loss(trained, new)):.3f}, floor: {floor:.4f}")
        _, weights = causal_logits(trained, new)
    _, panels = plt.subplots(1, 3, figsize=(10, 2.9), width_ratios=(1.5, 1, 1))
    means = np.reshape(losses, (30, 10)).mean(axis=1)
    panels[0].plot(range(10, 301, 10), means, color="C0", label="your training")
    draw_recorded(panels[0], "language model: loss by step")
    panels[0].axhline(np.log(5), color="grey", linestyle=":", label="ln 5")
    panels[0].set_xlabel("step")
    panels[0].set_ylabel("loss (nats)")
    panels[0].legend(fontsize=8)
    for head in range(2):
        panels[1 + head].imshow(weights[:, head].mean(dim=0), cmap="Blues", vmin=0, vmax=1)
        panels[1 + head].set_title(f"head {head}", fontsize=10)
        panels[1 + head].set_xlabel("looks at")
        panels[1 + head].set_ylabel("position")
    plt.tight_layout()
    plt.show()


# %% [markdown] nbgrader={"grade_id": "about-words", "locked": true}
# ### In words
# **2 points, marked by hand**
#
# Answer in five to eight sentences:
#
# 1. Look at your plot of the heads. To predict the letter at $t+1$, where should position $t$ look,
#    and is that what you see? Why could this model not reach the floor without positions?
# 2. A friend trains on the same language and reports a loss of 0.31. What do you tell them, and
#    which one entry of the mask would you look at first?
# 3. Somebody divides scores by $d$ instead of $\sqrt d$, "to be on the safe side". With your
#    numbers of task 3 in mind: what do the weights look like at the start for large $d$?

# %% [markdown] nbgrader={"grade_id": "words", "grade": true, "solution": true, "points": 2}
# ### BEGIN SOLUTION
# 1. The letter at $t+1$ depends on the one two places before it, at $t-1$. So position $t$ has to
#    look one place back, and in the plot there is a dark line just below the diagonal (in one head
#    or in both). Without positions attention gives the same to every order of the letters before
#    $t$: it cannot know which of them stood at $t-1$.
# 2. 0.31 is below 0.8965, which no model can reach that does not see what it has to predict. So
#    theirs does: the mask lets position $t$ look at $t+1$, the entry just above the diagonal (the
#    usual slip is `triu(2)` or `j <= i + 1`); or the targets are not shifted.
# 3. The scores then have standard deviation $\sqrt d/d=1/\sqrt d$, near zero for large $d$, and the
#    weights are nearly all alike: attention starts as a plain mean, and the network has to learn
#    large weights before it can look anywhere. The root gives scores of size one, whatever $d$ is.
# ### END SOLUTION
# ### BEGIN MARK SCHEME
# **Rubric, 2 points in steps of ½.**
#
# - ½: position $t$ looks at $t-1$ (one below the diagonal), read off the plot.
# - ½: without positions the order of what was seen is lost (equivariance or "a bag of letters").
# - ½: a loss below the entropy is impossible without seeing the answer; the entry $(t, t+1)$ of the
#   mask, or unshifted targets, is named. "Overfitting" alone gets nothing: new texts do not repeat.
# - ½: division by $d$ makes the scores small and the weights nearly uniform.
# ### END MARK SCHEME

# %% [markdown] nbgrader={"grade_id": "closing", "locked": true}
# ---
# ## What you have now
#
# Attention is three lines, and everything around it is there for a reason that you have seen: the
# root keeps scores at size one, the mask keeps the future out, heads allow several opinions,
# positions bring back the order, skip connections and normalisation make depth possible. With more
# blocks, more letters and more text, the model of task 10 is a language model.
#
# **Is your curve normal?** In the plot of task 10 right solutions lie behind it in grey, with their
# own starts and texts. [data/curves.html](data/curves.html) has them with how they end and what a step
# takes, and two larger transformers. Ten batches are a small sample, so that a normal curve now and then
# leaves the band, even through the floor; to stay below it, step after step, is something else, and what
# it is you said in task 10. One that stays above $\ln5$ and then climbs lets gradients pile
# up. One that falls too slowly has a smaller rate: with 0.001 it is still at 1.0 after 300 steps. What the
# curve cannot tell: AdamW in place of Adam runs inside the band.
#
# **Where to go on.** Read Vaswani et al., *Attention Is All You Need* (2017): you now know every
# box of its figure. Then try: two blocks on a text where a letter has to be copied from far
# before; keys and values of earlier steps kept instead of computed again (a *KV cache*); positions
# that turn queries and keys instead of being added (*rotary*); attention to a window only, which
# costs $n$ instead of $n^2$. Notes 003 say that sinusoidal encodings work for longer sequences
# than those trained on: try it with task 10 before you believe it.
