"""The journal of erasures: after a restore it says whom to erase again, without saying who."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class Erasure(models.Model):
    """One person was erased. Holds keyed digests of addresses, never the addresses.

    The same line is appended to a file outside of the database (`ERASURE_JOURNAL`), since a restored
    backup has lost this table's last rows together with the erasures.
    """

    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    user_number = models.BigIntegerField("number of the sign-in", null=True, blank=True)
    digests = models.JSONField("keyed digests of the addresses", default=list)
    reason = models.CharField("why", max_length=300)
    counts = models.JSONField("rows by table", default=dict)
    is_replay = models.BooleanField("done again after a restore", default=False)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="members_erasure_has_a_reason",
                violation_error_message="Say why this person is erased.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"
