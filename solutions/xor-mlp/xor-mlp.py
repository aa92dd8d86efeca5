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
# # XOR, from the perceptron to the MLP
#
# Four points stopped the field for more than ten years. In this notebook you see why one
# unit cannot tell them apart, write down a proof that nobody can argue with, build the network
# that can, count what depth buys, and in the end let gradient descent find the weights by itself.
# It finds them surprisingly often, and surprisingly often it does not.
#
# **Afterwards you can**
#
# - run the perceptron rule, and prove for given points that *no* line separates them,
# - choose the weights of a small ReLU network by hand,
# - count parameters and linear pieces, and say what depth buys,
# - say why layers without an activation are one layer, and why a hard threshold cannot learn,
# - write the training of an MLP from nothing, and judge it by many runs, never by one.
#
# | | task | you write | minutes | points |
# |---|---|---|---|---|
# | 1 | `perceptron` | the rule, and the best line for XOR | 20 | 3 |
# | 2 | `certificate` | two lines of proof, a proof for points of your own, one function | 30 | 4 |
# | 3 | `xor-weights` | the weights of a network, chosen by hand | 25 | 3 |
# | 4 | `shallow` | a forward pass, and how many numbers it takes | 20 | 3 |
# | 5 | `activations` | five lines, one function about dead units | 20 | 3 |
# | 6 | `compose` | two networks in a row, with and without activation | 20 | 3 |
# | 7 | `regions` | the pieces of a ReLU network on a line | 30 | 4 |
# | 8 | `approximation` | a least-squares fit with ReLUs | 15 | 2 |
# | 9 | `train` | gradients and gradient descent for XOR | 45 | 6 |
# | 10 | `coin-toss` | an honest accuracy, an experiment, a question in words | 35 | 2 + 2 |
#
# Together 35 points and a little over four hours. Each task stands on its own: if one does not
# work out, go on and come back.
#
# **Where to read.** Nalisnick, *Machine Learning: Deep Learning* ("notes 001"), §1.7 and
# §4.1–4.3. *Deep Learning Basics* ("notes 002"), shallow and deep networks. Lim, *Lecture 10:
# Neural Networks* ("notes 003"), universal approximation and Exercises 10.1 and 10.2. Baker,
# *Deep Learning Lecture Notes* ("notes 004"), §2.4. Where they contain a slip, this notebook
# teaches the right formula and says so in one line.

# %% [markdown] nbgrader={"grade_id": "notation", "locked": true}
# ## One notation
#
# - Data lie in **rows**: `X` has shape $(N, D)$, one point in each row.
# - A layer is `A = X @ W + b` with `W` of shape $(D, H)$ and `b` of shape $(H,)$. `A` is called
#   *pre-activation*; column $h$ of `W` holds the weights of unit $h$.
# - The output unit of a network for two classes gives a *logit* $z$. **It says class 1 where
#   $z>0$, and class 0 where $z\le0$.**
# - Losses are means over the batch.
# - Every size ($N$, $D$, …) is at least 1, and sizes may be equal.
# - Functions leave their arguments as they are, and do not change later what they have returned.
#   They may return NumPy arrays or torch tensors; a number may be one without axes.
# - XOR ("either, or") is 1 where exactly one of its two inputs is 1.

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

CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
GATES = {
    "AND": np.array([0.0, 0.0, 0.0, 1.0]),
    "OR": np.array([0.0, 1.0, 1.0, 1.0]),
    "XOR": np.array([0.0, 1.0, 1.0, 0.0]),
}


def logistic(z):
    """Return 1 / (1 + exp(-z)) for an array of any shape, without overflow for large |z|."""
    z = np.asarray(z, dtype=np.float64)
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


def activate(A, activation):
    """Return "relu", "tanh", "logistic" or "identity" of every entry of the array A."""
    if activation == "relu":
        return np.maximum(A, 0)
    return {"tanh": np.tanh, "logistic": logistic, "identity": np.asarray}[activation](A)


# %% nbgrader={"grade_id": "gates-plot", "locked": true} tags=["demo", "nbval-ignore-output"]
def show_points(axes, X, classes):
    """Draw class 1 as filled circles and class 0 as open ones."""
    for value, face in ((0, "white"), (1, "black")):
        axes.scatter(*X[classes == value].T, s=40, c=face, edgecolors="black", zorder=3)
    axes.set_aspect("equal")
    axes.set_xlabel("$x_1$")
    axes.set_ylabel("$x_2$")


_, panels = plt.subplots(1, 3, figsize=(7, 2.4), layout="constrained")
for panel, (gate, classes) in zip(panels, GATES.items(), strict=True):
    show_points(panel, CORNERS, classes)
    panel.set_title(f"{gate} (filled: class 1)", fontsize=9)
    panel.set(xlim=(-0.3, 1.3), ylim=(-0.3, 1.3))
plt.show()

# %% [markdown] nbgrader={"grade_id": "about-perceptron", "locked": true}
# ---
# ## 1 · The perceptron
# **3 points · 20 minutes**
#
# Rosenblatt's unit of 1957 (notes 001, §1.7) answers with a sign,
#
# $$\hat y = \psi(x\cdot w + b),\qquad \psi(z) = \begin{cases}+1 & z>0\\ -1 & z\le 0,\end{cases}$$
#
# and learns from labels $y\in\{-1,+1\}$. It looks at one point $n$ at a time. If the answer is
# right, nothing happens. If it is wrong, the weights move towards the point or away from it:
#
# $$w\leftarrow w + y_n x_n,\qquad b \leftarrow b + y_n .$$
#
# The prediction is made with the weights **of this moment**; notes 001 print $w_0$ and $b_0$
# there, the starting values, with which the rule would never notice that it has learnt something.
# The notes pick points at random. Here the order is an argument, so that two people with the same
# order get the same weights.
#
# <details><summary>Hint 1: a nudge</summary>
# A loop over rows. In it one prediction, one comparison, and two updates that happen together.
# </details>
# <details><summary>Hint 2: at exactly zero</summary>
# All weights begin at zero, so the first pre-activation is 0 and the answer is −1. A first point
# with label −1 is therefore right, and nothing happens.
# </details>
# <details><summary>Hint 3: by hand</summary>
# For the points (1, 2) with label +1 and (3, 1) with label −1, in the order 0, 1, 0: the first
# point is wrong and gives w = (1, 2), b = 1. The second has z = 6, wrong: w = (−2, 1), b = 0. The
# first again has z = 0: wrong once more, w = (−1, 3), b = 1.
# </details>


# %% nbgrader={"grade_id": "perceptron", "solution": true}
def perceptron(X, y, rows):
    """Return (w, b, mistakes) after one look at each of the points in `rows`, in this order.

    X: (N, D) floats; y: (N,), each +1 or −1; rows: a sequence of row numbers of any length, in
    which a number may occur often, or never. All weights start at zero.
    w: (D,); b: a number; mistakes: (N,), how often each point was looked at and was wrong.
    """
    ### BEGIN SOLUTION
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, np.zeros(len(X))
    for n in rows:
        answer = 1 if X[n] @ w + b > 0 else -1
        if answer != y[n]:
            w = w + y[n] * X[n]
            b = b + y[n]
            mistakes[n] += 1
    return w, b, mistakes
    ### END SOLUTION


# %% [markdown] nbgrader={"grade_id": "about-best-line", "locked": true}
# **The best line.** AND and OR can be done with one line. For XOR no line gets all four points
# right, as you will prove in the next task, but one can get three. Give one that does:
# class 1 (label $+1$) where $x\cdot w+b>0$.

