"""Support as the tests give it: a request, and the code that it becomes."""

from __future__ import annotations

import re
import uuid
from decimal import Decimal

from mailing.models import Mail
from registrations.models import ReductionCode, SupportRequest
from registrations.services import support
from registrations.services.support import Asker, Gift
from tests.registrations import build

AT = build.EARLY
WORDS = "My chair does not fit into the cheap train."


def ask(year, email="ann@people.example", at=AT, **fields) -> SupportRequest:
    facts = {"purposes": ["travel"], "rough_cost": None, "words": WORDS, "key": uuid.uuid4()}
    asker = Asker("Ann Other", email)
    return support.ask(asker=asker, conference=year, at=at, **{**facts, **fields})


def give(year, by, *, granted="90", at=AT, email="ann@people.example", **gift) -> str:
    """Grant a request as a code off every pass and extra, and read the code in the mail."""
    facts = {"pass_types": list(year.pass_types.all()), "extras": list(year.extras.all())}
    if not gift.get("percent"):
        facts["amount"] = Decimal(granted)
    row = ask(year, email)
    support.grant(
        by=by,
        request=row,
        granted=Decimal(granted),
        answer="",
        at=at,
        gift=Gift(**{**facts, **gift}),
    )
    mail = Mail.objects.get(key=f"support:{row.pk}:granted")
    return re.search(r"Your code: (\S+)", mail.text)[1]


def code_row() -> ReductionCode:
    return ReductionCode.objects.latest("pk")
