"""`agree`: a table of how often a second reference was asked, and what it answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from rich.markup import escape
from rich.table import Table

from autograder.cli.frame import console
from autograder.course import Course, load_course
from autograder.errors import AutograderError
from autograder.proof.second import Agreement, agreements


def agree_and_show(
    course: Course, names: Sequence[str], jobs: int, inputs: int, seconds: float
) -> bool:
    """Compare the solutions of assignments with accepts; True where no two answers differ.

    Raises CourseError where there is no assignment of a name.
    """
    chosen = list(dict.fromkeys(names or [n for n in course.names if not course.is_plain(n)]))
    for name in chosen:
        course.assignment(name)
    fine = True
    for name, found in _each(course, chosen, jobs, inputs, seconds):
        if isinstance(found, str):
            console.print(f"{name}: {found}", markup=False)
            fine = False
            continue
        _show(name, found)
        fine &= not any(each.complaints for each in found)
    return fine


def _each(
    course: Course, names: Sequence[str], jobs: int, inputs: int, seconds: float
) -> Iterator[tuple[str, list[Agreement] | str]]:
    """Yield for each assignment its agreements, or why there are none."""
    if jobs == 1 or len(names) == 1:
        for name in names:
            yield name, _agreements(course.root, name, inputs, seconds)
        return
    with ProcessPoolExecutor(min(jobs, len(names)), mp_context=get_context("spawn")) as pool:
        asked = [pool.submit(_agreements, course.root, name, inputs, seconds) for name in names]
        for name, each in zip(names, asked, strict=True):
            yield name, each.result()


def _agreements(root: Path, name: str, inputs: int, seconds: float) -> list[Agreement] | str:
    try:
        return list(agreements(load_course(root), name, inputs=inputs, seconds=seconds))
    except AutograderError as error:
        return str(error)


def _show(name: str, found: Sequence[Agreement]) -> None:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("task", no_wrap=True)
    table.add_column("second reference")
    table.add_column("inputs", justify="right", no_wrap=True)
    table.add_column("largest difference", justify="right")
    table.add_column("agrees")
    for each in found:
        inputs = f"{each.inputs:,}" + (" (time is up)" if each.stopped else "")
        trouble = "\n".join(each.complaints)
        says = f"[red]no:[/] {escape(trouble)}" if trouble else "yes"
        row = (inputs, f"{each.difference:.1g}", says) if each.inputs else ("", "", "")
        table.add_row(each.task, _second(each), *row)
    console.print(table)
    asked = sum(bool(each.inputs) for each in found)
    wrong = sum(bool(each.complaints) for each in found)
    summary = "all agree" if not wrong else f"{wrong} do not agree"
    console.print(
        f"{name}: {asked} of {len(found)} tasks have a second reference, {summary}", markup=False
    )


def _second(found: Agreement) -> str:
    """Return which accept serves for which functions, and which have none."""
    by_accept: dict[str, list[str]] = {}
    for function, accept in found.accepts.items():
        by_accept.setdefault(accept, []).append(function)
    if not found.without and len(by_accept) == 1:
        return escape(f"accept/{next(iter(by_accept))}")
    parts = [f"accept/{accept}: {', '.join(each)}" for accept, each in by_accept.items()]
    if found.without:
        parts.append(f"none: {', '.join(found.without)}")
    return escape("; ".join(parts) or "none: no declared function")
