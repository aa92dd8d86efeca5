"""Right and wrong solutions, read where notebooks are: marking needs the wrong ones, too."""

from __future__ import annotations

from autograder.notebook.variants import (
    Kind,
    Variant,
    load_variants,
    read_variant,
    variant_files,
)

__all__ = ["Kind", "Variant", "load_variants", "read_variant", "variant_files"]
