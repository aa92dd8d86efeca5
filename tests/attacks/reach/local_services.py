"""Connects to services on the machine itself.

stopped by: seccomp: sockets; Landlock: TCP
without walls: works
"""
# %%
import socket, urllib.request

for address in ("127.0.0.1", "localhost", "0.0.0.0"):
    try:
        with socket.create_connection((address, PORT), timeout=1) as tcp:
            print(tcp.recv(100))
    except OSError as error:
        print(error)
try:
    urllib.request.urlopen("http://169.254.169.254/latest/meta-data", timeout=0.2)
except OSError as error:
    print(error)
