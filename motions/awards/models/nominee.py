"""Who is judged: one row a nominee, however many bodies name them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q, QuerySet

from motions.awards.models.category import AwardCategory


class AwardNominee(models.Model):
    """A person or body before the panel. Every nomination of theirs is kept and read with it.

    Two that turn out to be one are merged: the nominations go over, the emptied row stays and says
    into which. `name_key` is how a name is recognised (`motions.awards.names`).
    """

    category = models.ForeignKey(AwardCategory, models.PROTECT, related_name="nominees")
    name = models.CharField(max_length=150)
    name_key = models.CharField(max_length=150, editable=False)
    body = models.ForeignKey(
        "members.Organisation", models.PROTECT, null=True, blank=True, related_name="+"
    )
    email = models.EmailField("e-mail address", blank=True)
    is_under_18 = models.BooleanField(default=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged_from"
    )

    class Meta:
        ordering = ["category", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["category", "body"],
                condition=Q(body__isnull=False, merged_into__isnull=True),
                name="motions_awardnominee_a_body_once",
                violation_error_message="This body is a nominee already.",
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="motions_awardnominee_has_a_name",
                violation_error_message="A nominee has a name.",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=models.F("id")),
                name="motions_awardnominee_not_into_itself",
                violation_error_message="A nominee is not merged into itself.",
            ),
        ]
        indexes = [
            # serves: is whoever is proposed before the panel already?
            models.Index(fields=["category", "name_key"], name="motions_awardnominee_key"),
        ]

    def __str__(self) -> str:
        # no name here: labels reach logs and lists, and the award is a secret
        return f"Nominee {self.pk}"

    @property
    def standing(self) -> QuerySet:
        """The nominations that were not withdrawn."""
        return self.nominations.filter(state="submitted")
