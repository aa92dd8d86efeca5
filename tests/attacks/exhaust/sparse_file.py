"""Makes a file that claims to be enormous and takes no room.

stopped by: resource limits: size of a file
shows: File too large
"""
# %%
with open("sparse", "wb") as file:
    file.seek(1 << 42)
    file.write(b"x")
