"""A notebook as tasks, and a submission spliced into the notebook that was released."""

from autograder.notebook import quick  # noqa: F401 (first: before anything reads a notebook)
from autograder.notebook.files import (
    NOTEBOOK_METADATA,
    compact_bytes,
    foreign_kernel,
    load_notebook,
    new_output,
    node,
    notebook_bytes,
    read_built,
)
from autograder.notebook.identity import names_said, names_shown, only_says_a_name
from autograder.notebook.read import read_notebook
from autograder.notebook.splice import Cell, Spliced, splice
from autograder.notebook.tasks import (
    Problem,
    Task,
    grade_id_of,
    is_demo,
    nbgrader_of,
    role_of,
    tasks_of,
    with_sources,
)

__all__ = [
    "NOTEBOOK_METADATA",
    "Cell",
    "Problem",
    "Spliced",
    "Task",
    "compact_bytes",
    "foreign_kernel",
    "grade_id_of",
    "is_demo",
    "load_notebook",
    "names_said",
    "names_shown",
    "nbgrader_of",
    "new_output",
    "node",
    "notebook_bytes",
    "only_says_a_name",
    "read_built",
    "read_notebook",
    "role_of",
    "splice",
    "tasks_of",
    "with_sources",
]
