"""Closes the wire and lives on.

stopped by: a session that hangs up is killed with all it started
shows: closed its connection|ended the whole session
"""
# %%
import os, time

os.close(3)
os.closerange(3, 256)
time.sleep(86400)
