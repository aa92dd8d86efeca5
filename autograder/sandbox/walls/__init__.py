"""The walls around a session, one a file, each of which says why it is not here.

`levels` finds out which of them this machine has, `raising` puts a session behind them.
"""

from autograder.sandbox.walls.levels import Wall, choose_level, probe

__all__ = ["Wall", "choose_level", "probe"]
