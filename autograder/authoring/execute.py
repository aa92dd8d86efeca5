"""Running a master's cells in a real kernel, in a folder that holds only what students get."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nbconvert.filters import strip_ansi
from nbformat import NotebookNode

from autograder.authoring.master import Master
from autograder.errors import BuildError
from autograder.notebook import NOTEBOOK_METADATA, grade_id_of, node, notebook_bytes
from autograder.notebook.wording import label

_KERNEL_FILE = re.compile(r"(?:/[^\s:\"']*)?/ipykernel_\d+/\d+\.py")
_STUDENT = "reference"


def execute(
    master: Master, files: Mapping[str, Path], *, name: str, seconds: float
) -> NotebookNode:
    """Return the master's notebook with the outputs of its cells.

    The cells run in a fresh folder called `name` that holds `files`, which are what students
    get beside the notebook: a master that needs anything else fails here and not at home.
    `seconds` is the limit for one cell. Raises BuildError naming the cell and the error.
    """
    notebook = node(master.notebook)
    with tempfile.TemporaryDirectory(prefix="autograder-") as scratch:
        folder = Path(scratch) / name
        folder.mkdir()
        for relative, source in files.items():
            (folder / relative).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, folder / relative)
        # check() reads a task's points from the notebook beside checks.py.
        (folder / f"{name}.ipynb").write_bytes(notebook_bytes(notebook))
        _run(notebook, folder, master, seconds)
    for cell in notebook.cells:
        _tidy(cell)
    notebook.metadata = node(NOTEBOOK_METADATA)
    return notebook


def _run(notebook: NotebookNode, folder: Path, master: Master, seconds: float) -> None:
    from ipykernel.kernelspec import get_kernel_dict
    from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
    from jupyter_client.manager import AsyncKernelManager
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    class ThisPython(KernelSpecManager):
        """Answers every name with the running interpreter: `python3` may be another one."""

        def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
            return KernelSpec(resource_dir="", **get_kernel_dict())

    environment = {key: value for key, value in os.environ.items() if key != "MPLBACKEND"}
    environment |= {"AUTOGRADER_STUDENT": _STUDENT, "PYTHONHASHSEED": "0"}
    client = NotebookClient(
        notebook,
        km=AsyncKernelManager(kernel_name="python3", kernel_spec_manager=ThisPython()),
        timeout=seconds,
        record_timing=False,
        coalesce_streams=True,
        resources={"metadata": {"path": str(folder)}},
    )
    running = 0

    def note(cell: NotebookNode, cell_index: int) -> None:
        nonlocal running
        running = cell_index

    client.on_cell_start = note
    try:
        client.execute(cleanup_kc=True, env=environment, stderr=subprocess.DEVNULL)
    except CellExecutionError as error:
        text = f"{error.ename}: {error.evalue}" if error.evalue else error.ename
        what = f"raised {str(strip_ansi(text)).strip().splitlines()[-1]}"
    except CellTimeoutError:
        what = f"took longer than {seconds:g} s"
    except DeadKernelError:
        what = "ended the kernel"
    else:
        return
    cell = label(running + 1, grade_id_of(notebook.cells[running]))
    raise BuildError(f"{master.where(running)}: {cell} {what}")


def _tidy(cell: NotebookNode) -> None:
    """Drop from a cell what only tells about this machine and this run."""
    cell.metadata.pop("execution", None)
    if cell.cell_type != "code":
        return
    for output in cell.outputs:
        if "metadata" in output:
            output.metadata = node(
                {kind: value for kind, value in output.metadata.items() if kind in output.data}
            )
        if "data" in output:
            output.data.pop("application/vnd.jupyter.widget-view+json", None)
            for kind, value in output.data.items():
                output.data[kind] = _without_paths(value)
        elif "text" in output:
            output.text = _without_paths(output.text)
        elif "traceback" in output:
            output.traceback = [_without_paths(line) for line in output.traceback]


def _without_paths(value: Any) -> Any:
    """Return text without the kernel's file names, which hold its process number."""
    return _KERNEL_FILE.sub("cell", value) if isinstance(value, str) else value
