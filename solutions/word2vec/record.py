"""Record how runs of the solution's training end: python solutions/word2vec/record.py"""

import json
from pathlib import Path

import jupytext
import numpy as np
from hidden_checks import ends, planted

HERE = Path(__file__).parent
SEEDS = range(1000, 1050)


def solution():
    """The functions of the master."""
    namespace = {}
    for cell in jupytext.read(HERE / "word2vec.py").cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") in ("setup", "train"):
            exec(cell.source, namespace)
    return namespace


def main():
    """Write reference/cpu.json."""
    ours = solution()
    floor = ours["conditional_entropy"](planted()[0])
    losses = [ends(ours["train"], seed, "loss") for seed in SEEDS]
    found = [ends(ours["train"], seed, "relations") for seed in SEEDS]
    print(f"floor {floor:.4f}; above it by {100 * (np.median(losses) / floor - 1):.2f} %, ", end="")
    print(f"{100 * (max(losses) / floor - 1):.2f} % at most; relations: {min(found):.2f} at least")
    metrics = {
        "loss": {"better": "smaller", "values": losses, "floor": float(floor)},
        "relations": {"better": "larger", "values": found},
    }
    file = HERE / "reference" / "cpu.json"
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps({"schema": 1, "metrics": metrics}, indent=1) + "\n")


if __name__ == "__main__":
    main()
