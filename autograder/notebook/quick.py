"""nbformat, imported without a parser that nothing here needs.

Where `rfc3987_syntax` is installed, as it is beside Jupyter, jsonschema builds a parser for
internationalised links on import: most of a second in every process that reads a notebook.
No schema of a notebook has such links.
"""

from __future__ import annotations

import sys
from typing import Any

_PARSER = "rfc3987_syntax"
_modules: dict[str, Any] = sys.modules

if _PARSER not in _modules:
    _modules[_PARSER] = None  # importing it now fails, as if it were not installed
    try:
        import nbformat  # noqa: F401
    finally:
        del _modules[_PARSER]
