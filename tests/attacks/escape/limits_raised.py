"""Raises its own limits of memory, processes, files and time.

stopped by: resource limits: what was lowered cannot be raised without capabilities
prize: raised to
"""
# %%
import resource

for name in ("AS", "CPU", "FSIZE", "NOFILE", "NPROC", "CORE"):
    limit = getattr(resource, "RLIMIT_" + name)
    soft, hard = resource.getrlimit(limit)
    if hard == resource.RLIM_INFINITY:
        continue
    try:
        resource.setrlimit(limit, (soft, hard + 1))
        print("raised", "to", hard + 1)
    except (OSError, ValueError) as error:
        print(error)
