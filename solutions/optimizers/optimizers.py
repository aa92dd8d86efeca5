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
# # From gradient descent to Adam
#
# Backpropagation tells you which way is downhill. This notebook is about walking: how far, how
# often to look, what to remember of the steps before. You start with one line of code and end
# with the optimiser that most networks are trained with, and with an example on which it walks
# uphill for ever.
#
# **Afterwards you can**
#
# - say for which learning rates gradient descent converges, and compute the best one,
# - build minibatches that use every sample once, and know when their mean is the full gradient,
# - write momentum, RMSprop and Adam from scratch, and tell the conventions of books and of torch
#   apart,
# - explain what bias correction, $\epsilon$ and weight decay do, and test that they do it,
# - say to which of many solutions gradient descent goes, and when Adam goes nowhere good.
#
# | | task | you write | minutes | points |
# |---|---|---|---|---|
# | 1 | `descent` | gradient descent with a stopping rule | 15 | 2 |
# | 2 | `regression` | two gradients, a closed form, two steps of your own | 25 | 4 |
# | 3 | `learning-rate` | two lines, two functions, three numbers of your own | 25 | 3 |
# | 4 | `minibatches` | epochs without replacement, SGD, judged over many seeds | 30 | 4 |
# | 5 | `momentum` | one function for two conventions, and torch's settings for both | 20 | 3 |
# | 6 | `normalised` | two functions, and a two-cycle of your own | 20 | 3 |
# | 7 | `adam` | four lines, one function | 35 | 5 |
# | 8 | `recipe` | four schedules, weight decay in two places | 25 | 4 |
# | 9 | `minimum-norm` | two lines, two functions | 20 | 2 |
# | 10 | `adam-fails` | an experiment, three numbers, and a question in words | 30 | 2 + 2 |
#
# Together 34 points and about four hours. Each task stands on its own: if one does not work out,
# go on and come back.
#
# **Where to read.** Wüest, *Deep Learning* ("notes 000"), on fitting models. Nalisnick,
# *Machine Learning: Deep Learning* ("notes 001"), §1.6, §4.6.1 and §5. *Deep Learning Basics*
# ("notes 002"), on training. Lim, *Lecture 10: Neural Networks* ("notes 003"), on gradient
# descent, and Exercise 10.4. Baker, *Deep Learning Lecture Notes* ("notes 004"), §2.5 and §3.5.
# Where their formulas contain a slip, this notebook teaches the right one and says so in a line.

# %% [markdown] nbgrader={"grade_id": "notation", "locked": true}
# ## One notation
#
# - Data lie in **rows**: `X` is $(N, D)$, `y` is $(N,)$, a linear model predicts `X @ w`.
# - **Losses are means over the batch**, so that a learning rate means the same for every batch
#   size. Squared error is $\frac12(f-y)^2$ for one sample, with the ½.
# - $\eta$ is the learning rate (`learning_rate`), called $\alpha$ in notes 000, 001 and 002.
# - An optimiser's step gets and returns all parameters of a model as a **dictionary**, such as
#   `{"W": array, "b": array}`; `grads` has the same names and shapes. Inside, everything is
#   entry by entry.
# - What a step has to remember is its **state**. It is passed in and handed back, never kept in
#   a global variable: `params, state = step(params, grads, state, ...)`. Before the first step
#   the state is `None`. What you put into it is up to you: only your own next step reads it.
# - All else may be new in each step: parameters, gradients, the order of their names, $\eta$,
#   $\beta$, $\epsilon$. Only the names and shapes stay. A step uses what it is given, and a zero
#   gradient like any other (where $\epsilon=0$ there is none). No name has a meaning of its own.
# - Functions leave their arguments as they are: no `+=` on what you were given. They may return
#   NumPy arrays or torch tensors, and compute in float64 unless the task says otherwise. They may
#   hand back, or keep in the state, arrays that they were given: nobody writes into those later.
# - A function that you are given, such as a gradient, is called with its arguments in the order
#   shown. Do not write into what it returns, either: it may be your own array.
# - Numbers may be of any size, large or tiny. Nothing is so small that it counts as zero.
#
# `torch.optim` has all of this. Use it to check yourself afterwards: you learn nothing from calling
# it instead.

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


# %% [markdown] nbgrader={"grade_id": "language", "locked": true}
# > **How to write a derivation.** Three tasks ask for formulas line by line. A line is a piece of
# > text in a small language that looks like Python, for example `"2*x*exp(-x**2)"`. It is
# > evaluated at random points, so any form that is equal is right.
# >
# > - Numbers, names, `+ - * / **`, brackets. `u*v` multiplies entry by entry, `u @ v` is the
# >   matrix product, `W.T` the transpose. Power is `**`, not `^`. Functions: `sqrt exp log abs sum
# >   mean outer dot` and the like.
# > - Names are the symbols that the task lists, and the lines you have already written. Where a
# >   line may use fewer symbols, the table says so.
# > - `dm_dg` reads $\mathrm dm/\mathrm dg$.
# >
# > Write each line between the quotes that wait for it, and delete `raise NotImplementedError()`.

# %% [markdown] nbgrader={"grade_id": "about-descent", "locked": true}
# ---
# ## 1 · Downhill
# **2 points · 15 minutes**
#
# The gradient points uphill, so walk the other way, again and again:
#
# $$x_{t+1} = x_t - \eta\,\nabla f(x_t).$$
#
# When to stop? At a minimum the gradient is zero. So stop where its length is at most a
# `tolerance`, and in any case after `max_steps` steps. The function to minimise does not appear,
# only its gradient does, and that comes as an **argument**: the same ten lines then serve a
# parabola and a network.
#
# One worked step: $f(x)=x^2$, $\nabla f=2x$, $\eta=0.1$. From $x_0=1$ to
# $x_1=1-0.1\cdot2=0.8$, then $0.64$, $0.512$, … .
#
# (Notes 004, §3.5, write $W+\eta\,\Delta W$ and call $\Delta W$ the gradient. It is the *negative*
# gradient; with the gradient itself a plus would climb.)
#
# <details><summary>Hint 1: a nudge</summary>
# Keep a list that begins with the start. The newest point is its last entry.
# </details>
# <details><summary>Hint 2: the loop</summary>
# In each round: ask for the gradient at the newest point; leave the loop if it is short enough;
# otherwise append the next point. `for _ in range(max_steps)` takes care of the other rule.
# </details>
# <details><summary>Hint 3: the length</summary>
# `np.linalg.norm(g)` is the root of the sum of all squares, for an array of any shape.
# </details>


# %% nbgrader={"grade_id": "descent", "solution": true}
def gradient_descent(gradient, start, learning_rate, tolerance=1e-4, max_steps=100):
    """Return the list of all points visited: the start first, the answer last.

    gradient(x) is the gradient at x, of the shape of x. start: a float or a float64 array of any
    shape. There is no step from a point where the gradient's Euclidean length (all entries
    together) is at most tolerance, and none after max_steps steps. Nothing else ends the walk,
    however short or long its steps are.
    """
    ### BEGIN SOLUTION
    path = [start]
    for _ in range(max_steps):
        slope = gradient(path[-1])
        if np.linalg.norm(slope) <= tolerance:
            break
        path.append(path[-1] - learning_rate * slope)
    return path
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-descent", "grade": true, "points": 2}
check("descent")

# %% [markdown] nbgrader={"grade_id": "descent-plot-text", "locked": true}
# **Why it matters.** Gradient descent is blind beyond its own feet. This function has two valleys,
# and the start alone decides which one you end in. Stochastic gradients (task 4) may jump out of a
# shallow one; plain gradient descent never does.


# %% nbgrader={"grade_id": "descent-plot", "locked": true} tags=["demo", "nbval-ignore-output"]
@demo
def two_valleys():
    def valley(x):
        return (x**2 - 1) ** 2 + 0.3 * x

    x = np.linspace(-1.6, 1.6, 200)
    _, axes = plt.subplots(figsize=(5.5, 2.8))
    axes.plot(x, valley(x), color="grey", linewidth=1)
    for start, colour in ((0.2, "C0"), (-0.1, "C1"), (1.5, "C2")):
        points = gradient_descent(lambda x: 4 * x * (x**2 - 1) + 0.3, start, 0.05)
        points = np.array([float(point) for point in points])
        label = f"from {start}: {len(points) - 1} steps to {points[-1]:.3f}"
        axes.plot(points, valley(points), "o-", color=colour, markersize=3, label=label)
    axes.set_xlabel("x")
    axes.set_ylabel("f(x)")
    axes.legend(fontsize=8)
    plt.show()


