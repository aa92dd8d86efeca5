"""Writes many files, each as large as one may be.

stopped by: the watch: size of all files of a session together
shows: wrote more than 16 MiB|ran longer than
"""
# %%
for number in range(10**6):
    with open(f"file-{number}", "wb") as file:
        file.write(bytes(8 << 20))
