"""Which cell of a submission is which cell of the release: by name, by id, by its text."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from nbformat import NotebookNode

from autograder.notebook import wording
from autograder.notebook.defined import names_defined, names_used
from autograder.notebook.tasks import Problem, Role, grade_id_of, nbgrader_of, role_of, tasks_of

ASKED = ("solution", "test", "manual")


@dataclass
class Slot:
    """A place in the released notebook.

    `copies` are the cells of the submission that belong there. Where none of them was worked on,
    another cell of the student's may be run in their place, `instead`, or have run `before`;
    `look` names what a person should look at. `tested` are names that the tests of an answer use
    and nothing before defines.
    """

    node: NotebookNode
    grade_id: str | None
    role: Role
    task: str | None
    copies: list[Handed] = field(default_factory=list)
    instead: Handed | None = None
    before: Handed | None = None
    look: str = ""
    tested: frozenset[str] = frozenset()

    @property
    def answers(self) -> bool:
        """True where students write in this cell itself; nbgrader's task cells only ask."""
        marks = nbgrader_of(self.node)
        return bool(marks.get("solution")) and not marks.get("task")

    @property
    def is_code(self) -> bool:
        """True where its cell holds code."""
        return bool(self.node.cell_type == "code")

    @cached_property
    def defines(self) -> frozenset[str]:
        """The names that it defines as released."""
        return names_defined(self.node.source) if self.is_code else frozenset()

    @property
    def names(self) -> frozenset[str]:
        """The names that an answer should define; of a stub without any, those that are tested."""
        return self.defines or self.tested

    @property
    def worked_on(self) -> list[Handed]:
        """The copies whose text is not the released one."""
        asked = squeezed(self.node.source)
        return [given for given in self.copies if squeezed(given.node.source) != asked]


@dataclass(eq=False)
class Handed:
    """A cell of the submission, with its number there and the place it belongs to.

    It may run once more in the place of an answer to which it is `taken`; what was written into
    a locked cell is `kept` beside it where a person should read it.
    """

    number: int
    node: NotebookNode
    slot: int | None = None
    taken: int | None = None
    kept: bool = False

    @cached_property
    def names(self) -> frozenset[str]:
        """The names that it defines."""
        return self.in_text if self.node.cell_type == "code" else frozenset()

    @cached_property
    def in_text(self) -> frozenset[str]:
        """The names that it would define as code."""
        return names_defined(self.node.source)


@dataclass(frozen=True)
class Known:
    """How a submission was recognised.

    `sure` is true where a name, an id or a text of its own says that it is this assignment;
    `unnamed` where no answer or test has its name or id, and `foreign` where they have others;
    `lost` are the cells found without their names.
    """

    sure: bool
    unnamed: bool
    foreign: bool
    lost: list[tuple[int, str]]


def slots_of(released: NotebookNode) -> list[Slot]:
    """Return the places of a released notebook, in its order."""
    tasks = tasks_of(released)
    owner = {cell: task.id for task in tasks for cell in (*task.solution_cells, task.test_cell)}
    slots = []
    for cell in released.cells:
        grade_id = grade_id_of(cell)
        task = owner.get(grade_id) if grade_id is not None else None
        slots.append(Slot(cell, grade_id, role_of(cell) or "provided", task))
    known = {name for slot in slots for name in slot.defines}
    answer = None
    for slot in slots:
        if slot.role == "solution":
            answer = slot
        elif slot.role == "test" and answer is not None and not answer.defines:
            answer.tested |= names_used(slot.node.source) - known
            known |= answer.tested
    return slots


def match(slots: list[Slot], handed: list[Handed]) -> Known:
    """Tell every handed-in cell its slot, where it has one, and every slot its copies."""
    by_name = {
        slot.grade_id: index for index, slot in enumerate(slots) if slot.grade_id is not None
    }
    for cell in handed:
        name = nbgrader_of(cell.node).get("grade_id")
        cell.slot = by_name.get(name) if isinstance(name, str) else None
    named = {cell.slot for cell in handed}
    # Some editors drop nbgrader's marks, but leave a cell its id: such an answer is found.
    by_id = {slots[index].node.get("id"): index for index in by_name.values()}
    lost = []
    for cell in handed:
        index = by_id.get(cell.node.get("id", "")) if cell.slot is None else None
        if index is not None and index not in named:
            cell.slot = index
            lost.append(cell)
    asked = {index for index, slot in enumerate(slots) if slot.role in ASKED}
    unnamed = not any(cell.slot in asked for cell in handed)
    foreign = unnamed and any(cell.slot is None and nbgrader_of(cell.node) for cell in handed)
    by_text = set() if foreign else _match_texts(slots, handed)
    sure = not unnamed or any(
        slots[index].role == "test" or slots[index].defines for index in by_text & asked
    )
    lost += [cell for cell in handed if cell.slot in by_text]
    for cell in handed:
        if cell.slot is not None:
            slots[cell.slot].copies.append(cell)
    found = [
        (cell.number, str(slots[cell.slot].grade_id)) for cell in lost if cell.slot is not None
    ]
    return Known(sure, unnamed, foreign, found)


def _match_texts(slots: list[Slot], handed: list[Handed]) -> set[int]:
    """Match cells that hold what was released word for word; return the named slots among them.

    A text that several cells were released with names none of them, unless none has a name.
    """
    filled = {cell.slot for cell in handed}
    free: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, slot in enumerate(slots):
        text = squeezed(slot.node.source)
        if index not in filled and (text or slot.grade_id is None):
            free[slot.node.cell_type, text].append(index)
    found = set()
    for cell in handed:
        same = free.get((cell.node.cell_type, squeezed(cell.node.source)))
        if cell.slot is None and same:
            named = [index for index in same if slots[index].grade_id is not None]
            if not named or len(same) == 1:
                cell.slot = same.pop(0)
                found.update(named)
    return found


def is_first(slots: list[Slot], cell: Handed) -> bool:
    """Return whether a cell is the one that stands for its slot; later copies say no place."""
    copies = [] if cell.slot is None else slots[cell.slot].copies
    return bool(copies) and copies[0] is cell


def settle_locked(slot: Slot) -> list[Problem]:
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


def _same(one: NotebookNode, other: NotebookNode) -> bool:
    return one.cell_type == other.cell_type and squeezed(one.source) == squeezed(other.source)


def squeezed(source: str) -> str:
    """Return `source` without any white space: a difference there alone is no change."""
    return "".join(source.split())
