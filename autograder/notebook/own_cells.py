"""Answers that stand in cells of the student's own: what they define counts, words are looked at.

A stub is run only where no cell of the student's does what it asks for.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator

from autograder.notebook import wording
from autograder.notebook.defined import ANY, is_words
from autograder.notebook.identity import only_says_a_name
from autograder.notebook.match import ASKED, Handed, Known, Slot, is_first, squeezed
from autograder.notebook.tasks import Problem

START = -1


def adopt(slots: list[Slot], handed: list[Handed], known: Known) -> list[Problem]:
    """Give answers that are missing or untouched the cells that stand for them, if any do."""
    found = _defined_in_place(slots, handed)
    problems = _defined_elsewhere(slots, handed)
    if known.sure or found or problems:
        found += _by_place(slots, handed)
    pairs = [(cell.number, str(slot.grade_id)) for slot, cell in found]
    if known.unnamed or known.lost:
        lost = sorted([*known.lost, *pairs])
        problems += [wording.marks_lost(lost)] if lost else []
    else:
        problems += [wording.taken_for_answer(*pair) for pair in pairs]
    if known.unnamed:
        _ask_where_unsure(slots, handed, known)
    _ask_about_words(slots, handed)
    if not known.sure:
        return [*problems, wording.unsure()]
    return problems + [
        wording.looked_at(str(slot.grade_id), slot.task, slot.role, slot.look)
        for slot in slots
        if slot.look
    ]


def _added(cell: Handed) -> bool:
    return cell.slot is None and cell.taken is None


def _is_code(cell: Handed) -> bool:
    return cell.node.cell_type == "code" and _is_work(cell) and not is_words(cell.node)


def _is_work(cell: Handed) -> bool:
    """Return whether there is anything in a cell but the student's name."""
    return bool(squeezed(cell.node.source)) and not only_says_a_name(cell.node.source)


def _gaps(slots: list[Slot], handed: list[Handed]) -> Iterator[tuple[list[Slot], list[Handed]]]:
    """Yield the answers without a cell, and the added cells, between the same two known cells."""
    added: dict[tuple[int, int], list[Handed]] = defaultdict(list)
    run: list[Handed] = []
    above = START
    for cell in handed:
        if cell.slot is not None and is_first(slots, cell):
            added[above, cell.slot] = run
            above, run = cell.slot, []
        elif _added(cell):
            run.append(cell)
    added[above, len(slots)] = run
    empty: list[Slot] = []
    above = START
    for index, slot in enumerate(slots):
        if slot.copies:
            yield empty, added[above, index]
            above, empty = index, []
        elif slot.answers and slot.before is None and slot.instead is None:
            empty.append(slot)
    yield empty, added[above, len(slots)]


def _defined_in_place(slots: list[Slot], handed: list[Handed]) -> list[tuple[Slot, Handed]]:
    """Take a cell between the same neighbours that defines what an answer should."""
    places = {id(slot): index for index, slot in enumerate(slots)}
    found = []
    for empty, added in list(_gaps(slots, handed)):
        # From the end: where two answers define one name, the later cell is the later answer.
        for slot in reversed(empty):
            definers = [cell for cell in added if _added(cell) and cell.in_text & slot.names]
            if definers:
                _take(slot, places[id(slot)], definers[-1])
                found.append((slot, definers[-1]))
    return found


def _by_place(slots: list[Slot], handed: list[Handed]) -> list[tuple[Slot, Handed]]:
    """Take the cells that stand between the same neighbours, as many as answers are missing."""
    places = {id(slot): index for index, slot in enumerate(slots)}
    kinds: tuple[tuple[bool, Callable[[Handed], bool]], ...] = (
        (True, _is_code),
        (False, lambda cell: cell.node.cell_type != "code" and is_words(cell.node)),
    )
    found = []
    for empty, added in list(_gaps(slots, handed)):
        for is_code, fits in kinds:
            wanted = [slot for slot in empty if slot.is_code == is_code]
            cells = [cell for cell in added if _added(cell) and fits(cell)][-len(wanted) :]
            if not (wanted and cells):
                continue
            for slot, cell in zip(wanted, cells, strict=False):
                _take(slot, places[id(slot)], cell)
                found.append((slot, cell))
                if slot.names and not cell.in_text & (slot.names | {ANY}):
                    slot.look = wording.cells([cell.number])
            for slot in wanted[len(cells) :]:
                slot.look = wording.cells(cell.number for cell in cells)
    return found


def _take(slot: Slot, index: int, cell: Handed) -> None:
    slot.copies.append(cell)
    cell.slot = index


