"""Masters into notebooks: executed for instructors, cleared and scanned for students."""

from autograder.authoring.gradebook import save_cells, saved_sources
from autograder.authoring.leaks import Leak, scan
from autograder.authoring.pipeline import BuildReport, build
from autograder.authoring.plain import is_generated, plain_files, plain_source
from autograder.authoring.release import release_notebook

__all__ = [
    "BuildReport",
    "Leak",
    "build",
    "is_generated",
    "plain_files",
    "plain_source",
    "release_notebook",
    "save_cells",
    "saved_sources",
    "scan",
]
