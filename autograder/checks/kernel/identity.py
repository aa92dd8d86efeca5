"""Whose numbers the notebook of this kernel shows."""

from __future__ import annotations

from autograder.errors import CourseError

# The name said in this kernel, empty where the cell was run as it was released; None where it
# was not run, or the notebook has none.
_said: str | None = None


def say_name(name: str) -> None:
    """Keep whose notebook this is, and print whose numbers it shows."""
    from autograder.checks.runner.variants import whose
    from autograder.notebook.identity import LONGEST

    global _said
    if not isinstance(name, str):
        raise CourseError(f'student("ada") wants your name between quotation marks, got {name!r}')
    name = name.strip()
    if len(name) > LONGEST or not name.isprintable() or any(sign in name for sign in "`'\""):
        raise CourseError(f'student("…") wants the name under which you hand in, got {name!r}')
    _said = name
    found = whose(name)
    if not found.known:
        print(_ask(found.name))
        return
    print(f"Numbers of your own will be those of `{found.name}`.")
    if found.source == "course" and name not in ("", found.name):
        print(f"Your course knows you by that name; `{name}` is not needed.")
    elif found.source == "login":
        print(
            "That is your name on this machine. If you hand in under another one, write it "
            'between the quotation marks, as in student("ada"), and run this cell again.'
        )


def name_for_numbers(*, aloud: bool = False) -> str:
    """Return whose numbers to draw, and with `aloud` print it.

    Raises CourseError where the notebook asked for a name, nobody said one, and that of the
    login is one that many share.
    """
    from autograder.checks.runner.variants import whose
    from autograder.notebook.identity import SHOWN

    found = whose(_said or "")
    if not found.known and _said is not None:
        raise CourseError(_ask(found.name))
    if aloud:
        print(SHOWN.format(found.name))
        if not found.known:
            print(
                f"Many are called `{found.name}`. If you hand in under another name, get your own: "
                'run `from autograder import student; student("your name")`, then this cell again.'
            )
    return found.name


def _ask(login: str) -> str:
    return (
        f"whose numbers? Here you are called `{login}`, as many are. Write the name under which "
        'you hand in into the cell student(""), as in student("ada"); run it, and then this again.'
    )
