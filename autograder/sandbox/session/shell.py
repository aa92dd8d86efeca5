"""Running cells in IPython's shell, with everything they show kept as nbformat outputs."""

from __future__ import annotations

import base64
import builtins
import codecs
import getpass
import io
import os
import select
import subprocess
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

from IPython.core.compilerop import CachingCompiler
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.error import StdinNotImplementedError
from IPython.core.formatters import DisplayFormatter
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

from autograder.sandbox.wire import TRUNCATED, is_json, output_size

_MAX_OUTPUTS = 1000
_MAX_TRACEBACK = 30_000


class Collector:
    """The outputs of the cell that is running, up to `limit` characters of them."""

    def __init__(self) -> None:
        self.limit = 1 << 19
        self.start()

    def start(self) -> None:
        """Forget everything: a new cell begins."""
        self._outputs: list[dict[str, Any]] = []
        self._displays: dict[str, dict[str, Any]] = {}
        self._room = self.limit
        self._truncated = False
        self._clear_next = False

    def finish(self) -> list[dict[str, Any]]:
        """Return the outputs, text joined, with a note when some were dropped."""
        outputs = self._outputs
        for output in outputs:
            if output["output_type"] == "stream":
                output["text"] = "".join(output["text"])
        if self._truncated:
            outputs.append({"output_type": "stream", "name": "stderr", "text": TRUNCATED})
        self.start()
        return outputs

    def write(self, name: str, text: str) -> None:
        """Keep text printed on stdout or stderr."""
        self._clear_if_asked()
        last = self._outputs[-1] if self._outputs else {}
        joins = last.get("name") == name
        # A piece costs its place in the list, too, until the cell ends.
        cost = 8 if joins else 64
        kept = text[: max(self._room - cost, 0)]
        if len(kept) < len(text):
            self._truncated = True
        if kept and joins:
            last["text"].append(kept)
        elif kept and self._take(0):
            self._outputs.append({"output_type": "stream", "name": name, "text": [kept]})
        # Nothing printed after a gap: it would read as if there were none.
        self._room = 0 if self._truncated else self._room - len(kept) - cost

    def show(self, output: dict[str, Any], display_id: str | None = None) -> None:
        """Keep a rich output."""
        self._clear_if_asked()
        if self._take(output_size(output)):
            self._outputs.append(output)
            if display_id is not None:
                self._displays[display_id] = output

    def update(self, display_id: str, data: dict[str, Any], metadata: dict[str, Any]) -> None:
        """Change what was shown under `display_id`, as progress bars do."""
        shown = self._displays.get(display_id)
        if shown is not None and self._take(output_size(data) - output_size(shown["data"])):
            shown.update(data=data, metadata=metadata)

    def clear(self, wait: bool) -> None:
        """Forget what was shown, now or when the next output comes."""
        self._clear_next = True
        if not wait:
            self._clear_if_asked()

    def fail(self, name: str, message: str, traceback: list[str]) -> None:
        """Keep an exception, whether or not there is room: it is why the cell ended."""
        lines, room = [], _MAX_TRACEBACK
        for line in traceback:
            lines.append(line[:room])
            room -= len(lines[-1])
        error = {"ename": name[:100], "evalue": message[:2000], "traceback": lines}
        self._outputs.append({"output_type": "error", **error})

    @property
    def failed(self) -> bool:
        """True when an exception was kept."""
        return any(output["output_type"] == "error" for output in self._outputs)

    def _take(self, size: int) -> bool:
        if size > self._room or len(self._outputs) >= _MAX_OUTPUTS:
            self._truncated = True
            return False
        self._room -= size
        return True

    def _clear_if_asked(self) -> None:
        if self._clear_next:
            self._clear_next = False
            self._outputs.clear()
            self._displays.clear()
            self._room = self.limit


collector = Collector()


class Stream(io.TextIOBase):
    """`sys.stdout` or `sys.stderr` of a session."""

    encoding = "utf-8"
    errors = "replace"

    def __init__(self, name: str) -> None:
        self.name = f"<{name}>"
        self._stream = name

    def write(self, text: str) -> int:
        """Keep `text`."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        collector.write(self._stream, text)
        return len(text)

    def writable(self) -> bool:
        """Return True."""
        return True


class Publisher(DisplayPublisher):
    """Collects the outputs of `display(…)`."""

    def publish(
        self,
        data: dict[str, Any],
        metadata: dict[str, Any] | None = None,
        source: object = None,
        *,
        transient: dict[str, Any] | None = None,
        update: bool = False,
        **_: object,
    ) -> None:
        """Keep a MIME bundle, or change the one with the same display id."""
        display_id = (transient or {}).get("display_id")
        shown = {"data": _bundle(data), "metadata": _metadata(metadata)}
        if update and display_id is not None:
            collector.update(display_id, **shown)
        else:
            collector.show({"output_type": "display_data", **shown}, display_id)

    def clear_output(self, wait: bool = False) -> None:
        """Forget what the cell has shown."""
        collector.clear(wait)


class Hook(DisplayHook):
    """Collects the value of a cell's last expression."""

    def write_output_prompt(self) -> None:
        """Print nothing."""

    def write_format_data(
        self, format_dict: dict[str, Any], md_dict: dict[str, Any] | None = None
    ) -> None:
        """Keep the value's representations."""
        collector.show(
            {
                "output_type": "execute_result",
                "data": _bundle(format_dict),
                "metadata": _metadata(md_dict),
                "execution_count": self.prompt_count,
            }
        )

    def finish_displayhook(self) -> None:
        """Print nothing."""


