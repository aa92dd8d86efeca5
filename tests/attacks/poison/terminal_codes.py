"""Fails with a message that moves the cursor, sets a title and types into the terminal.

stopped by: problems, messages and names are printed as one printable line
shows: owned
"""
# %%
raise ValueError("\x1b]0;owned\x07\x1b[2J\x1b[1;1H\x1b[5n\x9b31m5/5 points\r\n\x00\x7f")
