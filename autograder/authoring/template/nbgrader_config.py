"""Hands `course.yml` to nbgrader; change the course there, not here."""

from pathlib import Path

from traitlets.config import Config

from autograder.course import load_course
from autograder.nbgrader_plugin import nbgrader_settings

c = get_config()  # noqa: F821 (nbgrader defines it)
c.merge(Config(nbgrader_settings(load_course(Path(__file__).parent))))
