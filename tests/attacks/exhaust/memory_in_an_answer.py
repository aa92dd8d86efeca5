"""Takes all memory, and the last of it for its answer.

stopped by: resource limits: address space
shows: raised MemoryError
"""
# %% double
def double(x):
    return [bytearray(1_000_000) for _ in range(10**6)]
