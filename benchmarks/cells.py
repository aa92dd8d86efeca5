"""The cells and nothing else: every notebook of a folder in one warm IPython.

    python -P cells.py FOLDER

What this uses is the students' own, whoever marks them; what a grader uses beyond it is its
overhead. Run as a program of its own, one thread, without a history, as our sessions are.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

os.environ.update(OMP_NUM_THREADS="1", MKL_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config


def run_all(folder: Path) -> None:
    """Run the code cells of every notebook in `folder`, a cell that raises like any other."""
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.xmode = "Plain"
    shell = InteractiveShell.instance(config=config)
    for path in sorted(folder.glob("*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "code":
                shell.run_cell("".join(cell["source"]), store_history=True)


if __name__ == "__main__":
    run_all(Path(sys.argv[1]))
