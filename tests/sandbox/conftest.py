"""One zygote for all tests of the sandbox, and a fresh session for each that asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from autograder.errors import SandboxError
from autograder.sandbox import CellResult, SandboxedSession, Zygote, choose_level

Run = Callable[[str], CellResult]


@pytest.fixture(scope="session")
def zygote() -> Iterator[Zygote]:
    try:
        choose_level("auto")
    except SandboxError as error:
        pytest.skip(str(error))
    with Zygote() as zygote:
        yield zygote


@pytest.fixture
def session(zygote: Zygote) -> Iterator[SandboxedSession]:
    with zygote.session() as session:
        yield session


@pytest.fixture
def run(session: SandboxedSession) -> Run:
    """Run a cell in the session, for at most 20 seconds."""
    return lambda source: session.run_cell(source, name="cell 1", seconds=20)


@pytest.fixture
def printed(run: Run) -> Callable[[str], str]:
    """Run a cell that must not fail, and return what it printed on stdout."""

    def printed(source: str) -> str:
        result = run(source)
        assert result.error is None, result.error
        streams = [o for o in result.outputs if o.get("name") == "stdout"]
        return "".join(output["text"] for output in streams)

    return printed


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file like those of a course, readable by everybody as far as its mode goes."""
    file = tmp_path / "hidden_checks.py"
    file.write_text("the answer is 42")
    file.chmod(0o644)
    return file


@pytest.fixture
def processes(zygote: Zygote) -> None:
    """For tests that start programs, which sessions may not do on every machine."""
    if zygote.identity == "shared-uid":
        pytest.skip("sessions cannot have a uid or a user namespace of their own here")
