"""What was printed: agendas as named, frozen releases, their papers, and the slips after them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse


class Release(models.Model):
    """One edition of an agenda. Its content never changes; errata slips say what came after.

    `content` is plain data with every word, number and line as it was, from which the page and all
    papers are made; `sha256` is taken over it. It names bodies, never persons.
    """

    class Kind(models.TextChoices):
        PRELIMINARY = "preliminary", "preliminary agenda"
        FINAL = "final", "final agenda"

    conference = models.ForeignKey("events.Conference", models.PROTECT, related_name="agendas")
    kind = models.CharField(max_length=20, choices=Kind)
    edition = models.PositiveSmallIntegerField()
    content = models.JSONField(editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    released_at = models.DateTimeField()

    class Meta:
        ordering = ["conference", "-released_at", "-pk"]
        verbose_name = "agenda"
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "kind", "edition"],
                name="motions_release_one_of_an_edition",
                violation_error_message="There is an agenda of this edition already.",
            ),
            models.CheckConstraint(
                condition=Q(edition__gt=0),
                name="motions_release_counted_from_one",
                violation_error_message="Editions are counted from 1.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.conference}"

    def get_absolute_url(self) -> str:
        return reverse("motions:agenda", args=[self.conference.slug, self.pk])

    @property
    def name(self) -> str:
        """'Preliminary agenda', 'Final agenda, second edition'."""
        words = self.Kind(self.kind).label.capitalize()
        if self.edition == 1:
            return words
        ordinals = {2: "second", 3: "third", 4: "fourth", 5: "fifth"}
        return f"{words}, {ordinals.get(self.edition, f'{self.edition}th')} edition"

    @property
    def items(self) -> list[dict[str, Any]]:
        """The motions as they were printed, in their order."""
        return [item for group in self.content["groups"] for item in group["items"]]


class ReleaseEntry(models.Model):
    """That this wording of this motion was printed under this number, and in which release.

    From the first such row on the number is frozen.
    """

    release = models.ForeignKey(Release, models.PROTECT, related_name="entries")
    motion = models.ForeignKey("motions.Motion", models.PROTECT, related_name="printed_in")
    version = models.ForeignKey("motions.MotionVersion", models.PROTECT, related_name="+")
    number = models.CharField(max_length=20)

    class Meta:
        ordering = ["release", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["release", "motion"],
                name="motions_releaseentry_motion_once",
                violation_error_message="A motion stands once in an agenda.",
            ),
            models.UniqueConstraint(
                fields=["release", "number"],
                name="motions_releaseentry_number_once",
                violation_error_message="A number stands once in an agenda.",
            ),
            models.CheckConstraint(
                condition=~Q(number=""),
                name="motions_releaseentry_has_a_number",
                violation_error_message="What is printed has a number.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} in {self.release}"


class Print(models.Model):
    """A paper of a release, byte for byte as it was made when it was released.

    A later change of the layout, of a font or of the typesetter changes no page that somebody has in
    their hand.
    """

    class Form(models.TextChoices):
        PDF = "pdf", "PDF"
        LARGE = "large-print", "PDF in large print"
        TEXT = "text", "plain text"
        WORD = "word", "Word, with tracked changes"

    release = models.ForeignKey(Release, models.PROTECT, related_name="prints")
    form = models.CharField(max_length=20, choices=Form)
    made = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["release", "form"]
        constraints = [
            models.UniqueConstraint(
                fields=["release", "form"],
                name="motions_print_once_a_form",
                violation_error_message="This paper is made already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.release}: {self.get_form_display()}"


class Slip(models.Model):
    """An errata slip: what has changed since an agenda was printed. Added to, never changed."""

    class Kind(models.TextChoices):
        ADDED = "added", "comes in addition"
        REWORDED = "reworded", "has a new wording"
        GONE = "gone", "is no longer on the agenda"
        CORRECTION = "correction", "correction"

    release = models.ForeignKey(Release, models.PROTECT, related_name="slips")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=Kind)
    motion = models.ForeignKey(
        "motions.Motion", models.PROTECT, null=True, blank=True, related_name="slips"
    )
    text = models.TextField("what is to be read")
    item = models.JSONField("the motion as it now is", null=True, blank=True, editable=False)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()

    class Meta:
        ordering = ["release", "number"]
        verbose_name = "errata slip"
        constraints = [
            models.UniqueConstraint(
                fields=["release", "number"],
                name="motions_slip_numbered_once",
                violation_error_message="There is a slip of this number already.",
            ),
            models.CheckConstraint(
                condition=Q(number__gt=0),
                name="motions_slip_counted_from_one",
                violation_error_message="Slips are counted from 1.",
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="motions_slip_says_what",
                violation_error_message="Say what is to be read instead.",
            ),
            models.CheckConstraint(
                condition=Q(kind="correction") | Q(motion__isnull=False),
                name="motions_slip_about_a_motion",
                violation_error_message="A slip is about a motion, or a correction in words.",
            ),
        ]

    def __str__(self) -> str:
        return f"Errata slip {self.number} to the {self.release}"
