"""Reference runs on a GPU, as far as a machine without one can tell.

Tensors on torch's device "meta" have shapes, and no numbers. Where a run on it meets a tensor that
was left on the CPU, or wants to know a number, torch raises: on a GPU the one fails, and the other
waits for the device. What is fast on a GPU only runs here with its settings forced on the CPU.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch

from autograder.errors import AutograderError
from autograder.reference import Stopwatch, Timing, Trace, devices, work
from autograder.reference.devices import Machine, calibrate, choose_device, peak_bytes
from autograder.reference.work import Order

SOLUTIONS = Path(__file__).parents[1] / "solutions"

Load = Callable[[str], ModuleType]


class LoopEndedError(Exception):
    """The timed steps are over; what follows may ask for numbers."""


class Watch:
    """A stopwatch that ends the run where the timed steps end, if they ever began."""

    def __init__(self, device: str) -> None:
        self._started = False

    def start(self) -> None:
        self._started = True

    def stop(self) -> float:
        assert self._started, "the warm-up is longer than the run"
        raise LoopEndedError


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch) -> Iterator[Load]:
    """Import `reference_run.py` of an assignment, with what it takes from the files beside it."""
    shared = ("reference_run", "checks", "hidden_checks")
    before = {name: sys.modules.pop(name, None) for name in shared}

    def imported(name: str) -> ModuleType:
        monkeypatch.syspath_prepend(str(SOLUTIONS / name))
        return importlib.import_module("reference_run")

    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # as in the processes that make the runs
    yield imported
    torch.set_num_threads(threads)
    torch.set_flush_denormal(False)  # the LSTM's run sets it for its process
    for name in shared:
        sys.modules.pop(name, None)
        if before[name] is not None:
            sys.modules[name] = before[name]


@pytest.fixture
def solution() -> SimpleNamespace:
    """Return what the runs take from a solution."""
    return SimpleNamespace(
        causal_mask=lambda T: np.tri(T, dtype=bool),
        noise_distribution=lambda counts: counts**0.75 / (counts**0.75).sum(),
    )


@dataclass
class Loops:
    """The loops that train in the reference runs, each made short, on the device "meta"."""

    load: Load
    solution: SimpleNamespace
    patch: pytest.MonkeyPatch

    def transformer(self, size: str) -> object:
        run = self.load("attention")
        scale = run.SMALL if size == "small" else replace(run.LARGE["cuda"], batch=2)
        return run.learn(self.solution, "meta", 0, replace(scale, steps=20), size)

    def word_vectors(self, _: str) -> object:
        run = self.load("word2vec")
        few = replace(run.SCALES["cuda"], tokens=3000, batch=100, passes=1)
        self.patch.setitem(run.SCALES, "meta", few)
        return run.negative_sampling(self.solution, "meta", 0)

    def xor(self, kind: str) -> object:
        run = self.load("xor-mlp")
        self.patch.setattr(run, "STEPS", 40)
        return run.descend(kind, 2, "meta", 0)

    def cnn(self, _: str) -> object:
        run = self.load("convolution")
        self.patch.setattr(run, "EPOCHS", 1)
        return run.in_torch(self.solution, "meta", 0)

    def recurrent(self, kind: str) -> object:
        run = self.load("lstm")
        self.patch.setitem(run.SETTINGS, 5, (32, 10, 0.003))
        return run.losses_of(kind, 5, 3.0, "meta", 0)


@pytest.fixture
def loops(load: Load, solution: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> Loops:
    def watched(name: str) -> ModuleType:
        run = load(name)
        monkeypatch.setattr(run, "Stopwatch", Watch)
        return run

    return Loops(watched, solution, monkeypatch)


# Everything on the device, and no step that waits for it


@pytest.mark.parametrize(
    ("loop", "kind"),
    [
        *(("transformer", size) for size in ("small", "large")),
        ("word_vectors", ""),
        *(("xor", kind) for kind in ("tanh", "relu")),
        ("cnn", ""),
        *(("recurrent", kind) for kind in ("RNN", "LSTM", "GRU", "LSTM with gate biases")),
    ],
)
def test_what_trains_does_so_on_the_device_without_waiting(
    loop: str, kind: str, loops: Loops
) -> None:
    with pytest.raises(LoopEndedError):
        getattr(loops, loop)(kind)


def test_a_mask_that_is_not_causal_is_read_on_the_device(loops: Loops) -> None:
    loops.solution.causal_mask = lambda T: np.tri(T, k=1, dtype=bool)
    with pytest.raises(LoopEndedError):
        loops.transformer("small")


def test_what_waits_for_the_device_or_leaves_it_would_be_noticed() -> None:
    there = torch.ones(3, device="meta")
    with pytest.raises(RuntimeError, match=r"item\(\) cannot be called on meta tensors"):
        float(there.sum())
    with pytest.raises(RuntimeError, match="not on the expected device"):
        there + torch.ones(3)


# What is fast on a GPU: bfloat16, compiling, a fused optimiser


@pytest.fixture
def fast(load: Load, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Trace]:
    """A short run of the transformer with all that a GPU has; compiled by the backend given."""
    run = load("attention")
    compiling = torch.compile

    def learned(solution: SimpleNamespace, backend: Any, seed: int = 1, steps: int = 60) -> Trace:
        monkeypatch.setattr(run, "FAST", ("cpu",) if backend else ())
        monkeypatch.setattr(torch, "compile", partial(compiling, backend=backend))
        return run.learn(solution, "cpu", seed, run.Scale(8, 32, 2, 2, 16, 16, steps, 1e-2), "x")

    return learned


def end(trace: Trace) -> float:
    (metric,) = trace.metrics.values()
    return metric.value


@pytest.mark.ci
def test_a_run_ends_alike_with_bfloat16_compiled_and_fused(
    fast: Callable[..., Trace], solution: SimpleNamespace
) -> None:
    plain, quick = fast(solution, None), fast(solution, "aot_eager")
    assert list(quick.timings) == list(plain.timings) == ["x: a step"]
    assert end(quick) == pytest.approx(end(plain), rel=0.05)
    assert end(quick) != end(plain)  # it did round


@pytest.mark.ci
def test_every_run_of_a_process_is_compiled_and_once(
    fast: Callable[..., Trace], solution: SimpleNamespace
) -> None:
    graphs = []

    def backend(graph: torch.fx.GraphModule, inputs: object) -> Callable[..., object]:
        graphs.append(graph)
        return graph.forward

    for seed in range(10):  # torch gives up on a function after eight
        fast(solution, backend, seed, steps=20)
    assert len(graphs) == 10


@pytest.mark.ci
def test_where_torch_cannot_compile_it_runs_uncompiled_and_says_so(
    fast: Callable[..., Trace], solution: SimpleNamespace
) -> None:
    def backend(graph: torch.fx.GraphModule, inputs: object) -> Callable[..., object]:
        raise RuntimeError("Failed to find C compiler.")

    with pytest.warns(UserWarning, match="runs uncompiled: .*Failed to find C compiler"):
        trace = fast(solution, backend)
    assert list(trace.timings) == ["x: a step, uncompiled"]
    assert end(trace) == pytest.approx(end(fast(solution, None)), rel=0.05)


def test_a_fused_optimiser_trains_vectors_as_well(
    load: Load, solution: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = load("word2vec")
    monkeypatch.setitem(run.SCALES, "cpu", run.Scale(20_000, 64, 16, 1000, 2, 0.03))
    plain = end(run.negative_sampling(solution, "cpu", 0))
    adam = torch.optim.Adam
    monkeypatch.setattr(torch.optim, "Adam", lambda p, lr, fused: adam(p, lr=lr, fused=True))
    assert end(run.negative_sampling(solution, "cpu", 0)) == pytest.approx(plain, rel=1e-4)


# The clock, the memory and the name, with a GPU that is played


@pytest.fixture
def gpu(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A GPU that is played: what was asked of it, and bytes that are or were in use."""
    played = SimpleNamespace(asked=[], used=0, most=0)

    def reset() -> None:
        assert "wait" in played.asked, "torch raises before the first use"
        played.most = played.used

    monkeypatch.setattr(torch.cuda, "synchronize", lambda: played.asked.append("wait"))
    monkeypatch.setattr(torch.cuda, "max_memory_allocated", lambda: played.most)
    monkeypatch.setattr(torch.cuda, "reset_peak_memory_stats", reset)
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda: "NVIDIA Played")
    monkeypatch.setattr(torch.version, "cuda", "13.0")
    return played


