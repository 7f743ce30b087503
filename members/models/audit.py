"""The audit trail: every privileged act leaves one entry that nobody can change or remove."""

from __future__ import annotations

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


class AuditEntry(models.Model):
    """Who did what for whom, when, and what it was before and after.

    Append-only in the database itself: triggers refuse UPDATE and DELETE on SQLite and PostgreSQL
    (one of the two exceptions the house allows). `before` and `after` hold named fields, never
    secrets, needs or votes, and no more personal data than the act requires.
    """

    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Empty when the system acted.",
    )
    organisation = models.ForeignKey(
        "members.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="for the body",
    )
    action = models.CharField(max_length=80, help_text="For example: deadline.extended")
    object_type = models.CharField(max_length=80)
    object_id = models.CharField(max_length=40)
    object_label = models.CharField("what it was called then", max_length=200)
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    after = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    reason = models.TextField(blank=True)

    class Meta:
        verbose_name = "audit entry"
        verbose_name_plural = "audit trail"
        ordering = ["-at", "-pk"]
        indexes = [
            # serves: the history of one object
            models.Index(fields=["object_type", "object_id"], name="members_audit_object"),
            # serves: the trail, newest first
            models.Index(fields=["-at"], name="members_audit_at"),
        ]

    def __str__(self) -> str:
        return f"{self.act_in_words}: {self.object_label}"

    @property
    def act_in_words(self) -> str:
        """'Payment recorded' for `payment.recorded`."""
        words = self.action.replace(".", " ").replace("_", " ")
        return words[:1].upper() + words[1:]
