"""The wire between grader and session: frames on a socket, and the values in them."""

from autograder.sandbox.wire.decoder import Decoder, decode
from autograder.sandbox.wire.encoder import Encoder
from autograder.sandbox.wire.frames import Channel
from autograder.sandbox.wire.kinds import (
    Attribute,
    Buffer,
    Handle,
    Item,
    Json,
    Message,
    Name,
    Target,
    WireLimits,
)
from autograder.sandbox.wire.outputs import (
    TRUNCATED,
    cell_outputs,
    is_json,
    output_size,
    student_error,
)

__all__ = [
    "TRUNCATED",
    "Attribute",
    "Buffer",
    "Channel",
    "Decoder",
    "Encoder",
    "Handle",
    "Item",
    "Json",
    "Message",
    "Name",
    "Target",
    "WireLimits",
    "cell_outputs",
    "decode",
    "is_json",
    "output_size",
    "student_error",
]
