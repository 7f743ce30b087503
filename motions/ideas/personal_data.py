"""What calls for ideas hold of people: an idea and its support tell a political opinion."""

from __future__ import annotations

from django.db.models import Q

from members.periods import after
from members.personal_data import (
    Blank,
    Delete,
    Keep,
    Period,
    declare,
    declare_impersonal,
    erased_address,
)
from motions.models import CallForIdeas, Idea, IdeaQuestion, IdeaSupport, IdeaTakenUp

WITHOUT_ITS_SENDER = Blank(
    {"email": erased_address, "name": "", "may_name": False, "region": None},
    reason="a published idea stays, without its sender",
    stays={
        "title": "what was published stays",
        "text": "what was published stays",
        "reason": "our own word",
    },
)
UNCONFIRMED = Q(confirmed_at__isnull=True)
CONFIRMED = Q(confirmed_at__isnull=False)


declare(
    Idea,
    personal=("name", "email", "region", "title", "text", "decided_by"),
    why="to publish an idea, under a name where its sender agreed, and to tell what becomes of it",
    kept="30 days until it is confirmed; then the idea stays, its sender for two years",
    found_by=lambda person: Q(email__in=person.addresses),
    erasure=WITHOUT_ITS_SENDER,
    ends=(
        Period(after("sent_at", days=30, only=UNCONFIRMED), Delete()),
        Period(after("sent_at", years=2, only=CONFIRMED), WITHOUT_ITS_SENDER),
    ),
    addresses=("email",),
    secret=("key_hash", "form_key"),
    order=40,
    is_special=True,
)
declare(
    IdeaSupport,
    personal=("email",),
    why="so that each person supports an idea once",
    kept="30 days until it is confirmed; then two years, after which the count alone stays",
    found_by=lambda person: Q(email__in=person.addresses),
    erasure=Delete("they no longer support it"),
    ends=(
        Period(after("asked_at", days=30, only=UNCONFIRMED), Delete()),
        Period(
            after("asked_at", years=2, only=CONFIRMED),
            Blank({"email": erased_address}, reason="the count stays"),
        ),
    ),
    addresses=("email",),
    secret=("key_hash", "form_key"),
    order=30,
    is_special=True,
)
declare(
    IdeaTakenUp,
    personal=("linked_by",),
    why="which consultation or motion takes an idea up, and who said so",
    kept="with the idea",
    found_by=lambda person: Q(linked_by=person.user) if person.user else None,
    erasure=Keep("the record of the idea rests on it; the name goes with the sign-in"),
    stays="the record of the idea rests on it",
)
declare_impersonal(CallForIdeas, IdeaQuestion, because="what a campaign asks everybody")
