"""Sends what it has to a machine elsewhere: by UDP, by a name looked up, by curl.

stopped by: seccomp: sockets
prize: packet sent
without walls: works
"""
# %%
import socket, subprocess

try:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
        udp.sendto(b"2 * x", ("127.0.0.1", 9))
        print("packet", "sent")
except OSError as error:
    print(error)
try:
    socket.getaddrinfo("answers.invalid", 80)
except OSError as error:
    print(error)
print(subprocess.run("curl -m 0.2 http://127.0.0.1:9", shell=True, capture_output=True).returncode)
