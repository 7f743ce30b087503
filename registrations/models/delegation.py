"""A body's delegation at a conference: places allocated, more asked for, the lead, what was waived.

How many places a body has is told in its grant letter, so staff enter it with its source; nothing
here computes it. Ex-officio people come outside the count.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from registrations import checklist
from registrations.models.sale import PassType


class PlaceKind(models.TextChoices):
    """The two counts of a delegation; each place counts in that of its pass."""

    STANDARD = "standard", "delegates"
    YOUTH = "youth", "youth delegates"


#: In which count a pass of this role is; every other role comes outside the count.
COUNTED = {
    PassType.Role.DELEGATE: PlaceKind.STANDARD,
    PassType.Role.YOUTH_DELEGATE: PlaceKind.YOUTH,
}


class DelegationRules(models.Model):
    """What a conference asks of its delegations. A conference without a row has the defaults."""

    class Beyond(models.TextChoices):
        REFUSED = "refused", "refused"
        QUEUED = "queued", "refused, and the body may ask staff for more"

    class Missing(models.TextChoices):
        NO_LIMIT = "no_limit", "no limit"
        NONE = "none", "no places"

    class YouthUntil(models.IntegerChoices):
        # the ends of the declared age bands: no other age could be judged from them
        TWENTY_SIX = 26, "26 or under"
        THIRTY = 30, "30 or under"

    conference = models.OneToOneField(
        "events.Conference", models.CASCADE, primary_key=True, related_name="delegation_rules"
    )
    beyond = models.CharField(
        "a place beyond the allocation is", max_length=10, choices=Beyond, default=Beyond.QUEUED
    )
    without_allocation = models.CharField(
        "a body for which nothing was entered has",
        max_length=10,
        choices=Missing,
        default=Missing.NO_LIMIT,
    )
    imbalance_blocks = models.BooleanField(
        "a delegation that is not balanced is not in order",
        default=False,
        help_text="Otherwise it is warned and reported: the party asks that each delegation is "
        "half women, it does not turn people away.",
    )
    odd_may_differ = models.BooleanField(
        "with an odd number one more of a gender is balanced", default=True
    )
    youth_until = models.PositiveSmallIntegerField(
        "oldest age of a youth delegate on day one",
        choices=YouthUntil,
        default=YouthUntil.THIRTY,
    )
    membership_on = models.DateField(
        "membership is judged on", null=True, blank=True, help_text="Empty: the first day."
    )

    class Meta:
        verbose_name = "rules for delegations"
        verbose_name_plural = "rules for delegations"

    def __str__(self) -> str:
        return f"rules for delegations of {self.conference}"

    @property
    def plain(self) -> checklist.Rules:
        """The part that the checklist judges by."""
        return checklist.Rules(
            imbalance_blocks=self.imbalance_blocks,
            odd_may_differ=self.odd_may_differ,
            youth_until=self.youth_until,
        )


class Delegation(models.Model):
    """One body at one conference: the row that is locked while its places are counted."""

    conference = models.ForeignKey("events.Conference", models.PROTECT, related_name="delegations")
    organisation = models.ForeignKey(
        "members.Organisation",
        models.PROTECT,
        related_name="delegations",
        verbose_name="body",
    )
    lead = models.ForeignKey(
        "registrations.Place",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="leads",
        verbose_name="lead delegate",
    )
    lead_at = models.DateTimeField("lead chosen", null=True, blank=True)

    class Meta:
        ordering = ["conference", "organisation__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "organisation"],
                name="registrations_delegation_once",
                violation_error_message="This body already has a delegation at this conference.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} at {self.conference}"

    def get_absolute_url(self) -> str:
        return reverse(
            "registrations:delegation", args=[self.conference.slug, self.organisation.slug]
        )


class Allocation(models.Model):
    """How many places of a kind a body has, and where that is written."""

    delegation = models.ForeignKey(Delegation, models.CASCADE, related_name="allocations")
    kind = models.CharField(max_length=10, choices=PlaceKind)
    places = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=200, help_text="For example: grant letter of 3 March.")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["delegation", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["delegation", "kind"],
                name="registrations_allocation_kind_once",
                violation_error_message="Places of this kind are allocated already: change them.",
            ),
            models.CheckConstraint(
                condition=~Q(source=""),
                name="registrations_allocation_has_a_source",
                violation_error_message="Say where the number is written.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.places} {self.get_kind_display()} ({self.source})"


class PlaceRequest(models.Model):
    """A body asks for places beyond its allocation; staff decide. Nothing is held meanwhile."""

    class State(models.TextChoices):
        WAITING = "waiting", "waiting"
        GRANTED = "granted", "granted"
        REFUSED = "refused", "refused"

    delegation = models.ForeignKey(Delegation, models.CASCADE, related_name="requests")
    kind = models.CharField(max_length=10, choices=PlaceKind, default=PlaceKind.STANDARD)
    places = models.PositiveSmallIntegerField("places asked for")
    reason = models.CharField(max_length=500)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    granted = models.PositiveSmallIntegerField("places granted", default=0)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField("why it was decided so", max_length=500, blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = "request for places"
        verbose_name_plural = "requests for places"
        constraints = [
            models.UniqueConstraint(
                fields=["delegation", "kind"],
                condition=Q(state="waiting"),
                name="registrations_request_one_waiting",
                violation_error_message="A request for such places is waiting already.",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at__isnull=True, decided_by__isnull=True)
                | (
                    Q(state__in=["granted", "refused"])
                    & Q(decided_at__isnull=False, decided_by__isnull=False)
                ),
                name="registrations_request_decided_by_somebody",
                violation_error_message="A decision says who decided and when.",
            ),
            models.CheckConstraint(
                condition=Q(state="granted", granted__gte=1) | (~Q(state="granted") & Q(granted=0)),
                name="registrations_request_grants_places",
                violation_error_message="What is granted is at least one place.",
            ),
            models.CheckConstraint(
                condition=Q(places__gte=1) & Q(granted__lte=models.F("places")),
                name="registrations_request_of_some_places",
                violation_error_message="Ask for at least one place, and grant no more than asked.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.places} more {self.get_kind_display()} for {self.delegation}"


class Waiver(models.Model):
    """Staff let a delegation be in order although it does not meet one rule, until they end it."""

    class Rule(models.TextChoices):
        BALANCE = checklist.BALANCE, "gender balance"
        YOUTH = checklist.YOUTH, "age of youth delegates"
        MEMBERSHIP = checklist.MEMBERSHIP, "membership"
        TWICE = checklist.TWICE, "somebody in two delegations"
        NAMES = checklist.NAMES, "names by the deadline"
        LEAD = checklist.LEAD, "a lead delegate"

    delegation = models.ForeignKey(Delegation, models.CASCADE, related_name="waivers")
    rule = models.CharField(max_length=20, choices=Rule)
    reason = models.CharField(max_length=300)
    waived_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    waived_at = models.DateTimeField()
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    why_ended = models.CharField("why it was ended", max_length=300, blank=True)

    class Meta:
        ordering = ["delegation", "rule", "waived_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["delegation", "rule"],
                condition=Q(ended_at__isnull=True),
                name="registrations_waiver_rule_once",
                violation_error_message="This rule is waived already.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="registrations_waiver_has_a_reason",
                violation_error_message="Say why.",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, why_ended="")
                | (Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(why_ended="")),
                name="registrations_waiver_ended_by_somebody",
                violation_error_message="A waiver that was ended says who did, when and why.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_rule_display()