# %% [markdown] nbgrader={"grade_id": "about-regression", "locked": true}
# ---
# ## 2 · Two regressions
# **4 points · 25 minutes**
#
# A linear model $f = Xw$ with squared error (ordinary least squares) and the same model with a
# logistic output and cross-entropy:
#
# $$L_\mathrm{sq}(w)=\frac1N\sum_n\tfrac12(f_n-y_n)^2,\qquad
#   L_\mathrm{log}(w)=-\frac1N\sum_n\bigl(y_n\log\sigma(f_n)+(1-y_n)\log(1-\sigma(f_n))\bigr).$$
#
# Both gradients have the same form: **(prediction − target) times input, averaged**; only what
# "prediction" means differs. The first loss also has a minimum you can write down, where the
# gradient is zero. That makes it the touchstone for every optimiser: here you know where the
# walk has to end. The second has no such formula (notes 001, §1.6), so you have to walk.
#
# (Notes 001 add that a zero gradient means that all points are predicted with maximal confidence.
# No: with $x=(1,1)$, $y=(0,1)$ the gradient is zero at $w=0$ and both probabilities are ½. Errors
# can cancel.)
#
# <details><summary>Hint 1: a nudge</summary>
# Write the gradient for one sample, (prediction − y) · x, then sum over the rows. X is (N, D), the
# residual (N,), the gradient (D,): which product lets N disappear?
# </details>
# <details><summary>Hint 2: the closed form</summary>
# Set the gradient to zero and collect w on one side: (XᵀX) w = Xᵀy. `np.linalg.solve` solves
# that; `np.linalg.lstsq` does without it. There is no need for an inverse.
# </details>
# <details><summary>Hint 3: logistic</summary>
# `logistic` of the first cell is yours to use. Take the gradient of least squares and put it
# around the prediction.
# </details>


# %% nbgrader={"grade_id": "regression", "solution": true}
def squared_gradient(X, y, w):
    """Return the gradient of L_sq at w, shape (D,).

    X: (N, D), y: (N,), w: (D,), float arrays. float32 or float64: judged to a relative 1e-4.
    """
    ### BEGIN SOLUTION
    return X.T @ (X @ w - y) / len(X)
    ### END SOLUTION


def logistic_gradient(X, y, w):
    """Return the gradient of L_log at w, shape (D,).

    X: (N, D), w: (D,), y: (N,) with values from 0 to 1. float32 or float64: judged to a
    relative 1e-4.
    """
    ### BEGIN SOLUTION
    return X.T @ (logistic(X @ w) - y) / len(X)
    ### END SOLUTION


def least_squares(X, y):
    """Return the w that minimises L_sq, shape (D,), in closed form: no descent.

    X: (N, D) with N >= D and independent columns, y: (N,). float64: judged to a relative 1e-7.
    Columns may differ much in size, but none is nearly a combination of others: the formula of
    hint 2 is exact enough.
    """
    ### BEGIN SOLUTION
    return np.linalg.solve(X.T @ X, X.T @ y)
    ### END SOLUTION


# %% [markdown] nbgrader={"grade_id": "about-own-steps", "locked": true}
# **Your own numbers.** The next cell draws three samples with one feature and a learning rate that
# belong to you alone: to the name you log in with, or hand in under. Start logistic regression at
# $w_0=0$ (one weight, no intercept) and give $w_1$ and $w_2$, the weight after one and after two
# steps of gradient descent on $L_\mathrm{log}$. Four significant digits are enough (judged to a
# relative 5e-4). A few lines of Python that use `my_data` are safest: they stay right when your
# work is marked on another machine.
#
# To test your method first: $x=(1,2,-1)$, $y=(1,1,0)$, $\eta=0.5$ must give $w_1=\frac13$ and
# $w_2=0.585558$.

# %% nbgrader={"grade_id": "own-data", "locked": true} tags=["nbval-ignore-output"]
my_data = variant("regression")
print("Your data:", ", ".join(f"{name} = {value}" for name, value in my_data.items()))

# %% nbgrader={"grade_id": "own-steps", "solution": true}
my_weights = {"w1": None, "w2": None}
### BEGIN SOLUTION
x, y, eta = np.array(my_data["x"]), np.array(my_data["y"]), my_data["eta"]
first = np.mean((0.5 - y) * x)
second = np.mean((logistic(-eta * first * x) - y) * x)
my_weights = {"w1": float(-eta * first), "w2": float(-eta * (first + second))}
### END SOLUTION

# %% nbgrader={"grade_id": "check-regression", "grade": true, "points": 4}
check("regression")

# %% [markdown] nbgrader={"grade_id": "regression-demo-text", "locked": true}
# **Why it matters.** The walk and the formula meet, digit by digit. With real data the formula
# costs $D^2N$ operations and a memory of $D^2$ numbers, which is out of the question for the
# millions of weights of a network; a step of the walk costs $DN$.


# %% nbgrader={"grade_id": "regression-demo", "locked": true} tags=["demo", "nbval-ignore-output"]
@demo
def walk_and_formula():
    generator = np.random.default_rng(0)
    X = np.column_stack([np.ones(40), generator.normal(size=(40, 2))])
    y = X @ np.array([0.5, 2.0, -1.0]) + 0.3 * generator.normal(size=40)
    w = np.zeros(3)
    print("step  weights by gradient descent      distance to the closed form")
    for step in range(81):
        if step in (0, 1, 5, 20, 80):
            gap = np.linalg.norm(w - np.asarray(least_squares(X, y)))
            print(f"{step:4d}  {np.array2string(w, precision=5, floatmode='fixed'):32s} {gap:.1e}")
        w = w - 0.3 * np.asarray(squared_gradient(X, y, w))


# %% [markdown] nbgrader={"grade_id": "about-learning-rate", "locked": true}
# ---
# ## 3 · How far is too far?
# **3 points · 25 minutes**
#
# Near a minimum every smooth function looks like a quadratic, so look at quadratics. In one
# dimension, with curvature $a>0$ and minimum at $c$:
#
# $$f(x)=\tfrac12a(x-c)^2,\qquad x_1=x-\eta\,f'(x),\qquad x_2 = x_1-\eta\,f'(x_1),\ \dots$$
#
# How far does $x_1$ move when the start $x$ is moved? And $x_3$? The derivative with respect to
# the start is the factor by which a distance shrinks.
#
# | line | stands for | may use |
# |---|---|---|
# | `dx1_dx` | $\mathrm dx_1/\mathrm dx$, after one step | `eta a` |
# | `dx3_dx` | $\mathrm dx_3/\mathrm dx$, after three steps | `eta a`, the line above |
#
# In $D$ dimensions, $f(x)=\frac12(x-c)^\top A\,(x-c)$ with a symmetric positive definite $A$: each
# eigenvector of $A$ is such a parabola of its own, its curvature the eigenvalue $\lambda$. With
# $\mu$ the smallest eigenvalue and $L$ the largest:
#
# - the distance to the minimum shrinks, in the worst direction, by the factor
#   $\rho(\eta)=\max_i|1-\eta\lambda_i|$ in each step;
# - gradient descent converges from everywhere **if and only if** $\eta<2/L$;
# - the best rate balances the two ends, $1-\eta\mu=-(1-\eta L)$, so $\eta^*=2/(L+\mu)$.
#
# So "convex, hence gradient descent finds the minimum" (notes 000; notes 004, §2.5, speak of a
# guarantee) needs a second half: if the learning rate is below $2/L$.
#
# <details><summary>Hint 1: the lines</summary>
# Write x1 − c in terms of x − c. The factor does not depend on x, so three steps multiply it by
# itself.
# </details>
# <details><summary>Hint 2: eigenvalues</summary>
# `np.linalg.eigvalsh(A)` gives the eigenvalues of a symmetric matrix, the smallest first.
# </details>
# <details><summary>Hint 3: how many steps</summary>
# After k steps the factor is ρ to the power k. Solve ρᵏ ≤ 1/1000 for k, and round up.
# </details>

# %% nbgrader={"grade_id": "learning-rate-lines", "solution": true}
learning_rate_lines = {"dx1_dx": "", "dx3_dx": ""}
### BEGIN SOLUTION
learning_rate_lines["dx1_dx"] = "1 - eta*a"
learning_rate_lines["dx3_dx"] = "dx1_dx**3"
### END SOLUTION


