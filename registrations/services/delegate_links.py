"""'Ask the delegate': a personal link by which they tell us what nobody else should type for them.

The link is bound to the place and to the address it was sent to. It opens what was told through
links to that address and nothing else, so an officer who changes the address reads no answers.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Collection
from dataclasses import dataclass, fields

from django.core.exceptions import ValidationError
from django.db import transaction

import clock
from events.calendar import end_of_day
from members import audit
from members.models import User
from members.roles import Role, holders
from registrations import checklist, emails, support_emails
from registrations.models import Booking, DelegateLink, Extra, Particulars, Place, PlaceNeeds
from registrations.services import changing, submitting
from registrations.services.links import hashed

LASTS = dt.timedelta(days=60)
AFTERWARDS = dt.timedelta(days=28)
MOST_AN_HOUR = 3
ADULT = 18


@dataclass(frozen=True, kw_only=True)
class Answers:
    """Everything the page asks; empty is an answer too."""

    access: str = ""
    dietary: str = ""
    gender: str = ""
    gender_words: str = ""
    pronouns: str = ""
    age_band: str = ""
    born_on: dt.date | None = None
    guardian_name: str = ""
    guardian_contact: str = ""
    may_photograph: bool = False
    may_list: bool = False


NEEDS = ("access", "dietary")
#: What is asked of everybody under 18, and the sentence where it is missing.
OF_CHILDREN = {
    "born_on": "Give your date of birth: we need it of everybody under 18.",
    "guardian_name": "Give the name of a parent or guardian: we need it of everybody under 18.",
    "guardian_contact": "Say how we reach your parent or guardian, by phone or e-mail.",
}
OURS = tuple(field.name for field in fields(Answers) if field.name not in NEEDS)


@transaction.atomic
def ask(*, by: User | None, place: Place, at: dt.datetime) -> None:
    """Mail the delegate of a place their link; links mailed to them before stay good.

    Raises ValidationError: `unnamed`, `no_address`, `over`, `too_often`, `cancelled`.
    """
    booking = changing.locked(place.booking)
    place = changing.active(booking, place)
    if not place.name:
        raise ValidationError("Say first who has this place.", code="unnamed")
    if not place.email:
        raise ValidationError(f"Add an e-mail address of {place.name} first.", code="no_address")
    last_day = booking.conference.ends_on
    expires_at = at + LASTS if last_day is None else end_of_day(last_day)
    if expires_at <= at:
        raise ValidationError("The conference is over.", code="over")
    lately = place.delegate_links.filter(created_at__gt=at - dt.timedelta(hours=1)).count()
    if lately >= MOST_AN_HOUR:
        raise ValidationError(
            f"{place.name} was asked {MOST_AN_HOUR} times within the hour. Give them some time.",
            code="too_often",
        )
    token = secrets.token_urlsafe(24)
    link = DelegateLink.objects.create(
        place=place,
        address=place.email,
        key_hash=hashed(token),
        asked_by=by,
        created_at=at,
        expires_at=expires_at,
    )
    _record(by, booking, place, "place.delegate-asked", at)
    emails.delegate_asked(link, token=token, at=at)


def link_of(token: str, *, at: dt.datetime) -> DelegateLink | None:
    """The link of a token while it works: in time, the place in force, the address unchanged."""
    return _link(token, since=at)


def link_afterwards(token: str, *, at: dt.datetime) -> DelegateLink | None:
    """The same for four weeks more: it then leads to the certificate of attendance alone."""
    return _link(token, since=at - AFTERWARDS)


def _link(token: str, *, since: dt.datetime) -> DelegateLink | None:
    link = (
        DelegateLink.objects.filter(
            key_hash=hashed(token),
            expires_at__gt=since,
            place__cancelled_at__isnull=True,
            place__booking__state=Booking.State.SUBMITTED,
        )
        .select_related(
            "place__booking__conference",
            "place__booking__organisation",
            "place__pass_type",
            "place__particulars",
            "place__needs",
        )
        .first()
    )
    return link if link is not None and link.address == link.place.email else None


def told(link: DelegateLink) -> Answers:
    """What was told through links to this address before; nothing that anybody else typed."""
    own = getattr(link.place, "particulars", None)
    if own is None or own.given_by != link.address:
        return Answers()
    needs = _own_needs(own, getattr(link.place, "needs", None))
    return Answers(
        access=needs.access if needs else "",
        dietary=needs.dietary if needs else "",
        **{name: getattr(own, name) for name in OURS},
    )


def _own_needs(own: Particulars | None, needs: PlaceNeeds | None) -> PlaceNeeds | None:
    """Needs bear no name: they are the delegate's while nobody wrote them since the delegate did."""
    if own is None or needs is None or not own.told_needs:
        return None
    return needs if needs.told_at == own.told_at else None


