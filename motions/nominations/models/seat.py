"""Who sits on a committee that conference elects, for how long, and from which region."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class StandingCommittee(models.Model):
    """A committee whose seats conference fills, year after year."""

    name = models.CharField(max_length=150, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class SeatQuerySet(models.QuerySet["Seat"]):
    """Sets of seats."""

    def carrying_on(self, year: int | None) -> SeatQuerySet:
        """Those whose term runs beyond the conference of a year, and which were not given up.

        A seat whose end is not stated is not counted on: staff bar its region by hand.
        """
        if year is None:
            return self.none()
        return self.filter(from_year__lt=year, until_year__gt=year, given_up_on__isnull=True)


class Seat(models.Model):
    """One member's term: from the conference of one year to that of another."""

    committee = models.ForeignKey(StandingCommittee, models.PROTECT, related_name="seats")
    candidate = models.OneToOneField(
        "motions.Candidate", models.PROTECT, null=True, blank=True, related_name="seat"
    )
    name = models.CharField(max_length=120)
    email = models.EmailField("e-mail address", blank=True)
    region = models.ForeignKey("members.Region", models.PROTECT, related_name="+")
    from_year = models.PositiveSmallIntegerField("from the conference of")
    until_year = models.PositiveSmallIntegerField(
        "to the conference of", null=True, blank=True, help_text="Empty: not stated."
    )
    years_carried_on = models.PositiveSmallIntegerField(
        "years carried on, nobody having been nominated", default=0, editable=False
    )
    given_up_on = models.DateField("given up on", null=True, blank=True)
    basis = models.CharField("how we know", max_length=200, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["committee", "-until_year", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_year__isnull=True) | Q(until_year__gt=F("from_year")),
                name="motions_seat_ends_after_it_begins",
                violation_error_message="A term ends with a later conference than it begins with.",
            ),
            models.CheckConstraint(
                condition=Q(from_year__gte=1900, from_year__lte=2200),
                name="motions_seat_begins_in_a_year",
                violation_error_message="Give the year of the conference, such as 2016.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.committee}"

    @property
    def audit_label(self) -> str:
        """What the audit trail, which cannot forget, calls it: without the person's name."""
        return f"a seat on {self.committee}"
