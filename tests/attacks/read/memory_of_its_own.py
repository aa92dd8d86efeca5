"""Searches its own memory for what the process it was forked from has known.

stopped by: Landlock: of its own entries in /proc not mem; the zygote never holds anything of a course
shows: PermissionError|TRIED
"""
# %%
import re

word = b"CAN" + b"ARY"
with open("/proc/self/mem", "rb", 0) as memory:
    for line in open("/proc/self/maps").read().splitlines():
        span, rights, _, _, _, *file = line.split(maxsplit=5)
        first, last = (int(end, 16) for end in span.split("-"))
        if rights.startswith("r") and (not file or file == ["[heap]"]):
            try:
                memory.seek(first)
                for found in re.finditer(word + rb"-[\w-]{3,60}", memory.read(last - first)):
                    print(found[0])
            except OSError:
                pass
