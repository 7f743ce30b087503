"""What a delegate says of themself, and the link by which they say it. Few readers; purged."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from registrations import checklist


class Particulars(models.Model):
    """Gender, age and consents as the person gave them, none of them asked of anybody else.

    `given_by` is the address whose link wrote them: a link sent to another address shows nothing.
    """

    class Gender(models.TextChoices):
        WOMAN = checklist.WOMAN, "woman"
        MAN = checklist.MAN, "man"
        ANOTHER = checklist.ANOTHER, "I describe myself in another way"
        UNDISCLOSED = checklist.UNDISCLOSED, "I prefer not to say"

    class AgeBand(models.TextChoices):
        UNDER_18 = "under_18", "under 18"
        TO_26 = "18_26", "18 to 26"
        TO_30 = "27_30", "27 to 30"
        OVER_30 = "over_30", "over 30"
        UNDISCLOSED = "undisclosed", "I prefer not to say"

    place = models.OneToOneField(
        "registrations.Place", models.CASCADE, related_name="particulars", primary_key=True
    )
    gender = models.CharField(max_length=12, choices=Gender, blank=True)
    gender_words = models.CharField("in their own words", max_length=60, blank=True)
    pronouns = models.CharField(max_length=40, blank=True)
    age_band = models.CharField("age on the first day", max_length=12, choices=AgeBand, blank=True)
    born_on = models.DateField("date of birth", null=True, blank=True)
    guardian_name = models.CharField("parent or guardian", max_length=150, blank=True)
    guardian_contact = models.CharField(
        "how to reach the parent or guardian", max_length=150, blank=True
    )
    may_photograph = models.BooleanField("agrees to be photographed", default=False)
    may_list = models.BooleanField("agrees to be on the list of delegates", default=False)
    told_needs = models.BooleanField("told us of needs as well", default=False, editable=False)
    given_by = models.EmailField(editable=False)
    told_at = models.DateTimeField()
    purge_on = models.DateField("deleted on")

    class Meta:
        verbose_name = "particulars"
        verbose_name_plural = "particulars of delegates"
        constraints = [
            models.CheckConstraint(
                condition=Q(age_band="under_18")
                | Q(born_on__isnull=True, guardian_name="", guardian_contact=""),
                name="registrations_particulars_birth_only_under_18",
                violation_error_message="A date of birth and a guardian are asked for under 18 only.",
            ),
            models.CheckConstraint(
                condition=~Q(age_band="under_18", may_list=True),
                name="registrations_particulars_no_child_is_listed",
                violation_error_message="Nobody under 18 is on a list of delegates.",
            ),
        ]

    def __str__(self) -> str:
        return f"particulars of place {self.pk}"


class DelegateLink(models.Model):
    """A personal link to one place, mailed to its delegate. Only its hash is stored.

    It ends with its day, and with the person: a substitution, another address or a cancellation
    deletes it.
    """

    place = models.ForeignKey("registrations.Place", models.CASCADE, related_name="delegate_links")
    address = models.EmailField("sent to")
    key_hash = models.CharField(max_length=64, unique=True, editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")),
                name="registrations_delegatelink_expires_later",
                violation_error_message="A link must last for a while.",
            ),
        ]
        indexes = [
            # serves: how often a delegate was asked lately
            models.Index(fields=["place", "-created_at"], name="reg_delegatelink_newest"),
        ]

    def __str__(self) -> str:
        return f"link to place {self.place_id}"
