"""An uploaded table between its preview and its confirmation: kept by the page, signed, for a while.

See docs/decisions/0011-previews-kept-by-the-page.md.
"""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from members.imports.cells import Cell, Table, Type

GOOD_FOR = 2 * 60 * 60
#: Well below what a form may send (DATA_UPLOAD_MAX_MEMORY_SIZE).
LARGEST = 700_000
#: What `opened` raises for a state that is too old, not ours, or not this person's.
UNUSABLE = (signing.BadSignature, KeyError, ValueError)


def sealed(request: HttpRequest, purpose: str, table: Table, options: dict[str, Any]) -> str:
    """The table and what was chosen with it, for this person and purpose alone.

    Raises ValidationError when it is more than a page can send back.
    """
    rows = [[number, [[cell.text, cell.type] for cell in cells]] for number, cells in table.rows]
    plain = {name: getattr(value, "pk", value) for name, value in options.items()}
    kept = {"heads": table.heads, "rows": rows, "notes": table.notes, "options": plain}
    state = signing.dumps(kept, salt=_salt(request, purpose), compress=True)
    if len(state) > LARGEST:
        raise ValidationError(
            "This table holds more text than one page can carry. Split the file, or leave columns out."
        )
    return state


def opened(request: HttpRequest, purpose: str) -> tuple[Table, dict[str, Any]]:
    """What `sealed` kept, from the form that was sent. Raises one of UNUSABLE."""
    state = request.POST["state"]
    kept = signing.loads(state, salt=_salt(request, purpose), max_age=GOOD_FOR)
    rows = tuple(
        (number, tuple(Cell(text, Type(type_)) for text, type_ in cells))
        for number, cells in kept["rows"]
    )
    return Table(tuple(kept["heads"]), rows, tuple(kept["notes"])), kept["options"]


def _salt(request: HttpRequest, purpose: str) -> str:
    return f"members.import_state.{purpose}.{request.user.pk}"
