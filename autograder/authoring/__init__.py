"""Masters into notebooks: executed for instructors, cleared and scanned for students."""

from autograder.authoring.pipeline import BuildReport, build

__all__ = ["BuildReport", "build"]
