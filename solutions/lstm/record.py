"""Record how runs of the solution end: python solutions/lstm/record.py"""

import json
from pathlib import Path

import jupytext
import numpy as np
import torch
from hidden_checks import recalled

HERE = Path(__file__).parent
SEEDS = range(1000, 1060)


def main():
    """Write reference/cpu.json."""
    torch.set_num_threads(1)
    solution = {"np": np, "torch": torch}
    for cell in jupytext.read(HERE / "lstm.py").cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "recall":
            exec(cell.source, solution)
    values = [recalled(solution["train_recall"], seed) for seed in SEEDS]
    print(f"median {np.median(values):.4f}, worst {max(values):.4f}")
    metric = {"better": "smaller", "values": values}
    content = {"schema": 1, "metrics": {"loss on new data": metric}}
    file = HERE / "reference" / "cpu.json"
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(content, indent=1) + "\n")


if __name__ == "__main__":
    main()
