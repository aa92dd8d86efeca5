"""A hang costs one test: the others of its file run, and none of its processes is left."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from tiny import REPOSITORY

TESTS = """
import subprocess, threading
import pytest

def test_waits_for_a_child():
    subprocess.run("sleep 98765 & sleep 98765; true", shell=True, check=False)

def test_catches_what_it_can():
    while True:
        try:
            threading.Event().wait()
        except Exception:
            pass

@pytest.fixture
def slow():
    yield
    while True:
        pass

def test_never_cleans_up(slow):
    pass

@pytest.fixture(scope="module")
def shared():
    subprocess.run(["sleep", "98765"])

@pytest.mark.parametrize("who", "ab")
def test_shares_what_hangs(shared, who):
    pass

def test_ends():
    pass
"""


@pytest.mark.ci
def test_a_hang_fails_one_test_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "test_these.py").write_text(TESTS)
    words = f"-q -c {REPOSITORY / 'pyproject.toml'} --rootdir {tmp_path} --timeout 3 -p watchdog"
    result = subprocess.run(
        [sys.executable, "-m", "pytest", *words.split(), "-p", "no:cacheprovider", "."],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "2 failed, 2 passed, 3 errors" in result.stdout
    assert result.stdout.count("it was stopped after 3 s") >= 3
    running = [" ".join(p.info["cmdline"] or ()) for p in psutil.process_iter(["cmdline"])]
    assert not [words for words in running if "sleep 98765" in words]
