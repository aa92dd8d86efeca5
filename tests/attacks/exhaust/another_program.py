"""Replaces its process by another program, which holds the wire and says nothing.

stopped by: the wire is closed when another program is started; the grader's clock
shows: ended the whole session|waited for longer than
"""
# %%
import os

os.execv("/bin/sleep", ["sleep", "86400"])
