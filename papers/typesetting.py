"""From a template and plain data to an accessible PDF.

Templates are typst sources under `templates/`, beside the pages of the same name. Data goes in as
JSON and is never formatted into a source, so nothing that somebody typed can be read as markup. Every
document is PDF/UA-1: one without a title, or with a picture without words, does not come out at all.
A letter that none of our fonts has is printed as an empty square, so that no name stops an invoice.
"""

from __future__ import annotations

import json
import subprocess
import sys
from bisect import bisect_right
from collections.abc import Mapping
from pathlib import Path

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
FONTS = Path(__file__).resolve().parent / "fonts"
PRESS = Path(__file__).resolve().parent / "press.py"
CREATED_NEVER = 0
#: Seconds; a request is given up after thirty.
LONGEST = 25
UNKNOWN = "\N{WHITE SQUARE}"
#: First and last of each run of letters that our fonts have.
RUNS: list[list[int]] = json.loads((FONTS / "letters.json").read_text())
STARTS = [first for first, _ in RUNS]


class Faulty(Exception):
    """The template cannot be typeset with this data; the message says where and why."""


def pdf(template: str, data: Mapping[str, object]) -> bytes:
    """The document as PDF/UA-1, byte for byte the same for the same data.

    `template` is a path under `templates/`, such as `registrations/papers/invoice.typ`; `data` holds
    text, numbers, lists and mappings only. The page begins with `#import "/papers/base.typ": *`.
    Raises Faulty.
    """
    job = {
        "input": str(TEMPLATES / template),
        "root": str(TEMPLATES),
        "font_paths": [str(FONTS)],
        "ignore_system_fonts": True,
        "pdf_standards": ["ua-1"],
        "timestamp": CREATED_NEVER,
        "data": printable(data),
    }
    try:
        done = subprocess.run(
            [sys.executable, "-I", PRESS],
            input=json.dumps(job, ensure_ascii=True).encode(),
            capture_output=True,
            timeout=LONGEST,
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise Faulty(f"{template}: not typeset within {LONGEST} seconds") from late
    if done.returncode:
        raise Faulty(f"{template}: {done.stderr.decode(errors='replace')}")
    return done.stdout


def printable(data: object) -> object:
    """The same data with each letter that cannot be printed as a square, and no control characters."""
    if isinstance(data, str):
        return "".join(map(_letter, data))
    if isinstance(data, Mapping):
        return {key: printable(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [printable(value) for value in data]
    return data


def _letter(letter: str) -> str:
    code = ord(letter)
    if letter == "\n":
        return letter
    if code < 32 or 0x7F <= code <= 0x9F:
        return ""
    run = bisect_right(STARTS, code) - 1
    return letter if run >= 0 and code <= RUNS[run][1] else UNKNOWN
