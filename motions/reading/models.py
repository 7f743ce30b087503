"""What one person keeps about motions: marks, private notes, what is followed by mail."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class ReadingMark(models.Model):
    """A motion on somebody's reading list: still to read, or read."""

    class Mark(models.TextChoices):
        TO_READ = "to_read", "to read"
        READ = "read", "read"

    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    motion = models.ForeignKey("motions.Motion", models.CASCADE, related_name="marks")
    mark = models.CharField(max_length=10, choices=Mark)
    marked_at = models.DateTimeField()

    class Meta:
        ordering = ["reader", "motion"]
        constraints = [
            models.UniqueConstraint(
                fields=["reader", "motion"],
                name="motions_mark_once_a_reader",
                violation_error_message="This motion is on your list already.",
            ),
            models.CheckConstraint(
                condition=Q(mark__in=["to_read", "read"]),
                name="motions_mark_known",
                violation_error_message="A motion is to read or read.",
            ),
        ]

    def __str__(self) -> str:
        return f"mark {self.pk}"


class PrivateNote(models.Model):
    """What somebody notes on a motion for themself. Nobody else reads it, staff neither."""

    writer = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    motion = models.ForeignKey("motions.Motion", models.CASCADE, related_name="+")
    text = models.TextField()
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["writer", "motion"]
        constraints = [
            models.UniqueConstraint(
                fields=["writer", "motion"],
                name="motions_note_once_a_writer",
                violation_error_message="You have a note on this motion already.",
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="motions_note_has_text",
                violation_error_message="An empty note is none.",
            ),
        ]

    def __str__(self) -> str:
        return f"note {self.pk}"


class FollowQuerySet(models.QuerySet["Follow"]):
    """Sets of follows."""

    def of(self, user: object, conference: models.Model) -> FollowQuerySet:
        """What a person follows at a conference."""
        return self.filter(follower=user, conference=conference)


class Follow(models.Model):
    """Somebody wants mail about a motion, a category, or all motions of a conference.

    `told_until` is the instant up to which they have been told; it begins with the follow, so that
    nobody is mailed what was there before.
    """

    follower = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    conference = models.ForeignKey("events.Conference", models.CASCADE, related_name="+")
    motion = models.ForeignKey(
        "motions.Motion", models.CASCADE, null=True, blank=True, related_name="follows"
    )
    category = models.ForeignKey(
        "motions.Category", models.CASCADE, null=True, blank=True, related_name="follows"
    )
    since = models.DateTimeField()
    told_until = models.DateTimeField()

    objects = FollowQuerySet.as_manager()

    class Meta:
        ordering = ["follower", "conference", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(motion__isnull=True) | Q(category__isnull=True),
                name="motions_follow_one_thing",
                violation_error_message="Follow a motion, a category or all: one of them.",
            ),
            models.UniqueConstraint(
                fields=["follower", "motion"],
                condition=Q(motion__isnull=False),
                name="motions_follow_a_motion_once",
                violation_error_message="You follow this motion already.",
            ),
            models.UniqueConstraint(
                fields=["follower", "category"],
                condition=Q(category__isnull=False),
                name="motions_follow_a_category_once",
                violation_error_message="You follow this category already.",
            ),
            models.UniqueConstraint(
                fields=["follower", "conference"],
                condition=Q(motion__isnull=True, category__isnull=True),
                name="motions_follow_all_once",
                violation_error_message="You follow this conference's motions already.",
            ),
            models.CheckConstraint(
                condition=Q(told_until__gte=models.F("since")),
                name="motions_follow_told_after_it_began",
                violation_error_message="Nobody is told of what was before they followed it.",
            ),
        ]
        indexes = [
            # serves: who is due a gathering
            models.Index(fields=["told_until"], name="motions_follow_told_until"),
        ]

    def __str__(self) -> str:
        return f"follow {self.pk}"

    @property
    def what(self) -> str:
        """'all motions', 'motions under “Housing”' or a motion's title."""
        if self.motion_id is not None:
            return f"“{self.motion}”"
        if self.category_id is not None:
            return f"motions under “{self.category}”"
        return "all motions"
