"""Reference runs: how right solutions train, on CPU and GPU, recorded and compared.

`solutions/<name>/reference_run.py` trains with the solution's own functions:

    from autograder.reference import Curve, Metric, Stopwatch, Timing, Trace

    def xor(solution, device, seed):
        losses = solution.train(seed=seed)
        return Trace({"loss": Metric(losses[-1], floor=0.0)}, {"loss": Curve(losses)})

    PARTS = {"xor": xor}
    WRONG = {"xor": ["train.starts_equal"]}  # known mistakes, which must leave the envelope
"""

from autograder.reference.devices import Stopwatch
from autograder.reference.trace import Curve, Metric, Timing, Trace

__all__ = ["Curve", "Metric", "Stopwatch", "Timing", "Trace"]
