"""Make the data of the training checks: python solutions/xor-mlp/make_data.py"""

import json
from pathlib import Path

import numpy as np
from checks import SQUARE, XOR

HERE = Path(__file__).parent


def data():
    """XOR, and data of the same kind that nobody can have by heart."""
    generator = np.random.default_rng(2026)
    turn = np.array([[np.cos(0.5), np.sin(0.5)], [-np.sin(0.5), np.cos(0.5)]])
    moved = (1.4 * (SQUARE - 0.5) @ turn + [0.3, -0.2]).round(6)
    clouds = np.repeat(SQUARE, 6, axis=0) + 0.1 * generator.normal(size=(24, 2))
    clouds = np.column_stack([clouds, 0.5 * generator.normal(size=24)]).round(6)
    return {
        "xor, 8 tanh": (SQUARE, XOR, 8, "tanh", 100, 2.0),
        "xor, 16 relu": (SQUARE, XOR, 16, "relu", 120, 1.0),
        "moved and exchanged, 9 tanh": (moved, 1 - XOR, 9, "tanh", 90, 2.0),
        "noisy with a third input, 16 relu": (clouds, np.repeat(XOR, 6), 16, "relu", 110, 1.0),
    }


def main():
    """Write reference/data.json."""
    kept = {}
    for name, (X, y, hidden, activation, steps, rate) in data().items():
        kept[name] = {
            "X": X.tolist(),
            "y": y.tolist(),
            "hidden": hidden,
            "activation": activation,
            "steps": steps,
            "learning_rate": rate,
        }
    (HERE / "reference" / "data.json").write_text(json.dumps(kept, indent=1) + "\n")


if __name__ == "__main__":
    main()
