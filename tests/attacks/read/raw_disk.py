"""Reads the disk, the memory and the kernel's memory as devices.

stopped by: Landlock: five harmless devices may be used, no others
prize: bytes of a device
"""
# %%
import glob, os

devices = ["/dev/mem", "/dev/kmem", "/dev/port", "/dev/sda", "/dev/vda", "/dev/nvme0n1"]
for path in (*devices, "/proc/kcore", "/proc/kallsyms", "/proc/1/maps", *glob.glob("/dev/dm-*")):
    try:
        with open(path, "rb", 0) as device:
            device.seek(4096)
            print(len(device.read(16)), "bytes", "of a device", path)
    except OSError as error:
        print(error)
