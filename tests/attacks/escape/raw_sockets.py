"""Opens sockets that see or change the machine's network: raw, packet, netlink, bluetooth.

stopped by: seccomp: sockets
prize: socket of family
without walls: works
"""
# %%
import socket

for family, kind, protocol in ((16, 3, 0), (17, 3, 768), (2, 3, 1), (38, 5, 0), (40, 1, 0), (31, 3, 1)):
    try:
        with socket.socket(family, kind, protocol):
            print("socket", "of family", family)
    except OSError as error:
        print(error)