# %% nbgrader={"grade_id": "learning-rate", "solution": true}
def learning_rate_limit(A):
    """Return the learning rate below which gradient descent on ½(x − c)ᵀA(x − c) converges.

    A: (D, D) float64 array, symmetric and positive definite. The result is a float.
    """
    ### BEGIN SOLUTION
    return 2 / np.linalg.eigvalsh(A)[-1]
    ### END SOLUTION


def worst_factor(A, learning_rate):
    """Return ρ, the factor by which one step changes the distance in the worst direction.

    A as above; learning_rate: a float > 0. Below 1 it shrinks, above 1 it grows.
    """
    ### BEGIN SOLUTION
    return np.max(np.abs(1 - learning_rate * np.linalg.eigvalsh(A)))
    ### END SOLUTION


# %% [markdown] nbgrader={"grade_id": "about-own-matrix", "locked": true}
# **Your own numbers.** For the matrix that the next cell draws for you, give
# `"limit"`, the largest learning rate $2/L$; `"best"`, the best one $\eta^*$; and `"steps"`, the
# smallest number of steps at rate $\eta^*$ after which *every* start is at least 1000 times closer
# to the minimum than it was. The rates are judged to a relative 5e-4, the steps exactly.
#
# To test your method: $A=\begin{pmatrix}3&1\\1&2\end{pmatrix}$ gives 0.552786, 0.4 and 9.

# %% nbgrader={"grade_id": "own-matrix", "locked": true} tags=["nbval-ignore-output"]
my_matrix = np.array(variant("learning-rate")["A"])
print("Your matrix:", my_matrix, sep="\n")

# %% nbgrader={"grade_id": "own-rates", "solution": true}
my_rates = {"limit": None, "best": None, "steps": None}
### BEGIN SOLUTION
flattest, steepest = np.linalg.eigvalsh(my_matrix)
shrinks = (steepest - flattest) / (steepest + flattest)
my_rates["limit"] = float(2 / steepest)
my_rates["best"] = float(2 / (steepest + flattest))
my_rates["steps"] = int(np.ceil(np.log(1000) / -np.log(shrinks)))
### END SOLUTION

# %% nbgrader={"grade_id": "check-learning-rate", "grade": true, "points": 3}
check("learning-rate")

# %% [markdown] nbgrader={"grade_id": "learning-rate-plot-text", "locked": true}
# **Why it matters.** Four walks on the same valley, eigenvalues 1 and 10. The steep direction sets
# the limit, the flat one makes you wait: their ratio $L/\mu$, the *condition number*, is what makes
# a problem hard. Momentum and Adam are answers to this picture.


# %% nbgrader={"grade_id": "learning-rate-plot", "locked": true} tags=["demo", "nbval-ignore-output"]
@demo
def four_rates():
    A = np.diag([1.0, 10.0])
    grid = np.meshgrid(np.linspace(-2.2, 2.2, 60), np.linspace(-1.6, 1.6, 60))
    height = 0.5 * (grid[0] ** 2 + 10 * grid[1] ** 2)
    limit = float(learning_rate_limit(A))
    _, panels = plt.subplots(1, 4, figsize=(10, 2.6), sharey=True)
    rates = (
        (0.03, "too small"),
        (2 / 11, "best"),
        (0.97 * limit, "near 2/L"),
        (1.03 * limit, "too large"),
    )
    for axes, (rate, name) in zip(panels, rates, strict=True):
        points = [np.array([-2.0, 0.6])]
        for _ in range(15):
            points.append(points[-1] - rate * A @ points[-1])
        axes.contour(*grid, height, levels=12, colors="lightgrey", linewidths=0.7)
        axes.plot(*np.transpose(points), "o-", markersize=3)
        axes.set_xlim(-2.2, 2.2)
        axes.set_ylim(-1.6, 1.6)
        rho = float(worst_factor(A, rate))
        axes.set_title(f"{name}\nη = {rate:.3f}, ρ = {rho:.2f}", fontsize=9)
    plt.show()


# %% [markdown] nbgrader={"grade_id": "learning-rate-note", "locked": true}
# Curvature grows when losses are *summed* over the samples instead of averaged: $N$ times the loss
# is $N$ times the $L$. Figure 1 of notes 001 shows $\alpha=1.5$ as far too large for logistic
# regression (its caption and its text swap two of the panels, too). For the *mean* loss of that
# section and features of size one, the curvature is at most ¼, the limit at least 8, and 1.5 is
# fine. The figure comes out only with the sum.

# %% [markdown] nbgrader={"grade_id": "about-minibatches", "locked": true}
# ---
# ## 4 · A few samples at a time
# **4 points · 30 minutes**
#
# With a million samples, why look at all of them before the first step? *Stochastic gradient
# descent* takes a **minibatch** of $B$ rows for each step. One **epoch** goes through a shuffled
# order of all rows, cut into batches: *without replacement*, so that every row is used exactly
# once. If $B$ does not divide $N$, the last batch is smaller, and it is **kept**. MNIST has 60,000
# images; with $B=128$ that makes 469 updates for each epoch, the last one with 96 images. The next
# epoch shuffles anew.
#
# How do the batch gradients $g_b$ relate to the full gradient? With mean losses and batches of
# sizes $n_b$, at the same weights,
#
# $$\nabla L=\sum_b \frac{n_b}{N}\,g_b ,$$
#
# the mean of the batch gradients, **weighted by size**. For equal sizes that is the plain mean. So
# on average a step goes the right way, at $B/N$ of the price.
#
# (Notes 000 *sum* over the batch. Then the gradient grows with $B$, and the learning rate has to be
# chosen anew for every batch size. Notes 003 show an algorithm for this in which the line that
# updates the weights is missing.)
#
# <details><summary>Hint 1: a nudge</summary>
# `rng.permutation(N)` is a shuffled order of 0, …, N − 1. Slicing beyond the end of an array is
# harmless: `order[5:8]` of seven entries has two.
# </details>
# <details><summary>Hint 2: the cuts</summary>
# `range(0, N, batch_size)` yields the place where each batch begins.
# </details>
# <details><summary>Hint 3: SGD</summary>
# Two loops: over the epochs that `minibatches` returns, and over the batches of each. Inside, one
# line. `X[rows]` picks the rows with these indices.
# </details>


