"""Make the reference runs of assignments: to record them, to compare, to tell wrong answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import count, islice
from pathlib import Path

from autograder.course import Course
from autograder.errors import AutograderError
from autograder.reference.devices import Machine
from autograder.reference.judge import Judge
from autograder.reference.recorded import forget_parts, path_of, read_recorded, write_recorded
from autograder.reference.work import FILE, Order, Outcome, Plan, Workers

RECORDED_FROM = 1000
"""The first seed that is recorded; checks and comparisons begin at 0."""
MANY, FEW, QUICK_SECONDS = 20, 5, 5.0
"""So many runs are recorded where one takes less than so many seconds, and otherwise."""
_TIMED = 3


@dataclass
class Settings:
    """The choice of runs.

    Args:
        device: `"cpu"` or `"cuda"`.
        jobs: runs side by side, of those that are not timed; on a GPU always one.
        seeds: how many runs of each part; None for as many as are needed, or were recorded.
        first_seed: the first of them; None for 0, or 1000 where they are recorded.
        parts: only parts of these names; all when empty.
        quick: only parts whose recorded runs took less than 5 s.
        repeats: how often each part is judged, every time with the seeds that come next.
    """

    device: str
    jobs: int = 1
    seeds: int | None = None
    first_seed: int | None = None
    parts: Sequence[str] = ()
    quick: bool = False
    repeats: int = 1


@dataclass
class PartReport:
    """The runs of one part, and what speaks against them."""

    assignment: str
    part: str
    mistake: str | None = None
    about: str = ""
    outcomes: list[Outcome] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    undecided: list[str] = field(default_factory=list)
    recorded: Path | None = None
    inside: int = 0  # of the times it was judged


OnRun = Callable[[str, int, int], None]
"""Called after each run with what runs, how many were done before, and how many there may be."""


def with_runs(course: Course) -> list[str]:
    """Return the assignments that have a reference run, in the course's order."""
    return [name for name in course.names if (course.solution_dir(name) / FILE).exists()]


def record(
    course: Course, name: str, settings: Settings, on_run: OnRun = lambda *_: None
) -> Iterator[PartReport]:
    """Run every part of an assignment and write what it did to its envelope.

    Raises:
        CourseError: `reference_run.py` is missing or not in its form.
        AutograderError: a run failed or missed what it has to reach; its part is not written then.
    """
    first = RECORDED_FROM if settings.first_seed is None else settings.first_seed
    with _workers(course, name, settings) as workers:
        plan = workers.plan()
        for part, device, path in _parts(workers, plan, settings):
            if device != settings.device and _seeds_recorded(path, part):
                continue  # recorded on a CPU, which is not to be mixed with this machine's
            report = PartReport(name, part, about=plan.parts[part], recorded=path)
            seeds = settings.seeds or _seeds_recorded(path, part)
            done = partial(_enough, report, seeds)
            for outcome in _runs(workers, part, device, first, done):
                on_run(f"{name}: {part}", len(report.outcomes), _wanted(report, seeds))
                if outcome.trace is None:
                    seed = outcome.order.seed
                    raise AutograderError(f"{name}, {part}, seed {seed} failed: {outcome.error}")
                report.outcomes.append(outcome)
            write_recorded(path, Machine.of(device), part, report.outcomes)
            yield report
        forget_parts(path_of(workers.folder, settings.device), plan.parts)


