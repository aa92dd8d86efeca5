"""The device of a reference run, its clock, and what it can do at best."""

from __future__ import annotations

import platform
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata
from typing import Any

import numpy as np

from autograder.errors import AutograderError

Job = Callable[[], object]

_LIBRARIES = ("numpy", "torch")
_BEST_OF = 3


@dataclass(frozen=True)
class Machine:
    """A machine that runs were made on; `kind` is torch's for the device, and names its file."""

    kind: str
    name: str
    versions: dict[str, str]

    @classmethod
    def of(cls, device: str) -> Machine:
        """Return this machine, with the device that is used."""
        versions = {"python": platform.python_version()}
        versions |= {each: metadata.version(each) for each in _LIBRARIES}
        if device != "cuda":
            return cls(device, platform.machine(), versions)
        import torch

        versions["cuda"] = str(torch.version.cuda)
        return cls(device, torch.cuda.get_device_name(), versions)


def choose_device(wanted: str) -> str:
    """Return `"cpu"` or `"cuda"`; `"auto"` takes the GPU if there is one.

    Raises AutograderError where a GPU is wanted and torch sees none, or there is no such device.
    """
    if wanted not in ("auto", "cpu", "cuda"):
        raise AutograderError(f"--device {wanted}: expected auto, cpu or cuda")
    if wanted == "cpu":
        return "cpu"
    import torch

    if torch.cuda.is_available():
        return "cuda"
    if wanted == "auto":
        return "cpu"
    built = torch.version.cuda
    why = f"it is built for CUDA {built}, but finds no device" if built else "it is a CPU build"
    raise AutograderError(f"--device cuda: torch {torch.__version__} sees no GPU: {why}")


class Stopwatch:
    """Seconds of work on a device, to be started after the warm-up.

    On a GPU they are seconds by the clock, with the device waited for at both ends; on a CPU
    they are seconds of CPU time, which other programs do not lengthen.
    """

    def __init__(self, device: str) -> None:
        self._device = device
        self._start = 0.0

    def start(self) -> None:
        """Begin, once everything that was asked for before is done."""
        self._start = self._now()

    def stop(self) -> float:
        """Return the seconds since `start`."""
        return self._now() - self._start

    def _now(self) -> float:
        if self._device != "cuda":
            return time.process_time()
        import torch

        torch.cuda.synchronize()
        return time.perf_counter()


@dataclass(frozen=True)
class Calibration:
    """Two jobs of fixed size, measured beside the runs: other times are ratios to them.

    On a CPU: the product of two 1024 × 1024 matrices in float32, and a copy of 64 MiB, on one
    thread. On a GPU: two 8192 × 8192 matrices in bfloat16, and a copy of 1 GiB. Each is the best
    of three.
    """

    product_seconds: float
    product_flops: float
    copy_seconds: float
    copy_bytes: float

    @property
    def seconds(self) -> float:
        """Both together: the unit in which times are told."""
        return self.product_seconds + self.copy_seconds

    def floor(self, flops: float, moved: float) -> float:
        """The least seconds that so much work can take at these rates; 0 if none was counted."""
        computing = flops * self.product_seconds / self.product_flops
        return max(computing, moved * self.copy_seconds / self.copy_bytes)


def calibrate(device: str) -> Calibration:
    """Measure both jobs on the device, now."""
    if device == "cuda":
        import torch

        wide, count = 8192, 1 << 29
        a = torch.randn(wide, wide, device=device, dtype=torch.bfloat16)
        source: Any = torch.zeros(count, device=device, dtype=torch.bfloat16)
        target: Any = torch.empty_like(source)
        jobs: tuple[Job, Job] = (lambda: a @ a, lambda: target.copy_(source))
    else:
        wide, count = 1024, 1 << 24
        b = np.random.default_rng(0).normal(size=(wide, wide)).astype(np.float32)
        source, target = np.zeros(count, np.float32), np.ones(count, np.float32)
        jobs = (lambda: b @ b, lambda: np.copyto(target, source))
    product, copy = (_best(job, device) for job in jobs)
    # A copy reads as much as it writes.
    return Calibration(product, 2.0 * wide**3, copy, 2.0 * source.nbytes)


def _best(job: Job, device: str) -> float:
    times = 10 if device == "cuda" else 1  # one alone is too short for the host's clock
    watch, found = Stopwatch(device), []
    for _ in range(1 + _BEST_OF):  # the first is for the warm-up: a GPU that idles has a slow clock
        watch.start()
        for _ in range(times):
            job()
        found.append(watch.stop() / times)
    return min(found[1:])


def reset_peak(device: str) -> None:
    """On a GPU count memory anew: what runs and calibrations before took is no part of the next."""
    if device == "cuda":
        import torch

        torch.cuda.synchronize()  # before the first use there is nothing to reset: torch raises
        torch.cuda.reset_peak_memory_stats()


def peak_bytes(device: str) -> int:
    """The most memory in use: of this process since it began, or on a GPU what torch gave out.

    On the GPU it is counted from the last `reset_peak`; what the driver and libraries take for
    themselves is not in it.
    """
    if device == "cuda":
        import torch

        return int(torch.cuda.max_memory_allocated())
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used if sys.platform == "darwin" else used * 1024
