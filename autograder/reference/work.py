"""Reference runs in processes of their own: one assignment, one thread each."""

from __future__ import annotations

import importlib.util
import inspect
import multiprocessing
import os
import sys
import threading
import traceback
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

from nbformat import NotebookNode

from autograder.checks import run_suite
from autograder.checks.runner.solution import solution_namespace
from autograder.course import Course
from autograder.errors import AutograderError, CourseError
from autograder.notebook import with_sources
from autograder.notebook.mistakes import FILE as MISTAKES
from autograder.notebook.mistakes import read_mistakes
from autograder.reference.devices import Calibration, Stopwatch, calibrate, peak_bytes, reset_peak
from autograder.reference.trace import Trace

FILE = "reference_run.py"


@dataclass(frozen=True)
class Order:
    """One run to make: a part of an assignment, a device, a seed, and whose answers train.

    `mistake` is the name of one in `mistakes.toml`; None is the solution itself. A
    `timed` one runs beside no other, and the device is measured after it.
    """

    part: str
    device: str
    seed: int
    mistake: str | None = None
    timed: bool = False


@dataclass(frozen=True)
class Outcome:
    """A run that ended: its trace, or why there is none; `seconds` are those of a `Stopwatch`."""

    order: Order
    trace: Trace | None
    seconds: float = 0.0
    peak_bytes: int = 0
    calibration: Calibration | None = None
    error: str = ""


@dataclass(frozen=True)
class Plan:
    """The parts of an assignment's reference run, with the wrong answers that each must tell.

    `parts` says of each what it runs, in the words of its docstring. Those in `cpu_only` compute
    in NumPy: a GPU is no use to them, and they run on the CPU.
    """

    parts: Mapping[str, str]
    wrong: Mapping[str, tuple[str, ...]]
    cpu_only: frozenset[str]


class Workers(ProcessPoolExecutor):
    """Processes that make the runs of one assignment, inside a `with` block."""

    def __init__(self, course: Course, name: str, jobs: int) -> None:
        from autograder.authoring.master import read_master  # seconds, so not in each process

        self.folder = course.solution_dir(name)
        if not (self.folder / FILE).exists():
            raise CourseError(f"{self.folder / FILE} does not exist: {name} has no reference run")
        self.jobs = jobs
        self.name = name
        # The master, and not what is built of it: a build runs checks, which want the envelope.
        notebook = read_master(self.folder / f"{name}.py").notebook
        context = multiprocessing.get_context("spawn")
        super().__init__(jobs, context, _prepare, (self.folder, name, notebook))

    def plan(self) -> Plan:
        """Return what there is to run; CourseError names a file that is not in its form."""
        return self.submit(_plan).result()

    def run(self, orders: Sequence[Order]) -> Iterator[Outcome]:
        """Make the runs, side by side, and yield what came of them in their order."""
        running = [self.submit(_run, order) for order in orders]
        for order, future in zip(orders, running, strict=True):
            try:
                yield future.result()
            except BrokenProcessPool:
                raise AutograderError(
                    f"{self.name}, {order.part}, seed {order.seed}: the process that ran it died"
                ) from None


_folder = Path()
_name = ""
_notebook = NotebookNode()


def _prepare(folder: Path, name: str, notebook: NotebookNode) -> None:
    """Once in each process: one thread, so that runs side by side do not share cores."""
    global _folder, _name, _notebook
    _folder, _name, _notebook = folder, name, notebook
    from threadpoolctl import threadpool_limits

    threadpool_limits(1)
    threading.Thread(target=_end_with_the_command, daemon=True).start()


def _end_with_the_command() -> None:
    """End this process when the one that waits for it has been killed, also within a run."""
    command = multiprocessing.parent_process()
    assert command is not None
    command.join()
    os._exit(1)


@lru_cache(maxsize=1)
def _module() -> ModuleType:
    path = _folder / FILE
    specification = importlib.util.spec_from_file_location("reference_run", path)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    sys.modules[module.__name__] = module
    sys.path.insert(0, str(_folder))  # for what it shares with the checks beside it
    try:
        specification.loader.exec_module(module)
    except Exception as error:
        raise CourseError(f"{path} does not load: {type(error).__name__}: {error}") from None
    if (torch := sys.modules.get("torch")) is not None:  # it takes seconds, and not all need it
        torch.set_num_threads(1)
    return module


def _plan() -> Plan:
    module = _module()
    parts = getattr(module, "PARTS", None)
    if not isinstance(parts, dict) or not parts or not all(map(callable, parts.values())):
        raise CourseError(f"{_folder / FILE}: PARTS: expected a function for each part's name")
    wrong = getattr(module, "WRONG", {})
    cpu_only = getattr(module, "CPU_ONLY", ())
    for field, named in (("WRONG", wrong), ("CPU_ONLY", cpu_only)):
        for part in named:
            if part not in parts:
                raise CourseError(f"{_folder / FILE}: {field}: there is no part {part!r}")
    wrong = {part: tuple(names) for part, names in wrong.items()}
    about = {part: " ".join((inspect.getdoc(run) or "").split()) for part, run in parts.items()}
    return Plan(about, wrong, frozenset(cpu_only))


def _run(order: Order) -> Outcome:
    try:
        run, solution = _module().PARTS[order.part], _solution(order.mistake)
        watch = Stopwatch(order.device)
        reset_peak(order.device)
        watch.start()  # what is loaded once is no part of a run
        trace = run(solution, order.device, order.seed)
        if not isinstance(trace, Trace):
            raise TypeError(f"{order.part} returned {type(trace).__name__}, not a Trace")
        seconds, peak = watch.stop(), peak_bytes(order.device)
        measured = calibrate(order.device) if order.timed and trace.timings else None
        return Outcome(order, trace, seconds, peak, measured)
    except AutograderError as error:
        said = str(error)
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(place.filename).name}, line {place.lineno}"
        said = f"{where}: {type(error).__name__}: {error}"
    return Outcome(order, None, error=said)


@lru_cache(maxsize=8)
def _solution(mistake: str | None) -> SimpleNamespace:
    """Return what the solution's cells define, perhaps with a known mistake in some of them."""
    notebook = _notebook
    if mistake is not None:
        cells = {known.name: known.cells for known in read_mistakes(_folder, _notebook)}
        if mistake not in cells:
            where = f"{_folder / FILE}: WRONG"
            raise CourseError(f"{where}: there is no {mistake} in {_folder / MISTAKES}")
        notebook = with_sources(notebook, cells[mistake])
    module_name = f"solution_of_{mistake or 'the_course'}"
    space = solution_namespace(notebook, _folder, _numbers(), module_name=module_name)
    return SimpleNamespace(**{key: value for key, value in space.items() if key.isidentifier()})


@lru_cache(maxsize=1)
def _numbers() -> dict[str, dict[str, Any]]:
    """Return the numbers that the solution's own cells ask for."""
    files = [_folder / "checks.py", _folder / "hidden_checks.py"]
    public, hidden = (path if path.exists() else None for path in files)
    return run_suite(public, hidden, lambda suite: suite.variants("reference"), assignment=_name)
