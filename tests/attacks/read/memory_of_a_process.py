"""Reads another process's memory from /proc/*/mem.

stopped by: Landlock: of /proc only its own entries may be read
without walls: works
"""
# %%
for process in (VICTIM, GRADER, ZYGOTE, NEIGHBOUR):
    try:
        with open(f"/proc/{process}/mem", "rb", 0) as memory:
            memory.seek(ADDRESS)
            print(memory.read(40))
    except (OSError, OverflowError) as error:
        print(error)
