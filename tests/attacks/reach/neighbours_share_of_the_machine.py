"""Takes time, processors and limits away from another student's session.

stopped by: seccomp: setpriority, sched_*, prlimit of others; each session has its own user id
prize: slowed down
without walls: works
"""
# %%
import os, resource

for harm in (
    lambda: os.setpriority(os.PRIO_PROCESS, NEIGHBOUR, 19),
    lambda: os.sched_setaffinity(NEIGHBOUR, {0}),
    lambda: os.sched_setscheduler(NEIGHBOUR, os.SCHED_IDLE, os.sched_param(0)),
    lambda: resource.prlimit(NEIGHBOUR, resource.RLIMIT_CPU, (1, 1)),
    lambda: resource.prlimit(NEIGHBOUR, resource.RLIMIT_AS, (1 << 20, 1 << 20)),
):
    try:
        harm()
        print("slowed", "down")
    except OSError as error:
        print(error)
