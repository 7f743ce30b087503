"""A new version of the imprint, when the promoter or the address changes."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from events.models import Imprint
from events.services.public_pages import mark_changed
from members import audit
from members.models import User


@transaction.atomic
def publish(
    *, by: User | None, text: str, in_force_from: dt.datetime, at: dt.datetime, note: str = ""
) -> Imprint:
    """Put an imprint in force now or later; older versions stay for what was printed under them.

    Raises ValidationError when the text is empty, an instant in the past is given, or another
    version begins at the same instant.
    """
    if in_force_from < at:
        raise ValidationError(
            {"in_force_from": ValidationError("An imprint cannot begin in the past.", code="past")}
        )
    imprint = Imprint(text=text.strip(), in_force_from=in_force_from, note=note.strip())
    imprint.full_clean()
    imprint.save()
    audit.record(
        by=by,
        action="imprint.published",
        on=imprint,
        at=at,
        after={"text": imprint.text, "in_force_from": in_force_from},
    )
    mark_changed()
    return imprint
