"""What somebody sends to a consultation: a body, a member, or anybody."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.functions import Lower

from motions.models.sending import ON_PAPER, Sending


class SubmissionQuerySet(models.QuerySet["PolicySubmission"]):
    """Sets of submissions."""

    def sent(self) -> SubmissionQuerySet:
        """What stands as sent in."""
        return self.filter(state=PolicySubmission.State.SUBMITTED)

    def with_their_door(self) -> SubmissionQuerySet:
        """With what every page of a submission names."""
        return self.select_related("consultation__deadline__conference", "organisation", "region")

    def for_desk(self, reader: models.Model) -> SubmissionQuerySet:
        """As the committee lists them: from whom, how many themes, read by this member or not."""
        read = ReadBy.objects.filter(submission=OuterRef("pk"), reader=reader)
        return self.select_related("organisation", "region").annotate(
            is_read=Exists(read),
            themes_count=Count("codings__theme", distinct=True),
        )


class PolicySubmission(Sending):
    """A text, a document, answers to questions. A draft until it is sent; read-only afterwards.

    A member of the public without an account is known by a confirmed address alone: then nobody
    stands in `created_by` and `submitted_by`, and a personal link is the key (`SubmissionLink`).
    """

    class State(models.TextChoices):
        DRAFT = "draft", "draft"
        SUBMITTED = "submitted", "sent in"
        WITHDRAWN = "withdrawn", "withdrawn"

    class Kind(models.TextChoices):
        """In whose name it is sent."""

        BODY = "body", "a body"
        MEMBER = "member", "a member"
        PUBLIC = "public", "a member of the public"

    MOVES = {
        State.DRAFT: {State.SUBMITTED, State.WITHDRAWN},
        State.SUBMITTED: {State.WITHDRAWN},
        State.WITHDRAWN: set(),
    }

    consultation = models.ForeignKey(
        "motions.Consultation", models.PROTECT, related_name="submissions"
    )
    kind = models.CharField("from", max_length=10, choices=Kind, default=Kind.BODY)
    organisation = models.ForeignKey(
        "members.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="policy_submissions",
        verbose_name="body",
    )
    name = models.CharField("name of the sender", max_length=150, blank=True)
    email = models.EmailField("address of the sender", blank=True)
    region = models.ForeignKey(
        "members.Region", models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    number = models.PositiveIntegerField("number of the receipt", null=True, blank=True)
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT)
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    answered = models.PositiveSmallIntegerField("questions answered", default=0)
    document = models.FileField(upload_to="motions/submissions/%Y/", blank=True)
    document_name = models.CharField("name of the file", max_length=200, blank=True)
    draft_version = models.PositiveIntegerField(default=1)
    is_late = models.BooleanField("late submission", default=False)
    late_reason = models.TextField("why it is late", blank=True)
    names_consent = models.BooleanField("may be published with the sender's name", default=False)
    reply = models.TextField("the committee's reply to this submission", blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta(Sending.Meta):
        ordering = ["-created_at", "-pk"]
        constraints = [
            ON_PAPER,
            models.CheckConstraint(
                condition=Q(kind="body", organisation__isnull=False)
                | (~Q(kind="body") & Q(organisation__isnull=True)),
                name="motions_policysubmission_of_a_body_or_a_person",
                violation_error_message="A body's submission names the body, a person's does not.",
            ),
            models.CheckConstraint(
                condition=Q(created_by__isnull=False) | (Q(kind="public") & ~Q(email="")),
                name="motions_policysubmission_known_by_sign_in_or_address",
                violation_error_message="Without a sign-in an address says whose it is.",
            ),
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="motions_policysubmission_email_in_lower_case",
                violation_error_message="E-mail addresses are kept in lower case.",
            ),
            models.CheckConstraint(
                condition=Q(
                    submitted_at__isnull=True, submitted_by__isnull=True, number__isnull=True
                )
                | (
                    Q(submitted_at__isnull=False)
                    & (Q(submitted_by__isnull=False) | Q(created_by__isnull=True))
                ),
                name="motions_policysubmission_sent_by_somebody",
                violation_error_message="What was sent in says by whom.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | (
                    Q(withdrawn_at__isnull=False)
                    & (Q(withdrawn_by__isnull=False) | Q(created_by__isnull=True))
                ),
                name="motions_policysubmission_withdrawn_by_somebody",
                violation_error_message="What was withdrawn says by whom.",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", submitted_at__isnull=True)
                | Q(state="submitted", submitted_at__isnull=False)
                | Q(state="withdrawn"),
                name="motions_policysubmission_sent_has_a_time",
                violation_error_message="What was sent in has its time.",
            ),
            models.CheckConstraint(
                condition=~Q(state="submitted")
                | (
                    ~Q(title="") & (~Q(text="") | ~Q(document="") | ~Q(scan="") | Q(answered__gt=0))
                ),
                name="motions_policysubmission_sent_has_words",
                violation_error_message="A submission needs a title, and a text or a document.",
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_at__isnull=False)
                | (~Q(state="withdrawn") & Q(withdrawn_at__isnull=True)),
                name="motions_policysubmission_withdrawn_has_a_time",
                violation_error_message="A withdrawn submission says when.",
            ),
            models.CheckConstraint(
                condition=Q(is_late=False, late_reason="") | Q(is_late=True, kind="body"),
                name="motions_policysubmission_late_ones_are_of_bodies",
                violation_error_message="Only a body's submission may come late.",
            ),
            models.UniqueConstraint(
                fields=["consultation", "created_by"],
                condition=~Q(kind="body") & Q(channel="web") & ~Q(state="withdrawn"),
                name="motions_policysubmission_once_a_person",
                violation_error_message="You have one already.",
            ),
            models.UniqueConstraint(
                fields=["consultation", "email"],
                condition=Q(kind="public", channel="web") & ~Q(email="") & ~Q(state="withdrawn"),
                name="motions_policysubmission_once_an_address",
                violation_error_message="This address has one already.",
            ),
        ]
        indexes = [
            # serves: the committee's list of a consultation, newest first
            models.Index(
                fields=["consultation", "state", "submitted_at"], name="motions_submission_desk"
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"Untitled submission of {self.sender}"

    @property
    def sender(self) -> str:
        """Who sends it: the body, or the person's name; 'a member' where no name is known."""
        if self.kind == self.Kind.BODY:
            return str(self.organisation)
        return self.name or self.get_kind_display()

    @property
    def public_sender(self) -> str:
        """The name as everybody may read it: with consent, or not at all."""
        return self.sender if self.names_consent else ""

    @property
    def is_draft(self) -> bool:
        """Can it still be changed?"""
        return self.state == self.State.DRAFT

    @property
    def audit_label(self) -> str:
        """What the audit trail, which cannot forget, calls it: never a person's words or name."""
        return f"submission {self.pk} to {self.consultation.title}"