def compare(
    course: Course,
    name: str,
    settings: Settings,
    on_run: OnRun = lambda *_: None,
    *,
    wrong: bool = False,
) -> Iterator[PartReport]:
    """Run every part of an assignment until it is decided whether it is as recorded.

    With `repeats` it is judged so often, by other runs every time. With `wrong` its wrong answers
    run in its place: what speaks against them is expected, and it is a complaint when nothing does.
    Raises CourseError where a file is not in its form.
    """
    with _workers(course, name, settings) as workers:
        plan = workers.plan()
        for part, device, path in _parts(workers, plan, settings):
            recorded = read_recorded(path)["parts"] if path.exists() else {}
            if part not in recorded:
                where = path.relative_to(course.root)
                again = f'autograder reference {name} --part "{part}" --device {device} --update'
                said = f"is not recorded in {where}: run `{again}`"
                yield PartReport(name, part, complaints=[f"{part} {said}"], recorded=path)
                continue
            if settings.quick and recorded[part]["run_seconds"] >= QUICK_SECONDS:
                continue
            for mistake in plan.wrong.get(part, ()) if wrong else (None,):
                report = PartReport(name, part, mistake, plan.parts[part], recorded=path)
                first = settings.first_seed or 0
                repeats = 1 if wrong else settings.repeats
                for time in range(repeats):
                    judge = Judge(path, recorded[part], settings.seeds)
                    runs = _runs(workers, part, device, first, judge.decided, mistake, time == 0)
                    for outcome in runs:
                        on_run(f"{name}: {mistake or part}", judge.runs, judge.most)
                        report.outcomes.append(outcome)
                        judge.add(outcome)
                    _take(report, judge, first, repeats)
                    first += judge.runs
                if wrong:
                    report.complaints, report.undecided = _unnoticed(report), []
                yield report


def _take(report: PartReport, judge: Judge, first: int, repeats: int) -> None:
    """Add to a report what was found this time."""
    complaints = judge.complaints()
    where = f"seeds {first} to {first + judge.runs - 1}: " if repeats > 1 else ""
    report.complaints += [f"{where}{complaint}" for complaint in complaints]
    if not complaints:
        waiting = dict.fromkeys([*report.undecided, *judge.undecided])
        report.undecided = list(waiting)
        report.inside += not judge.undecided


def _unnoticed(report: PartReport) -> list[str]:
    failed = [o.error for o in report.outcomes if o.trace is None]
    if failed:
        return [f"{report.mistake} cannot be run: {failed[0]}"]
    if report.complaints:
        return []
    if report.undecided:
        runs = len(report.outcomes)
        return [f"{report.mistake}: {runs} runs are too few to tell it from the solution"]
    return [f"{report.mistake} stays inside the envelope of {report.part}"]


def _workers(course: Course, name: str, settings: Settings) -> Workers:
    return Workers(course, name, 1 if settings.device == "cuda" else settings.jobs)


def _parts(workers: Workers, plan: Plan, settings: Settings) -> Iterator[tuple[str, str, Path]]:
    """Yield each part that is wanted, where it runs, and the file of its recorded runs.

    What a GPU is no use to stays on the CPU, and in its envelope.
    """
    unknown = set(settings.parts) - set(plan.parts)
    if unknown:
        known = ", ".join(plan.parts)
        raise AutograderError(f"{workers.name} has no part {min(unknown)!r}, only {known}")
    for part in plan.parts:
        if not settings.parts or part in settings.parts:
            device = "cpu" if part in plan.cpu_only else settings.device
            yield part, device, path_of(workers.folder, device)


def _seeds_recorded(path: Path, part: str) -> int | None:
    """Return how many runs are recorded: recording as many again gives the same file again."""
    if not path.exists():
        return None
    recorded = read_recorded(path)["parts"].get(part)
    return recorded and len(recorded["seeds"])


def _wanted(report: PartReport, seeds: int | None) -> int:
    if seeds is not None:
        return seeds
    slow = report.outcomes and report.outcomes[0].seconds >= QUICK_SECONDS
    return FEW if slow else MANY


def _enough(report: PartReport, seeds: int | None) -> bool:
    return len(report.outcomes) >= _wanted(report, seeds)


def _runs(
    workers: Workers,
    part: str,
    device: str,
    first: int,
    done: Callable[[], bool],
    mistake: str | None = None,
    timed: bool = True,
) -> Iterator[Outcome]:
    """Runs of one part in the order of their seeds, until it is done.

    The first few are alone and timed, if wanted. Of those that run side by side with the last one
    that is needed nothing is taken, so that it does not matter how many run at once.
    """
    seeds = count(first)
    alone = device == "cuda"
    made = 0
    while not done():
        now = alone or (timed and made < _TIMED and mistake is None)
        width = 1 if now else workers.jobs
        orders = [Order(part, device, seed, mistake, now) for seed in islice(seeds, width)]
        for outcome in workers.run(orders):
            made += 1
            if not done():
                yield outcome
