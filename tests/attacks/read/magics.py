"""Reads with IPython's own tools: %pycat, %run, %%bash.

stopped by: Landlock: nothing of the course may be read
without walls: works
"""
# %%
path = COURSE + "/solutions/tiny/hidden_checks.py"
shell = get_ipython()
try:
    shell.run_line_magic("run", path)
    print(shell.user_ns.get("SECRET"))
except Exception as error:
    print(error)
shell.run_cell_magic("bash", "--no-raise-error", f"cat {path}")
