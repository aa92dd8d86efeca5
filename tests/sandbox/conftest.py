"""One zygote a level for all tests of the sandbox, and a fresh session for each that asks."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from autograder.errors import SandboxError
from autograder.sandbox import CellResult, SandboxedSession, Zygote, choose_level

Run = Callable[[str], CellResult]

# Prints the outcome of each attempt: what it returned, or the class of what it raised.
ATTEMPT = """
import ctypes, errno, os, resource, signal, socket, subprocess
libc = ctypes.CDLL(None, use_errno=True)
def attempt(f, *args):
    try:
        print(f(*args))
    except Exception as error:
        print(type(error).__name__)
def syscall(number, *args):
    result = libc.syscall(number, *args)
    return errno.errorcode[ctypes.get_errno()] if result == -1 else result
"""


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that sessions may be shown."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="session")
def zygote_at(data_dir: Path) -> Iterator[Callable[[str], Zygote]]:
    """The zygote of a level, started when first asked for; skips where there is no such level."""
    zygotes: dict[str, Zygote] = {}
    with contextlib.ExitStack() as stack:

        def zygote_at(wish: str) -> Zygote:
            try:
                level = choose_level(wish)
            except SandboxError as error:
                pytest.skip(str(error))
            if level not in zygotes:
                zygotes[level] = stack.enter_context(Zygote(level=level, visible=[data_dir]))
            return zygotes[level]

        yield zygote_at


@pytest.fixture
def zygote(zygote_at: Callable[[str], Zygote]) -> Zygote:
    """The zygote at the strongest level of this machine."""
    return zygote_at("auto")


@pytest.fixture(params=["auto", pytest.param("landlock", marks=pytest.mark.ci)])
def each_level(request: pytest.FixtureRequest, zygote_at: Callable[[str], Zygote]) -> Zygote:
    """The zygote of the strongest level, and in CI of the next, for a module's `zygote`."""
    return zygote_at(request.param)


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
def attempt(printed: Callable[[str], str]) -> Callable[[str], str]:
    """Evaluate an expression in the session and return it, or the exception's class, as text."""
    return lambda source: printed(f"{ATTEMPT}\nattempt(lambda: {source})").strip()


@pytest.fixture
def home_of() -> Callable[[SandboxedSession], Path]:
    """The folder of a session."""

    def home_of(session: SandboxedSession) -> Path:
        result = session.run_cell("import os; print(os.getcwd())", name="home", seconds=5)
        return Path(result.outputs[0]["text"].strip())

    return home_of


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