def test_the_clock_is_read_when_the_device_is_done(
    gpu: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(devices.time, "perf_counter", lambda: gpu.asked.append("clock") or 0.0)
    watch = Stopwatch("cuda")
    watch.start()
    watch.stop()
    assert gpu.asked == ["wait", "clock", "wait", "clock"]


def test_the_memory_of_a_run_is_its_own(
    gpu: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = {0: 300, 1: 200}

    def take(amount: int) -> None:
        gpu.most = max(gpu.most, gpu.used + amount)

    def run(solution: object, device: str, seed: int) -> Trace:
        take(wanted[seed])
        watch = Stopwatch(device)
        watch.start()
        return Trace(timings={"a step": Timing(watch.stop(), 1)})

    monkeypatch.setattr(work, "_module", lambda: SimpleNamespace(PARTS={"part": run}))
    monkeypatch.setattr(work, "_solution", lambda mistake: None)
    monkeypatch.setattr(work, "calibrate", lambda device: take(10_000))
    peaks = [work._run(Order("part", "cuda", seed, timed=True)).peak_bytes for seed in (0, 1)]
    assert peaks == [300, 200]
    assert peak_bytes("cuda") == 10_000


def test_a_gpu_is_named_with_its_cuda(gpu: SimpleNamespace) -> None:
    machine = Machine.of("cuda")
    assert (machine.kind, machine.name) == ("cuda", "NVIDIA Played")
    assert machine.versions["cuda"] == "13.0"
    assert "cuda" not in Machine.of("cpu").versions


def test_a_missing_gpu_is_said_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert choose_device("auto") == "cpu"
    with pytest.raises(AutograderError, match=r"--device cuda: torch .* sees no GPU"):
        choose_device("cuda")
    with pytest.raises(AutograderError, match="--device tpu: expected auto, cpu or cuda"):
        choose_device("tpu")


def test_both_calibrations_are_what_they_say() -> None:
    found = calibrate("cpu")
    assert 0 < found.product_seconds < 5
    assert 0 < found.copy_seconds < 5
    assert found.floor(2.0 * 1024**3, 0) == pytest.approx(found.product_seconds)
    assert found.floor(0, 2.0 * (64 << 20)) == pytest.approx(found.copy_seconds)
