"""Changes the root folder, inside which a file called /etc/passwd would be its own.

stopped by: seccomp: chroot; capabilities
prize: new root
without walls: works for root
"""
# %%
import os

os.makedirs("root/etc")
child = os.fork()
if child == 0:
    try:
        os.chroot("root")
        os._exit(42)
    except OSError:
        os._exit(0)
if os.waitpid(child, 0)[1] >> 8 == 42:
    print("new", "root")