class SubmissionLink(models.Model):
    """A personal link to a submission: mailed to its sender, stored as a hash, and it runs out."""

    submission = models.ForeignKey(PolicySubmission, models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")),
                name="motions_submissionlink_runs_out_later",
                violation_error_message="A link runs out after it was made.",
            ),
        ]

    def __str__(self) -> str:
        return f"link to submission {self.submission_id}"


class LateNotice(models.Model):
    """A body says before the close that its meetings fall late, and when it expects to send."""

    consultation = models.ForeignKey(
        "motions.Consultation", models.PROTECT, related_name="late_notices"
    )
    organisation = models.ForeignKey(
        "members.Organisation", models.PROTECT, related_name="late_notices"
    )
    expected_on = models.DateField("the meeting is on", null=True, blank=True)
    reason = models.TextField()
    announced_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    announced_at = models.DateTimeField()

    class Meta:
        ordering = ["announced_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "organisation"],
                name="motions_latenotice_once_a_body",
                violation_error_message="This body has said so already.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="motions_latenotice_has_a_reason",
                violation_error_message="Say why it will be late.",
            ),
        ]

    def __str__(self) -> str:
        return f"late notice of {self.organisation}"


class ReadBy(models.Model):
    """A member of the committee has read a submission."""

    submission = models.ForeignKey(PolicySubmission, models.CASCADE, related_name="readings")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    read_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "reader"],
                name="motions_readby_once_a_reader",
                violation_error_message="You have read it already.",
            ),
        ]

    def __str__(self) -> str:
        return f"submission {self.submission_id} read"
