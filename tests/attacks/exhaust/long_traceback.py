"""Fails with a chain of thirty exceptions, each with a long message.

stopped by: tracebacks and messages are clipped
shows: stopped with
"""
# %%
error = None
for number in range(30):
    try:
        raise ValueError("x" * 1_000_000) from error
    except ValueError as raised:
        error = raised
raise error
