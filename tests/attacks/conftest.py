"""The attacks are read and marked, never imported or collected."""

from __future__ import annotations

collect_ignore_glob = ["*/*"]
