"""Samples of what is too much to mark in full: mutants of accepts, and two mistakes at once.

Ids are digests, so that those which come first in their order are a sample: the same in every
run, and a larger one holds the smaller.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from autograder.course import Course
from autograder.notebook.accepts import accept_files, read_accept
from autograder.proof.mutants.edits import meaning_of
from autograder.proof.mutants.make import (
    Answers,
    Mutant,
    answers,
    diff_of,
    modules_of,
    mutants_of,
)

# Of each task; `validate --sample` draws more.
SAMPLE = 10


def sampled(
    course: Course,
    name: str,
    made: Sequence[Mutant],
    equivalent: Collection[str],
    size: int = SAMPLE,
) -> list[Mutant]:
    """Return, for each task, up to `size` mutants of accepts and pairs of the mutants `made`.

    Half of them, rounded up, are of accepts as far as there are any. No pair has one whose id is
    `equivalent`.
    """
    ours = answers(course, name)
    of_accepts = [
        mutant
        for path in accept_files(course.solution_dir(name))
        for mutant in accept_mutants(ours, path)
    ]
    found = []
    for task in dict.fromkeys(each.task for each in ours.each):
        drawn = sorted((each for each in of_accepts if each.task == task), key=lambda m: m.id)
        drawn = drawn[: size - size // 2]
        pairs = _pairs(ours, [m for m in made if m.task == task and m.id not in equivalent])
        found += [*drawn, *itertools.islice(pairs, size - len(drawn))]
    return found


def accept_mutants(ours: Answers, path: Path, cells: Collection[str] | None = None) -> list[Mutant]:
    """Return every mutant of an accept's cells, or of some; its other cells come with each."""
    accept = read_accept(path)
    modules = ours.modules | modules_of(list(accept.cells.values()))
    tasks = {each.cell: each.task for each in ours.each}
    found = []
    for cell, text in accept.cells.items():
        if cell not in tasks or (cells is not None and cell not in cells):
            continue
        others = tuple(each for each in accept.cells.items() if each[0] != cell)
        made = mutants_of(
            text, modules=modules, cell=f"accept/{accept.name}: {cell}", task=tasks[cell]
        )
        found += [replace(each, cell=cell, kind="accept", others=others) for each in made]
    return found


def pair_id(first: Mutant, second: Mutant) -> str:
    """Return the id of two mistakes at once."""
    ids = "\0".join(sorted((first.id, second.id)))
    return hashlib.sha256(ids.encode()).hexdigest()[: len(first.id)]


def _pairs(ours: Answers, made: Sequence[Mutant]) -> Iterator[Mutant]:
    """Yield the pairs of mutants of one cell at different places, in the order of their ids."""
    texts = {each.cell: each.text for each in ours.each}
    each_two = ((pair_id(*two), *two) for two in itertools.combinations(made, 2))
    in_one_cell = (each for each in each_two if each[1].cell == each[2].cell)
    for identity, first, second in sorted(in_one_cell, key=lambda each: each[0]):
        text = texts[first.cell]
        changed = _with_both(text, first, second)
        known = {meaning_of(source) for source in (text, first.source, second.source)}
        if changed is None or (meaning := meaning_of(changed)) is None or meaning in known:
            continue
        yield Mutant(
            identity,
            first.cell,
            first.task,
            f"{first.operator}, {second.operator}",
            changed,
            diff_of(text, changed, first.cell),
            None,
            "pair",
        )


def _with_both(text: str, *both: Mutant) -> str | None:
    """Return the text with both edits; None where they touch each other."""
    early, late = sorted((m.edit for m in both if m.edit), key=lambda edit: (edit.start, edit.end))
    return None if early.end >= late.start else early.apply(late.apply(text))