class Compiler(CachingCompiler):
    """Remembers which cell a file name of a traceback stands for."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.cell = "a cell"
        self.labels: dict[str, str] = {}

    def get_code_name(self, raw_code: str, transformed_code: str, number: int) -> str:
        """Return the file name to compile a cell under."""
        name: str = super().get_code_name(raw_code, transformed_code, number)
        self.labels[name] = self.cell
        return name

    def label(self, filename: str) -> str | None:
        """Return the words for a file name, None for one that is no cell."""
        if filename in ("<timed exec>", "<timed eval>", "<magic-timeit>"):
            return self.cell
        return self.labels.get(filename)


class Shell(InteractiveShell):
    """IPython with its outputs kept instead of printed."""

    compile: Compiler
    display_formatter: DisplayFormatter
    compiler_class = Type(Compiler)
    display_pub_class = Type(Publisher)
    displayhook_class = Type(Hook)

    def _showtraceback(self, etype: type, evalue: BaseException, stb: list[str]) -> None:
        collector.fail(etype.__name__, _text_of(evalue), [str(line).rstrip() for line in stb])

    def system(self, cmd: str) -> None:
        """Run `!cmd` with its output going where the cell's goes."""
        command = self.var_expand(cmd, depth=1)  # type: ignore[no-untyped-call]
        process = subprocess.Popen(
            command,
            shell=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        assert process.stdout is not None
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        while True:
            # A background process may hold the pipe open long after the command has ended.
            ended = process.poll() is not None
            ready, _, _ = select.select([process.stdout], [], [], 0 if ended else 0.02)
            if ready and (chunk := os.read(process.stdout.fileno(), 65536)):
                sys.stdout.write(decoder.decode(chunk))
            elif ended or ready:
                break
        self.user_ns["_exit_code"] = process.wait()
        process.stdout.close()

    system_piped = system_raw = system

    @contextmanager
    def _tee(self, channel: Any) -> Iterator[None]:
        # IPython's own keeps all that is printed, without any limit, to have it twice.
        yield

    def ask_exit(self) -> None:
        """Let `exit` in a cell be what it is in a notebook that is marked: nothing."""

    def enable_gui(self, gui: str | None = None) -> None:
        """Do nothing: there is no window to show."""


def make_shell() -> Shell:
    """Return the one shell of this process, with figures shown inline."""
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    # The others look a cell's file up among all modules, for every frame of a traceback.
    config.InteractiveShell.xmode = "Plain"
    config.InteractiveShell.cache_size = 100
    shell: Shell = Shell.instance(config=config)
    if "matplotlib" in sys.modules:
        shell.enable_matplotlib("inline")  # type: ignore[no-untyped-call]
    # IPython's advice about leaving a terminal.
    warnings.filterwarnings("ignore", message="To exit: use", category=UserWarning)
    return shell


def load_late_modules(shell: Shell) -> None:
    """Load the modules that IPython imports with the first cell, and with the first that fails.

    A session may not be allowed to read them, and would import them anew each time.
    """
    shell.logger  # noqa: B018
    shell.run_cell("raise KeyError", silent=True)  # type: ignore[no-untyped-call]
    collector.start()
    shell.compile.labels.clear()
    for name in ("last_type", "last_value", "last_traceback", "last_exc"):
        vars(sys).pop(name, None)


def take_over_streams() -> None:
    """Point Python's streams at the collector, and let `input()` raise an error."""
    sys.stdout = sys.__stdout__ = Stream("stdout")  # type: ignore[misc, assignment]
    sys.stderr = sys.__stderr__ = Stream("stderr")  # type: ignore[misc, assignment]
    builtins.input = getpass.getpass = _no_input


def run_cell(shell: Shell, source: str, name: str) -> tuple[list[dict[str, Any]], Any]:
    """Run a cell and return its outputs and the exception that ended it, if one did."""
    collector.start()
    shell.compile.cell = name
    result = shell.run_cell(source, store_history=True)  # type: ignore[no-untyped-call]
    error = result.error_in_exec or result.error_before_exec
    if error is not None and not collector.failed:
        kind = type(error).__name__
        collector.fail(kind, _text_of(error), [f"{kind}: {_text_of(error)}"])
    return collector.finish(), error


def _no_input(*_: object, **__: object) -> NoReturn:
    raise StdinNotImplementedError("input() was called, but nobody is there to answer")


def _bundle(data: dict[str, Any]) -> dict[str, Any]:
    """Return the representations that a notebook file can hold."""
    bundle: dict[str, Any] = {}
    for mime, content in data.items():
        if isinstance(content, bytes):
            bundle[mime] = base64.b64encode(content).decode("ascii")
        elif isinstance(content, str) or (mime.endswith("json") and is_json(content)):
            bundle[mime] = content
    return bundle


def _metadata(metadata: dict[str, Any] | None) -> dict[str, Any]:
    return metadata if metadata and is_json(metadata) else {}


def _text_of(error: BaseException) -> str:
    try:
        return str(error)
    except BaseException:
        return "(its message cannot be shown)"
