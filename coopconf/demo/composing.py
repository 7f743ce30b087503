"""Two motions on one theme of the demo year: their composite is before the bodies, one has signed."""

from __future__ import annotations

import datetime as dt
import uuid

from coopconf.demo.sending import rule, send
from members.models import Organisation, User
from motions.composites.models import Answer, Composite
from motions.composites.services import answering, drafting, grouping, laying
from motions.composites.services.answering import Reply
from motions.composites.services.drafting import Draft
from motions.composites.wordings import wordings_of
from motions.models import Call, Motion, Ruling
from motions.services.ruling import publish
from motions.texts.composing import union

THEME = "Community transport"

BUSES = """Conference notes:
- that a third of rural bus routes have gone in ten years;
- that community transport carries people whom nobody else does.

Conference calls on the National Executive Committee:
- to campaign for a fund for community buses."""

CARS = """Conference notes:
- that a third of rural bus routes have gone in the last ten years;
- that car clubs owned by their members work in market towns.

Conference calls on the National Executive Committee:
- to publish a guide to starting a car club."""


def tell(call: Call, bodies: dict[str, Organisation], *, at: dt.datetime) -> list[Motion]:
    """The two motions, as everybody reads them: sent in, ruled in order, published."""
    senders = (
        ("Northmoor Party Council", "quentin", 9, "Buses", BUSES),
        ("Everyday Co-operative Society", "priya", 8, "Cars", CARS),
    )
    motions = []
    for body, name, days, title, text in senders:
        motion = send(call, bodies[body], _user(name), at, days, title, "Economy", text)
        rule(motion, Ruling.Verdict.IN_ORDER, at=at - dt.timedelta(days=5))
        publish(by=_user("ines"), motion=motion, at=at - dt.timedelta(days=4))
        motions.append(motion)
    return motions


def compose(
    motions: list[Motion], theme: str, *, signed_by: list[str], at: dt.datetime
) -> Composite:
    """Grouped three days before `at`, drafted, laid before both bodies, signed by some of them."""
    ines = _user("ines")
    composite = grouping.group(
        by=ines,
        conference=motions[0].conference,
        motions=motions,
        theme=theme,
        answer_by=(at + dt.timedelta(days=12)).date(),
        at=at - dt.timedelta(days=3),
        key=uuid.uuid4(),
    )
    parts = list(composite.parts.select_related("motion__current_version").order_by("pk"))
    drafting.save(
        by=ines,
        composite=composite,
        base=0,
        draft=Draft(
            title=theme,
            clauses=union(wordings_of(parts).texts),
            moved_by=parts[0],
            seconded_by=parts[1],
        ),
        at=at - dt.timedelta(days=2),
    )
    laid = laying.lay(by=ines, composite=composite, version=1, at=at - dt.timedelta(days=2))
    speakers = ("Sam Ridley", "Priya Nair")
    for part, name, speaker in zip(parts, signed_by, speakers, strict=False):
        answering.answer(
            by=_user(name),
            part=part,
            reply=Reply(
                choice=Answer.Choice.SIGNS, laid=laid.pk, speaker=speaker, names_consent=True
            ),
            at=at - dt.timedelta(days=1),
            key=uuid.uuid4(),
        )
    return composite


def _user(first_name: str) -> User:
    return User.objects.get(email=f"{first_name}@example.org")
