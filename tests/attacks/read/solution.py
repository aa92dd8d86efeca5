"""Maps the solution notebook into memory instead of reading it.

stopped by: Landlock: nothing of the course may be opened
without walls: works
"""
# %%
import mmap, os

try:
    descriptor = os.open(COURSE + "/solutions/tiny/tiny.ipynb", os.O_RDONLY)
    print(mmap.mmap(descriptor, 0, prot=mmap.PROT_READ)[:])
except OSError as error:
    print(error)
