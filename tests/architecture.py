"""What the floors forbid, as functions over a tree of files: no Django, no import of the project.

Each check takes the root folder and returns the faults it sees as sentences, so that it can be
shown failing on a made-up tree.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

#: From the ground up: a package may import those before it, never those after it.
FLOORS = (
    "clock",
    "papers",
    "mailing",
    "members",
    "events",
    "registrations",
    "ballots",
    "motions",
    "coopconf",
)
MOST_LINES_A_FILE = 400
MOST_LINES_A_FUNCTION = 40
#: Where an import inside a function is right: (file, imported module) and why.
LATE_IMPORTS_IN = {
    "apps.py": "AppConfig.ready() runs when the models exist",
}
LATE_IMPORTS_OF = {
    "stripe": "31 MB that only a card payment needs",
}
#: Names that say nothing about what is inside.
EMPTY_NAMES = {"utils", "common", "helpers", "core", "misc"}
#: Modules that must stay free of Django: pure rules over plain data and an instant.
PURE = (
    "registrations/checklist.py",
    "registrations/pricing.py",
    "registrations/vat.py",
    "registrations/keeping.py",
    "motions/committee/emergencies.py",
    "motions/committee/likeness.py",
    "motions/thresholds.py",
    "motions/nominations/criteria.py",
    "motions/nominations/counting.py",
    "motions/texts",
    "ballots/counting",
    "events/calendar.py",
    "mailing/policy.py",
)


@dataclass(frozen=True)
class Import:
    """One import statement: who, whom, where, and whether it stands inside a function."""

    importer: str
    imported: str
    line: int
    is_late: bool
    is_for_types: bool


def files(root: Path) -> list[Path]:
    """The project's own Python files, without tests and migrations."""
    found = [root / "manage.py"] if (root / "manage.py").exists() else []
    for floor in FLOORS:
        found += sorted(
            path for path in (root / floor).rglob("*.py") if "migrations" not in path.parts
        )
    return found


@lru_cache(maxsize=2000)
def parsed(path: Path) -> ast.Module:
    """The syntax tree of a file, read once a run."""
    return ast.parse(path.read_text())


def module_of(root: Path, path: Path) -> str:
    """The dotted name of a file."""
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@lru_cache(maxsize=2000)
def imports(root: Path, path: Path) -> tuple[Import, ...]:
    """Every import of a file, relative ones made absolute; `from a import b` names `a.b`."""
    return tuple(_imports(root, path))


def _imports(root: Path, path: Path) -> Iterator[Import]:
    name = module_of(root, path)
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    tree = parsed(path)
    late = _inside(tree, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
    typed = {
        id(node)
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and "TYPE_CHECKING" in ast.dump(block.test)
        for statement in block.body
        for node in ast.walk(statement)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            targets = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*above, *([base] if base else [])])
            targets = [f"{base}.{alias.name}" for alias in node.names]
        else:
            continue
        for target in targets:
            yield Import(name, target, node.lineno, id(node) in late, id(node) in typed)


def _inside(tree: ast.AST, kinds: tuple[type[ast.AST], ...]) -> set[int]:
    return {
        id(node)
        for outer in ast.walk(tree)
        if isinstance(outer, kinds)
        for node in ast.walk(outer)
        if node is not outer
    }


def imports_down(root: Path) -> list[str]:
    """A floor may use what is above it in the list, never what is below."""
    faults = []
    for path in files(root):
        for found in imports(root, path):
            own, other = found.importer.partition(".")[0], found.imported.partition(".")[0]
            if own in FLOORS and other in FLOORS and FLOORS.index(other) > FLOORS.index(own):
                faults.append(f"{found.importer}:{found.line} imports {found.imported}")
    return faults


def circles(root: Path) -> list[str]:
    """Files that import each other, directly or by way of others (imports for types aside)."""
    modules = {module_of(root, path): path for path in files(root)}
    graph = {
        name: {
            target
            for found in imports(root, path)
            if not found.is_for_types
            and (target := _file_of(found.imported, modules)) not in {None, name}
        }
        for name, path in modules.items()
    }
    return [" -> ".join([*circle, circle[0]]) for circle in _circles_of(graph)]


def _file_of(imported: str, modules: dict[str, Path]) -> str | None:
    for name in (imported, imported.rpartition(".")[0]):
        if name in modules:
            return name
    return None


def _circles_of(graph: dict[str, set[str]]) -> list[list[str]]:
    """Each circle once, beginning at its first name; depth first, without revisiting."""
    done: set[str] = set()
    found: list[list[str]] = []

    def walk(name: str, way: list[str]) -> None:
        if name in way:
            circle = way[way.index(name) :]
            start = circle.index(min(circle))
            circle = circle[start:] + circle[:start]
            if circle not in found:
                found.append(circle)
            return
        if name in done:
            return
        for target in sorted(graph.get(name, ())):
            walk(target, [*way, name])
        done.add(name)

    for name in sorted(graph):
        walk(name, [])
    return found


def late_imports(root: Path) -> list[str]:
    """Imports inside functions, which dodge a layer or hide a circle."""
    return [
        f"{found.importer}:{found.line} imports {found.imported} inside a function"
        for path in files(root)
        for found in imports(root, path)
        if found.is_late
        and path.name not in LATE_IMPORTS_IN
        and found.imported.partition(".")[0] not in LATE_IMPORTS_OF
    ]


def long_files(root: Path) -> list[str]:
    """God files."""
    counted = ((path, len(path.read_text().splitlines())) for path in files(root))
    return [
        f"{path.relative_to(root)} has {lines} lines"
        for path, lines in counted
        if lines > MOST_LINES_A_FILE
    ]


def long_functions(root: Path) -> list[str]:
    """Functions that do more than one thing: the lines of the body, its docstring aside."""
    return [
        f"{path.relative_to(root)}:{node.lineno} {node.name} has {lines} lines"
        for path in files(root)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := _length(node)) > MOST_LINES_A_FUNCTION
    ]


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = function.body[0]
    lines = (function.end_lineno or first.lineno) - first.lineno + 1
    is_docstring = ast.get_docstring(function, clean=False) is not None
    return lines - ((first.end_lineno or first.lineno) - first.lineno + 1 if is_docstring else 0)


def empty_names(root: Path) -> list[str]:
    """Files and folders whose name says nothing."""
    return [
        f"{path.relative_to(root)} is named for nothing"
        for path in files(root)
        if EMPTY_NAMES & {*path.relative_to(root).with_suffix("").parts}
    ]


def impure_rules(root: Path) -> list[str]:
    """Pure rules that know Django."""
    return [
        f"{found.importer}:{found.line} imports {found.imported}"
        for path in files(root)
        if str(path.relative_to(root)).startswith(PURE)
        for found in imports(root, path)
        if found.imported.partition(".")[0] == "django"
    ]


def without_docstring(root: Path) -> list[str]:
    """Public modules and public classes that say nothing about what they decide."""
    faults = []
    for path in files(root):
        tree = parsed(path)
        if (
            tree.body
            and not ast.get_docstring(tree)
            and path.name not in {"__init__.py", "apps.py"}
        ):
            faults.append(f"{path.relative_to(root)} has no docstring")
        if "services" in path.parts or path.name == "rules.py":
            faults += [
                f"{path.relative_to(root)}:{node.lineno} {node.name} has no docstring"
                for node in tree.body
                if isinstance(node, ast.FunctionDef | ast.ClassDef)
                and not node.name.startswith("_")
                and not ast.get_docstring(node)
            ]
    return faults
