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
from autograder.notebook.tasks import (
    Problem,
    Role,
    grade_id_of,
    nbgrader_of,
    role_of,
    tasks_of,
)

_START = -1


@dataclass
class Cell:
    """One cell to run or to show.

    `label` names it in messages, counted as the student counts; `original` is the cell as
    it stands in the marked notebook, without outputs; `answered` is true for an answer that
    differs from what was released.
    """

    original: NotebookNode
    role: Role
    grade_id: str | None
    label: str
    answered: bool = False

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

    `recognised` is false where no answer or test cell of the assignment is in the
    submission; `cells` are then the released ones and the last problem says so.
    """

    cells: list[Cell]
    problems: list[Problem]
    recognised: bool


@dataclass
class _Slot:
    """A place in the released notebook."""

    node: NotebookNode
    grade_id: str | None
    role: Role
    task: str | None
    copies: list[_Handed] = field(default_factory=list)

    @property
    def answers(self) -> bool:
        """True where students write in this cell itself; nbgrader's task cells only ask."""
        marks = nbgrader_of(self.node)
        return bool(marks.get("solution")) and not marks.get("task")


@dataclass
class _Handed:
    """A cell of the submission, with its number there and the place it belongs to."""

    number: int
    node: NotebookNode
    slot: int | None = None


def splice(released: NotebookNode, submission: NotebookNode) -> Spliced:
    """Put the answers and additions of `submission` into the `released` notebook.

    Answers are the student's, locked and test cells the released ones, added cells stay
    behind the cell that they followed. Nothing that a submission holds makes this fail.
    """
    slots = _slots(released)
    handed = [_Handed(number, cell) for number, cell in enumerate(submission.cells, start=1)]
    problems = _match(slots, handed)
    asked = [slot for slot in slots if slot.role in ("solution", "test", "manual")]
    if asked and not any(slot.copies for slot in asked):
        cells = [_released_cell(slot, number) for number, slot in enumerate(slots, start=1)]
        return Spliced(cells, [wording.foreign(released, submission)], recognised=False)
    for slot in slots:
        if slot.grade_id is not None and not slot.answers:
            problems += _settle_locked(slot)
    behind = _anchored(slots, handed)
    cells = [_added_cell(extra) for extra in behind[_START]]
    for index, slot in enumerate(slots):
        if slot.grade_id is None:
            cells += [_free_cell(slot, given) for given in slot.copies]
        elif slot.answers:
            chosen, others, found = _answer(slot)
            cells += [_added_cell(given) for given in others]
            cells.append(chosen)
            problems += found
        else:
            cells.append(_released_cell(slot, slot.copies[0].number if slot.copies else None))
        cells += [_added_cell(extra) for extra in behind[index]]
    problems += _order(slots)
    _make_ids_unique(cells, slots)
    return Spliced(cells, problems, recognised=True)


def _slots(released: NotebookNode) -> list[_Slot]:
    tasks = tasks_of(released)
    owner = {cell: task.id for task in tasks for cell in (*task.solution_cells, task.test_cell)}
    slots = []
    for cell in released.cells:
        grade_id = grade_id_of(cell)
        task = owner.get(grade_id) if grade_id is not None else None
        slots.append(_Slot(cell, grade_id, role_of(cell) or "provided", task))
    return slots


def _match(slots: list[_Slot], handed: list[_Handed]) -> list[Problem]:
    """Tell every handed-in cell its slot, where it has one, and every slot its copies."""
    by_name = {
        slot.grade_id: index for index, slot in enumerate(slots) if slot.grade_id is not None
    }
    for cell in handed:
        name = nbgrader_of(cell.node).get("grade_id")
        cell.slot = by_name.get(name) if isinstance(name, str) else None
    problems = []
    named = {cell.slot for cell in handed}
    # Some editors drop nbgrader's marks, but leave a cell its id: such an answer is found.
    by_id = {slots[index].node.get("id"): index for index in by_name.values()}
    for cell in handed:
        lost = by_id.get(cell.node.get("id", "")) if cell.slot is None else None
        if lost is not None and lost not in named:
            cell.slot = lost
            problems.append(wording.marks_lost(cell.number, str(slots[lost].grade_id)))
    free: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, slot in enumerate(slots):
        if slot.grade_id is None:
            free[slot.node.cell_type, squeezed(slot.node.source)].append(index)
    for cell in handed:
        same = free.get((cell.node.cell_type, squeezed(cell.node.source)))
        if cell.slot is None and same:
            cell.slot = same.pop(0)
    for cell in handed:
        if cell.slot is not None:
            slots[cell.slot].copies.append(cell)
    return problems


