"""The drafts of a composite: each save is a version that never changes, with each clause's source."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from motions.models.version import Block


class CompositeVersion(models.Model):
    """One save of the draft. What was based on an older one than the newest is kept aside.

    Which body moves and which seconds it is part of what the bodies sign. `laid_at`: when it was
    laid before them, at most once.
    """

    class Outcome(models.TextChoices):
        SAVED = "saved", "saved"
        ASIDE = "aside", "kept aside: somebody else had saved first"

    composite = models.ForeignKey("motions.Composite", models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.SAVED)
    title = models.CharField(max_length=200, blank=True)
    moved_by = models.ForeignKey(
        "motions.CompositePart",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="moved by the body of",
    )
    seconded_by = models.ForeignKey(
        "motions.CompositePart",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="seconded by the body of",
    )
    words = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()
    laid_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    laid_at = models.DateTimeField("laid before the bodies", null=True, blank=True)

    class Meta:
        ordering = ["composite", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["composite", "number"],
                name="motions_compositeversion_numbered_once",
                violation_error_message="This composite already has a version of that number.",
            ),
            models.CheckConstraint(
                condition=Q(number__gt=0),
                name="motions_compositeversion_counted_from_one",
                violation_error_message="Versions are counted from 1.",
            ),
            models.CheckConstraint(
                condition=Q(laid_at__isnull=True, laid_by__isnull=True)
                | Q(laid_at__isnull=False, laid_by__isnull=False),
                name="motions_compositeversion_laid_by_somebody",
                violation_error_message="What was laid before the bodies says by whom.",
            ),
            models.CheckConstraint(
                condition=Q(laid_at__isnull=True)
                | (Q(outcome="saved", moved_by__isnull=False) & ~Q(title="")),
                name="motions_compositeversion_laid_is_whole",
                violation_error_message="What the bodies sign has a title and says who moves it.",
            ),
            models.CheckConstraint(
                condition=Q(seconded_by__isnull=True) | ~Q(seconded_by=models.F("moved_by")),
                name="motions_compositeversion_seconded_by_another",
                violation_error_message="Another body seconds it than moves it.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title or 'Untitled draft'} (draft {self.number})"


class CompositeClause(models.Model):
    """One clause of a draft. Its key stays with it into the motion that is published."""

    version = models.ForeignKey(CompositeVersion, models.PROTECT, related_name="clauses")
    position = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=20)
    kind = models.CharField(max_length=20, choices=Block.Kind)
    text = models.TextField()

    class Meta:
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "key"],
                name="motions_compositeclause_key_once",
                violation_error_message="A key stands once in a version.",
            ),
            models.UniqueConstraint(
                fields=["version", "position"],
                name="motions_compositeclause_position_once",
                violation_error_message="A position stands once in a version.",
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="motions_compositeclause_has_text",
                violation_error_message="A clause has text.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.text[:60]}"


class ClauseSource(models.Model):
    """A clause comes from this block of this motion's wording."""

    clause = models.ForeignKey(CompositeClause, models.PROTECT, related_name="sources")
    part = models.ForeignKey("motions.CompositePart", models.PROTECT, related_name="+")
    block = models.ForeignKey(Block, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["clause", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["clause", "block"],
                name="motions_clausesource_once_a_clause",
                violation_error_message="This source is named already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part.label}: {self.block.key}"
