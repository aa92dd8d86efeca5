"""A submission spliced into the notebook that was released.

The released notebook says which cells there are, in which order, and what the locked ones
hold; the submission says what the answers are and what else the student wrote.
"""

from __future__ import annotations

import copy
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import count

from nbformat import NotebookNode

from autograder.notebook import wording
from autograder.notebook.match import (
    ASKED,
    Handed,
    Slot,
    is_first,
    match,
    settle_locked,
    slots_of,
    squeezed,
)
from autograder.notebook.own_cells import START, adopt
from autograder.notebook.tasks import Problem, Role, nbgrader_of


@dataclass
class Cell:
    """One cell to run or to show.

    `label` names it in messages, counted as the student counts; `original` is the cell as
    it stands in the marked notebook, without outputs; `answered` is true for an answer that
    differs from what was released; `look` names other cells that may hold the answer.
    """

    original: NotebookNode
    role: Role
    grade_id: str | None
    label: str
    answered: bool = False
    look: str = ""

    @property
    def source(self) -> str:
        """Its text."""
        return str(self.original.source)

    @property
    def cell_type(self) -> str:
        """`"code"`, `"markdown"` or `"raw"`."""
        return str(self.original.cell_type)


@dataclass
class Spliced:
    """The cells to mark, in order, and what was found on the way.

    `recognised` is false where nothing in the submission says that it is this assignment's;
    `cells` are then the released ones, `unknown` what was handed in, and the only problem says so.
    """

    cells: list[Cell]
    problems: list[Problem]
    recognised: bool
    unknown: list[Cell] = field(default_factory=list)


def splice(released: NotebookNode, submission: NotebookNode) -> Spliced:
    """Put the answers and additions of `submission` into the `released` notebook.

    Answers are the student's, locked and test cells the released ones, added cells stay
    behind the cell that they followed. Nothing that a submission holds makes this fail.
    """
    slots = slots_of(released)
    handed = [Handed(number, cell) for number, cell in enumerate(submission.cells, start=1)]
    known = match(slots, handed)
    if known.foreign:
        return _unrecognised(slots, handed, wording.foreign(released, submission))
    problems = []
    for slot in slots:
        if slot.grade_id is not None and not slot.answers:
            problems += settle_locked(slot)
    problems += adopt(slots, handed, known)
    asked = [slot for slot in slots if slot.role in ASKED]
    answered = any(slot.worked_on or slot.before or slot.instead for slot in asked)
    if asked and not known.sure and not answered:
        return _unrecognised(slots, handed, wording.foreign(released, submission))
    behind = _anchored(slots, handed)
    cells = [_added_cell(extra) for extra in behind[START]]
    for index, slot in enumerate(slots):
        if slot.grade_id is None:
            cells += [_free_cell(slot, given) for given in slot.copies]
        elif slot.answers:
            chosen, others, found = _answer(slot)
            cells += [_added_cell(given) for given in others]
            cells.append(chosen)
            problems += found
        else:
            cells += [_added_cell(given) for given in slot.copies if given.kept]
            cells.append(_released_cell(slot, slot.copies[0].number if slot.copies else None))
        cells += [_added_cell(extra) for extra in behind[index]]
    problems += _order(slots)
    _make_ids_unique(cells, slots)
    return Spliced(cells, problems, recognised=True)


def _anchored(slots: list[Slot], handed: list[Handed]) -> dict[int, list[Handed]]:
    """Return the added cells by the slot that they come after.

    Only the first copy of a cell moves the anchor: what follows a later copy depends on
    all that stands above it.
    """
    behind: dict[int, list[Handed]] = defaultdict(list)
    anchor = START
    for cell in handed:
        if cell.slot is None:
            behind[anchor].append(cell)
        elif is_first(slots, cell):
            anchor = cell.slot
    return behind