def _anchored(slots: list[_Slot], handed: list[_Handed]) -> dict[int, list[_Handed]]:
    """Return the added cells by the slot that they come after.

    Only the first copy of a cell moves the anchor: what follows a later copy depends on
    all that stands above it.
    """
    behind: dict[int, list[_Handed]] = defaultdict(list)
    anchor = _START
    for cell in handed:
        if cell.slot is None:
            behind[anchor].append(cell)
        elif slots[cell.slot].copies[0] is cell:
            anchor = cell.slot
    return behind


def _answer(slot: _Slot) -> tuple[Cell, list[_Handed], list[Problem]]:
    """Return the cell that counts, the other copies that were worked on, and the problems."""
    name, task = str(slot.grade_id), slot.task
    asked = squeezed(slot.node.source)
    changed = [given for given in slot.copies if squeezed(given.node.source) != asked]
    usable = [given for given in changed if given.node.cell_type == slot.node.cell_type]
    problems = []
    if not slot.copies:
        problems.append(wording.missing(name, task, slot.role))
    if len(slot.copies) > 1:
        problems.append(wording.duplicate(slot.copies[-1].number, name, len(slot.copies)))
    if not changed:
        number = slot.copies[0].number if slot.copies else None
        return _released_cell(slot, number), [], problems
    chosen = (usable or changed)[-1]
    if not usable:
        kinds = slot.node.cell_type, chosen.node.cell_type
        problems.append(wording.cell_type(chosen.number, name, task, *kinds))
    node = _without_outputs(slot.node)
    node.source = chosen.node.source
    if node.cell_type != "code" and chosen.node.get("attachments"):
        node.attachments = copy.deepcopy(chosen.node.attachments)
    label = wording.label(chosen.number, name)
    cell = Cell(node, slot.role, name, label, answered=bool(squeezed(node.source)))
    return cell, [given for given in changed if given is not chosen], problems


def _settle_locked(slot: _Slot) -> list[Problem]:
    """Leave a locked cell the copy that stands for it; other changed ones become added cells."""
    name = str(slot.grade_id)
    changed = [given for given in slot.copies if not _same(given.node, slot.node)]
    intact = len(changed) < len(slot.copies)
    problems = []
    if not slot.copies:
        problems.append(wording.restored(None, name, slot.task, "deleted"))
    elif not intact:
        problems.append(wording.restored(changed[0].number, name, slot.task, "changed"))
    if len(slot.copies) > 1:
        problems.append(wording.duplicate_locked(slot.copies[-1].number, name, slot.task))
    for given in changed if intact else changed[1:]:
        given.slot = None
        slot.copies.remove(given)
    return problems


def _order(slots: list[_Slot]) -> list[Problem]:
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


def _make_ids_unique(cells: list[Cell], slots: list[_Slot]) -> None:
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


def _released_cell(slot: _Slot, number: int | None) -> Cell:
    # Answers to nbgrader's task cells are written in cells around them.
    answered = bool(nbgrader_of(slot.node).get("task"))
    label = wording.label(number, slot.grade_id)
    return Cell(_without_outputs(slot.node), slot.role, slot.grade_id, label, answered)


def _free_cell(slot: _Slot, handed: _Handed) -> Cell:
    """Return a cell of the release that is neither locked nor marked.

    Code is the student's, with their white space; text is the released one, with its pictures.
    """
    is_code = slot.node.cell_type == "code"
    cell = _added_cell(handed) if is_code else _released_cell(slot, handed.number)
    cell.role = "provided"
    return cell


def _added_cell(handed: _Handed) -> Cell:
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


def _same(one: NotebookNode, other: NotebookNode) -> bool:
    return one.cell_type == other.cell_type and squeezed(one.source) == squeezed(other.source)


def squeezed(source: str) -> str:
    """Return `source` without any white space: a difference there alone is no change."""
    return "".join(source.split())