@transaction.atomic
def tell(
    *,
    link: DelegateLink,
    answers: Answers,
    chosen: Collection[Extra] | None = None,
    at: dt.datetime,
) -> Particulars:
    """Keep what the delegate says, in place of what they said before.

    `chosen`: of the extras that cost nothing those they come to; None leaves them as they are.

    Needs that somebody else gave us stay while the delegate says nothing of needs. Raises
    ValidationError: `over` when the link ended meanwhile, `cancelled`, or by field.
    """
    booking = changing.locked(link.place.booking)
    place = changing.active(booking, link.place)
    if not place.delegate_links.filter(pk=link.pk, expires_at__gt=at, address=place.email).exists():
        raise ValidationError("This link has ended. Ask your officers for a new one.", code="over")
    _require_sense(answers, booking)
    before = Particulars.objects.filter(place=place).first()
    own = before if before is not None and before.given_by == link.address else None
    needs = PlaceNeeds.objects.filter(place=place).first()
    says_needs = bool(answers.access.strip() or answers.dietary.strip())
    if says_needs or _own_needs(own, needs) is not None:
        submitting.write_needs(
            place, booking, access=answers.access, dietary=answers.dietary, at=at
        )
    row = _row(place, link, answers, at)
    row.told_needs = says_needs
    row.full_clean(exclude=["place"], validate_unique=False)
    row.save()
    _record(None, booking, place, "place.particulars-told", at)
    if chosen is not None:
        changing.choose_free(place=place, chosen=chosen, at=at)
    if row.age_band == checklist.UNDER_18:
        _tell_of_child(place, link, at)
    return row


def _tell_of_child(place: Place, link: DelegateLink, at: dt.datetime) -> None:
    """One mail a person under 18 to each safeguarding lead, without a name; the table has them."""
    child = hashed(f"{place.pk}:{link.address}")[:16]
    for lead in holders(Role.SAFEGUARDING_LEAD):
        support_emails.child_comes(place, child, lead, at=at)


def _row(place: Place, link: DelegateLink, answers: Answers, at: dt.datetime) -> Particulars:
    """The particulars as they are kept: what is asked of children is kept of children only."""
    row = Particulars(place=place, given_by=link.address, told_at=at)
    for name in OURS:
        value = getattr(answers, name)
        setattr(row, name, " ".join(value.split()) if isinstance(value, str) else value)
    if row.gender != checklist.ANOTHER:
        row.gender_words = ""
    if row.age_band == checklist.UNDER_18:
        row.may_list = False
    else:
        row.born_on, row.guardian_name, row.guardian_contact = None, "", ""
    last_day = place.booking.conference.ends_on or clock.in_london(at).date() + LASTS
    row.purge_on = last_day + submitting.NEEDS_KEPT
    return row


def _require_sense(answers: Answers, booking: Booking) -> None:
    """Under 18 we need a date of birth that agrees, and whom to reach."""
    if answers.age_band != checklist.UNDER_18:
        return
    missing = {name: words for name, words in OF_CHILDREN.items() if not getattr(answers, name)}
    if missing:
        raise ValidationError(missing)
    first_day = booking.conference.starts_on
    if first_day is not None and _age_on(first_day, answers.born_on) >= ADULT:
        raise ValidationError(
            {"born_on": "With this date of birth you will be 18 or over on the first day."}
        )
    if answers.born_on > booking.submitted_at.date():
        raise ValidationError({"born_on": "The date of birth cannot be so late."})


def _age_on(day: dt.date, born_on: dt.date) -> int:
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def _record(by: User | None, booking: Booking, place: Place, action: str, at: dt.datetime) -> None:
    """The trail keeps that it happened, never what was said."""
    audit.record(
        by=by,
        action=action,
        on=booking,
        organisation=booking.organisation,
        at=at,
        after={"place": place.pk},
    )
