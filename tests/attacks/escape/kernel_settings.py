"""Writes the kernel's settings: what runs at a crash, who is killed first, what cgroup it is in.

stopped by: Landlock: /proc and /sys may not be written
prize: setting open
"""
# %%
import os

for path in ("/proc/sys/kernel/core_pattern", "/proc/sys/kernel/modprobe",
             "/proc/self/oom_score_adj", "/proc/self/loginuid", "/proc/self/uid_map",
             "/proc/self/clear_refs", "/proc/self/coredump_filter", "/proc/self/attr/current",
             "/sys/fs/cgroup/cgroup.procs", "/sys/kernel/uevent_helper", "/proc/sysrq-trigger"):
    try:
        os.close(os.open(path, os.O_WRONLY))
        print("setting", "open", path)
    except OSError as error:
        print(error)
