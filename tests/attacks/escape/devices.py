"""Makes device files in its own folder, to reach disks and memory.

stopped by: Landlock: no device files may be made; capabilities
prize: a device of
without walls: works for root
"""
# %%
import os, stat

for kind, device in ((stat.S_IFCHR, (1, 1)), (stat.S_IFBLK, (8, 0)), (stat.S_IFBLK, (254, 0))):
    try:
        os.mknod(f"device-{device[0]}-{kind}", kind | 0o666, os.makedev(*device))
        print("a device", "of", device)
    except OSError as error:
        print(error)