# %% nbgrader={"grade_id": "best-line", "solution": true}
best_line = {"w": None, "b": None}
### BEGIN SOLUTION
best_line = {"w": [1.0, 1.0], "b": -0.5}
### END SOLUTION

# %% nbgrader={"grade_id": "check-perceptron", "grade": true, "points": 3}
check("perceptron")

# %% [markdown] nbgrader={"grade_id": "perceptron-plot-text", "locked": true}
# **Why it matters.** AND and OR are learnt within a few rounds and stay learnt. With XOR the rule
# goes round in circles for ever. Look at its mistakes, they are worth a second look: all four
# points are to blame, one nearly as often as the other. Task 2 shows that this is a proof.


# %% nbgrader={"grade_id": "perceptron-plot", "locked": true} tags=["demo", "nbval-ignore-output"]
@demo
def three_gates():
    rounds = np.arange(1, 13)
    _, axes = plt.subplots(figsize=(5, 2.6))
    for offset, (gate, classes) in zip((-0.04, 0, 0.04), GATES.items(), strict=True):
        signs, right = 2 * classes - 1, []
        for n in rounds:
            w, b, mistakes = perceptron(CORNERS, signs, np.tile(np.arange(4), n))
            z = CORNERS @ np.asarray(w) + float(b)
            right.append(np.sum((z > 0) == (classes == 1)))
        axes.plot(rounds, np.array(right) + offset, "o-", markersize=3, label=gate)
        print(f"{gate:3}: mistakes at the four points in 12 rounds:", np.asarray(mistakes))
    axes.set_xlabel("rounds through the four points")
    axes.set_ylabel("points right")
    axes.set_yticks(range(5))
    axes.legend(loc="lower right")
    plt.show()


# %% [markdown] nbgrader={"grade_id": "about-certificate", "locked": true}
# ---
# ## 2 · A proof that nobody can argue with
# **4 points · 30 minutes**
#
# "I have tried and found no line" is no proof. This is one. A line separates the points if some
# $w, b$ give $z_n = x_n\cdot w + b$ with $y_nz_n>0$ for *every* $n$, where $y_n=\pm1$.
#
# > Suppose somebody hands you numbers $\lambda_n\ge0$, not all zero, with
# > $$\sum_n\lambda_n y_n x_n = 0\qquad\text{and}\qquad\sum_n\lambda_n y_n = 0 .$$
# > Then $\sum_n\lambda_n y_nz_n = \bigl(\sum_n\lambda_ny_nx_n\bigr)\cdot w+\bigl(\sum_n\lambda_ny_n\bigr)b = 0$
# > for **every** line. But with a line that separates, each term would be $\ge0$ and one of them
# > positive. So there is no such line.
#
# Such $\lambda$ are a *certificate*: hard to find, perhaps, but anybody can check them. And if no
# line exists, there always is one (Gordan, 1873). In pictures: the two classes, each with its
# points joined up, meet in a point.
#
# **(a) Exercise 10.1 (a) of notes 003.** Write the sum of the two pre-activations of class 1, and
# of the two of class 0. Compare: one sum would have to be positive, the other not.
#
# | line | stands for | may use |
# |---|---|---|
# | `class_one` | $z(0,1) + z(1,0)$ | only `w1 w2 b` |
# | `class_zero` | $z(0,0) + z(1,1)$ | only `w1 w2 b` |
#
# > **How to write a line.** A piece of text in a small language that looks like Python: numbers,
# > names, `+ - * / **` and brackets, for example `"3*w1 - b"`. It is evaluated at random points, so
# > any form that is equal is right. Write it between the quotes that wait for it, and delete
# > `raise NotImplementedError()` once you do.

# %% nbgrader={"grade_id": "certificate-lines", "solution": true}
certificate_lines = {"class_one": "", "class_zero": ""}
### BEGIN SOLUTION
certificate_lines["class_one"] = "w1 + w2 + 2*b"
certificate_lines["class_zero"] = "2*b + w1 + w2"
### END SOLUTION

# %% [markdown] nbgrader={"grade_id": "about-own-points", "locked": true}
# **(b) Points of your own.** The next cell draws four points that belong to you alone: to the name
# you log in with, or hand in under. Find four $\lambda_n\ge0$ **that add up to 1** and prove that
# no line separates the classes. Judged to $10^{-6}$ times the size of the points. A few lines of
# Python that use `points` and `labels` are safest, because they stay right when your work is
# marked on another machine.

# %% nbgrader={"grade_id": "own-points", "locked": true} tags=["nbval-ignore-output"]
numbers = variant("certificate")
points, labels = np.array(numbers["points"], dtype=float), np.array(numbers["labels"])
for point, label in zip(points, labels, strict=True):
    print(f"x = {point},  y = {label:+d}")

# %% nbgrader={"grade_id": "own-certificate", "solution": true}
my_certificate = None
### BEGIN SOLUTION
conditions = np.vstack([labels * points.T, labels, np.ones(4)])
my_certificate = np.linalg.lstsq(conditions, np.array([0, 0, 0, 1.0]), rcond=None)[0]
### END SOLUTION

# %% [markdown] nbgrader={"grade_id": "about-certificate-function", "locked": true}
# **(c) A referee for four points.** Four points in the plane, no three on a line, are either
# separable or have exactly one certificate that adds up to 1. Write the function that
# decides. The conditions above are three equations for four unknowns; that they add up to 1 is the
# fourth.
#
# <details><summary>Hint 1: a nudge</summary>
# For (b) by hand: join the two points of each class by a segment. The segments cross. How far along
# each segment does it happen?
# </details>
# <details><summary>Hint 2: as a system</summary>
# Put y·x1, y·x2, y and 1 into the four rows of a matrix, one column for each point, and 0, 0, 0, 1
# on the right.
# </details>
# <details><summary>Hint 3: reading the solution</summary>
# If the four numbers are all ≥ 0, they are the certificate. If one of them is negative, there is
# none, and a line exists. The system can also have no solution at all: combine the points to zero
# first (the null vector of the upper three rows) and look at its signs. If they differ, no
# scaling makes them all positive.
# </details>


# %% nbgrader={"grade_id": "certificate", "solution": true}
def certificate(X, y):
    """Return the certificate λ, shape (4,), that no line separates the classes, or None.

    X: (4, 2) floats, the largest between 1e-7 and 1e7, no three of the points on a line, and no two
    closer than a thousandth of the largest; y: (4,), each +1 or −1, both of them there.
    λ has entries ≥ 0 that add up to 1, judged to 1e-6. None where a line does separate the points.
    """
    ### BEGIN SOLUTION
    null = np.linalg.svd(np.vstack([y * X.T, y]))[2][3]
    if null.min() < 0 < null.max():
        return None
    return null / null.sum()
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-certificate", "grade": true, "points": 4}
check("certificate")

# %% [markdown] nbgrader={"grade_id": "certificate-plot-text", "locked": true}
# **Why it matters.** Your certificate is a place: the classes' two segments meet in
# $\sum\lambda_nx_n$ of either class, weights scaled to 1. And the perceptron knew it all along.
# Its weights are the sum of its own updates, $w=\sum_n m_ny_nx_n$ with the mistakes $m_n$ that it
# made. On XOR they stay bounded, so $m/\sum m$ comes as close to a certificate as you like.


