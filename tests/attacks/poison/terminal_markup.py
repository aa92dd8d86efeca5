"""Fails with a message in the markup of the terminal library, colours and broken tags.

stopped by: what students wrote is escaped before it is printed
shows: 5/5
"""
# %%
import os

print("TRIED")
raise ValueError("[/] [bold green]5/5[/nothing] [link=https://example.org]all right[/link] [red")

# %% double
def double(x):
    raise ValueError("[/] [bold green]5/5[/nothing] [@click=app.bell] [link=x]")