def _defined_elsewhere(slots: list[Slot], handed: list[Handed]) -> list[Problem]:
    """Find the cells, wherever they stand, that define what nobody but an answer should."""
    times = Counter(name for slot in slots for name in slot.names)
    neighbours = _neighbours(slots, handed, range(len(slots)))
    problems = []
    for index, slot in enumerate(slots):
        if not (slot.answers and slot.names) or slot.worked_on:
            continue
        own = {name for name in slot.names if times[name] == 1}
        early: list[Handed] = []
        late: list[Handed] = []
        for cell in handed:
            place = _place(slots, cell, neighbours[cell.number][0])
            beside = _added(cell) and index in neighbours[cell.number]
            if cell.slot != index and cell.names & (slot.names | {ANY} if beside else own):
                (early if place < index else late).append(cell)
        if any(_added(cell) and neighbours[cell.number][0] == index for cell in late):
            continue  # it runs right behind the stub
        if early:
            chosen = slot.before = early[-1]
        elif late:
            chosen = slot.instead = late[-1]
            if chosen.taken is None:
                chosen.taken = index
        else:
            continue
        about = str(slot.grade_id), slot.task, bool(slot.copies)
        names = sorted(chosen.names & slot.names or slot.names)
        problems.append(wording.defined_elsewhere(*about, chosen.number, names))
    return problems


def _place(slots: list[Slot], cell: Handed, above: int) -> int:
    """Return the place behind or in which a cell runs; of a changed locked cell there is none."""
    if cell.taken is not None:
        return cell.taken
    if cell.slot is None:
        return above
    slot = slots[cell.slot]
    return cell.slot if slot.grade_id is None or slot.answers else len(slots)


def _neighbours(
    slots: list[Slot], handed: list[Handed], wanted: range | set[int]
) -> dict[int, tuple[int, int]]:
    """Return the places of the nearest known cells above and below every cell, by its number."""
    above, over = START, {}
    for cell in handed:
        over[cell.number] = above
        if cell.slot is not None and cell.slot in wanted and is_first(slots, cell):
            above = cell.slot
    below, found = len(slots), {}
    for cell in reversed(handed):
        found[cell.number] = over[cell.number], below
        if cell.slot is not None and cell.slot in wanted and is_first(slots, cell):
            below = cell.slot
    return found


def _ask_where_unsure(slots: list[Slot], handed: list[Handed], known: Known) -> None:
    """Ask a person to look at the cells that nobody knows the task of."""
    spare = [cell.number for cell in handed if _added(cell) and _is_work(cell)]
    for slot in slots:
        if slot.answers and not known.sure:
            slot.look = "the whole notebook"
        elif (
            slot.answers and spare and not (slot.copies or slot.before or slot.instead or slot.look)
        ):
            slot.look = wording.cells(spare)


def _ask_about_words(slots: list[Slot], handed: list[Handed]) -> None:
    """Ask a person to look at words beside an answer by hand that nothing was written in."""
    asked = {index for index, slot in enumerate(slots) if slot.role in ASKED}
    neighbours = _neighbours(slots, handed, asked)
    there = [START, *(index for index in sorted(asked) if slots[index].copies), len(slots)]
    for index, slot in enumerate(slots):
        if slot.role != "manual" or not slot.answers or slot.look:
            continue
        if any(squeezed(c.node.source) or c.node.get("attachments") for c in slot.worked_on):
            continue
        words = [cell for cell in handed if _may_answer(slots, slot, cell)]
        near = [cell for cell in words if index in neighbours[cell.number]]
        if not slot.copies:
            before = max(place for place in there if place < index)
            behind = min(place for place in there if place > index)
            ends = [(cell, *neighbours[cell.number]) for cell in words]
            near = [cell for cell, above, below in ends if above == before or below == behind]
            # Two cells may have been merged.
            merged = [slots[place] for place in (before, behind) if 0 <= place < len(slots)]
            near = (
                near
                or words
                or [cell for other in merged if other.role == "manual" for cell in other.worked_on]
            )
        if near:
            slot.look = wording.cells(cell.number for cell in near)
        for cell in near:
            cell.kept = True


def _may_answer(slots: list[Slot], slot: Slot, cell: Handed) -> bool:
    """Return whether a cell is the student's and could be what a person should read."""
    if _added(cell):
        return is_words(cell.node) or (slot.is_code and _is_code(cell))
    if cell.slot is None or not is_words(cell.node):
        return False
    home = slots[cell.slot]
    changed = squeezed(cell.node.source) != squeezed(home.node.source)
    return changed and home.grade_id is not None and not (home.answers or home.is_code)
