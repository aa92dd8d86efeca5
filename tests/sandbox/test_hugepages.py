from __future__ import annotations

import subprocess
import sys

SCRIPT = """
from pathlib import Path
from autograder.sandbox.session import hugepages

def huge():
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("AnonHugePages"))

kept = [bytes([n % 251]) * 4000 for n in range(5000)]
before = huge()
done = hugepages.collapse()
assert all(kept[n] == bytes([n % 251]) * 4000 for n in range(5000))
print(done >> 10, huge() - before)
"""


def test_as_much_is_huge_as_it_says_and_nothing_is_lost() -> None:
    printed = subprocess.run([sys.executable, "-c", SCRIPT], stdout=subprocess.PIPE, check=True)
    said, grown = map(int, printed.stdout.split())
    # Nothing where the kernel is older than 6.1, or short of memory in one piece.
    assert said >= grown
    assert bool(said) == bool(grown)
