"""Forks children that end at once and whose end nobody asks for.

stopped by: resource limits: processes; the zygote buries what is left behind
"""
# %%
import os

ended = 0
try:
    for ended in range(5000):
        child = os.fork()
        if child == 0:
            # A grandchild whose parent is gone is the zygote's to bury.
            os.fork()
            os._exit(0)
except OSError as error:
    print(error, ended)
