"""The findings of `validate` as files for programs: JSON, and the JUnit XML that CI reads.

The JSON is one object:

    {"schema": 1, "ok": false, "assignments": [
        {"name": "backprop", "ok": false, "cases": [
            {"case": "mistake/mlp.no_bias", "ok": false, "score": 26.0, "max_score": 30.0,
             "seconds": 0.61, "cpu_seconds": 0.58, "known": false,
             "complaints": ["mlp kept all its marks: no check noticed"],
             "lost": {"mlp": ["test_shapes"]}}]}]}

`score` is null where nothing is scored, `cpu_seconds` where they were not measured; `known`
means that the verdict comes from an earlier run; `lost` names by task the checks that did not
pass. In the XML an assignment is a test suite and a verdict a test case of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any
from xml.etree import ElementTree

from autograder.proof.verdicts import Verdict

SCHEMA = 1
# XML 1.0 has no place for these, not even escaped.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FIRST = (
    "build",
    "lint",
    "nbval",
    "points",
    "budget",
    "marking",
    "mutants",
    "reference",
    "starter",
)

Verdicts = Mapping[str, Sequence[Verdict]]


def in_order(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Return the verdicts as people read them: what is about all of it first, then case by case."""
    order = {case: place for place, case in enumerate(_FIRST)}
    return sorted(verdicts, key=lambda v: (order.get(v.case, len(order)), v.case))


def to_json(results: Verdicts) -> str:
    """Return the verdicts by assignment in the schema above, as indented JSON."""
    assignments = [
        {
            "name": name,
            "ok": not any(verdict.complaints for verdict in verdicts),
            "cases": [_as_dict(verdict) for verdict in in_order(verdicts)],
        }
        for name, verdicts in results.items()
    ]
    ok = all(each["ok"] for each in assignments)
    found = {"schema": SCHEMA, "ok": ok, "assignments": assignments}
    return json.dumps(found, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _as_dict(verdict: Verdict) -> dict[str, Any]:
    found = {"case": verdict.case, "ok": not verdict.complaints, **asdict(verdict)}
    cpu = verdict.cpu_seconds
    return found | {
        "seconds": round(verdict.seconds, 3),
        "cpu_seconds": None if cpu is None else round(cpu, 3),
        "lost": {task: list(checks) for task, checks in verdict.lost},
    }


def to_junit(results: Verdicts) -> str:
    """Return the verdicts by assignment as JUnit XML: a suite each, with a test case a verdict."""
    root = ElementTree.Element("testsuites", name="autograder validate")
    for name, verdicts in results.items():
        suite = ElementTree.SubElement(root, "testsuite", name=_text(name))
        for verdict in in_order(verdicts):
            case = ElementTree.SubElement(
                suite,
                "testcase",
                classname=_text(f"validate.{name}"),
                name=_text(verdict.case),
                time=f"{verdict.seconds:.3f}",
            )
            if verdict.complaints:
                first = verdict.complaints[0].splitlines()[0]
                failure = ElementTree.SubElement(case, "failure", message=_text(first))
                failure.text = _text("\n".join(verdict.complaints))
        _count(suite, verdicts)
    _count(root, [verdict for verdicts in results.values() for verdict in verdicts])
    ElementTree.indent(root)
    text: str = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _count(element: ElementTree.Element, verdicts: Sequence[Verdict]) -> None:
    element.set("tests", str(len(verdicts)))
    element.set("failures", str(sum(bool(verdict.complaints) for verdict in verdicts)))
    element.set("errors", "0")
    element.set("time", f"{sum(verdict.seconds for verdict in verdicts):.3f}")


def _text(text: str) -> str:
    return _NOT_XML.sub("�", text)
