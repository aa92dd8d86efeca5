# %% [markdown] nbgrader={"grade_id": "intro", "locked": true}
# # TITLE
#
# One small task to begin with: replace it by your own.
#
# | | task | you write | minutes | points |
# |---|---|---|---|---|
# | 1 | `layer-norm` | one function | 15 | 3 |
#
# Data lie in **rows**: `X` has shape $(N, D)$, one sample in each row. Functions leave their
# arguments as they are.

# %% nbgrader={"grade_id": "setup", "locked": true}
import numpy as np

from autograder import check

# %% [markdown] nbgrader={"grade_id": "about-layer-norm", "locked": true}
# ## 1 · Layer normalisation
# **3 points · 15 minutes**
#
# Every row is shifted to mean zero and scaled to variance one by its own mean $m$ and variance
# $v$; then every column gets a scale $\gamma$ and a shift $\beta$ that are learned:
#
# $$y_j = \gamma_j\,\frac{x_j - m}{\sqrt{v + \varepsilon}} + \beta_j, \qquad
#   m = \frac1D\sum_j x_j, \qquad v = \frac1D\sum_j (x_j - m)^2 .$$
#
# <details><summary>Hint 1: a nudge</summary>
# There is one m for each row. Which axis is averaged over, and what shape must m have so that
# X - m subtracts it from its own row?
# </details>
# <details><summary>Hint 2: almost the line</summary>
# NumPy's mean takes axis and keepdims. The variance is the mean of squares of X - m.
# </details>


# %% nbgrader={"grade_id": "layer-norm", "solution": true}
def layer_norm(X, gamma, beta, eps=1e-5):
    """Return gamma * (row - mean) / sqrt(variance + eps) + beta for every row of X.

    X: (N, D), gamma and beta: (D,); the result is (N, D). The variance divides by D.
    """
    ### BEGIN SOLUTION
    centred = X - X.mean(axis=1, keepdims=True)
    variance = (centred**2).mean(axis=1, keepdims=True)
    return gamma * centred / np.sqrt(variance + eps) + beta
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-layer-norm", "grade": true, "points": 3}
check("layer-norm")
