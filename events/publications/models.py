"""A publication, its versions, how often they were taken, and who asked for one by the form."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse


class PublicationQuerySet(models.QuerySet["Publication"]):
    """Sets of publications."""

    def out(self, at: dt.datetime) -> PublicationQuerySet:
        """What everybody may know of at this instant; the rest does not exist for them."""
        return self.filter(
            Q(publish_at__isnull=True) | Q(publish_at__lte=at),
            Q(conference__isnull=True) | ~Q(conference__status="draft"),
            Q(campaign__isnull=True) | Q(campaign__is_public=True),
            is_draft=False,
        )

    def with_versions(self) -> PublicationQuerySet:
        """With where they belong and every version, in two queries."""
        rows = self.select_related("conference__imprint", "campaign__imprint")
        return rows.prefetch_related("versions")


class Publication(models.Model):
    """A report or toolkit. Its file may be unknown: then it has no version and the page says so."""

    class Kind(models.TextChoices):
        REPORT = "report", "report"
        TOOLKIT = "toolkit", "toolkit"
        GUIDE = "guide", "guide"
        OTHER = "other", "publication"

    class Access(models.TextChoices):
        PUBLIC = "public", "everybody"
        REGISTRANTS = "registrants", "those registered for the conference"
        FORM = "form", "whoever fills in a short form"

    conference = models.ForeignKey(
        "events.Conference", models.PROTECT, null=True, blank=True, related_name="publications"
    )
    campaign = models.ForeignKey(
        "events.Campaign", models.PROTECT, null=True, blank=True, related_name="publications"
    )
    slug = models.SlugField(max_length=100, unique=True)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.REPORT)
    summary = models.TextField("what is in it", blank=True)
    access = models.CharField("for whom", max_length=20, choices=Access, default=Access.PUBLIC)
    is_draft = models.BooleanField("not for anybody yet", default=True)
    publish_at = models.DateTimeField(
        "comes out",
        null=True,
        blank=True,
        help_text="Until then it does not exist for anybody else. Empty: not stated, out at once.",
    )
    cover = models.FileField(
        "picture of the cover",
        upload_to="publications/covers",
        blank=True,
        help_text="A JPEG or PNG, drawn anew. Empty: a cover is made of the title.",
    )
    position = models.PositiveSmallIntegerField("order", default=0)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        ordering = ["position", F("publish_at").desc(nulls_last=True), "title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(conference__isnull=False, campaign__isnull=True)
                | Q(conference__isnull=True, campaign__isnull=False),
                name="events_publication_belongs_to_one",
                violation_error_message="It belongs to a conference or to a campaign, not to both.",
            ),
            models.CheckConstraint(
                condition=~Q(access="registrants") | Q(conference__isnull=False),
                name="events_publication_registrants_of_a_conference",
                violation_error_message="Only a conference has people who are registered.",
            ),
            models.CheckConstraint(
                condition=~Q(title=""),
                name="events_publication_has_a_title",
                violation_error_message="A publication has a title.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("events:publication", args=[self.slug])

    @property
    def home(self) -> models.Model:
        """The conference or campaign it belongs to."""
        return self.conference or self.campaign

    def is_out(self, at: dt.datetime) -> bool:
        """Has it come out, whatever its conference or campaign is?"""
        return not self.is_draft and (self.publish_at is None or at >= self.publish_at)

    def versions_out(self, at: dt.datetime) -> list[PublicationVersion]:
        """The versions offered at this instant, the newest first."""
        found = [one for one in self.versions.all() if one.offered_from <= at]
        return sorted(found, key=lambda one: -one.number)


class PublicationVersion(models.Model):
    """One file of a publication. The newest is offered first, older ones stay listed."""

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    document = models.FileField(upload_to="publications/files")
    size = models.PositiveIntegerField("bytes")
    pages = models.PositiveSmallIntegerField(null=True, blank=True)
    note = models.CharField("what is new in it", max_length=300, blank=True)
    offered_from = models.DateTimeField(help_text="Until then nobody else knows of it.")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    added_at = models.DateTimeField()
    form_key = models.UUIDField(null=True, blank=True, editable=False, unique=True)

    class Meta:
        ordering = ["-number"]
        verbose_name = "version of a publication"
        verbose_name_plural = "versions of a publication"
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "number"],
                name="events_version_of_a_publication_once",
                violation_error_message="There is a version of that number.",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1, size__gte=1) & (Q(pages__isnull=True) | Q(pages__gte=1)),
                name="events_version_of_a_publication_holds_something",
                violation_error_message="A version has a number, a size and, if known, pages from 1.",
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number}"

    @property
    def document_name(self) -> str:
        """What the file is called once it is taken."""
        return f"{self.publication.slug}-{self.number}.pdf"


class DownloadTally(models.Model):
    """How often a version was taken on a day, by which way. It says nothing of by whom."""

    class Way(models.TextChoices):
        PUBLIC = "public", "from its page"
        REGISTRANT = "registrant", "by people who are registered"
        FORM = "form", "after the form"
        LINK = "link", "by a mailed link"

    version = models.ForeignKey(PublicationVersion, models.PROTECT, related_name="tallies")
    day = models.DateField()
    way = models.CharField(max_length=20, choices=Way)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-day", "way"]
        verbose_name_plural = "download tallies"
        constraints = [
            models.UniqueConstraint(
                fields=["version", "day", "way"],
                name="events_tally_once_a_day_and_way",
                violation_error_message="This day is counted already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.count} on {self.day}"


class PublicationRequest(models.Model):
    """Somebody filled in the form for a publication. The link in their mail lives to `link_until`."""

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="requests")
    name = models.CharField(max_length=150)
    email = models.EmailField("e-mail address")
    region = models.ForeignKey(
        "members.Region", models.PROTECT, null=True, blank=True, related_name="+"
    )
    wants_news = models.BooleanField("ticked that they want news", default=False)
    news_confirmed_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField()
    link_until = models.DateTimeField()
    key_hash = models.CharField(max_length=64, unique=True, editable=False)
    form_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    class Meta:
        verbose_name = "request for a publication"
        verbose_name_plural = "requests for publications"
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "email"],
                name="events_publication_request_once_an_address",
                violation_error_message="This address has asked for it.",
            ),
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="events_publication_request_email_in_lower_case",
                violation_error_message="E-mail addresses are kept in lower case.",
            ),
            models.CheckConstraint(
                condition=Q(link_until__gt=F("asked_at")),
                name="events_publication_request_link_ends_after_it_began",
                violation_error_message="A link ends after it was sent.",
            ),
            models.CheckConstraint(
                condition=Q(news_confirmed_at__isnull=True) | Q(wants_news=True),
                name="events_publication_request_confirms_what_was_ticked",
                violation_error_message="Only news that were asked for are confirmed.",
            ),
        ]

    def __str__(self) -> str:
        return f"request for {self.publication_id}"
