"""Record how runs of the solution end: python solutions/attention/record.py"""

import json
from pathlib import Path

import jupytext
import numpy as np
from hidden_checks import excess, problem

HERE = Path(__file__).parent
SEEDS = range(1000, 1060)


def main():
    """Write reference/cpu.json: the excess over the entropy in nats, after 40 steps of 48 texts."""
    solution = {}
    for cell in jupytext.read(HERE / "attention.py").cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") in ("setup", "language-model"):
            exec(cell.source, solution)
    values = []
    for seed in SEEDS:
        params, batches, new = problem(seed)
        trained, _ = solution["train"](params, batches)
        values.append(excess(trained, new))
    print(f"excess: median {np.median(values):.4f}, worst {max(values):.4f}")
    file = HERE / "reference" / "cpu.json"
    file.parent.mkdir(exist_ok=True)
    metrics = {"excess": {"better": "smaller", "values": values, "floor": 0.0}}
    file.write_text(json.dumps({"schema": 1, "metrics": metrics}, indent=1) + "\n")


if __name__ == "__main__":
    main()
