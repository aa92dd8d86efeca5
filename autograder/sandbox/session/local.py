"""A session in the caller's own process: a student's kernel, or the reference solution.

It trusts what it runs and sets no limit of time, but every value still makes the round trip
of the wire, so that types come back as they would from a sealed session.
"""

from __future__ import annotations

import io
import linecache
import random
import re
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import Any

import numpy as np

from autograder.sandbox.session.interface import Session
from autograder.sandbox.session.runtime import Runtime, seed_everything
from autograder.sandbox.wire import Message, WireLimits

_MAGIC = re.compile(r"^[%!].*$", re.MULTILINE)
_KERNEL_CELL = re.compile(r"/ipykernel_\d+/\d+\.py$")


class LocalSession(Session):
    """The interface of a session over a namespace of this process.

    The random generators of the process are seeded for every call and put back after it.
    """

    def __init__(self, namespace: dict[str, Any]) -> None:
        limits = WireLimits()
        super().__init__(limits, output_kb=1 << 20)
        self._runtime = Runtime(
            namespace,
            limits=limits,
            ask=self._serve_callback,
            label=_label,
            run_cell=self._run_here,
            around=seeded,
            # Somebody at the keyboard interrupts a check, not the function under test.
            through=(KeyboardInterrupt,),
        )

    def close(self) -> None:
        """Refuse further requests; the namespace stays as it is."""
        self._open = False

    def _exchange(self, request: Message, seconds: float) -> Message:
        return self._runtime.answer(*request)

    def _run_here(self, source: str, name: str) -> dict[str, Any]:
        """Run plain Python; lines for IPython (`%…`, `!…`) are left out."""
        namespace = self._runtime.namespace
        filename = f"<{name}>"
        source = _MAGIC.sub("", source)
        linecache.cache[filename] = (len(source), None, source.splitlines(True), filename)
        out, err = io.StringIO(), io.StringIO()
        error = None
        with redirect_stdout(out), redirect_stderr(err):
            try:
                exec(compile(source, filename, "exec", dont_inherit=True), namespace)
            except Exception as exception:
                error = self._runtime.describe(exception)
                lines = traceback.format_exception(exception)
        outputs: list[dict[str, Any]] = [
            {"output_type": "stream", "name": which, "text": stream.getvalue()}
            for which, stream in (("stdout", out), ("stderr", err))
            if stream.getvalue()
        ]
        if error is not None:
            what = {"ename": error["type"], "evalue": error["message"], "traceback": lines}
            outputs.append({"output_type": "error", **what})
        return {"outputs": outputs, "error": error}


@contextmanager
def seeded() -> Iterator[None]:
    """Seed the random generators, and give them back as they were."""
    ways: list[tuple[Callable[[], Any], Callable[[Any], object]]] = [
        (random.getstate, random.setstate),
        (np.random.get_state, np.random.set_state),
    ]
    torch = sys.modules.get("torch")
    if torch is not None:
        ways.append((torch.get_rng_state, torch.set_rng_state))
        if torch.cuda.is_initialized():
            ways.append((torch.cuda.get_rng_state_all, torch.cuda.set_rng_state_all))
    states = [read() for read, _ in ways]
    seed_everything()
    try:
        yield
    finally:
        for (_, put_back), state in zip(ways, states, strict=True):
            put_back(state)


def _label(filename: str) -> str | None:
    """Return the words for code of a notebook, or of a source text that was compiled here."""
    if _KERNEL_CELL.search(filename) or filename.startswith("<ipython-input"):
        get_ipython = sys.modules.get("IPython")
        shell = get_ipython.get_ipython() if get_ipython is not None else None
        number = getattr(getattr(shell, "compile", None), "_filename_map", {}).get(filename)
        return "a cell" if number is None else f"cell [{number}]"
    if filename.startswith("<") and not filename.startswith(("<frozen", "<__array_function__")):
        return filename[1:-1]
    return None