# %% nbgrader={"grade_id": "certificate-plot", "locked": true} tags=["demo", "nbval-ignore-output"]
@demo
def where_the_classes_meet():
    found = certificate(points, labels)
    if found is None:
        print("Your function says that a line separates your points.")
        return
    _, axes = plt.subplots(figsize=(3.6, 3.2), layout="constrained")
    for sign in (1, -1):
        own = labels == sign
        axes.plot(*points[own].T, "C7", linewidth=1)
        axes.plot(*(2 * np.asarray(found)[own] @ points[own]), "kx", markersize=9)
    show_points(axes, points, (labels + 1) // 2)
    axes.set_title("your four points; × where the classes meet", fontsize=9)
    plt.show()


# %% nbgrader={"grade_id": "perceptron-certificate", "locked": true} tags=["demo", "nbval-ignore-output"]
@demo
def a_perceptron_in_circles():
    signs = 2 * GATES["XOR"] - 1
    for rounds in (5, 50, 500):
        mistakes = np.asarray(perceptron(CORNERS, signs, np.tile(np.arange(4), rounds))[2])
        shares = np.round(mistakes / np.sum(mistakes), 4)
        print(f"mistakes / all mistakes, {rounds:3} rounds:", shares)
    found = certificate(CORNERS, signs)
    print("certificate(...):                   ", found if found is None else np.round(found, 4))


# %% [markdown] nbgrader={"grade_id": "about-xor-weights", "locked": true}
# ---
# ## 3 · The weights, chosen by hand
# **3 points · 25 minutes**
#
# Exercise 10.1 (b) and (c) of notes 003. Two ReLU units, $\mathrm{ReLU}(z)=\max(0,z)$, look at
# the point first:
#
# $$a_1=\mathrm{ReLU}(x_1+x_2-1.5),\qquad a_2=\mathrm{ReLU}(-x_1-x_2+0.5).$$
#
# **(b)** Work out where the four corners go. Then give $v_1,v_2,c$ such that
# $f=v_1a_1+v_2a_2+c$ is positive for class 1 of XOR and not positive for class 0. Many are right.

# %% nbgrader={"grade_id": "readout", "solution": true}
readout = {"v": None, "c": None}
### BEGIN SOLUTION
readout = {"v": [-4.0, -4.0], "c": 1.0}
### END SOLUTION

# %% [markdown] nbgrader={"grade_id": "about-own-xor", "locked": true}
# **(c)** Now all the weights, and for corners of your own: your first input is `low_1` or `high_1`,
# your second `low_2` or `high_2`. Give a network
#
# $$f(x)=\mathrm{ReLU}(xW_1+b_1)\cdot W_2+b_2$$
#
# that **computes** the XOR of high and low: $f=1$ where exactly one input is high, $f=0$ where both
# or neither are, each to $10^{-6}$. Any number $H$ of hidden units from 2 to 8 will do, and any
# weights that work. Data lie in rows here, so `W1` is $(2,H)$: the transpose of the $W^{(1)}$ of
# the exercise.
#
# <details><summary>Hint 1: a nudge</summary>
# Look at (b) again: (0, 1) and (1, 0) both land at the origin. With what v and c would f be
# exactly 0, 1, 1, 0?
# </details>
# <details><summary>Hint 2: other corners</summary>
# (x1 − low_1) / (high_1 − low_1) is 0 for low and 1 for high. That is a linear function of x1, so
# it can go into the first layer: its factor into W1, its constant into b1.
# </details>
# <details><summary>Hint 3: almost the line</summary>
# With k = 1/(high − low) for each input, column 0 of W1 is (k1, k2) and its bias is
# −(k1·low_1 + k2·low_2) − 1.5. Column 1 has the opposite signs, and 0.5 in the place of −1.5.
# </details>

# %% nbgrader={"grade_id": "own-corners", "locked": true} tags=["nbval-ignore-output"]
corners = variant("xor-weights")
print("Your corners:", ", ".join(f"{name} = {value}" for name, value in corners.items()))

# %% nbgrader={"grade_id": "xor-weights", "solution": true}
my_xor = {"W1": None, "b1": None, "W2": None, "b2": None}
### BEGIN SOLUTION
lows = np.array([corners["low_1"], corners["low_2"]])
k = 1 / (np.array([corners["high_1"], corners["high_2"]]) - lows)
my_xor["W1"] = np.column_stack([k, -k])
my_xor["b1"] = np.array([-k @ lows - 1.5, k @ lows + 0.5])
my_xor["W2"] = np.array([-2.0, -2.0])
my_xor["b2"] = 1.0
### END SOLUTION

# %% nbgrader={"grade_id": "check-xor-weights", "grade": true, "points": 3}
check("xor-weights")

# %% [markdown] nbgrader={"grade_id": "xor-weights-plot-text", "locked": true}
# **Why it matters.** The hidden layer *folds* the plane until a line is enough. Left: the output
# of your network over the plane, with your corners. Right: where your hidden layer puts them
# (its first two units).


# %% nbgrader={"grade_id": "xor-weights-plot", "locked": true} tags=["demo", "nbval-ignore-output"]
@demo
def folded():
    if any(value is None for value in my_xor.values()):
        print("`my_xor` is not filled in yet.")
        return
    W1, b1, W2, b2 = (np.asarray(my_xor[name], dtype=float) for name in ("W1", "b1", "W2", "b2"))
    low = np.array([corners["low_1"], corners["low_2"]])
    size = np.array([corners["high_1"], corners["high_2"]]) - low
    places = low + CORNERS * size
    steps = np.linspace(-0.3, 1.3, 81)
    plane = low + np.stack(np.meshgrid(steps, steps), axis=-1).reshape(-1, 2) * size
    _, (left, right) = plt.subplots(1, 2, figsize=(7, 2.8), layout="constrained")
    f = (np.maximum(plane @ W1 + b1, 0) @ W2 + b2).reshape(81, 81)
    shades = left.contourf(*plane.reshape(81, 81, 2).transpose(2, 0, 1), f, 12, cmap="PuOr")
    plt.colorbar(shades, ax=left)
    show_points(left, places, GATES["XOR"])
    left.set_aspect("auto")
    hidden = np.maximum(places @ W1 + b1, 0)[:, :2]
    show_points(right, hidden, GATES["XOR"])
    right.set(xlabel="$a_1$", ylabel="$a_2$", aspect="auto")
    plt.show()


# %% [markdown] nbgrader={"grade_id": "about-shallow", "locked": true}
# ---
# ## 4 · A shallow network, and what it costs
# **3 points · 20 minutes**
#
# One hidden layer of $H$ units and $K$ outputs:
#
# $$F=\phi(XW_1+b_1)\,W_2+b_2 .$$
#
# The output sums over the **hidden units**: notes 004 (§2.2.2) print $\sum_i w_ix_i$ there,
# which has to be $\sum_i w_ih_i$.
#
# How many numbers does a network need? A layer from $D$ to $H$ has $D\cdot H$ weights and $H$
# biases. The classic 784-256-128-10 for MNIST has 235,146 of them. (Notes 003 count
# $(d+2)M$ for one hidden layer of $M$ units and one output: that is without the output bias, with
# it there is one more.)
#
# <details><summary>Hint 1: a nudge</summary>
# The activation is for the hidden layer only. An output must be able to become negative, or large.
# </details>
# <details><summary>Hint 2: counting</summary>
# Walk through neighbouring pairs of sizes. Each pair is a layer.
# </details>
# <details><summary>Hint 3: by hand</summary>
# 2-3-1: (2·3 + 3) + (3·1 + 1) = 13.
# </details>


# %% nbgrader={"grade_id": "shallow", "solution": true}
def forward(X, W1, b1, W2, b2, activation):
    """Return the outputs F, shape (N, K), of a network with one hidden layer.

    X: (N, D), W1: (D, H), b1: (H,), W2: (H, K), b2: (K,), float64.
    activation: a name that `activate` knows; none after the last layer.
    """
    ### BEGIN SOLUTION
    return activate(X @ W1 + b1, activation) @ W2 + b2
    ### END SOLUTION


def count_parameters(sizes):
    """Return how many weights and biases a fully connected network has, a whole number.

    sizes: [inputs, hidden units layer by layer, outputs], at least two integers.
    """
    ### BEGIN SOLUTION
    return sum((before + 1) * after for before, after in zip(sizes[:-1], sizes[1:], strict=True))
    ### END SOLUTION


# %% [markdown] nbgrader={"grade_id": "about-own-network", "locked": true}
# **What depth buys.** A ReLU network with *one* input is a zig-zag. With $K$ hidden layers of $D$
# units each and one output it has
#
# $$3D+1+(K-1)\,D\,(D+1)$$
#
# parameters, and **at most** $(D+1)^K$ linear pieces (notes 002, which say "could create"; most
# networks have far fewer. Their condition $D>2$ is not needed for the first formula.) With $K=1$
# that is $3D+1$ and $D+1$.
#
# Your own network is drawn in the next cell. How many parameters does it have, and at most how many
# pieces? Now spend the same on **one** hidden layer: what is the largest width that needs no more
# parameters than the deep one, and at most how many pieces does it give? Four whole numbers.

# %% nbgrader={"grade_id": "own-network", "locked": true} tags=["nbval-ignore-output"]
network = variant("shallow")
print(
    f"Your network: one input, K = {network['K']} hidden layers of D = {network['D']} units, one output"
)

# %% nbgrader={"grade_id": "own-counts", "solution": true}
my_counts = {"parameters": None, "pieces": None, "shallow_width": None, "shallow_pieces": None}
### BEGIN SOLUTION
K, D = network["K"], network["D"]
my_counts["parameters"] = 3 * D + 1 + (K - 1) * D * (D + 1)
my_counts["pieces"] = (D + 1) ** K
my_counts["shallow_width"] = (my_counts["parameters"] - 1) // 3
my_counts["shallow_pieces"] = my_counts["shallow_width"] + 1
### END SOLUTION

# %% nbgrader={"grade_id": "check-shallow", "grade": true, "points": 3}
check("shallow")

# %% [markdown] nbgrader={"grade_id": "shallow-plot-text", "locked": true}
# **Why it matters.** The same number of parameters, spent on one hidden layer or on several of
# width 5: the possible pieces grow like a line, or like a power. What is *possible* is not yet
# what training finds; task 7 looks at that.


# %% nbgrader={"grade_id": "shallow-plot", "locked": true} tags=["demo", "nbval-ignore-output"]
@demo
def what_depth_buys():
    layers = np.arange(1, 7)
    deep = [int(count_parameters([1, *(5,) * int(n), 1])) for n in layers]
    _, axes = plt.subplots(figsize=(5, 2.6))
    axes.semilogy(deep, 6.0**layers, "o-", label="layers of 5 units")
    axes.semilogy(deep, [(n - 1) // 3 + 1 for n in deep], "s-", label="one hidden layer")
    axes.set_xlabel("parameters")
    axes.set_ylabel("pieces, at most")
    axes.legend()
    plt.show()


# %% [markdown] nbgrader={"grade_id": "about-activations", "locked": true}
# ---
# ## 5 · Activations and what they let through
# **3 points · 20 minutes**
#
# Training needs slopes. Write those of the usual activations. Here $s=\sigma(z)$ is the logistic
# function and $q=\sigma(2z)$ the same twice as fast.
#
# | line | stands for | may use |
# |---|---|---|
# | `dr_dz` | the slope of ReLU, $r=\max(0,z)$ | anything |
# | `dk_dz` | the slope of the leaky ReLU: $k=z$ for $z>0$, $k=c\,z$ for $z<0$, any $c>0$ | anything |
# | `dp_dz` | the slope of softplus, $p=\log(1+e^z)$ | only `s` |
# | `dt_dz` | the slope of $t=\tanh z$, which is $2q-1$ | only `q` |
# | `dl_dw` | $\partial\ell/\partial w$ of $\ell=(h(wx)-y)^2$ with the hard threshold $h$ | anything |
#
# "Anything" means `z c s q w x y`, your earlier lines, and the functions `exp log tanh sigmoid relu
# step`, where `step(z)` is 1 for $z>0$ and 0 otherwise. That is the threshold $h$. The points
# at which a slope does not exist are left out.
#
# The last line is Exercise 10.2 (a) of notes 003: it is what the perceptron's own threshold
# would tell gradient descent. Two slips to know about: notes 001 (§4.2) call tanh symmetrical about
# the $x$-axis; it is symmetrical about the origin. And notes 004 (§3.7) give ReLU a slope of 1
# for "non-zero values"; it is 1 for **positive** ones.
#
# <details><summary>Hint 1: a nudge</summary>
# The slope of ReLU is 0 on one side and 1 on the other. You have a function that does that.
# </details>
# <details><summary>Hint 2: leaky</summary>
# 1 where step is 1, and c where step is 0: a mixture of the two with step as the switch.
# </details>
# <details><summary>Hint 3: tanh, and the threshold</summary>
# With σ′ = σ(1 − σ) and an inner derivative of 2, q moves by 2q(1 − q), and t = 2q − 1 twice as
# much. And a threshold is flat on both sides: what happens to the output if w moves by a hair?
# </details>

# %% nbgrader={"grade_id": "activation-lines", "solution": true}
activation_lines = {"dr_dz": "", "dk_dz": "", "dp_dz": "", "dt_dz": "", "dl_dw": ""}
### BEGIN SOLUTION
activation_lines["dr_dz"] = "step(z)"
activation_lines["dk_dz"] = "step(z) + c*(1 - step(z))"
activation_lines["dp_dz"] = "s"
activation_lines["dt_dz"] = "4*q*(1 - q)"
activation_lines["dl_dw"] = "0"
### END SOLUTION

# %% [markdown] nbgrader={"grade_id": "about-active-share", "locked": true}
# **Dead units.** A ReLU with $z\le0$ passes nothing on, and no gradient back. That alone is no
# harm, as long as it is on for *other* points. If it is off for **every** point of the data, its
# weights get the gradient zero from all of them: it is dead, and gradient descent cannot wake it
# up. So measure on how many points each unit is on.


# %% nbgrader={"grade_id": "activations", "solution": true}
def active_share(X, W, b):
    """Return for each ReLU unit the share of the points on which it is on (z > 0), shape (H,).

    X: (N, D), W: (D, H), b: (H,), float64. 0 is a dead unit, 1 one that is linear on these data.
    A pre-activation of exactly 0 is off.
    """
    ### BEGIN SOLUTION
    return np.mean(X @ W + b > 0, axis=0)
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-activations", "grade": true, "points": 3}
check("activations")

# %% [markdown] nbgrader={"grade_id": "activations-plot-text", "locked": true}
# **Why it matters.** Far from zero, logistic and tanh let almost nothing through, on either side;
# ReLU lets everything through on one side and nothing on the other; the threshold nothing at all,
# anywhere. The lower picture: 20 points like those of XOR, 400 units with random weights, and
# biases that are pushed down further and further.


# %% nbgrader={"grade_id": "activations-plot", "locked": true} tags=["demo", "nbval-ignore-output"]
@demo
def what_passes():
    z = np.linspace(-5, 5, 201)
    s, t = logistic(z), np.tanh(z)
    slopes = {
        "logistic": s * s[::-1],
        "tanh": 1 - t * t,
        "ReLU": np.where(z > 0, 1.0, 0.0),
        "leaky ReLU, c = 0.1": np.where(z > 0, 1.0, 0.1),
        "threshold": 0 * z,
    }
    _, (above, below) = plt.subplots(2, 1, figsize=(5, 4.6), layout="constrained")
    styles = ("-", "-", "-", "--", ":")
    for (name, curve), style in zip(slopes.items(), styles, strict=True):
        above.plot(z, curve, style, label=name)
    above.set(xlabel="pre-activation z", ylabel="slope", ylim=(-0.1, 1.1))
    above.legend(fontsize=7, loc="upper left")
    generator = np.random.default_rng(4)
    X, W = generator.uniform(size=(20, 2)), generator.normal(size=(2, 400))
    shifts = np.linspace(-3, 3, 25)
    dead = [np.mean(np.asarray(active_share(X, W, np.full(400, b))) == 0) for b in shifts]
    below.plot(shifts, dead, "C2")
    below.set(xlabel="bias of all units", ylabel="share of dead units", ylim=(-0.05, 1.05))
    plt.show()


# %% [markdown] nbgrader={"grade_id": "about-compose", "locked": true}
# ---
# ## 6 · Networks in a row
# **3 points · 20 minutes**
#
# **Without an activation** there is no point in depth: a linear layer after a linear layer is a
# linear layer (notes 001, §4.1; in their last line of the argument $\phi$ has slipped: what differs
# from $w^\top\phi(U^\top x)$ is $(w^\top U^\top)x$.) Multiply out $(xW_1+b_1)W_2+b_2$ and see what
# the single $W$ and $b$ are. Then do it for any number of layers.
#
# **With an activation** two shallow networks in a row are *one deep network* (notes 002). The first
# has one input and makes $y=\phi_0+\sum_d\phi_dh_d$ from its hidden units. The second has $y$ as
# its only input: $h'_e=\mathrm{ReLU}(\theta'_{e0}+\theta'_{e1}\,y)$. Insert, and $y$ disappears:
#
# $$h'_e=\mathrm{ReLU}\Bigl(\psi_{e0}+\sum_d h_d\Psi_{de}\Bigr).$$
#
# <details><summary>Hint 1: a nudge</summary>
# Begin with the map that changes nothing: the identity matrix and a bias of zeros. Let every layer
# act on both.
# </details>
# <details><summary>Hint 2: the bias goes through</summary>
# A bias of the first layer is an input of the second like everything else: it is multiplied with
# the second layer's weights.
# </details>
# <details><summary>Hint 3: ψ</summary>
# θ′[e,1]·(φ0 + Σ φ[d]·h[d]): what stands in front of h[d]? That is the entry in row d, column e.
# What is left over joins θ′[e,0].
# </details>


# %% nbgrader={"grade_id": "compose", "solution": true}
def collapse(weights, biases):
    """Return (W, b), the one linear layer that does what all these do, one after the other.

    weights, biases: lists of L >= 1 float64 arrays; layer l is H @ weights[l] + biases[l].
    """
    ### BEGIN SOLUTION
    W, b = weights[0], biases[0]
    for next_W, next_b in zip(weights[1:], biases[1:], strict=True):
        W, b = W @ next_W, b @ next_W + next_b
    return W, b
    ### END SOLUTION


def merge(phi0, phi, theta0, theta1):
    """Return (psi0, Psi) of the second hidden layer, h' = ReLU(psi0 + h @ Psi).

    phi0: a number, phi: (D,), the output layer of the first network.
    theta0, theta1: (E,), offsets and slopes of the second network's hidden units.
    psi0: (E,); Psi: (D, E).
    """
    ### BEGIN SOLUTION
    return theta0 + theta1 * phi0, np.outer(phi, theta1)
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-compose", "grade": true, "points": 3}
check("compose")

# %% [markdown] nbgrader={"grade_id": "compose-plot-text", "locked": true}
# **Why it matters.** Two networks with three ReLUs each. The first folds the line so that it runs
# through the same interval four times, the second is drawn on it, four times. The deep network has
# $(3+1)^2=16$ pieces, as many as it can, with 22 parameters. One hidden layer with 22 parameters
# has 7 units and at most 8 pieces. But mind the rank: of all $3\times3$ matrices
# $\Psi$, composition reaches those of rank 1 only. A deep network is more than two shallow ones in
# a row.


# %% nbgrader={"grade_id": "compose-plot", "locked": true} tags=["demo", "nbval-ignore-output"]
@demo
def sixteen_pieces():
    theta0, theta1 = np.array([0.0, -1.0, 3.0]), np.array([1.0, 1.0, -1.0])
    phi = np.array([-2.0, 1.5, -1.0])
    theta0_2, theta1_2 = np.array([3.8, 3.5, -3.2]), np.array([1.0, 1.0, -1.0])
    psi0, Psi = (np.asarray(part) for part in merge(0.0, phi, theta0_2, theta1_2))
    x = np.linspace(-8, 8, 6401)
    hidden = np.maximum(theta0 + x[:, None] * theta1, 0)
    y = hidden @ phi
    deep = np.maximum(psi0 + hidden @ Psi, 0) @ phi
    bends = np.abs(np.diff(deep, 2)) > 1e-9
    _, (above, below) = plt.subplots(2, 1, figsize=(5.6, 3.8), sharex=True, layout="constrained")
    above.plot(x, y, "C7")
    above.set(ylabel="first network", xlim=(-2, 6), ylim=(-6, -2))
    below.plot(x, deep, "C0")
    below.set(xlabel="x", ylabel="deep network, by your ψ", ylim=(-1.7, -0.4))
    plt.show()
    # A joint between two grid points bends at both.
    joints = np.sum(bends[1:] & ~bends[:-1]) + bends[0]
    print("pieces of the deep network, counted on a grid:", int(joints) + 1)
    print("rank of Psi:", np.linalg.matrix_rank(Psi))


# %% [markdown] nbgrader={"grade_id": "about-regions", "locked": true}
# ---
# ## 7 · Counting the pieces
# **4 points · 30 minutes**
#
# A shallow ReLU network on the line,
#
# $$y(x)=\phi_0+\sum_{d=1}^D\phi_d\,\mathrm{ReLU}(\theta_{d0}+\theta_{d1}x),$$
#
# is made of straight pieces. Find them exactly: the *joints* between them, and the slope of each
# piece. There are at most $D$ joints and $D+1$ pieces; that a joint per unit is not certain is the
# interesting part. Unit $d$ bends at the $x$ where its pre-activation is zero. There is no joint
#
# - if the unit never bends, because $\theta_{d1}=0$, or is not used, because $\phi_d=0$;
# - if several units bend at the same place and the slope on both sides is the same. For example
#   $\mathrm{ReLU}(x)-\mathrm{ReLU}(-x)=x$ has no joint at all.
#
# And several units that bend at the same place make one joint, not several.
#
# <details><summary>Hint 1: a nudge</summary>
# Walk along the line from left to right. At the far left, which units are on? What is the slope
# there?
# </details>
# <details><summary>Hint 2: the change at a joint</summary>
# A unit with θ1 > 0 is switched on at its joint: φ·θ1 is added. One with θ1 < 0 is switched off:
# φ·θ1 is taken away. Both in one formula: the slope changes by φ·|θ1|.
# </details>
# <details><summary>Hint 3: merging</summary>
# Sort the units by where they bend. Add up the changes of those that bend within 1e-9 of each
# other. Keep a joint only if the sum is not zero (larger than 1e-9).
# </details>


# %% nbgrader={"grade_id": "regions", "solution": true}
def linear_pieces(theta0, theta1, phi):
    """Return (joints, slopes) of y(x) on the whole line, both from left to right.

    theta0, theta1, phi: (D,) float64 arrays, D >= 1; the offset of y does not matter.
    joints: (J,) the x at which the slope changes; slopes: (J + 1,), one for each piece.
    Joints closer than 1e-9 are one, at any of their places; there are no longer chains of them.
    A joint where the slope changes by less than 1e-9 in all is none.
    """
    ### BEGIN SOLUTION
    slopes = [float(np.sum(phi * np.minimum(theta1, 0)))]
    joints = []
    bending = np.flatnonzero(theta1)
    places = -theta0[bending] / theta1[bending]
    changes = phi[bending] * np.abs(theta1[bending])
    while len(places):
        here = places - places.min() < 1e-9
        change = changes[here].sum()
        if abs(change) > 1e-9:
            joints.append(places.min())
            slopes.append(slopes[-1] + change)
        places, changes = places[~here], changes[~here]
    return np.array(joints), np.array(slopes)
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-regions", "grade": true, "points": 4}
check("regions")

# %% [markdown] nbgrader={"grade_id": "regions-plot-text", "locked": true}
# **Why it matters.** On the whole line a random shallow network has nearly always all of its
# $D+1$ pieces; but look where they are. Below are 200 random networks for each width, with the
# starting weights of task 9. Few of their joints lie in $[0,1]$, where the data are. Training has
# to move them there.


# %% nbgrader={"grade_id": "regions-plot", "locked": true} tags=["demo", "nbval-ignore-output"]
@demo
def where_the_joints_are():
    generator = np.random.default_rng(7)
    print("units   pieces on the line   pieces on [0, 1]   (means of 200 networks)")
    for D in (2, 4, 8, 16):
        pieces, inside = [], []
        for _ in range(200):
            theta0, theta1 = generator.uniform(-1, 1, size=(2, D))
            joints, slopes = linear_pieces(theta0, theta1, generator.uniform(-1, 1, size=D))
            joints = np.asarray(joints)
            pieces.append(len(slopes))
            inside.append(1 + np.sum((joints > 0) & (joints < 1)))
        print(f"{D:5}   {np.mean(pieces):18.2f}   {np.mean(inside):16.2f}")


# %% [markdown] nbgrader={"grade_id": "about-approximation", "locked": true}
# ---
# ## 8 · Universal approximation, seen
# **2 points · 15 minutes**
#
# A shallow network with enough units comes as close as you like to any continuous function *on a
# closed and bounded set*. (Notes 002 and 004 leave the set out, and without it the sentence is
# false. Theorem 1 of notes 003 has the set but asks for a sigmoidal activation, which ReLU is not;
# it holds for every continuous activation that is no polynomial: Leshno and others, 1993.)
#
# With the bends fixed at *knots* $k_1,\dots,k_D$ the network
#
# $$f(x)=\phi_0+\sum_{d=1}^D\phi_d\,\mathrm{ReLU}(x-k_d)$$
#
# is linear in $\phi$, and no training is needed: least squares find the best $\phi$.
#
# <details><summary>Hint 1: a nudge</summary>
# Make a matrix with a row for each x: in its first column ones, then the hidden units.
# </details>
# <details><summary>Hint 2: almost the line</summary>
# `x[:, None] - knots` has all the pre-activations. `np.linalg.lstsq` does the rest; its first
# result is what you want.
# </details>


# %% nbgrader={"grade_id": "approximation", "solution": true}
def fit_relu(x, y, knots):
    """Return phi, shape (D + 1,), with the smallest sum of squared errors; phi[0] is the offset.

    x, y: (N,) float64 arrays; knots: (D,), sorted, at least 1e-3 apart, such that phi is unique.
    Judged to a relative 1e-6.
    """
    ### BEGIN SOLUTION
    hidden = np.maximum(x[:, None] - knots, 0)
    return np.linalg.lstsq(np.column_stack([np.ones(len(x)), hidden]), y, rcond=None)[0]
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-approximation", "grade": true, "points": 2}
check("approximation")

# %% [markdown] nbgrader={"grade_id": "approximation-plot-text", "locked": true}
# **Why it matters.** The theorem promises that the error can be made as small as you like. Here you
# see how fast: twice as many units, a quarter of the error. What it does not promise is that
# gradient descent finds such weights.


# %% nbgrader={"grade_id": "approximation-plot", "locked": true} tags=["demo", "nbval-ignore-output"]
@demo
def fits_of_a_sine():
    x = np.linspace(0, 1, 1001)
    y = np.sin(2 * np.pi * x)
    _, (left, right) = plt.subplots(1, 2, figsize=(7, 2.8), layout="constrained")
    left.plot(x, y, "k", linewidth=0.8, label=r"$\sin 2\pi x$")
    sizes, errors = [2, 4, 8, 16, 32, 64], []
    for D in sizes:
        knots = np.arange(D) / D
        phi = np.asarray(fit_relu(x, y, knots))
        fit = phi[0] + np.maximum(x[:, None] - knots, 0) @ phi[1:]
        errors.append(np.max(np.abs(fit - y)))
        if D in (2, 4, 8):
            left.plot(x, fit, label=f"{D} units")
    left.set_xlabel("x")
    left.legend(fontsize=7)
    right.loglog(sizes, errors, "o-")
    right.set(xlabel="units", ylabel="largest error", xticks=sizes, xticklabels=sizes)
    right.minorticks_off()
    plt.show()
    print(
        "units, largest error:",
        ", ".join(f"{D}: {e:.4f}" for D, e in zip(sizes, errors, strict=True)),
    )


# %% [markdown] nbgrader={"grade_id": "about-train", "locked": true}
# ---
# ## 9 · Let it learn
# **6 points · 45 minutes**
#
# Now without choosing weights by hand. One hidden layer, one logit for each point, and the mean
# binary cross-entropy:
#
# $$z=\phi(XW_1+b_1)\,W_2+b_2,\qquad p=\sigma(z),\qquad
#   L=-\frac1N\sum_n\bigl(y_n\log p_n+(1-y_n)\log(1-p_n)\bigr).$$
#
# The parameters are a dictionary, `{"W1": (D, H), "b1": (H,), "W2": (H,), "b2": a number}`. There
# is one output, so `W2` is a vector.
#
# **(a) The gradients**, by hand. The loss tells the logits $\partial L/\partial z_n=(p_n-y_n)/N$,
# simple and complete. From there it is two layers back, each with the signal that arrives: first
# `W2` and `b2`; then through `W2` and the slope of the activation to `W1` and `b1`. (torch's
# autograd would count as well, but you would not learn it.)
#
# <details><summary>Hint 1: the loss without overflow</summary>
# −log p = log(1 + e^−z), and −log(1 − p) = log(1 + e^z). Both are `np.logaddexp(0, ...)`, and
# together they are log(1 + e^z) − y·z.
# </details>
# <details><summary>Hint 2: shapes</summary>
# The signal at the logits has shape (N,), at the hidden layer (N, H): every point's number times
# every unit's weight, then the slope. A gradient has the shape of its parameter; n disappears in
# it.
# </details>
# <details><summary>Hint 3: slopes</summary>
# With H the hidden values: 1 − H² for tanh, and for ReLU 1 where H > 0, else 0.
# </details>


# %% nbgrader={"grade_id": "gradients", "solution": true}
def gradients(X, y, params, activation):
    """Return (loss, grads): the mean binary cross-entropy, and its gradients named like params.

    X: (N, D); y: (N,), numbers from 0 to 1; params: as above, float64; activation: "tanh" or "relu".
    No nan or inf for logits up to ±1000. At exactly 0 the slope of ReLU may be 0 or 1.
    """
    ### BEGIN SOLUTION
    H = activate(X @ params["W1"] + params["b1"], activation)
    z = H @ params["W2"] + params["b2"]
    loss = np.mean(np.logaddexp(0, z) - y * z)
    dz = (logistic(z) - y) / len(X)
    slope = 1 - H**2 if activation == "tanh" else np.where(H > 0, 1.0, 0.0)
    dA = np.outer(dz, params["W2"]) * slope
    return loss, {"W1": X.T @ dA, "b1": dA.sum(axis=0), "W2": H.T @ dz, "b2": dz.sum()}
    ### END SOLUTION


# %% [markdown] nbgrader={"grade_id": "about-train-loop", "locked": true}
# **(b) The training.** Draw the starting weights, then walk downhill with all the points in every
# step:
#
# - All random numbers come from `np.random.default_rng(seed)`: another seed, another start.
# - Every entry of `W1` and `b1` is uniform between $\pm1/\sqrt D$, every entry of `W2` and `b2`
#   uniform between $\pm1/\sqrt H$, each drawn by itself, by `uniform` or `random` of the generator.
#   In which order they are drawn is up to you.
# - `gradients` is an argument. Each step calls `gradients(X, y, params, activation)` once, with `X`
#   and `y` as they are and the parameters of this moment, and moves **every** parameter by
#   $-\eta$ times its gradient. Nothing else calls it. Whether you change your own arrays, and those
#   that it returns, in place or make new ones is up to you.
#
# <details><summary>Hint 1: a nudge</summary>
# If all units start equal, they get equal gradients and stay equal for ever: one unit in many
# copies. That is what the random numbers are for.
# </details>
# <details><summary>Hint 2: almost the loop</summary>
# A dictionary of new values, made from the old ones name by name, is the shortest step, and
# touches nothing that somebody else holds.
# </details>


# %% nbgrader={"grade_id": "train", "solution": true}
def train(gradients, X, y, hidden, activation, seed, steps=300, learning_rate=1.0):
    """Return the parameters, named as above, after `steps` steps of gradient descent.

    gradients(X, y, params, activation) returns (loss, grads). X: (N, D), y: (N,).
    hidden: the number H of hidden units. seed: an integer.
    """
    ### BEGIN SOLUTION
    rng = np.random.default_rng(seed)
    inner, outer = 1 / np.sqrt(X.shape[1]), 1 / np.sqrt(hidden)
    params = {
        "W1": rng.uniform(-inner, inner, size=(X.shape[1], hidden)),
        "b1": rng.uniform(-inner, inner, size=hidden),
        "W2": rng.uniform(-outer, outer, size=hidden),
        "b2": rng.uniform(-outer, outer),
    }
    for _ in range(steps):
        _, grads = gradients(X, y, params, activation)
        params = {name: params[name] - learning_rate * grads[name] for name in params}
    return params
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-train", "grade": true, "points": 6}
check("train")

# %% [markdown] nbgrader={"grade_id": "train-plot-text", "locked": true}
# **Why it matters.** Nobody told it to fold the plane. What it has found, for three data sets that
# no line separates: the logit after training with 16 ReLUs, zero on the dashed line.


# %% nbgrader={"grade_id": "against-torch", "locked": true} tags=["demo", "nbval-ignore-output"]
@demo
def against_torch():
    generator = np.random.default_rng(5)
    sizes = {"W1": (2, 5), "b1": 5, "W2": 5, "b2": ()}
    net = {name: generator.normal(size=size) for name, size in sizes.items()}
    X, y = generator.normal(size=(8, 2)), np.arange(8.0) % 2
    leaves = {name: torch.tensor(value, requires_grad=True) for name, value in net.items()}
    out = torch.tanh(torch.tensor(X) @ leaves["W1"] + leaves["b1"]) @ leaves["W2"] + leaves["b2"]
    torch.nn.functional.binary_cross_entropy_with_logits(out, torch.tensor(y)).backward()
    yours = gradients(X, y, net, "tanh")[1]
    gaps = [np.abs(np.asarray(yours[name]) - leaves[name].grad.numpy()).max() for name in net]
    print(f"largest difference between your gradients and torch's: {max(gaps):.1e}")


# %% nbgrader={"grade_id": "train-plot", "locked": true} tags=["demo", "nbval-ignore-output"]
def your_gradients(X, y, params, activation):
    """Your `gradients` with NumPy arrays as its answers, whatever you have written it with."""
    loss, grads = gradients(X, y, params, activation)
    return float(loss), {name: np.asarray(grad) for name, grad in grads.items()}


@demo
def learnt_boundaries():
    generator = np.random.default_rng(11)
    clouds = np.repeat(CORNERS, 15, axis=0) + 0.12 * generator.normal(size=(60, 2))
    angle = np.linspace(0, 2 * np.pi, 30, endpoint=False)
    ring = 0.5 + 0.6 * np.column_stack([np.cos(angle), np.sin(angle)])
    dots = 0.5 + 0.15 * generator.normal(size=(30, 2))
    data = {
        "XOR": (CORNERS, GATES["XOR"]),
        "noisy XOR": (clouds, np.repeat(GATES["XOR"], 15)),
        "class 1 in the middle": (np.vstack([dots, ring]), np.repeat([1.0, 0.0], 30)),
    }
    steps = np.linspace(-0.5, 1.5, 61)
    plane = np.stack(np.meshgrid(steps, steps), axis=-1).reshape(-1, 2)
    _, panels = plt.subplots(1, 3, figsize=(8, 2.6), layout="constrained")
    for panel, (name, (X, y)) in zip(panels, data.items(), strict=True):
        net = train(your_gradients, X, y, 16, "relu", seed=1)
        hidden = np.maximum(plane @ np.asarray(net["W1"]) + np.asarray(net["b1"]), 0)
        z = hidden @ np.asarray(net["W2"]) + float(net["b2"])
        panel.contourf(steps, steps, np.clip(z, -8, 8).reshape(61, 61), 16, cmap="PuOr")
        panel.contour(steps, steps, z.reshape(61, 61), [0], colors="k", linestyles="--")
        show_points(panel, X, y)
        loss = your_gradients(X, y, net, "relu")[0]
        panel.set_title(f"{name}: loss {loss:.3f}", fontsize=9)
    plt.show()


# %% [markdown] nbgrader={"grade_id": "about-coin-toss", "locked": true}
# ---
# ## 10 · How often does it work?
# **2 + 2 points · 35 minutes**
#
# One run says little. You know that two hidden units are enough for XOR: you chose their weights
# in task 3. Does gradient descent find them? Measure it, over many seeds.
#
# First an *honest* accuracy. A run that diverges ends with NaN, and NaN is treacherous: it is not
# larger than 0, so `z > 0` makes class 0 of it, and rounding makes some integer. A NaN is no
# answer, and right for nobody. Then count how many runs got **all** points right.
#
# <details><summary>Hint 1: a nudge</summary>
# Ask the question twice, so that NaN fails both: is z > 0 where y is 1? Is z ≤ 0 where y is 0?
# </details>
# <details><summary>Hint 2: counting</summary>
# An accuracy of 1 is a success, ¾ is none. The answer is a share of the seeds.
# </details>


# %% nbgrader={"grade_id": "coin-toss", "solution": true}
def accuracy(X, y, params, activation):
    """Return the share of the points that a network gets right: z > 0 for y = 1, z <= 0 for y = 0.

    X: (N, D); y: (N,), each 0 or 1; params: as in task 9; activation: a name that `activate` knows.
    A point with the logit NaN is never right.
    """
    ### BEGIN SOLUTION
    z = activate(X @ params["W1"] + params["b1"], activation) @ params["W2"] + params["b2"]
    return np.mean(np.where(y == 1, z > 0, z <= 0))
    ### END SOLUTION


def success_rate(train_once, X, y, activation, seeds):
    """Return the share of the seeds with which training gets every point right.

    seeds: a list or range of integers. train_once(seed) returns the params of a trained network;
    it is called once for each entry of seeds.
    """
    ### BEGIN SOLUTION
    wins = [accuracy(X, y, train_once(seed), activation) == 1 for seed in seeds]
    return np.mean(wins)
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-coin-toss", "grade": true, "points": 2}
check("coin-toss")

# %% [markdown] nbgrader={"grade_id": "coin-toss-plot-text", "locked": true}
# **The measurement.** Your functions, with the settings of task 9 (300 steps, learning rate 1,
# uniform start), 20 seeds for each network. Copy the cell below it and change the seeds, the number
# of units, the steps or the learning rate: that is the experiment of this task.


# %% nbgrader={"grade_id": "coin-toss-table", "locked": true} tags=["demo", "nbval-ignore-output"]
@demo
def table():
    y = GATES["XOR"]

    def rate(hidden, activation, steps=300):
        def once(seed):
            return train(your_gradients, CORNERS, y, hidden, activation, seed, steps)

        return float(success_rate(once, CORNERS, y, activation, range(20)))

    print("hidden units    tanh    ReLU")
    for hidden in (2, 16):
        print(f"{hidden:12}   {rate(hidden, 'tanh'):4.0%}    {rate(hidden, 'relu'):4.0%}")
    _, axes = plt.subplots(figsize=(5, 2.6))
    steps = (5, 10, 20, 30, 40, 60)
    axes.plot(steps, [rate(16, "relu", n) for n in steps], "o", label="yours, of 20 seeds")
    draw_recorded(axes, "share solved, 16 relu", "right runs, of 200 seeds")
    axes.set(xlabel="step", ylabel="share solved by 16 ReLUs")
    axes.set(xlim=(0, 70), ylim=(-0.03, 1.03))
    axes.legend(fontsize=8, loc="lower right")
    plt.show()


# %% [markdown] nbgrader={"grade_id": "about-coin-toss-words", "locked": true}
# ### In words
# **2 points, marked by hand**
#
# Measure the 2-2-1 network with at least 100 seeds, for tanh and for ReLU, and one larger network.
# Then answer in five to eight sentences, with your numbers and the setting they belong to:
#
# 1. How often does 2-2-1 succeed? What would you have believed after *one* run, and how far off may
#    100 runs still be?
# 2. Weights that solve XOR with two ReLUs exist, you gave them in task 3. Why is ReLU so
#    much worse than tanh at finding them? (Look at `active_share` of a run that failed, and at
#    Exercise 10.2 (b) and (c).)
# 3. What do more hidden units change: what the network *can* represent, or what training *finds*?
#    And which of the two does the universal approximation theorem speak about?

# %% [markdown] nbgrader={"grade_id": "coin-toss-words", "grade": true, "solution": true, "points": 2}
# ### BEGIN SOLUTION
# 1. Setting: 300 steps of full-batch gradient descent, learning rate 1, uniform start, seeds 0 to
#    199: tanh 63 %, ReLU 25.5 % of the runs get all four points right. (With 3 units 94 % and
#    50.5 %, with 4 units 100 % and 71.5 %, with 8 units 100 % and 98 %, with 16 units 100 % for
#    both.) After one run I would have believed in 0 or in 100 %. The standard deviation of a
#    share $p$ of 100 runs is $\sqrt{p(1-p)/100}$, here nearly 5 percentage points, so 100 runs
#    may well be 10 points off.
# 2. That weights exist says nothing about a way downhill that leads to them. A ReLU that is off on
#    all four points gets no gradient from any of them and never comes back, and with one unit left
#    the network cannot do XOR. Of the 149 ReLU runs that failed, 108 end with a dead unit, and 23
#    more with one that is on everywhere, which is merely linear. tanh has a slope everywhere, small
#    where it saturates, so its units can still move. Its failures are bad valleys: they end near
#    a loss of ½ log 2 ≈ 0.35, with a logit near 0 at two of the points.
# 3. Two units represent XOR already, so more of them change what training *finds*: with 16 random
#    units it is almost certain that some of them are useful from the start. The universal
#    approximation theorem speaks of what can be represented, and says nothing about training.
# ### END SOLUTION
# ### BEGIN MARK SCHEME
# **Rubric, 2 points in steps of ½.**
#
# - ½: rates for tanh and for ReLU from at least 100 seeds, with the setting (steps, learning rate,
#   start). With the notebook's setting: tanh 50 to 75 %, ReLU 12 to 40 %.
# - ½: the uncertainty of such a rate: a standard deviation near 5 points, or two batches of seeds
#   compared.
# - ½: dead ReLUs named as a cause *with* the reason (no gradient from any point), or shown with
#   `active_share`. "ReLU is worse for small networks" alone gets nothing.
# - ½: more units help training to find what two can represent already; the theorem speaks of
#   representation only. Both halves are needed.
# ### END MARK SCHEME

# %% [markdown] nbgrader={"grade_id": "closing", "locked": true}
# ---
# ## What you have seen
#
# - A perceptron learns what a line can do, and nothing else. That XOR is not among it takes four
#   numbers to prove.
# - One hidden layer folds the plane; then a line is enough. Without an activation nothing folds.
# - Depth multiplies the pieces that are possible, width adds to them.
# - What a network *can* represent and what training *finds* are two questions. Two hidden units
#   can; sixteen are found. Judge a training by many runs, and say which.
#
# **Is your curve normal?** The plot of task 10 has your share of 20 seeds over those of right solutions
# with sixteen ReLUs, which had 200 seeds each; [data/curves.html](data/curves.html) has them step by step,
# and eight tanh. Twenty seeds scatter, so that a point beside the grey is no mistake. All of them beside
# it are one: look at the start and at the learning rate. Two units are not on that page. They are yours
# to measure.
#
# **Where to go on.** *Backpropagation by hand* derives the gradients of task 9 for any depth. *From
# gradient descent to Adam* does better steps than the plain ones here: run task 10 with them and
# see how much of the coin toss remains. And the proof of task 2 grows up to be linear programming
# and the support vector machine.
