"""Masters into notebooks: executed for instructors, cleared and scanned for students."""

from autograder.build.gradebook import save_cells, saved_sources
from autograder.build.leaks import Leak, scan
from autograder.build.pipeline import BuildReport, build
from autograder.build.plain import is_generated, plain_files, plain_source
from autograder.build.release import release_notebook

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