def _answer(slot: Slot) -> tuple[Cell, list[Handed], list[Problem]]:
    """Return the cell that counts, the other copies that were worked on, and the problems."""
    name, task = str(slot.grade_id), slot.task
    changed = slot.worked_on or ([slot.instead] if slot.instead else [])
    usable = [given for given in changed if given.node.cell_type == slot.node.cell_type]
    problems = []
    if not (slot.copies or slot.instead or slot.before or slot.look):
        problems.append(wording.missing(name, task, slot.role))
    if len(slot.copies) > 1:
        problems.append(wording.duplicate(slot.copies[-1].number, name, len(slot.copies)))
    if not changed:
        return _stub(slot), [], problems
    chosen = (usable or changed)[-1]
    if not usable:
        kinds = slot.node.cell_type, chosen.node.cell_type
        problems.append(wording.cell_type(chosen.number, name, task, *kinds))
    node = _without_outputs(slot.node)
    node.source = chosen.node.source
    if node.cell_type != "code" and chosen.node.get("attachments"):
        node.attachments = copy.deepcopy(chosen.node.attachments)
    label = wording.label(chosen.number, name)
    answered = bool(squeezed(node.source))
    cell = Cell(node, slot.role, name, label, answered, slot.look)
    return cell, [given for given in changed if given is not chosen], problems


def _stub(slot: Slot) -> Cell:
    """Return an answer that nothing was written in; what ran before it is not undone."""
    cell = _released_cell(slot, slot.copies[0].number if slot.copies else None)
    cell.look = slot.look
    if slot.before is not None:
        cell.original.source = f"# The answer stands in cell {slot.before.number}."
        cell.answered = True
    return cell


def _unrecognised(slots: list[Slot], handed: list[Handed], problem: Problem) -> Spliced:
    unknown = [_added_cell(cell) for cell in handed if squeezed(cell.node.source)]
    cells = [_released_cell(slot, None) for slot in slots]
    _make_ids_unique([*cells, *unknown], slots)
    return Spliced(cells, [problem], recognised=False, unknown=unknown)


def _order(slots: list[Slot]) -> list[Problem]:
    """Return the problem of named cells that do not come in the released order, if any."""
    placed = sorted(
        (slot.copies[0].number, index)
        for index, slot in enumerate(slots)
        if slot.grade_id is not None and slot.copies
    )
    indices = [index for _, index in placed]
    moved = [str(slots[index].grade_id) for index in indices if index not in _rising(indices)]
    return [wording.order(moved)] if moved else []


def _rising(numbers: list[int]) -> set[int]:
    """Return a longest rising subsequence of distinct `numbers`."""
    tails: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        place = bisect_left(tails, number)
        before[number] = tails[place - 1] if place else None
        tails[place : place + 1] = [number]
    rising = set()
    last = tails[-1] if tails else None
    while last is not None:
        rising.add(last)
        last = before[last]
    return rising


def _make_ids_unique(cells: list[Cell], slots: list[Slot]) -> None:
    """Give added cells another id where theirs is taken: the notebook format wants them unique."""
    taken = {slot.node.get("id") for slot in slots if slot.grade_id is not None}
    spare = (f"added-{number:03}" for number in count(1))
    for cell in cells:
        if cell.grade_id is None:
            given = cell.original.get("id")
            while not given or given in taken:
                given = next(spare)
            cell.original.id = given
            taken.add(given)


def _released_cell(slot: Slot, number: int | None) -> Cell:
    # Answers to nbgrader's task cells are written in cells around them.
    answered = bool(nbgrader_of(slot.node).get("task"))
    label = wording.label(number, slot.grade_id)
    return Cell(_without_outputs(slot.node), slot.role, slot.grade_id, label, answered)


def _free_cell(slot: Slot, handed: Handed) -> Cell:
    """Return a cell of the release that is neither locked nor marked.

    Code is the student's, with their white space; text is the released one, with its pictures.
    """
    is_code = slot.node.cell_type == "code"
    cell = _added_cell(handed) if is_code else _released_cell(slot, handed.number)
    cell.role = "provided"
    return cell


def _added_cell(handed: Handed) -> Cell:
    node = _without_outputs(handed.node)
    # A second cell with the same name would be refused by nbgrader.
    node.metadata.pop("nbgrader", None)
    return Cell(node, "added", None, wording.label(handed.number, None))


def _without_outputs(node: NotebookNode) -> NotebookNode:
    node = copy.deepcopy(node)
    if node.cell_type == "code":
        node.outputs = []
        node.execution_count = None
    return node
