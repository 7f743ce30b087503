"""An officer lets a delegate or member draft and submit for the body at one conference."""

from __future__ import annotations

import datetime as dt

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import transaction

from events import emails
from events.models import Authorisation, Conference
from members import audit
from members.models import Organisation, User

ENDED = (Conference.Status.CANCELLED, Conference.Status.OVER)


@transaction.atomic
def authorise(
    *, by: User, organisation: Organisation, conference: Conference, user: User, at: dt.datetime
) -> Authorisation:
    """Record that a person may act for the body here; the same twice is one.

    Whether `by` may authorise is asked at the edge (`rules.may_authorise`). Raises ValidationError
    when the conference has ended or the person may not sign in.
    """
    locked = Conference.objects.select_for_update(of=("self",)).get(pk=conference.pk)
    if locked.status in ENDED:
        state = Conference.Status(locked.status).label
        raise ValidationError(f"{locked} is {state}: nobody needs authority for it any more.")
    if not user.is_active:
        raise ValidationError(
            {"user": ValidationError("This person may not sign in.", code="inactive")}
        )
    held = Authorisation.objects.filter(
        conference=locked, organisation=organisation, user=user, withdrawn_at__isnull=True
    ).first()
    if held:
        return held
    authorisation = Authorisation(
        conference=locked,
        organisation=organisation,
        user=user,
        authorised_by=by,
        authorised_at=at,
    )
    authorisation.full_clean()
    authorisation.save()
    audit.record(
        by=by,
        action="authority.given",
        on=authorisation,
        at=at,
        organisation=organisation,
        after={"person": user.pk, "conference": locked.slug},
    )
    return authorisation


@transaction.atomic
def authorise_address(
    *,
    by: User,
    organisation: Organisation,
    conference: Conference,
    email: str,
    at: dt.datetime,
) -> Authorisation:
    """The same by e-mail address, known to us or not: the answer is the same either way.

    Somebody new gets a sign-in that works by codes sent to that address; everybody gets a mail.
    """
    email = email.strip().lower()
    user = User.objects.filter(email=email).first() or _new_person(by, email, at)
    given = authorise(by=by, organisation=organisation, conference=conference, user=user, at=at)
    emails.authorised(given, at=at)
    return given


def _new_person(by: User, email: str, at: dt.datetime) -> User:
    user = User(email=email, date_joined=at)
    user.set_unusable_password()
    user.full_clean(exclude=["password"])
    user.save()
    EmailAddress.objects.create(user=user, email=email, primary=True, verified=True)
    audit.record(by=by, action="sign-in.made", on=user, at=at)
    return user


@transaction.atomic
def withdraw(*, by: User, authorisation: Authorisation, at: dt.datetime) -> Authorisation:
    """Take the authority back now; what was done under it stays. Twice changes nothing."""
    locked = Authorisation.objects.select_for_update(of=("self",)).get(pk=authorisation.pk)
    if locked.withdrawn_at is not None:
        return locked
    locked.withdrawn_by, locked.withdrawn_at = by, at
    locked.save(update_fields=["withdrawn_by", "withdrawn_at"])
    audit.record(
        by=by,
        action="authority.withdrawn",
        on=locked,
        at=at,
        organisation=locked.organisation,
        before={"person": locked.user_id},
    )
    return locked
