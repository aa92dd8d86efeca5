"""Record how runs of the solution end: python solutions/optimizers/record.py"""

import json
from pathlib import Path

import jupytext
import numpy as np
from checks import linear_gradient, linear_problem, squared_loss

HERE = Path(__file__).parent
solution = {"np": np}
for cell in jupytext.read(HERE / "optimizers.py").cells:
    if cell.metadata.get("nbgrader", {}).get("grade_id") == "minibatches":
        exec(cell.source, solution)

X, y = linear_problem()
runs = [
    solution["sgd"](linear_gradient, X, y, np.zeros(3), 0.3, 8, 6, seed=seed)
    for seed in range(1000, 1050)
]
metric = {"better": "smaller", "values": [float(squared_loss(X, y, w)) for w in runs]}
file = HERE / "reference" / "cpu.json"
file.parent.mkdir(exist_ok=True)
file.write_text(json.dumps({"schema": 1, "metrics": {"loss": metric}}, indent=1) + "\n")
