"""The command `autograder`: thin commands over the rooms, heavy imports inside them."""

from __future__ import annotations

from autograder.cli.app import app

__all__ = ["app"]
