"""Masters into notebooks: executed for instructors, cleared and scanned for students."""

from autograder.build.gradebook import save_cells
from autograder.build.leaks import Leak, scan
from autograder.build.pipeline import BuildReport, build

__all__ = ["BuildReport", "Leak", "build", "save_cells", "scan"]
