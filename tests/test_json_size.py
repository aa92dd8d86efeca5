from __future__ import annotations

import pytest

from autograder.json_size import holds_more_than


@pytest.mark.parametrize(
    ("raw", "containers", "values", "keys"),
    [
        (b'[{},{"a":1}]', 3, 1, 1),
        (b'["[{,:"]', 1, 0, 0),
        (b'["\\"[{,:", {}]', 2, 1, 0),
        (b'["\\\\", [{,:', 3, 2, 1),
        (b'["\\\\\\", [{,:"]', 1, 0, 0),
        ('["é,😀,", 1]'.encode(), 1, 1, 0),
        (b'"' * 99_999 + b'a,",', 0, 1, 0),
        (b'"' + b"a" * 65_534 + b'\\",,"', 0, 0, 0),
        (b'"' + b"a" * 65_533 + b'\\",,"', 0, 0, 0),
        (b'"' + b"a" * 65_535 + b'",', 0, 1, 0),
    ],
    ids=range(10),
)
def test_what_stands_in_strings_is_not_counted(
    raw: bytes, containers: int, values: int, keys: int
) -> None:
    assert not holds_more_than(raw, containers=containers, values=values, keys=keys)
    for wanted, number in (("containers", containers), ("values", values), ("keys", keys)):
        if number:
            roomy = {"containers": 99_999, "values": 99_999, "keys": 99_999, wanted: number - 1}
            assert holds_more_than(raw, **roomy), wanted
