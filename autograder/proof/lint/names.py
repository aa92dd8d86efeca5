"""Names of functions and methods of numpy, torch and Python, by what they do to an answer."""

from __future__ import annotations

REDUCTIONS = {
    "sum", "mean", "max", "min", "norm", "std", "var", "prod", "median", "trace", "nansum",
    "nanmean", "amax", "amin", "count_nonzero", "ptp",
}  # fmt: skip
AGREE = {"allclose", "isclose", "array_equal", "equal", "array_equiv"}
QUESTIONS = {"isfinite", "isnan", "isinf", "ndim", "shape", "size", "is_tensor", "isscalar"}
ALL = {"all", "any", "bool", "item", "alltrue"}
CONVERSIONS = {"tensor", "as_tensor", "from_numpy", "manual_seed", "no_grad", "enable_grad"} | {
    "randn", "rand", "zeros", "ones", "eye", "full", "arange", "float64", "float32", "linspace",
    "set_default_dtype", "Generator", "long", "int64", "is_tensor", "stack", "cat", "randint",
    "reshape", "allclose", "equal", "isclose", "normal", "set_num_threads", "empty",
}  # fmt: skip
IN_LIST = {"append", "extend", "insert", "update", "add", "setdefault"}
ARRAY_METHODS = {
    "reshape", "ravel", "flatten", "squeeze", "unsqueeze", "permute", "swapaxes", "view", "cpu",
    "astype", "dot", "argmax", "argmin", "argsort", "cumsum", "round", "clip", "abs", "size", "dim",
    "strip", "lower", "upper", "split", "startswith", "endswith", "count", "index", "pop", "expand",
}  # fmt: skip