# %% nbgrader={"grade_id": "minibatches", "solution": true}
def updates_per_epoch(N, batch_size):
    """Return how many batches one epoch has, an int; the last one may be smaller."""
    ### BEGIN SOLUTION
    return -(-N // batch_size)
    ### END SOLUTION


def minibatches(N, batch_size, epochs, seed):
    """Return a list of `epochs` epochs, each a list of batches, each an array of row indices.

    An epoch holds every index from 0 to N − 1 once, shuffled anew for each epoch; all its
    batches have batch_size indices but the last, which holds what is left. A batch may be a list
    of ints, too. All orders are equally likely, whatever those of other epochs and seeds. The seed
    alone decides them: equal seeds give equal epochs, whatever else draws random numbers.
    np.random.default_rng(seed) is a good source.
    """
    ### BEGIN SOLUTION
    rng = np.random.default_rng(seed)
    orders = [rng.permutation(N) for _ in range(epochs)]
    return [[order[i : i + batch_size] for i in range(0, N, batch_size)] for order in orders]
    ### END SOLUTION


def full_gradient(gradients, sizes):
    """Return the gradient of the mean loss of all samples, shape (D,), from those of batches.

    gradients: list of arrays (D,), the gradient of each batch's mean loss; sizes: list of ints,
    how many samples each batch has.
    """
    ### BEGIN SOLUTION
    return np.average(gradients, axis=0, weights=sizes)
    ### END SOLUTION


def sgd(gradient, X, y, start, learning_rate, batch_size, epochs, seed):
    """Return the weights, shape (D,), after all updates of all epochs, beginning at start.

    gradient(X, y, w) is the gradient of the mean loss of the rows it is given, called once for
    each update. X: (N, D), y: (N,), start: (D,). The batches are those of
    minibatches(N, batch_size, epochs, seed).
    """
    ### BEGIN SOLUTION
    w = start
    for epoch in minibatches(len(X), batch_size, epochs, seed):
        for rows in epoch:
            w = w - learning_rate * gradient(X[rows], y[rows], w)
    return w
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-minibatches", "grade": true, "points": 4}
check("minibatches")

# %% [markdown] nbgrader={"grade_id": "minibatches-plot-text", "locked": true}
# **Why it matters.** The same five epochs, the same learning rate, three batch sizes. The full
# batch moves five times, calmly. The smallest one has long arrived by then, and trembles: its noise
# does not fade as long as the learning rate stays. That is what schedules (task 8) are for.


# %% nbgrader={"grade_id": "minibatches-plot", "locked": true} tags=["demo", "nbval-ignore-output"]
@demo
def three_batch_sizes():
    generator = np.random.default_rng(1)
    X = generator.normal(size=(256, 4))
    y = X @ np.array([1.0, -2.0, 0.5, 3.0]) + generator.normal(size=256)

    def loss(w):
        return np.mean((X @ w - y) ** 2) / 2

    _, axes = plt.subplots(figsize=(5.5, 2.8))
    for size in (256, 16, 1):
        seen = []

        def spy(rows, targets, w, seen=seen):
            seen.append(loss(np.asarray(w)))
            return rows.T @ (rows @ w - targets) / len(rows)

        seen.append(loss(np.asarray(sgd(spy, X, y, np.zeros(4), 0.1, size, 5, seed=0))))
        epochs = np.arange(len(seen)) * size / 256
        axes.semilogy(
            epochs,
            seen,
            ".-" if size > 1 else "-",
            markersize=4,
            linewidth=0.8,
            label=f"B = {size}",
        )
    axes.set_xlabel("epochs")
    axes.set_ylabel("loss of all samples")
    axes.legend()
    plt.show()


# %% [markdown] nbgrader={"grade_id": "about-momentum", "locked": true}
# ---
# ## 5 · Momentum
# **3 points · 20 minutes**
#
# In a narrow valley the gradient zigzags across it, while its small part along the valley always
# points the same way. Remember the gradients before: what zigzags cancels, what agrees adds up.
# The notes have two conventions, and libraries do too:
#
# $$\text{sum (notes 001):}\quad v\leftarrow\beta v+g,\quad \theta\leftarrow\theta-\eta v;
#   \qquad\qquad
#   \text{average (notes 000):}\quad v\leftarrow\beta v+(1-\beta)g,\quad
#   \theta\leftarrow\theta-\eta v,$$
#
# both with $v=0$ before the first step. (Notes 000 print a **plus** in the last formula: it would
# climb.) Under a constant gradient $g$ the average tends to $g$ and the sum to $g/(1-\beta)$: with
# $\beta=0.9$ a step ten times as long. So a learning rate is worth nothing without its convention.
#
# <details><summary>Hint 1: a nudge</summary>
# A dictionary comprehension goes through all parameters: `{name: … for name in params}`. Make one
# for the new velocities, then one for the new parameters.
# </details>
# <details><summary>Hint 2: the first step</summary>
# If velocity is None, it is zero: `0.0` will do for every parameter, since 0.0 times β plus an array
# is an array.
# </details>
# <details><summary>Hint 3: torch</summary>
# torch's `SGD` makes v ← momentum·v + (1 − dampening)·g from the second step on, but its first v is
# the bare g, whatever dampening is. So dampening = 1 − β is not the average. Which learning rate
# makes steps of the sum as long as those of the average?
# </details>


# %% nbgrader={"grade_id": "momentum", "solution": true}
def momentum_step(params, grads, velocity, learning_rate, beta, average):
    """Return (params, velocity) after one step, as new dictionaries.

    params, grads: {name: float64 array}. velocity: None before the first step, afterwards what
    the step before returned. average: True for the convention "average", False for "sum", the
    same throughout a walk.
    """
    ### BEGIN SOLUTION
    gain = 1 - beta if average else 1
    before = dict.fromkeys(params, 0.0) if velocity is None else velocity
    after = {name: beta * before[name] + gain * grads[name] for name in params}
    return {name: params[name] - learning_rate * after[name] for name in params}, after
    ### END SOLUTION


# %% [markdown] nbgrader={"grade_id": "about-own-torch", "locked": true}
# **Your own numbers.** For the $\eta$ and $\beta$ drawn for you, which arguments of
# `torch.optim.SGD(parameters, lr=…, momentum=…, dampening=…)` make *exactly* the same steps, from
# the first one on? Your settings are tried on a problem, and the steps compared (to a relative
# 5e-4: compute, do not round).

# %% nbgrader={"grade_id": "own-rates-momentum", "locked": true} tags=["nbval-ignore-output"]
my_momentum = variant("momentum")
print("Your numbers:", ", ".join(f"{name} = {value}" for name, value in my_momentum.items()))

# %% nbgrader={"grade_id": "own-torch", "solution": true}
torch_settings = {
    "sum": {"lr": None, "momentum": None, "dampening": None},
    "average": {"lr": None, "momentum": None, "dampening": None},
}
### BEGIN SOLUTION
eta, beta = my_momentum["eta"], my_momentum["beta"]
torch_settings["sum"] = {"lr": eta, "momentum": beta, "dampening": 0}
torch_settings["average"] = {"lr": eta * (1 - beta), "momentum": beta, "dampening": 0}
### END SOLUTION

# %% nbgrader={"grade_id": "check-momentum", "grade": true, "points": 3}
check("momentum")

# %% [markdown] nbgrader={"grade_id": "momentum-plot-text", "locked": true}
# **Why it matters.** A valley like that of task 3, with a condition number of 50. Both walks take 40 steps
# with the same learning rate.


# %% nbgrader={"grade_id": "momentum-plot", "locked": true} tags=["demo", "nbval-ignore-output"]
@demo
def narrow_valley():
    curvature = np.array([1.0, 50.0])
    grid = np.meshgrid(np.linspace(-2.2, 0.8, 80), np.linspace(-0.4, 0.4, 80))
    height = 0.5 * (grid[0] ** 2 + 50 * grid[1] ** 2)
    _, panels = plt.subplots(1, 2, figsize=(9, 2.6), sharey=True)
    for axes, beta in zip(panels, (0.0, 0.8), strict=True):
        params, velocity = {"x": np.array([-2.0, 0.3])}, None
        points = [params["x"]]
        for _ in range(40):
            grads = {"x": curvature * points[-1]}
            params, velocity = momentum_step(params, grads, velocity, 0.035, beta, False)
            points.append(np.asarray(params["x"]))
        axes.contour(*grid, height, levels=12, colors="lightgrey", linewidths=0.7)
        axes.plot(*np.transpose(points), "o-", markersize=3, linewidth=0.8)
        axes.set_title(f"β = {beta}: {np.linalg.norm(points[-1]):.3f} from the minimum", fontsize=9)
    plt.show()


# %% [markdown] nbgrader={"grade_id": "about-normalised", "locked": true}
# ---
# ## 6 · Only the direction
# **3 points · 20 minutes**
#
# Some weights have large gradients and some tiny ones. No learning rate suits both. So divide each
# entry by its own size; a small $\epsilon$ guards against division by zero:
#
# $$\theta\leftarrow\theta-\eta\,\frac{g}{\sqrt{g^2}+\epsilon}\qquad\text{(entry by entry; }
#   \sqrt{g^2}=|g|\text{)}.$$
#
# (Notes 000 print $v/\sqrt v+\delta$ with $v=g^2$: there the numerator has lost its sign and the
# $\delta$ its place under the line.) For $\epsilon\to0$ every step has length $\eta$, uphill and
# downhill slopes alike. That cannot settle: near the minimum of $\frac12x^2$ the walk ends in a
# **two-cycle**, $+r,\ r-\eta,\ +r,\ r-\eta,\dots$ From $x_0=1.05$ with $\eta=0.1$ it jumps between
# $0.05$ and $-0.05$ for ever.
#
# *RMSprop* divides by a running mean instead of the newest gradient alone. With $s=0$ before the
# first step:
#
# $$s\leftarrow\gamma s+(1-\gamma)\,g^2,\qquad
#   \theta\leftarrow\theta-\eta\,\frac{g}{\sqrt s+\epsilon}.$$
#
# The $\epsilon$ stands outside the root, in both formulas.
#
# <details><summary>Hint 1: a nudge</summary>
# `np.abs` of an array is its size entry by entry. The length of the whole array
# (`np.linalg.norm`) is another thing.
# </details>
# <details><summary>Hint 2: RMSprop</summary>
# Update s first, then use the new s. As with the velocity, `None` means zero for every parameter.
# </details>
# <details><summary>Hint 3: the two-cycle</summary>
# As long as x is above η a step takes off η. What is left of x₀ when η was taken off as often as
# it fits?
# </details>


# %% nbgrader={"grade_id": "normalised", "solution": true}
def normalised_step(params, grads, learning_rate, eps):
    """Return the parameters after one step with every entry of the gradient divided by its size.

    params, grads: {name: float64 array}. The result is a new dictionary.
    """
    ### BEGIN SOLUTION
    slope = {name: grads[name] / (np.abs(grads[name]) + eps) for name in params}
    return {name: params[name] - learning_rate * slope[name] for name in params}
    ### END SOLUTION


def rmsprop_step(params, grads, state, learning_rate, gamma, eps):
    """Return (params, state) after one step of RMSprop.

    params, grads: {name: float64 array}. state: None before the first step, afterwards what the
    step before returned; what it holds is up to you.
    """
    ### BEGIN SOLUTION
    before = dict.fromkeys(params, 0.0) if state is None else state
    after = {name: gamma * before[name] + (1 - gamma) * grads[name] ** 2 for name in params}
    slope = {name: grads[name] / (np.sqrt(after[name]) + eps) for name in params}
    return {name: params[name] - learning_rate * slope[name] for name in params}, after
    ### END SOLUTION


# %% [markdown] nbgrader={"grade_id": "about-own-cycle", "locked": true}
# **Your own numbers.** Start the normalised walk ($\epsilon=0$) on $f(x)=\frac12x^2$ at the $x_0$
# and with the $\eta$ drawn for you. Between which two numbers does it jump in the end? (Judged to
# an absolute 1e-6.)

# %% nbgrader={"grade_id": "own-start", "locked": true} tags=["nbval-ignore-output"]
my_walk = variant("normalised")
print("Your walk:", ", ".join(f"{name} = {value}" for name, value in my_walk.items()))

# %% nbgrader={"grade_id": "own-cycle", "solution": true}
my_cycle = {"low": None, "high": None}
### BEGIN SOLUTION
high = my_walk["x0"] % my_walk["eta"]
my_cycle = {"low": high - my_walk["eta"], "high": high}
### END SOLUTION

# %% nbgrader={"grade_id": "check-normalised", "grade": true, "points": 3}
check("normalised")

# %% [markdown] nbgrader={"grade_id": "normalised-plot-text", "locked": true}
# **Why it matters.** Two weights, the second with curvature 0.001: its gradient is a thousand times
# smaller. Plain gradient descent leaves it where it is. The normalised walk brings both down with
# the same speed, and then jumps about the goal, closer than $\eta$ but no closer. RMSprop first comes much
# closer. But then all gradients are small, $s$ forgets the large ones, its steps grow back to $\eta$, and
# with a fixed learning rate it ends in a two-cycle as well.


# %% nbgrader={"grade_id": "normalised-plot", "locked": true} tags=["demo", "nbval-ignore-output"]
@demo
def two_scales():
    curvature = np.array([1.0, 0.001])

    def plain(params, grads, state):
        return {"x": params["x"] - 0.1 * grads["x"]}, None

    def normalised(params, grads, state):
        return normalised_step(params, grads, 0.1, 1e-12), None

    def rmsprop(params, grads, state):
        return rmsprop_step(params, grads, state, 0.1, 0.9, 1e-12)

    _, panels = plt.subplots(1, 2, figsize=(9, 2.6), sharey=True)
    for name, step in (("plain", plain), ("normalised", normalised), ("RMSprop", rmsprop)):
        params, state, sizes = {"x": np.array([2.03, 2.03])}, None, []
        for _ in range(220):
            sizes.append(np.abs(np.asarray(params["x"])))
            params, state = step(params, {"x": curvature * np.asarray(params["x"])}, state)
        for axes, values in zip(panels, np.transpose(sizes), strict=True):
            axes.semilogy(values, linewidth=1, label=name)
    for axes, value in zip(panels, curvature, strict=True):
        axes.set_title(f"weight with curvature {value:g}", fontsize=9)
        axes.set_xlabel("step")
        axes.set_ylim(1e-5, 5)
    panels[0].set_ylabel("distance to the minimum")
    panels[0].legend(fontsize=8, loc="lower right")
    plt.show()


# %% [markdown] nbgrader={"grade_id": "about-adam", "locked": true}
# ---
# ## 7 · Adam
# **5 points · 35 minutes**
#
# Average the gradient as momentum does, divide by its running size as RMSprop does:
#
# $$m_t=\beta_1m_{t-1}+(1-\beta_1)g_t,\qquad v_t=\beta_2v_{t-1}+(1-\beta_2)g_t^2 .$$
#
# Both begin at zero, so both are too small at first: an average that counts zeros in. By how much?
# Follow four steps, with any $\beta$, of $m_t=\beta m_{t-1}+(1-\beta)g_t$ and $m_0=0$. Also
# consider $n_t$, the same for a gradient that is $g$ in every step. The last line is about the first
# step without any correction, of length $u=\eta\,m_1/\sqrt{v_1}$, for a gradient $g>0$.
#
# | line | stands for | may use |
# |---|---|---|
# | `dm4_dg4` | $\mathrm dm_4/\mathrm dg_4$: the weight of the newest gradient in $m_4$ | `beta` |
# | `dm4_dg1` | $\mathrm dm_4/\mathrm dg_1$: the weight of the oldest | `beta`, the line above |
# | `dn4_dg` | $\mathrm dn_4/\mathrm dg$: all four weights together (any equal form is right, the tidy one is short) | `beta` |
# | `du_deta` | $\mathrm du/\mathrm d\eta$: the first step in units of $\eta$ | `beta1 beta2` |
#
# The third line is the sum of the weights: less than one, and at first far less. Adam divides by it,
# in both averages ($\beta^t$ is a power of the step's own $\beta$, $t=1$ in the first step), and
# then steps:
#
# $$\hat m_t=\frac{m_t}{1-\beta_1^t},\qquad \hat v_t=\frac{v_t}{1-\beta_2^t},\qquad
#   \theta\leftarrow\theta-\eta\,\frac{\hat m_t}{\sqrt{\hat v_t}+\epsilon}.$$
#
# **Slips to know about.** Notes 001 put $\epsilon$ inside the root; Adam's authors and torch have it
# outside, and for a gradient of $10^{-6}$ and $\epsilon=10^{-8}$ the first step is a hundred times
# shorter that way. Notes 000 add the gradient a second time in the corrections, and divide $\tilde m$
# by the power of the other coefficient. And with their $(0.9, 0.99)$ your last line is *exactly* 1:
# a test that looks at the first step only cannot see whether you correct at all. Look at the second.
#
# <details><summary>Hint 1: the lines</summary>
# Write out m₁, m₂, m₃, m₄. Each further step multiplies what is there by β. The sum of the four
# weights is a geometric series; what is one minus it?
# </details>
# <details><summary>Hint 2: the state</summary>
# Three things have to survive a step: the count t, all m and all v. A tuple will do. Build new
# dictionaries for m and v; do not write into the old ones.
# </details>
# <details><summary>Hint 3: almost the step</summary>
# t goes up by one before it is used. v gets the square of each entry. The corrected averages are
# for this step's use only: what goes into the state are m and v as they are.
# </details>

# %% nbgrader={"grade_id": "adam-lines", "solution": true}
adam_lines = {"dm4_dg4": "", "dm4_dg1": "", "dn4_dg": "", "du_deta": ""}
### BEGIN SOLUTION
adam_lines["dm4_dg4"] = "1 - beta"
adam_lines["dm4_dg1"] = "(1 - beta)*beta**3"
adam_lines["dn4_dg"] = "1 - beta**4"
adam_lines["du_deta"] = "(1 - beta1)/sqrt(1 - beta2)"
### END SOLUTION


# %% nbgrader={"grade_id": "adam", "solution": true}
def adam_step(params, grads, state, learning_rate=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """Return (params, state) after one step of Adam.

    params, grads: {name: float64 array}, arrays of any shape. state: None before the first step,
    afterwards what the step before returned; what it holds is up to you. Two walks that begin
    with None have nothing to do with each other.
    """
    ### BEGIN SOLUTION
    nothing = dict.fromkeys(params, 0.0)
    steps, m, v = (0, nothing, nothing) if state is None else state
    t = steps + 1
    m = {name: betas[0] * m[name] + (1 - betas[0]) * grads[name] for name in params}
    v = {name: betas[1] * v[name] + (1 - betas[1]) * grads[name] ** 2 for name in params}
    moved = {}
    for name in params:
        mean = m[name] / (1 - betas[0] ** t)
        size = np.sqrt(v[name] / (1 - betas[1] ** t))
        moved[name] = params[name] - learning_rate * mean / (size + eps)
    return moved, (t, m, v)
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-adam", "grade": true, "points": 5}
check("adam")

# %% [markdown] nbgrader={"grade_id": "adam-plot-text", "locked": true}
# **Why it matters.** A small network learns two moons with *your* Adam. Then the same with the loss
# multiplied by 1000: the curves lie on each other, because $\hat m$ and $\sqrt{\hat v}$ both grow a
# thousandfold. For plain gradient descent that is a learning rate a thousand times as large.


# %% nbgrader={"grade_id": "adam-plot", "locked": true} tags=["demo", "nbval-ignore-output"]
@demo
def two_moons():
    generator = np.random.default_rng(3)
    angle = np.linspace(0, np.pi, 60)
    upper = np.column_stack([np.cos(angle), np.sin(angle)])
    points = np.concatenate([upper, np.array([1.0, 0.5]) - upper])
    points = torch.tensor(points + 0.1 * generator.normal(size=points.shape))
    label = torch.tensor(np.repeat([0.0, 1.0], 60))
    first = {"W": generator.normal(size=(2, 12)), "b": np.zeros(12), "v": generator.normal(size=12)}
    _, axes = plt.subplots(figsize=(5.5, 2.8))
    for scale, style in ((1, "-"), (1000, ":")):
        params, state, losses = first, None, []
        for _ in range(150):
            leaves = {k: torch.tensor(np.asarray(p), requires_grad=True) for k, p in params.items()}
            hidden = torch.tanh(points @ leaves["W"] + leaves["b"])
            loss = torch.nn.functional.binary_cross_entropy_with_logits(hidden @ leaves["v"], label)
            (scale * loss).backward()
            grads = {k: leaf.grad.numpy() for k, leaf in leaves.items()}
            params, state = adam_step(params, grads, state, learning_rate=0.05)
            losses.append(loss.item())
        axes.semilogy(losses, style, linewidth=2, label=f"loss times {scale}")
    axes.set_xlabel("step")
    axes.set_ylabel("cross-entropy")
    axes.legend()
    plt.show()


# %% [markdown] nbgrader={"grade_id": "about-recipe", "locked": true}
# ---
# ## 8 · What goes around the step
# **4 points · 25 minutes**
#
# **Schedules.** Large steps first, small ones later: that is how the trembling of task 4 ends.
# With $t=0,1,2,\dots$ the number of updates made so far:
#
# | | |
# |---|---|
# | step | multiplied by `factor` after every `every` updates |
# | exponential | multiplied by `factor` after every update |
# | cosine | from `base` at $t=0$ to `final` at $t=$ `total`: $\eta_t=\eta_\mathrm{final}+\frac12(\eta_\mathrm{base}-\eta_\mathrm{final})(1+\cos(\pi t/T))$ |
# | warm-up | in the first `warmup` updates $\frac{t+1}{\texttt{warmup}}\cdot$ `base`, then a cosine from `base` at $t=$ `warmup` to `final` at $t=$ `total` |
#
# Warm-up is for optimisers that divide by a running size: in the first updates that size is a guess
# from a handful of gradients.
#
# **Weight decay** pulls all weights towards zero. There are two places for it, and for plain
# gradient descent they are the same:
#
# $$\text{L2:}\quad \nabla\bigl(L+\tfrac\lambda2\|\theta\|^2\bigr)=g+\lambda\theta
#   \ \text{ goes into the step};\qquad
#   \text{decoupled:}\quad \theta\leftarrow\text{step}(\theta,g)-\eta\lambda\,\theta .$$
#
# For Adam they differ. With L2 the pull is part of $m$ and $v$, so it is divided by the size of the
# gradient: weights with large gradients are hardly decayed at all. Decoupled, all weights shrink
# alike; that is *AdamW*. The step comes as an argument, so the two functions below serve any
# optimiser.
#
# (Notes 003 have $\frac\lambda2\|\theta\|^2$, as here. Notes 001 and 004 have $\lambda\|\cdot\|^2$,
# whose gradient is $2\lambda\theta$: their $\lambda$ is half of torch's `weight_decay`. And the sum in
# notes 001, §4.6.1, leaves out the first layer.)
#
# <details><summary>Hint 1: step decay</summary>
# How often has it been multiplied after t updates? `t // every` times.
# </details>
# <details><summary>Hint 2: warm-up</summary>
# After the warm-up, the cosine has its own clock: it starts at zero and lasts total − warmup updates.
# </details>
# <details><summary>Hint 3: decay</summary>
# L2: build a new dictionary of gradients, then one call of step. Decoupled: call step first, and
# take off η λ times the parameters *from before the step*.
# </details>


# %% nbgrader={"grade_id": "schedules", "solution": true}
def step_decay(t, base, factor, every):
    """Return the learning rate for update t = 0, 1, ...; base, factor: floats, every: an int.

    In this and the next three t may be large: a training makes many thousands of updates.
    """
    ### BEGIN SOLUTION
    return base * factor ** (t // every)
    ### END SOLUTION


def exponential_decay(t, base, factor):
    """Return the learning rate for update t = 0, 1, ..."""
    ### BEGIN SOLUTION
    return base * factor**t
    ### END SOLUTION


def cosine_decay(t, base, final, total):
    """Return the learning rate for update t = 0, 1, ..., total."""
    ### BEGIN SOLUTION
    return final + (base - final) * (1 + np.cos(np.pi * t / total)) / 2
    ### END SOLUTION


def warmup_cosine(t, base, final, warmup, total):
    """Return the learning rate for update t = 0, 1, ..., total; 0 < warmup < total."""
    ### BEGIN SOLUTION
    if t < warmup:
        return base * (t + 1) / warmup
    return cosine_decay(t - warmup, base, final, total - warmup)
    ### END SOLUTION


# %% nbgrader={"grade_id": "decay", "solution": true}
def l2_step(step, params, grads, state, learning_rate, decay):
    """Return (params, state) after one step with L2: the decay is part of the gradient.

    step(params, grads, state, learning_rate) returns (params, state) after a step without decay.
    params, grads: {name: float64 array}; decay is the λ above. All parameters are decayed.
    """
    ### BEGIN SOLUTION
    pulled = {name: grads[name] + decay * params[name] for name in params}
    return step(params, pulled, state, learning_rate)
    ### END SOLUTION


def decoupled_step(step, params, grads, state, learning_rate, decay):
    """Return (params, state) after one step with decoupled decay; arguments as in l2_step."""
    ### BEGIN SOLUTION
    moved, state = step(params, grads, state, learning_rate)
    return {name: moved[name] - learning_rate * decay * params[name] for name in params}, state
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-recipe", "grade": true, "points": 4}
check("recipe")

# %% [markdown] nbgrader={"grade_id": "recipe-plot-text", "locked": true}
# **Why it matters.** Left, the schedules. Right, two weights that only noise acts on: the gradient of
# one is a hundred times that of the other, and the mean of both is zero. The optimiser is
# `torch.optim.Adam`. With L2 the noisy weight hardly decays; decoupled, both do alike.


# %% nbgrader={"grade_id": "recipe-plot", "locked": true} tags=["demo", "nbval-ignore-output"]
def torch_adam(params, grads, state, learning_rate):
    """One step of torch.optim.Adam on the parameter "w"; the state is torch's own."""
    leaf = torch.nn.Parameter(torch.tensor(np.asarray(params["w"])))
    optimiser = torch.optim.Adam([leaf], lr=learning_rate)
    if state is not None:
        optimiser.load_state_dict(state)
    leaf.grad = torch.tensor(np.asarray(grads["w"]))
    optimiser.step()
    return {"w": leaf.detach().numpy()}, optimiser.state_dict()


@demo
def around_the_step():
    _, (left, right) = plt.subplots(1, 2, figsize=(9, 2.8))
    times = np.arange(101)
    schedules = {
        "step": [step_decay(t, 1.0, 0.5, 25) for t in times],
        "exponential": [exponential_decay(t, 1.0, 0.97) for t in times],
        "cosine": [cosine_decay(t, 1.0, 0.05, 100) for t in times],
        "warm-up": [warmup_cosine(t, 1.0, 0.05, 15, 100) for t in times],
    }
    for name, rates in schedules.items():
        left.plot(times, rates, label=name)
    left.set_xlabel("update")
    left.set_ylabel("learning rate")
    left.legend(fontsize=7)
    for decayed, style in ((l2_step, "-"), (decoupled_step, "--")):
        generator = np.random.default_rng(0)
        params, state, sizes = {"w": np.array([1.0, 1.0])}, None, []
        for _ in range(400):
            sizes.append(np.asarray(params["w"]))
            grads = {"w": np.array([10.0, 0.1]) * generator.choice([-1, 1], size=2)}
            params, state = decayed(torch_adam, params, grads, state, 0.01, 0.5)
        label = "L2" if decayed is l2_step else "decoupled"
        for noise, colour, values in zip((10, 0.1), ("C0", "C1"), np.transpose(sizes), strict=True):
            right.plot(values, style, color=colour, label=f"{label}, gradient ±{noise}")
    right.set_xlabel("update")
    right.set_ylabel("weight")
    right.legend(fontsize=7, loc="center left", bbox_to_anchor=(1, 0.5))
    plt.show()


# %% [markdown] nbgrader={"grade_id": "about-minimum-norm", "locked": true}
# ---
# ## 9 · Which solution?
# **2 points · 20 minutes**
#
# Exercise 10.4 of notes 003. Fewer equations than unknowns, as in every large network:
# $A$ is $(M, D)$ with $M<D$ and independent rows, and
#
# $$R(x)=\tfrac12\|Ax-b\|^2$$
#
# has infinitely many minimisers, all with $Ax=b$. Which one does gradient descent find? Write
# $r=Ax-b$.
#
# | line | stands for | may use |
# |---|---|---|
# | `dR_dr` | $\partial R/\partial r$, shape $(M,)$ | `A b x r` |
# | `dR_dx` | $\nabla R(x)$, shape $(D,)$ | `A b x r`, the line above |
#
# The second line is a combination of the rows of $A$, whatever $x$ is. So no step ever leaves the
# *row space*: split $x=x_\mathrm{row}+x_\mathrm{null}$ into a part that is a combination of rows and
# one with $Ax_\mathrm{null}=0$, orthogonal to it; then $x_\mathrm{null}$ stays what it was at the
# start, for ever. What moves, moves to the one solution within reach:
#
# - from $x_0=0$ the descent ends at the solution of **smallest norm**, $A^+b$, where
#   $A^+=A^\top(AA^\top)^{-1}$ is the pseudoinverse;
# - from any other $x_0$ at the solution **closest to the start**, $x_0+A^+(b-Ax_0)$.
#
# This formula of $A^+$ is exact enough for every $A$ that your functions are given.
#
# Nobody asked for a small norm. The algorithm chose it: *implicit regularisation*.
#
# <details><summary>Hint 1: the lines</summary>
# Move one entry of x by a little: r moves by a column of A times that. Only one order of A, its
# transpose and r has the shape (D,).
# </details>
# <details><summary>Hint 2: the row part</summary>
# A⁺A maps x to its row part. `np.linalg.pinv(A)` is A⁺.
# </details>
# <details><summary>Hint 3: another way to see it</summary>
# Shift the origin to the start: with z = x − x₀ the equation is Az = b − Ax₀, and z starts at zero.
# </details>

# %% nbgrader={"grade_id": "minimum-norm-lines", "solution": true}
minimum_norm_lines = {"dR_dr": "", "dR_dx": ""}
### BEGIN SOLUTION
minimum_norm_lines["dR_dr"] = "r"
minimum_norm_lines["dR_dx"] = "A.T @ r"
### END SOLUTION


# %% nbgrader={"grade_id": "minimum-norm", "solution": true}
def split(A, x):
    """Return (row, null): the part of x in the row space of A and the part with A @ null = 0.

    A: (M, D) float64 array with M < D and independent rows; x and both parts: (D,).
    """
    ### BEGIN SOLUTION
    row = np.linalg.pinv(A) @ (A @ x)
    return row, x - row
    ### END SOLUTION


def descent_limit(A, b, start):
    """Return where gradient descent on R ends from start, shape (D,), for a small learning rate.

    A as above; b: (M,), start: (D,). In closed form: judged to a relative 1e-7.
    """
    ### BEGIN SOLUTION
    return start + np.linalg.pinv(A) @ (b - A @ start)
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-minimum-norm", "grade": true, "points": 2}
check("minimum-norm")

# %% [markdown] nbgrader={"grade_id": "minimum-norm-plot-text", "locked": true}
# **Why it matters.** One equation, two unknowns: the solutions are a line. Every walk goes straight
# at it, along the one row of $A$. The crosses are your `descent_limit`.


# %% nbgrader={"grade_id": "minimum-norm-plot", "locked": true} tags=["demo", "nbval-ignore-output"]
@demo
def line_of_solutions():
    A, b = np.array([[1.0, 2.0]]), np.array([2.0])
    _, axes = plt.subplots(figsize=(4.6, 3.2))
    axes.plot([-2.4, 3.2], [2.2, -0.6], color="grey", linewidth=1, label="Ax = b")
    for start in ((0.0, 0.0), (-1.0, -0.5), (2.0, 1.5), (-2.0, 0.6)):
        x = np.array(start)
        points = [x]
        for _ in range(30):
            x = x - 0.1 * A.T @ (A @ x - b)
            points.append(x)
        axes.plot(*np.transpose(points), "o-", markersize=3)
        end = np.asarray(descent_limit(A, b, np.array(start)))
        axes.plot(*end, "kx", markersize=9)
    axes.plot(0, 0, "k.")
    axes.annotate("0", (0.08, -0.2))
    axes.set_aspect("equal")
    axes.legend(fontsize=8)
    plt.show()


# %% [markdown] nbgrader={"grade_id": "about-adam-fails", "locked": true}
# ---
# ## 10 · Where Adam walks uphill
# **2 + 2 points · 30 minutes**
#
# A game of Reddi, Kale and Kumar (2018, *On the Convergence of Adam and Beyond*). One weight $x$ in
# $[-1,1]$. In rounds $t=1,4,7,\dots$ the loss is $Cx$ with some $C>2$, in all other rounds $-x$. So
# the gradient is $C$, then twice $-1$, and so on. Summed over three rounds the loss is $(C-2)x$:
# the best place is $x=-1$, and gradient descent goes there.
#
# Adam is played with $\beta_1=0$, $\beta_2=1/(1+C^2)$, without bias correction (it fades anyway) and
# $\epsilon=0$:
#
# $$v_t=\beta_2v_{t-1}+(1-\beta_2)g_t^2,\qquad
#   x\leftarrow\text{clip}\Bigl(x-\eta\,\frac{g_t}{\sqrt{v_t}},\,-1,\,1\Bigr).$$
#
# *AMSGrad*, the cure that the paper proposes, divides by $\sqrt{\max_{s\le t}v_s}$ instead: what was
# once large is never forgotten.
#
# First the game, with the step as an argument. Clipping is the game's part, not the step's.
#
# <details><summary>Hint 1: the rounds</summary>
# With t counted from 1, the large gradient comes when `t % 3 == 1`.
# </details>
# <details><summary>Hint 2: the drift</summary>
# Forget the walls and follow v alone: it does not depend on x. Iterate it for some tens of
# rounds, until each group of three looks like the one before (or solve for the v that three
# rounds lead back to); then add up −g/√v over three rounds.
# </details>
# <details><summary>Hint 3: AMSGrad</summary>
# After some rounds the maximum is the same in every round. Which of the three rounds has the
# largest v?
# </details>


# %% nbgrader={"grade_id": "play", "solution": true}
def play(step, C, rounds, start):
    """Return the positions [x_0, x_1, ..., x_rounds] as floats, with x_0 = start in [-1, 1].

    step(x, g, state) returns (new x, state); the state is None in round 1, afterwards what
    the step before returned. The new x is clipped to [-1, 1] before the next round.
    """
    ### BEGIN SOLUTION
    positions, state = [start], None
    for t in range(1, rounds + 1):
        x, state = step(positions[-1], C if t % 3 == 1 else -1.0, state)
        positions.append(float(np.clip(x, -1, 1)))
    return positions
    ### END SOLUTION


# %% [markdown] nbgrader={"grade_id": "about-own-drift", "locked": true}
# **Your own numbers.** Far from the walls, and after many rounds, how far does $x$ move in three
# rounds (one with $C$, two with $-1$), in units of $\eta$? Give it for gradient descent
# ($x\leftarrow x-\eta g$), for Adam as above and for AMSGrad, each with its sign, at the $C$ drawn
# for you (judged to a relative 1e-6: compute, do not read off). For $C=3$ the answers are $-1$,
# $0.6809496$ and $-0.3490618$.

# %% nbgrader={"grade_id": "own-game", "locked": true} tags=["nbval-ignore-output"]
my_game = variant("adam-fails")
print("Your C:", my_game["C"])

# %% nbgrader={"grade_id": "own-drift", "solution": true}
my_drift = {"sgd": None, "adam": None, "amsgrad": None}
### BEGIN SOLUTION
C = my_game["C"]
forget = 1 / (1 + C**2)
# v right after the large gradient, where three rounds lead back to it; then one and two later.
large = (1 - forget) * (C**2 + forget + forget**2) / (1 - forget**3)
small = forget * large + 1 - forget
smaller = forget * small + 1 - forget
my_drift["sgd"] = 2 - C
my_drift["adam"] = float(1 / np.sqrt(small) + 1 / np.sqrt(smaller) - C / np.sqrt(large))
my_drift["amsgrad"] = float((2 - C) / np.sqrt(large))
### END SOLUTION

# %% nbgrader={"grade_id": "check-adam-fails", "grade": true, "points": 2}
check("adam-fails")

# %% [markdown] nbgrader={"grade_id": "adam-fails-plot-text", "locked": true}
# **The experiment.** Your game, played by torch's optimisers with a learning rate that falls like
# $1/\sqrt t$, as the theorem wants it. Left $C=3$ for all three, right torch's Adam with other
# $\beta_2$.


# %% nbgrader={"grade_id": "adam-fails-plot", "locked": true} tags=["demo", "nbval-ignore-output"]
def torch_player(beta2=None, amsgrad=False):
    """A step for `play`: torch's Adam with β1 = 0, or its SGD where beta2 is None."""
    leaf = torch.nn.Parameter(torch.zeros(1, dtype=torch.float64))
    if beta2 is None:
        optimiser = torch.optim.SGD([leaf], lr=0.1)
    else:
        optimiser = torch.optim.Adam([leaf], lr=0.1, betas=(0.0, beta2), amsgrad=amsgrad)

    def step(x, g, state):
        t = 1 if state is None else state
        optimiser.param_groups[0]["lr"] = 0.1 / np.sqrt(t)
        leaf.data[:] = float(x)
        leaf.grad = torch.tensor([float(g)], dtype=torch.float64)
        optimiser.step()
        return leaf.item(), t + 1

    return step


@demo
def the_game():
    _, (left, right) = plt.subplots(1, 2, figsize=(9, 2.8), sharey=True)
    for name, player in (
        ("SGD", torch_player()),
        ("Adam", torch_player(0.1)),
        ("AMSGrad", torch_player(0.1, amsgrad=True)),
    ):
        left.plot([float(x) for x in play(player, 3.0, 900, 0.0)], label=name)
    for beta2 in (0.1, 0.9, 0.99, 0.999):
        path = [float(x) for x in play(torch_player(beta2), 3.0, 900, 0.0)]
        right.plot(path, "--" if beta2 > 0.99 else "-", label=f"β₂ = {beta2}")
    left.set_ylabel("x (the best place is −1)")
    for axes in (left, right):
        axes.set_xlabel("round")
        axes.legend(fontsize=8)
    plt.show()


# %% [markdown] nbgrader={"grade_id": "about-adam-fails-why", "locked": true}
# ### In words
# **2 points, marked by hand**
#
# Answer in five to eight sentences, with numbers from your answers or your plot:
#
# 1. Why does Adam go the wrong way here? Say what the division by $\sqrt{v_t}$ does to the rare
#    large gradient and what to the frequent small ones, with the three steps for your $C$.
# 2. Why does AMSGrad go the right way, and what does it pay for that?
# 3. The right plot: what does a $\beta_2$ near 1 change, and why? What does that say about the
#    usual 0.999, and for which data would you still be careful?

# %% [markdown] nbgrader={"grade_id": "adam-fails-why", "grade": true, "solution": true, "points": 2}
# ### BEGIN SOLUTION
# 1. With $C=3$ the running size right after the large gradient is about 8.2, so that the step is
#    $-3/2.86\approx-1.05$ units of $\eta$: the large gradient is cut down to the length of any
#    other. By the next round 90 % of it is forgotten, $v\approx1.7$ and then $1.07$, and the two small
#    gradients make steps of about $+0.76$ and $+0.97$. Together $+0.68$ in the wrong direction. The
#    information that the rare gradient is worth three small ones is divided away.
# 2. AMSGrad divides all three by the same $\sqrt{8.2}$. Then their sum has the sign of the sum of
#    the gradients, $-(3-2)$, so it goes to $-1$. It pays with smaller steps ($-0.35$ against $-1$ for
#    SGD): one large gradient slows it down for ever.
# 3. With $\beta_2=0.99$ or $0.999$ the size remembers a hundred rounds and more, is nearly the same in all
#    three, and Adam goes to $-1$. So the default is harmless as long as rare events return within
#    the memory of about $1/(1-\beta_2)$ updates. Where informative gradients are rarer than that
#    (rare words, rare classes, small batches), the same can happen again.
# ### END SOLUTION
# ### BEGIN MARK SCHEME
# **Rubric, 2 points in steps of ½.**
#
# - ½: the large gradient is divided by a size that it has itself just raised, so its step is about
#   one unit, whatever $C$.
# - ½: the small ones are divided by a small size because the large one is forgotten, and their two
#   steps together win; with numbers (own $C$, or the example).
# - ½: AMSGrad: the same divisor in all rounds keeps the ratio of the gradients; price: steps stay
#   small for ever. "It remembers the maximum" without a consequence gets nothing.
# - ½: $\beta_2$ near 1: memory long compared with the three rounds; and a case where events are
#   rarer than the memory. "Larger is better" alone gets nothing.
# ### END MARK SCHEME

# %% [markdown] nbgrader={"grade_id": "valley-text", "locked": true}
# ---
# ## Is your curve normal?
# One more valley, the best known of all: Rosenbrock's function $(1-a)^2+100\,(b-a^2)^2$, a bent ditch
# with its minimum 0 at $(1,1)$, and your Adam in it with learning rate 0.1. In grey the same for right
# solutions, from twenty other starting points: some begin in the ditch, some have to find it first.


# %% nbgrader={"grade_id": "valley-plot", "locked": true} tags=["demo", "nbval-ignore-output"]
@demo
def down_the_valley():
    _, axes = plt.subplots(figsize=(6, 2.8))
    for number, start in enumerate(np.random.default_rng(2).uniform(-2, 2, size=(3, 2))):
        params, state, values = {"p": start}, None, []
        for _ in range(2000):
            a, b = np.asarray(params["p"])
            values.append(max((1 - a) ** 2 + 100 * (b - a**2) ** 2, 1e-16))
            slope = np.array([2 * (a - 1) - 400 * a * (b - a**2), 200 * (b - a**2)])
            params, state = adam_step(params, {"p": slope}, state, learning_rate=0.1)
        axes.semilogy(values, "C0", linewidth=1, label=None if number else "your Adam, 3 starts")
    draw_recorded(axes, "Rosenbrock's function, Adam")
    axes.set(xlabel="step", ylabel="value", xlim=(0, 2000), ylim=(1e-17, 1e4))
    axes.legend(fontsize=8, loc="lower left")
    plt.show()


# %% [markdown] nbgrader={"grade_id": "outlook", "locked": true}
# ---
# ## What you have now
#
# One line, $\theta\leftarrow\theta-\eta g$, and everything after it an answer to a defect of that
# line: too many samples (minibatches), a narrow valley (momentum), scales that differ (RMSprop),
# averages that start at zero (bias correction), noise that stays (schedules). `torch.optim` holds
# the same few lines; you can read its source now.
#
# [data/curves.html](data/curves.html) shows how right solutions go down: Adam for 6000
# steps, and momentum on a logistic regression. A curve that creeps far above the grey divides by the
# average of the squares and not by its root; one that jumps and never arrives has $\beta_1$ and
# $\beta_2$ exchanged. And a normal curve is no proof: Adam without its bias correction gets there as
# well. Only its first step tells, which is more than three times too long.
#
# **Where to go on.** Train the network of the notebook *Backpropagation by hand* with your Adam and a
# warm-up, and compare with plain gradient descent at its best learning rate. Read the paper of
# task 10, which is short where it matters. And the next time a training does not work, look at the
# learning rate first.
