"""Prints for ever.

stopped by: what a cell shows is capped in the session and by the grader; then memory or clock
shows: ran longer than|[Mm]emory
"""
# %%
while True:
    print("x" * 10_000)
