"""Offices held over time: who acts for a body, since when, and how that was verified."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower


class Office(models.Model):
    """A kind of office and what it may do for its body. Staff edit this table."""

    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    may_book = models.BooleanField("books delegates", default=False)
    may_submit = models.BooleanField("submits motions and other business", default=False)
    may_pay = models.BooleanField("sees and settles invoices", default=False)
    may_invite = models.BooleanField("invites and ends other officers", default=False)
    may_authorise = models.BooleanField("authorises others to draft and submit", default=False)
    position = models.PositiveSmallIntegerField("order in lists", default=0)

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class OfficeholdingQuerySet(models.QuerySet["Officeholding"]):
    """Sets of offices held."""

    def in_force(self, on: dt.date) -> OfficeholdingQuerySet:
        """Verified and held on a date: from the first day, until the day before the last."""
        return self.filter(
            Q(ended_on__isnull=True) | Q(ended_on__gt=on),
            state=Officeholding.State.VERIFIED,
            started_on__lte=on,
        )

    def claims(self) -> OfficeholdingQuerySet:
        """Claims that wait for staff."""
        return self.filter(state=Officeholding.State.CLAIMED)


class Officeholding(models.Model):
    """A person holds an office of a body from a date (inclusive) to a date (exclusive)."""

    class State(models.TextChoices):
        CLAIMED = "claimed", "claimed, waiting for staff"
        VERIFIED = "verified", "verified"
        REJECTED = "rejected", "not confirmed"

    class Source(models.TextChoices):
        STAFF = "staff", "entered by staff"
        CLAIM = "claim", "claimed by the person"
        INVITATION = "invitation", "invited by an officer"

    organisation = models.ForeignKey(
        "members.Organisation", models.PROTECT, related_name="officeholdings"
    )
    office = models.ForeignKey(Office, models.PROTECT, related_name="holdings")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="officeholdings"
    )
    started_on = models.DateField()
    ended_on = models.DateField("ended on (first day no longer held)", null=True, blank=True)
    state = models.CharField(max_length=20, choices=State, default=State.CLAIMED)
    source = models.CharField(max_length=20, choices=Source)
    evidence = models.CharField(
        "how we know", max_length=300, blank=True, help_text="For example: minutes of 3 March."
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.CharField(
        "reason told to the person", max_length=300, blank=True, default=""
    )
    created_at = models.DateTimeField()

    objects = OfficeholdingQuerySet.as_manager()

    class Meta:
        ordering = ["organisation", "office", "-started_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="members_officeholding_ends_after_it_starts",
                violation_error_message="An office cannot end before it starts.",
            ),
            models.UniqueConstraint(
                fields=["organisation", "office", "user"],
                condition=Q(ended_on__isnull=True) & ~Q(state="rejected"),
                name="members_officeholding_one_open_each",
                violation_error_message="This person already holds or has claimed this office.",
            ),
            models.CheckConstraint(
                condition=Q(state="claimed", decided_at__isnull=True)
                | (~Q(state="claimed") & Q(decided_at__isnull=False)),
                name="members_officeholding_decided_unless_claimed",
                violation_error_message="A decided claim carries the time of the decision.",
            ),
        ]
        indexes = [
            # serves: whom does this person act for now?
            models.Index(fields=["user", "state"], name="members_oh_user_state"),
        ]

    def __str__(self) -> str:
        return f"{self.office} of {self.organisation}: {self.user}"

    def is_in_force(self, on: dt.date) -> bool:
        """Verified and held on a date, as `OfficeholdingQuerySet.in_force` asks it of rows."""
        is_over = self.ended_on is not None and self.ended_on <= on
        return self.state == self.State.VERIFIED and self.started_on <= on and not is_over

    @property
    def audit_label(self) -> str:
        """What the audit trail, which cannot forget, calls it: without the person's name."""
        return f"{self.office} of {self.organisation}"


class OfficeInvitationQuerySet(models.QuerySet["OfficeInvitation"]):
    """Sets of invitations."""

    def open(self, at: dt.datetime) -> OfficeInvitationQuerySet:
        """Neither accepted nor withdrawn nor run out."""
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=at)


class OfficeInvitation(models.Model):
    """An officer's invitation to a successor or colleague, taken up by a link sent by mail."""

    organisation = models.ForeignKey(
        "members.Organisation", models.PROTECT, related_name="invitations"
    )
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    email = models.EmailField("e-mail address")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = OfficeInvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "office", "email"],
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="members_invitation_one_open_each",
                violation_error_message="This address is already invited to this office.",
            ),
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="members_invitation_email_in_lower_case",
                violation_error_message="E-mail addresses are kept in lower case.",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")),
                name="members_invitation_expires_after_it_was_made",
                violation_error_message="An invitation ends after it was made.",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="members_invitation_accepted_by_somebody",
                violation_error_message="An accepted invitation says who accepted it.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office} of {self.organisation}"
