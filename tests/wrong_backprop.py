"""Wrong solutions of `backprop` that make none of its known mistakes.

Each is the reference solution, or where it says so a known mistake, with something else
wrong in it: what a diagnosis must not give the name of a known mistake.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Wrong:
    """A cell of the reference, or of a known mistake, with texts replaced."""

    title: str
    cell: str
    changes: tuple[tuple[str, str], ...] = ()
    mistake: str | None = None

    @property
    def task(self) -> str:
        return self.cell.removesuffix("-lines")


def _lines(title: str, task: str, **lines: str) -> Wrong:
    """A derivation in which these lines are written otherwise."""
    name = f"{task}-lines".replace("-", "_")
    text = "".join(f'\n{name}["{line}"] = "{answer}"' for line, answer in lines.items())
    return Wrong(title, f"{task}-lines", (("### END SOLUTION", text),))


def _edit(title: str, cell: str, *changes: tuple[str, str], mistake: str | None = None) -> Wrong:
    return Wrong(title, cell, changes, mistake=mistake)


PRIME = "return s * logistic(-np.asarray(z))"
NORM = "np.linalg.norm(X.T @ (G * slope(A[0])))"
DELTA = "delta = (np.exp(log_P) - Y) / len(X)"

LOGISTIC = [
    _lines("a sign in the middle", "logistic-derivative", ds_dd="1/d**2"),
    _lines("the chain is a sum", "logistic-derivative", ds_dz_chain="ds_dd + de_dz"),
    _lines("right up to a constant", "logistic-derivative", ds_dz="s*(1 - s)/2"),
    _lines("tanh like the logistic function", "logistic-derivative", dt_dz="t*(1 - t)"),
    _lines("nearly right", "logistic-derivative", de_dz="-1.00001*e"),
    _edit("twice the slope", "logistic-derivative", ("return s *", "return 2 * s *")),
    _edit(
        "the function itself",
        "logistic-derivative",
        (PRIME, "return s"),
    ),
    _edit(
        "float16 at the end",
        "logistic-derivative",
        (PRIME, "return np.float16(s * logistic(-np.asarray(z)))"),
    ),
    _edit(
        "a bell of another kind",
        "logistic-derivative",
        (PRIME, "return 0.25 * np.exp(-np.asarray(z) ** 2 / 4)"),
    ),
    _edit(
        "flat",
        "logistic-derivative",
        (PRIME, "return np.ravel(s * logistic(-np.asarray(z)))"),
    ),
    _edit(
        "wrong far to the left only",
        "logistic-derivative",
        (
            PRIME,
            "return np.where(np.asarray(z) < -15, 0, s * logistic(-np.asarray(z)))",
        ),
    ),
    _edit(
        "raises for a number",
        "logistic-derivative",
        ("s = logistic(z)", "s = logistic(z)\n    z.shape[0]"),
    ),
]

SCALAR = [
    _lines("a weight too many", "scalar-network", dl_dw2="dl_df*h2*w2"),
    _lines("the input left out", "scalar-network", dl_dw0="dl_da1"),
    _lines("the square of the slope", "scalar-network", dl_da2="dl_dh2*(h2*(1 - h2))**2"),
    _lines("plus for minus", "scalar-network", dl_da1="dl_dh1*h1*(1 + h1)"),
    _lines("another unit", "scalar-network", dl_dw1="dl_da2*h2"),
    _edit(
        "the loss is cubed",
        "scalar-network",
        ("back_f = 2 * (w2 * h2 - y)", "back_f = 3 * (w2 * h2 - y) ** 2"),
    ),
    _edit("h1 for h2", "scalar-network", ("float(back_f * h2)", "float(back_f * h1)")),
    _edit(
        "a digit mistyped",
        "scalar-network",
        ("float(back_a2 * h1)", "round(float(back_a2 * h1), 2)"),
    ),
    _edit(
        "x and y change places",
        "scalar-network",
        ('("x", "y", "w0", "w1", "w2")', '("y", "x", "w0", "w1", "w2")'),
    ),
    _edit("one left as None", "scalar-network", ('"w1": float(back_a2 * h1)', '"w1": None')),
    _edit("texts", "scalar-network", ("float(back_a1 * x)", "str(back_a1 * x)")),
]

TWO_LAYER = [
    _lines("the ½ kept", "two-layer", delta="(f - y)/2"),
    _lines("a transposed outer product", "two-layer", dl_dW1="outer(s, x)"),
    _lines("the bias with the input", "two-layer", dl_db1="s*sum(x)"),
    _edit("hidden plus one", "two-layer", ("(1 - hidden)", "(1 + hidden)")),
    _edit(
        "a mean over the hidden units", "two-layer", ('"b1": s.sum(axis=0)', '"b1": s.mean(axis=0)')
    ),
    _edit("W1 on the way back", "two-layer", ("delta @ W2.T", "delta @ (2 * W2.T)")),
    _edit("divided by N - 1", "two-layer", ("/ len(X)", "/ max(len(X) - 1, 1)")),
    _edit("wrong for N = 1 only", "two-layer", ("/ len(X)", "/ (len(X) + (len(X) == 1))")),
    _edit(
        "noise",
        "two-layer",
        (
            "hidden = logistic(X @ W1 + b1)",
            "hidden = logistic(X @ W1 + b1) + np.random.normal(0, 0.01, (len(X), len(b1)))",
        ),
    ),
    _edit("random numbers", "two-layer", ("hidden.T @ delta", "np.random.normal(size=W2.shape)")),
    _edit("rows reversed", "two-layer", ("X.T @ s", "X[::-1].T @ s")),
    _edit("clipped", "two-layer", ("hidden.T @ delta", "np.clip(hidden.T @ delta, -0.1, 0.1)")),
    _edit("a key misspelt", "two-layer", ('"b2":', '"B2":')),
    _edit(
        "raises", "two-layer", ("hidden = logistic(X @ W1 + b1)", "hidden = logistic(W1 @ X + b1)")
    ),
    _edit("nothing is returned", "two-layer", ('return {"W1"', 'result = {"W1"')),
    _edit("b1 forgotten, b2 not", "two-layer", ("X @ W1 + b1", "X @ W1")),
    _edit(
        "no mean, and a sign",
        "two-layer",
        ("hidden @ W2 + b2 - Y", "Y - hidden @ W2 - b2"),
        mistake="two-layer.mean_forgotten",
    ),
    _edit(
        "no mean, and b2 twice",
        "two-layer",
        ('"b2": ', '"b2": 2 * '),
        mistake="two-layer.mean_forgotten",
    ),
]

OUTPUT = [
    _lines("a quotient upside down", "output-layers", dbce_df="(1 - f)/(1 - y) - f/y"),
    _lines("only the first term", "output-layers", dbce_df="-y/f"),
    _lines("plus for minus", "output-layers", dp_dz="diag(p) + outer(p, p)"),
    _lines("log for the quotient", "output-layers", dce_dp="-log(p)"),
    _edit("the Jacobian of sigmoids", "output-layers", ("p = p / p.sum()", "p = p / p.max()")),
    _edit(
        "the loss without the mean, the gradient with it",
        "output-layers",
        ("return -np.sum(Y * log_p) / len(Z)", "return -np.sum(Y * log_p)"),
    ),
    _edit("log10", "output-layers", ("np.log(np.exp", "np.log10(np.exp")),
    _edit(
        "labels smoothed",
        "output-layers",
        ("- Y) / len(Z)", "- 0.9 * Y - 0.1 / Y.shape[1]) / len(Z)"),
    ),
    _edit(
        "epsilon in the logarithm",
        "output-layers",
        (
            "np.log(np.exp(shifted).sum(axis=1, keepdims=True))",
            "np.log(np.exp(shifted).sum(axis=1, keepdims=True) + 1e-3)",
        ),
    ),
    _edit(
        "columns for rows",
        "output-layers",
        ("Z.max(axis=1, keepdims=True)", "Z.max(axis=0, keepdims=True)"),
        ("sum(axis=1, keepdims=True)", "sum(axis=0, keepdims=True)"),
    ),
    _edit(
        "no mean, and a sign",
        "output-layers",
        ("(np.exp(log_p) - Y)", "(Y - np.exp(log_p))"),
        mistake="output-layers.mean_forgotten",
    ),
]

MLP = [
    _edit(
        "the last bias twice", "mlp", ("return A, H", "A[-1] = A[-1] + biases[-1]\n    return A, H")
    ),
    _edit("relu at zero and below", "mlp", ("(a > 0).astype(a.dtype)", "np.where(a > 0, 1, 0.01)")),
    _edit("tanh without its square", "mlp", ("1 - np.tanh(a) ** 2", "1 - np.tanh(a)")),
    _edit("the slope of the layer above", "mlp", ("slope(A[layer - 1])", "slope(H[layer] * 2)")),
    _edit(
        "the loss in bits",
        "mlp",
        (
            "return float(-np.sum(Y * log_P) / len(X))",
            "return float(-np.sum(Y * log_P) / len(X) / np.log(2))",
        ),
    ),
    _edit(
        "the order of the layers",
        "mlp",
        ("bias_gradients.insert(0, delta.sum(axis=0))", "bias_gradients.append(delta.sum(axis=0))"),
    ),
    _edit(
        "weight decay",
        "mlp",
        ("H[layer].T @ delta)", "H[layer].T @ delta + 0.01 * weights[layer])"),
    ),
    _edit(
        "three layers at most",
        "mlp",
        (DELTA, "delta = (np.exp(log_P) - Y) / len(X) * (len(weights) < 4)"),
    ),
    _edit(
        "wrong for N = 1 only",
        "mlp",
        (DELTA, "delta = (np.exp(log_P) - Y) / (len(X) + (len(X) == 1))"),
    ),
    _edit(
        "dropout",
        "mlp",
        (
            "H.append(activate(A[-1], activation))",
            "H.append(activate(A[-1], activation) * (np.random.rand(*A[-1].shape) > 0.1))",
        ),
    ),
    _edit("raises in the backward pass", "mlp", (DELTA, "delta = (np.exp(log_P) - Y) / X")),
    _edit("arrays of objects", "mlp", ("return A, H", "return [a.astype(object) for a in A], H")),
    _edit(
        "mean forgotten, for the weights only",
        "mlp",
        ("H[layer].T @ delta)", "H[layer].T @ delta * len(X))"),
    ),
    _edit(
        "mean forgotten, and slope missing",
        "mlp",
        (" * slope(A[layer - 1])", ""),
        mistake="mlp.mean_forgotten",
    ),
    _edit(
        "biases forgotten, and a sign",
        "mlp",
        ("(np.exp(log_P) - Y)", "(Y - np.exp(log_P))"),
        mistake="mlp.biases_forgotten",
    ),
]

SKIP = [
    _lines("the skip counted twice", "skip-connection", dh2_dh1="dh2_da2*w1 + 2"),
    _lines("without w2", "skip-connection", dl_dw1="2*(f - y)*dh2_da2*h1"),
    _edit("minus the skip", "skip-connection", ("h2 = g2 + h1", "h2 = g2 - h1")),
    _edit(
        "the last sample only",
        "skip-connection",
        ('"w2": float(np.sum(back * h2))', '"w2": float((back * h2)[-1] * len(x))'),
    ),
    _edit(
        "absolute values",
        "skip-connection",
        ("float(np.sum(back * h2))", "abs(float(np.sum(back * h2)))"),
    ),
    _edit(
        "median",
        "skip-connection",
        ("np.sum(back * w2 * through * h1)", "np.median(back * w2 * through * h1) * len(x)"),
    ),
]

CHECK = [
    _edit(
        "refuses everything after a call",
        "gradient-check",
        ("    return True\n", "    return False\n"),
    ),
    _edit("a step of one", "gradient-check", ("h = 1e-5", "h = 1.0")),
    _edit(
        "signs only",
        "gradient-check",
        (
            "if not difference <= 1e-6 * size < np.inf",
            "if (np.sign(numerical) != np.sign(grads[name])).any()",
        ),
    ),
    _edit(
        "a coin",
        "gradient-check",
        ("    return True\n", "    return bool(np.random.rand() < 0.5)\n"),
    ),
    _edit("numbers for truth values", "gradient-check", ("    return True\n", "    return 1.0\n")),
    _edit(
        "the first array only",
        "gradient-check",
        (
            "        difference = np",
            "        return bool(np.allclose(numerical, grads[name], 1e-4, 0))\n"
            "        difference = np",
        ),
    ),
    _edit(
        "vectors only",
        "gradient-check",
        (
            "        numerical = np.zeros(values.shape)\n",
            "        numerical = np.zeros(values.shape)\n"
            "        if values.ndim != 1:\n            continue\n",
        ),
    ),
    _edit("h is not doubled", "gradient-check", ("/ (2 * h)", "/ h")),
]

VANISHING = [
    _edit("the mean for the norm", "vanishing", (NORM, "np.mean(np.abs(X.T @ (G * slope(A[0]))))")),
    _edit("the largest entry", "vanishing", (NORM, "np.max(np.abs(X.T @ (G * slope(A[0]))))")),
    _edit("the norm of the signal", "vanishing", (NORM, "np.linalg.norm(G * slope(A[0]))")),
    _edit("the logarithm", "vanishing", ("float(np.linalg", "np.log10(np.linalg")),
    _edit(
        "one layer short",
        "vanishing",
        ("reversed(weights[1:-1]), reversed(A[1:])", "reversed(weights[2:-1]), reversed(A[2:])"),
    ),
    _edit(
        "skips scaled",
        "vanishing",
        ("(H if skip else 0)", "(0.5 * H if skip else 0)"),
        ("(G if skip else 0)", "(0.5 * G if skip else 0)"),
    ),
    _edit("the residual doubled", "vanishing", ("- Y) / len(X)", "- Y) * 2 / len(X)")),
    _edit(
        "squared, and the mean forgotten",
        "vanishing",
        ("/ len(X)", ""),
        mistake="vanishing.squared_norm",
    ),
]

WRONG = [*LOGISTIC, *SCALAR, *TWO_LAYER, *OUTPUT, *MLP, *SKIP, *CHECK, *VANISHING]
