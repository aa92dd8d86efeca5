"""Opens what another process has open, by /proc/*/fd.

stopped by: Landlock: of /proc only its own entries may be read
without walls: works
"""
# %%
for process, descriptor in ((VICTIM, DESCRIPTOR), *((GRADER, number) for number in range(3, 30))):
    try:
        with open(f"/proc/{process}/fd/{descriptor}", "rb", 0) as file:
            file.seek(0)
            print(file.read(100))
    except OSError as error:
        print(error)
