"""Who may come in and who did: credentials, what doors saw, and how a conference keeps its doors."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery

from registrations import badge_codes


class DoorRules(models.Model):
    """How the doors of one conference are kept. A conference without a row has the defaults."""

    conference = models.OneToOneField(
        "events.Conference", models.CASCADE, related_name="door_rules"
    )
    asks_photo_id = models.BooleanField("stewards ask for photo ID", default=False)
    refuses_unpaid = models.BooleanField("no entry while the booking is unpaid", default=False)
    walk_in_pass = models.ForeignKey(
        "registrations.PassType",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="pass sold at the door",
        help_text="Empty: nobody is booked in at the door. Its own door has to be open on the day, "
        "and its price then is the price at the door.",
    )
    quorum = models.PositiveIntegerField(
        "delegates that make a quorum", null=True, blank=True, help_text="Empty: none is set."
    )
    scans_kept_days = models.PositiveSmallIntegerField(
        "days that scans are kept after the conference",
        default=28,
        validators=[MaxValueValidator(366)],
        help_text="Who came to a party's conference is sensitive: no longer than is needed.",
    )

    class Meta:
        verbose_name = verbose_name_plural = "door rules"
        constraints = [
            models.CheckConstraint(
                condition=Q(scans_kept_days__lte=366),
                name="registrations_doorrules_scans_kept_a_year_at_most",
                violation_error_message="Scans are kept for a year at most.",
            ),
        ]

    def __str__(self) -> str:
        return f"Doors of {self.conference}"

    def clean(self) -> None:
        """The pass is one of this conference that a person can have without a body."""
        sold = self.walk_in_pass
        if sold is None:
            return
        if sold.conference_id != self.conference_id:
            raise ValidationError({"walk_in_pass": "Choose a pass of the same conference."})
        if sold.sold_to == sold.SoldTo.BODIES:
            raise ValidationError(
                {"walk_in_pass": "Bodies book this pass. Choose one that people book themselves."}
            )

    def purge_on(self, at: dt.datetime) -> dt.date:
        """The day on which a scan of this instant is deleted."""
        last_day = max(self.conference.ends_on or at.date(), at.date())
        return last_day + dt.timedelta(days=self.scans_kept_days)


class CredentialQuerySet(models.QuerySet["Credential"]):
    """Sets of credentials."""

    def valid(self) -> CredentialQuerySet:
        """Not void: the one that opens doors for its place."""
        return self.filter(voided_at__isnull=True)

    def people(self) -> CredentialQuerySet:
        """One for each person who ever held a place: a lost badge counts as its successor."""
        return self.exclude(void_reason=Credential.Void.LOST)

    def standing(self, at: dt.datetime) -> CredentialQuerySet:
        """Those people whose place was theirs at the instant."""
        return self.people().filter(Q(voided_at__isnull=True) | Q(voided_at__gt=at))

    def inside(self, at: dt.datetime, session: object | None = None) -> CredentialQuerySet:
        """Those whose last admitted scan at the door (None: the entrance) was a way in."""
        seen = Scan.objects.admitted().filter(
            credential__place=OuterRef("place"),
            credential__person=OuterRef("person"),
            session=session,
            scanned_at__lte=at,
        )
        last = seen.order_by("-scanned_at", "-pk").values("direction")[:1]
        return self.annotate(went=Subquery(last)).filter(went__in=Scan.Direction.inward())


class Credential(models.Model):
    """One badge. A place whose person is known and whose booking stands has exactly one valid one.

    `person` counts who holds the place: a badge that is lost is replaced by one for the same
    person, a substitution makes the next.
    """

    class Void(models.TextChoices):
        LOST = "lost", "the badge was replaced"
        SUBSTITUTED = "substituted", "somebody else has the place"
        CANCELLED = "cancelled", "the place was cancelled"

    place = models.ForeignKey("registrations.Place", models.CASCADE, related_name="credentials")
    person = models.PositiveSmallIntegerField("person of the place", default=1)
    seed = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code_hash = models.CharField(max_length=64, unique=True, editable=False)
    short_code = models.CharField("code to type", max_length=9, unique=True, editable=False)
    issued_at = models.DateTimeField("issued")
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    voided_at = models.DateTimeField("void since", null=True, blank=True)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    void_reason = models.CharField("why it is void", max_length=12, choices=Void, blank=True)

    objects = CredentialQuerySet.as_manager()

    class Meta:
        ordering = ["place", "-issued_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["place"],
                condition=Q(voided_at__isnull=True),
                name="registrations_credential_one_valid_a_place",
                violation_error_message="This place has a valid badge already.",
            ),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True, voided_by__isnull=True, void_reason="")
                | Q(voided_at__isnull=False, voided_at__gte=F("issued_at")) & ~Q(void_reason=""),
                name="registrations_credential_void_says_why",
                violation_error_message="A void badge says since when and why.",
            ),
        ]

    def __str__(self) -> str:
        return f"badge {self.short_code}"

    @property
    def printed_code(self) -> str | None:
        """What its QR code holds; None when it can no longer be printed."""
        return badge_codes.printed_code(self.seed, self.code_hash)


class ScanQuerySet(models.QuerySet["Scan"]):
    """Sets of scans."""

    def admitted(self) -> ScanQuerySet:
        """Those that let somebody through, in or out."""
        return self.filter(outcome=Scan.Outcome.ADMITTED)


class Scan(models.Model):
    """What a door answered to one badge. `session` None: the entrance of the conference.

    `scanned_at` is when it happened, `received_at` when we were told: later, where a steward's
    phone had no connection. The nonce is drawn on the phone, so that sending twice counts once.
    """

    class Direction(models.TextChoices):
        IN = "in", "in"
        AGAIN = "again", "in again"
        OUT = "out", "out"

        @classmethod
        def inward(cls) -> tuple[str, str]:
            """The ways in."""
            return (cls.IN, cls.AGAIN)

    class Outcome(models.TextChoices):
        ADMITTED = "admitted", "admitted"
        REFUSED = "refused", "refused"

    class Refusal(models.TextChoices):
        UNKNOWN = "unknown", "not one of our codes"
        ELSEWHERE = "elsewhere", "for another conference"
        REPLACED = "replaced", "the badge was replaced"
        SUBSTITUTED = "substituted", "somebody else has the place"
        CANCELLED = "cancelled", "the place was cancelled"
        HALTED = "halted", "the conference does not take place"
        WRONG_DAY = "wrong_day", "not on this day"
        UNPAID = "unpaid", "not paid"
        DELEGATES_ONLY = "delegates_only", "for delegates only"
        ALREADY_IN = "already_in", "already in"
        NOT_IN = "not_in", "was not in"

    conference = models.ForeignKey("events.Conference", models.PROTECT, related_name="scans")
    # a session taken off the programme takes its door with it; set to none it would be the entrance
    session = models.ForeignKey(
        "events.Session", models.CASCADE, null=True, blank=True, related_name="scans"
    )
    credential = models.ForeignKey(
        Credential, models.CASCADE, null=True, blank=True, related_name="scans"
    )
    direction = models.CharField(max_length=6, choices=Direction, default=Direction.IN)
    outcome = models.CharField(max_length=10, choices=Outcome)
    refusal = models.CharField("why not", max_length=15, choices=Refusal, blank=True)
    is_first = models.BooleanField("first time through this door", default=False)
    scanned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    device = models.CharField(max_length=40, blank=True)
    is_offline = models.BooleanField("made without a connection", default=False)
    scanned_at = models.DateTimeField("scanned")
    received_at = models.DateTimeField("received")
    nonce = models.UUIDField(unique=True)
    purge_on = models.DateField("deleted on", db_index=True)

    objects = ScanQuerySet.as_manager()

    class Meta:
        ordering = ["-scanned_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["credential"],
                condition=Q(is_first=True, session__isnull=True),
                name="registrations_scan_first_at_the_entrance_once",
                violation_error_message="This badge came in already.",
            ),
            models.UniqueConstraint(
                fields=["credential", "session"],
                condition=Q(is_first=True),
                name="registrations_scan_first_at_a_session_once",
                violation_error_message="This badge came in already.",
            ),
            models.CheckConstraint(
                condition=Q(outcome="admitted", refusal="", credential__isnull=False)
                | (Q(outcome="refused", is_first=False) & ~Q(refusal="")),
                name="registrations_scan_refused_with_a_reason",
                violation_error_message="A refusal has a reason, an admission a badge.",
            ),
            models.CheckConstraint(
                condition=Q(is_first=False) | Q(direction="in"),
                name="registrations_scan_first_is_a_way_in",
                violation_error_message="The first time through a door is a way in.",
            ),
            models.CheckConstraint(
                condition=Q(scanned_at__lte=F("received_at")),
                name="registrations_scan_received_after_it_happened",
                violation_error_message="A scan cannot come from the future.",
            ),
        ]
        indexes = [
            # serves: who is in at a door, and the live count
            models.Index(
                fields=["conference", "session", "scanned_at"],
                condition=Q(outcome="admitted"),
                name="reg_scan_at_a_door",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_direction_display()}: {self.get_outcome_display()}"
