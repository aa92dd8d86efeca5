"""Looks in its memory for the socket on which the zygote takes orders, and gives some.

stopped by: a session keeps one descriptor, its own end of the wire
prize: order sent
"""
# %%
import gc, json, os, socket

order = json.dumps({"op": "end", "pid": NEIGHBOUR, "patience": 0}).encode()
for thing in gc.get_objects():
    if isinstance(thing, socket.socket) and thing.fileno() != 3:
        try:
            thing.send(order)
            print("order", "sent by", thing)
        except OSError as error:
            print(error)
for descriptor in range(4, 64):
    try:
        os.write(descriptor, order)
        print("order", "sent by", descriptor)
    except OSError:
        pass
