"""The engine is pure: no Django, no database, no clock."""

import ast
from pathlib import Path

import motions.texts

ALLOWED = {"__future__", "bisect", "collections", "dataclasses", "enum", "hashlib", "motions"}
ALLOWED |= {
    "codecs",
    "difflib",
    "functools",
    "itertools",
    "operator",
    "pathlib",
    "re",
    "textwrap",
    "typing",
}
ALLOWED |= {"unicodedata"}


def test_text_engine_imports_nothing_but_itself_and_pure_library_modules():
    imported = set()
    for path in Path(motions.texts.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                imported |= {name.name for name in node.names}
            elif isinstance(node, ast.ImportFrom):
                imported.add(node.module)
    inside = {name for name in imported if name.startswith("motions")}
    assert all(name.startswith("motions.texts") for name in inside)
    assert {name.split(".")[0] for name in imported} <= ALLOWED
