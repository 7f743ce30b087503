"""The wording of a motion: immutable versions made of blocks with stable keys."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class MotionVersion(models.Model):
    """The wording at one moment, never changed afterwards: amendments refer to it.

    With it stands who moves it and which meeting passed it, as they were sent: the working copy may
    be changed after the deadline, what was sent in may not. Services only ever create versions. `sha256` is taken over title and blocks, so that a
    version that was touched outside the code is found out.
    """

    class Origin(models.TextChoices):
        SUBMISSION = "submission", "sent in by the body"
        CORRECTION = "correction", "corrected by the body while the door was open"
        CLARIFICATION = "clarification", "the body's answer to the CAC"
        LATE = "late", "sent in late"
        PAPER = "paper", "entered from paper by staff"
        COMPOSITE = "composite", "agreed by the bodies as a composite"
        CARRIED_OVER = "carried_over", "carried over to a newer text of the motion"
        REWORDED = "reworded", "reworded by its body for a newer text of the motion"
        COMMITTEE = "committee", "corrected by the committee"
        AMENDED = "amended", "as amended by conference"

    motion = models.ForeignKey("motions.Motion", models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    origin = models.CharField(max_length=20, choices=Origin)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    words = models.PositiveIntegerField()
    line_algorithm = models.PositiveSmallIntegerField(
        "version of the line-numbering rule", help_text="Kept, so that printed numbers never move."
    )
    sha256 = models.CharField(max_length=64)
    mover = models.CharField(max_length=120, blank=True)
    seconder = models.CharField(max_length=120, blank=True)
    names_consent = models.BooleanField(
        "mover and seconder agree to be named in public", default=False
    )
    meeting_name = models.CharField("passed by (meeting)", max_length=150, blank=True)
    meeting_on = models.DateField("held on", null=True, blank=True)
    event_on = models.DateField("day of the emergency", null=True, blank=True)
    # Of an amendment the blocks are the full text it proposes; these say what it does to which text.
    base = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="text it amends",
    )
    operations = models.JSONField(
        null=True,
        blank=True,
        help_text="Of an amendment: its operations on the blocks of that text, as "
        "motions.texts.operations writes them.",
    )

    class Meta:
        ordering = ["motion", "number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(base__isnull=True, operations__isnull=True)
                | Q(base__isnull=False, operations__isnull=False),
                name="motions_version_operations_have_a_base",
                violation_error_message="Operations are kept with the text they change.",
            ),
            models.UniqueConstraint(
                fields=["motion", "number"],
                name="motions_version_numbered_once",
                violation_error_message="This motion already has a version of that number.",
            ),
            models.CheckConstraint(
                condition=Q(number__gt=0),
                name="motions_version_counted_from_one",
                violation_error_message="Versions are counted from 1.",
            ),
            models.CheckConstraint(
                condition=~Q(title=""),
                name="motions_version_has_a_title",
                violation_error_message="A motion needs a title.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} (version {self.number})"


class Block(models.Model):
    """One paragraph, bullet, heading or clause of a version; its key is carried to the next."""

    class Kind(models.TextChoices):
        PARAGRAPH = "paragraph", "paragraph"
        BULLET = "bullet", "bullet"
        HEADING = "heading", "heading"
        CLAUSE = "clause", "clause"

    version = models.ForeignKey(MotionVersion, models.PROTECT, related_name="blocks")
    position = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=20)
    kind = models.CharField(max_length=20, choices=Kind)
    text = models.TextField()

    class Meta:
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "key"],
                name="motions_block_key_once_a_version",
                violation_error_message="A key stands once in a version.",
            ),
            models.UniqueConstraint(
                fields=["version", "position"],
                name="motions_block_position_once_a_version",
                violation_error_message="A position stands once in a version.",
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="motions_block_has_text",
                violation_error_message="A block has text.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.text[:60]}"


class DraftSave(models.Model):
    """One save of a draft, kept so that no wording is lost, the loser of a conflict included."""

    class Outcome(models.TextChoices):
        SAVED = "saved", "saved"
        CONFLICT = "conflict", "kept aside: somebody else had saved first"
        REFUSED = "refused", "kept aside: the motion could no longer be changed"

    motion = models.ForeignKey("motions.Motion", models.PROTECT, related_name="saves")
    outcome = models.CharField(max_length=20, choices=Outcome, default=Outcome.SAVED)
    draft_version = models.PositiveIntegerField("version saved, or version it was based on")
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["motion", "-saved_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["motion", "draft_version"],
                condition=Q(outcome="saved"),
                name="motions_draftsave_once_a_version",
                violation_error_message="This version of the draft is already saved.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.motion}: save {self.draft_version}"
