"""What the panel decided, and the roll of honour that comes of it after the presentation."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet

from events.models import Conference
from motions.awards.models.category import AwardCategory
from motions.awards.models.nominee import AwardNominee


class AwardDecision(models.Model):
    """Who is honoured in one category, and why. One that was decided anew is ended and stays."""

    category = models.ForeignKey(AwardCategory, models.PROTECT, related_name="decisions")
    reason = models.TextField("why")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField("bodies and nominees told", null=True, blank=True)

    class Meta:
        ordering = ["category", "-decided_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["category"],
                condition=Q(ended_at__isnull=True),
                name="motions_awarddecision_one_a_category",
                violation_error_message="This award is decided already: look at the page again.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="motions_awarddecision_says_why",
                violation_error_message="Say why the panel decided so.",
            ),
            models.CheckConstraint(
                condition=Q(told_at__isnull=True) | Q(ended_at__isnull=True),
                name="motions_awarddecision_told_once_it_stands",
                violation_error_message="What was told is not decided anew.",
            ),
        ]

    def __str__(self) -> str:
        return f"Decision {self.pk}"


class AwardHonourQuerySet(models.QuerySet["AwardHonour"]):
    """Sets of honours."""

    def standing(self, conference: Conference) -> QuerySet:
        """Those of the decisions that stand at a conference, in the order of the evening.

        It says nothing of who may see them: that is `embargo`'s.
        """
        return self.filter(
            decision__ended_at__isnull=True, decision__category__deadline__conference=conference
        ).order_by("decision__category__position", "decision__category__name", "-result", "pk")

    def on_the_roll(self) -> QuerySet:
        """Those who agreed to be named, and may be: nobody under 18 is."""
        is_child = Q(
            nominee__is_under_18=True, decision__category__honours=AwardCategory.Honours.PERSON
        )
        return self.filter(consent=AwardHonour.Consent.GIVEN).exclude(is_child)


class AwardHonour(models.Model):
    """One nominee honoured: the winner of an award, or commended.

    There is no address of its own (`get_absolute_url`): the admin would tell by it that it exists.
    """

    class Result(models.TextChoices):
        COMMENDED = "commended", "commended"
        WINNER = "winner", "winner"

    class Consent(models.TextChoices):
        NOT_ASKED = "not_asked", "not asked yet"
        ASKED = "asked", "asked"
        GIVEN = "given", "may be named"
        REFUSED = "refused", "not to be named"

    decision = models.ForeignKey(AwardDecision, models.PROTECT, related_name="honours")
    nominee = models.ForeignKey(AwardNominee, models.PROTECT, related_name="honours")
    result = models.CharField(max_length=10, choices=Result)
    words = models.TextField("what is said of them", blank=True)
    consent = models.CharField(max_length=10, choices=Consent, default=Consent.NOT_ASKED)
    public_name = models.CharField("named as", max_length=150, blank=True)
    token_hash = models.CharField(max_length=64, blank=True, editable=False)
    answered_at = models.DateTimeField("answered", null=True, blank=True)

    objects = AwardHonourQuerySet.as_manager()

    class Meta:
        ordering = ["decision", "-result", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "nominee"],
                name="motions_awardhonour_once_each",
                violation_error_message="A nominee is honoured once in a category.",
            ),
            models.UniqueConstraint(
                fields=["token_hash"],
                condition=~Q(token_hash=""),
                name="motions_awardhonour_one_link_each",
                violation_error_message="A personal link is for one honour.",
            ),
            models.CheckConstraint(
                condition=~Q(consent__in=["given", "refused"]) | Q(answered_at__isnull=False),
                name="motions_awardhonour_answer_has_a_time",
                violation_error_message="An answer has its time.",
            ),
            models.CheckConstraint(
                condition=~Q(consent="given") | ~Q(public_name=""),
                name="motions_awardhonour_named_as",
                violation_error_message="Whoever agrees is named as something.",
            ),
        ]

    def __str__(self) -> str:
        return f"Honour {self.pk}"

    @property
    def is_winner(self) -> bool:
        """The winner, not commended."""
        return self.result == self.Result.WINNER
