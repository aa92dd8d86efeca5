"""Connects to the daemons of the machine: docker, D-Bus, systemd, X11, the resolver.

stopped by: seccomp: sockets
prize: connected to
"""
# %%
import socket

for path in ("/run/docker.sock", "/run/dbus/system_bus_socket", "/run/systemd/private",
             "/run/containerd/containerd.sock", "/tmp/.X11-unix/X0", "/run/nscd/socket"):
    try:
        with socket.socket(socket.AF_UNIX) as unix:
            unix.connect(path)
            print("connected", "to", path)
    except OSError as error:
        print(error)
