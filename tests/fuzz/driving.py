"""Running libFuzzer with inputs and words to begin with."""

from __future__ import annotations

import sys
import tempfile
import tracemalloc
from collections.abc import Callable, Iterable
from pathlib import Path

import atheris


def fuzz(
    one_input: Callable[[bytes], None],
    mutate: Callable[[bytes, int, int], bytes],
    *,
    seeds: Iterable[bytes],
    words: Iterable[bytes],
    max_len: int,
) -> None:
    """Fuzz until libFuzzer stops: change `seeds`, and put `words` into them."""
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    corpus, dictionary = folder / "seeds", folder / "words.dict"
    corpus.mkdir()
    for number, seed in enumerate(seeds):
        (corpus / f"{number:04}").write_bytes(seed)
    escaped = ("".join(f"\\x{byte:02x}" for byte in word) for word in words)
    dictionary.write_text("".join(f'"{word}"\n' for word in escaped))
    tracemalloc.start()
    options = [f"-dict={dictionary}", f"-max_len={max_len}", str(corpus)]
    atheris.Setup([*sys.argv, *options], one_input, custom_mutator=mutate)
    atheris.Fuzz()
