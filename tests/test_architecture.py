"""The floors hold, and each check is shown failing on a made-up tree."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests import architecture

ROOT = Path(__file__).resolve().parent.parent
CHECKS = [
    architecture.imports_down,
    architecture.circles,
    architecture.late_imports,
    architecture.long_files,
    architecture.long_functions,
    architecture.empty_names,
    architecture.impure_rules,
    architecture.without_docstring,
]

DOC = '"""Says what it is."""\n'
#: check -> (files of a tree that breaks it, the faults it must name)
BROKEN: dict[Callable, tuple[dict[str, str], list[str]]] = {
    architecture.imports_down: (
        {"members/models.py": DOC + "from motions.models import Motion\n"},
        ["members.models:2 imports motions.models.Motion"],
    ),
    architecture.circles: (
        {
            "events/a.py": DOC + "from events import b\n",
            "events/b.py": DOC + "from events.c import thing\n",
            "events/c.py": DOC + "from .a import other\n",
        },
        ["events.a -> events.b -> events.c -> events.a"],
    ),
    architecture.late_imports: (
        {"events/views.py": DOC + "def show():\n    from events import models\n"},
        ["events.views:3 imports events.models inside a function"],
    ),
    architecture.long_files: (
        {"events/views.py": DOC + "x = 1\n" * 400},
        ["events/views.py has 401 lines"],
    ),
    architecture.long_functions: (
        {"events/views.py": DOC + "def show():\n" + "    x = 1\n" * 41},
        ["events/views.py:2 show has 41 lines"],
    ),
    architecture.empty_names: (
        {"events/utils.py": DOC},
        ["events/utils.py is named for nothing"],
    ),
    architecture.impure_rules: (
        {"registrations/pricing.py": DOC + "from django.db import models\n"},
        ["registrations.pricing:2 imports django.db.models"],
    ),
    architecture.without_docstring: (
        {"events/services/opening.py": "def open_it():\n    pass\n"},
        [
            "events/services/opening.py has no docstring",
            "events/services/opening.py:1 open_it has no docstring",
        ],
    ),
}
#: What is allowed, so that no check can be tightened into nonsense unnoticed.
SOUND = {
    "manage.py": DOC,
    "clock/__init__.py": DOC,
    "members/models.py": DOC + "import clock\n",
    "events/__init__.py": "",
    "events/apps.py": "class Config:\n    def ready(self):\n        from events import signals\n",
    "events/signals.py": DOC + "from members.models import User\n",
    "events/views.py": DOC + "x = 1\n" * 399,
    "events/rules.py": DOC + "def may(user):\n    " + DOC + "    x = 1\n" * 40,
    "events/typed.py": DOC
    + "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from events import used\n",
    "events/used.py": DOC + "from events import typed\n",
    "events/migrations/0001_initial.py": "from motions import anything\n",
    "registrations/payments.py": DOC + "def pay():\n    import stripe\n",
    "registrations/pricing.py": DOC + "import datetime\n",
}


def _tree(root: Path, tree: dict[str, str]) -> Path:
    for name, text in tree.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_project_as_it_stands_has_no_fault(check: Callable) -> None:
    assert check(ROOT) == []


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_a_broken_tree_is_seen_and_named(check: Callable, tmp_path: Path) -> None:
    tree, faults = BROKEN[check]
    assert check(_tree(tmp_path, tree)) == faults


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_a_sound_tree_is_left_in_peace(check: Callable, tmp_path: Path) -> None:
    assert check(_tree(tmp_path, SOUND)) == []


def test_every_package_of_the_project_stands_on_a_floor() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "bench"}
    assert packages <= set(architecture.FLOORS)
