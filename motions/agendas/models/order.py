"""The order paper of a business session: what is taken, in which order, what is voted in parts."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse


class OrderPaper(models.Model):
    """The business of one session. The committee builds it; once published everybody reads it."""

    session = models.OneToOneField(
        "events.Session", models.PROTECT, primary_key=True, related_name="order_paper"
    )
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["session"]
        constraints = [
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, published_by__isnull=True)
                | Q(published_at__isnull=False, published_by__isnull=False),
                name="motions_orderpaper_published_by_somebody",
                violation_error_message="A published order paper says by whom and when.",
            ),
        ]

    def __str__(self) -> str:
        return f"Order paper, {self.session}"

    def get_absolute_url(self) -> str:
        return reverse("motions:order", args=[self.session.conference.slug, self.pk])


class OrderItem(models.Model):
    """One item: a motion, or other business in words. Its minutes are the budget's unless given."""

    paper = models.ForeignKey(OrderPaper, models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    motion = models.OneToOneField(
        "motions.Motion", models.PROTECT, null=True, blank=True, related_name="order_item"
    )
    words = models.CharField("other business", max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["paper", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "position"],
                name="motions_orderitem_one_a_place",
                violation_error_message="Another item has this place.",
            ),
            models.CheckConstraint(
                condition=Q(motion__isnull=False, words="")
                | (Q(motion__isnull=True) & ~Q(words="")),
                name="motions_orderitem_motion_or_words",
                violation_error_message="An item is a motion or other business in words.",
            ),
            models.CheckConstraint(
                condition=Q(motion__isnull=False) | Q(minutes__isnull=False),
                name="motions_orderitem_words_have_minutes",
                violation_error_message="Say how many minutes it takes.",
            ),
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(minutes__gt=0),
                name="motions_orderitem_a_minute_at_least",
                violation_error_message="An item takes a minute at least.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.motion or self.words}"


class VotePart(models.Model):
    """A part of a motion that is voted on separately: some of its paragraphs, by their keys.

    `words` names them as they are numbered on the agenda, whatever becomes of the text meanwhile.
    """

    motion = models.ForeignKey("motions.Motion", models.PROTECT, related_name="vote_parts")
    position = models.PositiveSmallIntegerField()
    keys = models.JSONField("keys of its paragraphs", editable=False)
    words = models.CharField("which paragraphs", max_length=300)

    class Meta:
        ordering = ["motion", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["motion", "position"],
                name="motions_votepart_one_a_place",
                violation_error_message="Another part has this place.",
            ),
            models.CheckConstraint(
                condition=Q(position__gt=0),
                name="motions_votepart_counted_from_one",
                violation_error_message="Parts are counted from 1.",
            ),
            models.CheckConstraint(
                condition=~Q(words=""),
                name="motions_votepart_says_which",
                violation_error_message="Say which paragraphs the part is.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.words[:1].upper()}{self.words[1:]} of {self.motion}"
