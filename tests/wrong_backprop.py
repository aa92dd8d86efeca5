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


def _lines(task: str, *wrong: tuple[str, str, str]) -> list[Wrong]:
    """Derivations with one line, by its name, written otherwise."""
    name = f"{task}-lines".replace("-", "_")
    return [
        Wrong(title, f"{task}-lines", (("### END SOLUTION", f'\n{name}["{line}"] = "{text}"'),))
        for title, line, text in wrong
    ]


def _edits(task: str, *wrong: tuple[str, str, str], mistake: str | None = None) -> list[Wrong]:
    """Answers of a task, or known mistakes in it, with one text replaced by another."""
    return [Wrong(title, task, ((old, new),), mistake) for title, old, new in wrong]


PRIME = "return s * logistic(-np.asarray(z))"
NORM = "np.linalg.norm(X.T @ (G * slope(A[0])))"
DELTA = "delta = (np.exp(log_P) - Y) / len(X)"

WRONG = [
    *_lines(
        "logistic-derivative",
        ("a sign in the middle", "ds_dd", "1/d**2"),
        ("the chain is a sum", "ds_dz_chain", "ds_dd + de_dz"),
        ("right up to a constant", "ds_dz", "s*(1 - s)/2"),
        ("tanh like the logistic function", "dt_dz", "t*(1 - t)"),
        ("nearly right", "de_dz", "-1.00001*e"),
    ),
    *_edits(
        "logistic-derivative",
        ("twice the slope", "return s *", "return 2 * s *"),
        ("the function itself", PRIME, "return s"),
        ("float16 at the end", PRIME, "return np.float16(s * logistic(-np.asarray(z)))"),
        ("a bell of another kind", PRIME, "return 0.25 * np.exp(-np.asarray(z) ** 2 / 4)"),
        ("flat", PRIME, "return np.ravel(s * logistic(-np.asarray(z)))"),
        (
            "wrong far to the left only",
            PRIME,
            "return np.where(np.asarray(z) < -15, 0, s * logistic(-np.asarray(z)))",
        ),
        ("raises for a number", "s = logistic(z)", "s = logistic(z)\n    z.shape[0]"),
    ),
    *_lines(
        "scalar-network",
        ("a weight too many", "dl_dw2", "dl_df*h2*w2"),
        ("the input left out", "dl_dw0", "dl_da1"),
        ("the square of the slope", "dl_da2", "dl_dh2*(h2*(1 - h2))**2"),
        ("plus for minus", "dl_da1", "dl_dh1*h1*(1 + h1)"),
        ("another unit", "dl_dw1", "dl_da2*h2"),
    ),
    *_edits(
        "scalar-network",
        ("the loss is cubed", "back_f = 2 * (w2 * h2 - y)", "back_f = 3 * (w2 * h2 - y) ** 2"),
        ("h1 for h2", "float(back_f * h2)", "float(back_f * h1)"),
        ("a digit mistyped", "float(back_a2 * h1)", "round(float(back_a2 * h1), 2)"),
        ("x and y change places", '("x", "y", "w0", "w1", "w2")', '("y", "x", "w0", "w1", "w2")'),
        ("one left as None", '"w1": float(back_a2 * h1)', '"w1": None'),
        ("texts", "float(back_a1 * x)", "str(back_a1 * x)"),
    ),
    *_lines(
        "two-layer",
        ("the ½ kept", "delta", "(f - y)/2"),
        ("a transposed outer product", "dl_dW1", "outer(s, x)"),
        ("the bias with the input", "dl_db1", "s*sum(x)"),
    ),
    *_edits(
        "two-layer",
        ("hidden plus one", "(1 - hidden)", "(1 + hidden)"),
        ("a mean over the hidden units", '"b1": s.sum(axis=0)', '"b1": s.mean(axis=0)'),
        ("W1 on the way back", "delta @ W2.T", "delta @ (2 * W2.T)"),
        ("divided by N - 1", "/ len(X)", "/ max(len(X) - 1, 1)"),
        ("wrong for N = 1 only", "/ len(X)", "/ (len(X) + (len(X) == 1))"),
        (
            "noise",
            "hidden = logistic(X @ W1 + b1)",
            "hidden = logistic(X @ W1 + b1) + np.random.normal(0, 0.01, (len(X), len(b1)))",
        ),
        ("random numbers", "hidden.T @ delta", "np.random.normal(size=W2.shape)"),
        ("rows reversed", "X.T @ s", "X[::-1].T @ s"),
        ("clipped", "hidden.T @ delta", "np.clip(hidden.T @ delta, -0.1, 0.1)"),
        ("a key misspelt", '"b2":', '"B2":'),
        ("raises", "hidden = logistic(X @ W1 + b1)", "hidden = logistic(W1 @ X + b1)"),
        ("nothing is returned", 'return {"W1"', 'result = {"W1"'),
        ("b1 forgotten, b2 not", "X @ W1 + b1", "X @ W1"),
    ),
    *_lines(
        "output-layers",
        ("a quotient upside down", "dbce_df", "(1 - f)/(1 - y) - f/y"),
        ("only the first term", "dbce_df", "-y/f"),
        ("plus for minus", "dp_dz", "diag(p) + outer(p, p)"),
        ("log for the quotient", "dce_dp", "-log(p)"),
    ),
    *_edits(
        "output-layers",
        ("the Jacobian of sigmoids", "p = p / p.sum()", "p = p / p.max()"),
        (
            "the loss without the mean, the gradient with it",
            "return -np.sum(Y * log_p) / len(Z)",
            "return -np.sum(Y * log_p)",
        ),
        ("log10", "np.log(np.exp", "np.log10(np.exp"),
        ("labels smoothed", "- Y) / len(Z)", "- 0.9 * Y - 0.1 / Y.shape[1]) / len(Z)"),
        (
            "epsilon in the logarithm",
            "np.log(np.exp(shifted).sum(axis=1, keepdims=True))",
            "np.log(np.exp(shifted).sum(axis=1, keepdims=True) + 1e-3)",
        ),
    ),
    *_edits(
        "mlp",
        ("the last bias twice", "return A, H", "A[-1] = A[-1] + biases[-1]\n    return A, H"),
        ("relu at zero and below", "(a > 0).astype(a.dtype)", "np.where(a > 0, 1, 0.01)"),
        ("tanh without its square", "1 - np.tanh(a) ** 2", "1 - np.tanh(a)"),
        ("the slope of the layer above", "slope(A[layer - 1])", "slope(H[layer] * 2)"),
        (
            "the loss in bits",
            "return float(-np.sum(Y * log_P) / len(X))",
            "return float(-np.sum(Y * log_P) / len(X) / np.log(2))",
        ),
        (
            "the order of the layers",
            "bias_gradients.insert(0, delta.sum(axis=0))",
            "bias_gradients.append(delta.sum(axis=0))",
        ),
        ("weight decay", "H[layer].T @ delta)", "H[layer].T @ delta + 0.01 * weights[layer])"),
        (
            "three layers at most",
            DELTA,
            "delta = (np.exp(log_P) - Y) / len(X) * (len(weights) < 4)",
        ),
        ("wrong for N = 1 only", DELTA, "delta = (np.exp(log_P) - Y) / (len(X) + (len(X) == 1))"),
        (
            "dropout",
            "H.append(activate(A[-1], activation))",
            "H.append(activate(A[-1], activation) * (np.random.rand(*A[-1].shape) > 0.1))",
        ),
        ("raises in the backward pass", DELTA, "delta = (np.exp(log_P) - Y) / X"),
        ("arrays of objects", "return A, H", "return [a.astype(object) for a in A], H"),
        (
            "mean forgotten, for the weights only",
            "H[layer].T @ delta)",
            "H[layer].T @ delta * len(X))",
        ),
    ),
    *_lines(
        "skip-connection",
        ("the skip counted twice", "dh2_dh1", "dh2_da2*w1 + 2"),
        ("without w2", "dl_dw1", "2*(f - y)*dh2_da2*h1"),
    ),
    *_edits(
        "skip-connection",
        ("minus the skip", "h2 = g2 + h1", "h2 = g2 - h1"),
        (
            "the last sample only",
            '"w2": float(np.sum(back * h2))',
            '"w2": float((back * h2)[-1] * len(x))',
        ),
        ("absolute values", "float(np.sum(back * h2))", "abs(float(np.sum(back * h2)))"),
        (
            "median",
            "np.sum(back * w2 * through * h1)",
            "np.median(back * w2 * through * h1) * len(x)",
        ),
    ),
    *_edits(
        "gradient-check",
        ("refuses everything after a call", "    return True\n", "    return False\n"),
        ("a step of one", "h = 1e-5", "h = 1.0"),
        (
            "signs only",
            "if not difference <= 1e-6 * size < np.inf",
            "if (np.sign(numerical) != np.sign(grads[name])).any()",
        ),
        ("a coin", "    return True\n", "    return bool(np.random.rand() < 0.5)\n"),
        ("numbers for truth values", "    return True\n", "    return 1.0\n"),
        (
            "the first array only",
            "        difference = np",
            "        return bool(np.allclose(numerical, grads[name], 1e-4, 0))\n"
            "        difference = np",
        ),
        (
            "vectors only",
            "        numerical = np.zeros(values.shape)\n",
            "        numerical = np.zeros(values.shape)\n"
            "        if values.ndim != 1:\n            continue\n",
        ),
        ("h is not doubled", "/ (2 * h)", "/ h"),
    ),
    *_edits(
        "vanishing",
        ("the mean for the norm", NORM, "np.mean(np.abs(X.T @ (G * slope(A[0]))))"),
        ("the largest entry", NORM, "np.max(np.abs(X.T @ (G * slope(A[0]))))"),
        ("the norm of the signal", NORM, "np.linalg.norm(G * slope(A[0]))"),
        ("the logarithm", "float(np.linalg", "np.log10(np.linalg"),
        (
            "one layer short",
            "reversed(weights[1:-1]), reversed(A[1:])",
            "reversed(weights[2:-1]), reversed(A[2:])",
        ),
        ("the residual doubled", "- Y) / len(X)", "- Y) * 2 / len(X)"),
    ),
    *_edits(
        "two-layer",
        ("no mean, and a sign", "hidden @ W2 + b2 - Y", "Y - hidden @ W2 - b2"),
        ("no mean, and b2 twice", '"b2": ', '"b2": 2 * '),
        mistake="two-layer.mean_forgotten",
    ),
    *_edits(
        "output-layers",
        ("no mean, and a sign", "(np.exp(log_p) - Y)", "(Y - np.exp(log_p))"),
        mistake="output-layers.mean_forgotten",
    ),
    *_edits(
        "mlp",
        ("mean forgotten, and slope missing", " * slope(A[layer - 1])", ""),
        mistake="mlp.mean_forgotten",
    ),
    *_edits(
        "mlp",
        ("biases forgotten, and a sign", "(np.exp(log_P) - Y)", "(Y - np.exp(log_P))"),
        mistake="mlp.biases_forgotten",
    ),
    *_edits(
        "vanishing",
        ("squared, and the mean forgotten", "/ len(X)", ""),
        mistake="vanishing.squared_norm",
    ),
    Wrong(
        "columns for rows",
        "output-layers",
        (
            ("Z.max(axis=1, keepdims=True)", "Z.max(axis=0, keepdims=True)"),
            ("sum(axis=1, keepdims=True)", "sum(axis=0, keepdims=True)"),
        ),
    ),
    Wrong(
        "skips scaled",
        "vanishing",
        (
            ("(H if skip else 0)", "(0.5 * H if skip else 0)"),
            ("(G if skip else 0)", "(0.5 * G if skip else 0)"),
        ),
    ),
]
