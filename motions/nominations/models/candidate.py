"""The people nominated: their answer, what they say of themselves, and what became of them."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from motions.nominations.models.post import Post


class CandidateQuerySet(models.QuerySet["Candidate"]):
    """Sets of candidates."""

    def in_play(self) -> CandidateQuerySet:
        """Neither struck out nor gone of their own will, and the result is not declared."""
        return self.filter(state__in=Candidate.IN_PLAY)

    def with_their_post(self) -> CandidateQuerySet:
        """With the post, its deadlines and the region."""
        return self.select_related(
            "post__deadline__conference",
            "post__answers_deadline__conference",
            "post__withdrawal_deadline__conference",
            "post__fills",
            "post__contest",
            "post__for_region",
            "region",
        )


class Candidate(models.Model):
    """A person nominated for a post, once, however many bodies nominate them.

    Where the post asks for delegates the nomination is conditional until `confirmed_at`: the
    instant at which, delegate registration having closed, they were found among the delegates.
    """

    class State(models.TextChoices):
        ASKED = "asked", "asked for their consent"
        CONSENTED = "consented", "has agreed to stand"
        DECLINED = "declined", "does not want to stand"
        WITHDRAWN = "withdrawn", "has withdrawn"
        STRUCK_OUT = "struck_out", "cannot stand"
        ELECTED = "elected", "elected"
        NOT_ELECTED = "not_elected", "not elected"

    IN_PLAY = (State.ASKED, State.CONSENTED)
    DECLARED = (State.ELECTED, State.NOT_ELECTED)
    MOVES = {
        State.ASKED: {State.CONSENTED, State.DECLINED, State.STRUCK_OUT},
        State.CONSENTED: {
            State.WITHDRAWN,
            State.STRUCK_OUT,
            State.ELECTED,
            State.NOT_ELECTED,
        },
        State.DECLINED: {State.CONSENTED, State.STRUCK_OUT},
        State.WITHDRAWN: set(),
        State.STRUCK_OUT: {State.ASKED, State.CONSENTED},
        State.ELECTED: {State.CONSENTED},
        State.NOT_ELECTED: {State.CONSENTED},
    }

    post = models.ForeignKey(Post, models.PROTECT, related_name="candidates")
    name = models.CharField(max_length=120)
    email = models.EmailField("e-mail address")
    membership_number = models.CharField(max_length=30, blank=True)
    region = models.ForeignKey("members.Region", models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=State, default=State.ASKED)
    statement = models.TextField(blank=True)
    interests = models.TextField("declared interests", blank=True)
    photo = models.FileField(upload_to="motions/photos/%Y/", blank=True)
    wording_version = models.PositiveIntegerField(default=1)
    written_at = models.DateTimeField("statement saved", null=True, blank=True)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    links_sent = models.PositiveSmallIntegerField("links sent", default=1)
    decided_at = models.DateTimeField("answered", null=True, blank=True)
    confirmed_at = models.DateTimeField("found to be a delegate", null=True, blank=True)
    withdrawn_at = models.DateTimeField("withdrew", null=True, blank=True)
    struck_out_at = models.DateTimeField(null=True, blank=True)
    struck_out_reason = models.CharField(max_length=300, blank=True)
    struck_out_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Empty: by the rules themselves, when their time had come.",
    )
    years = models.PositiveSmallIntegerField("elected for so many years", null=True, blank=True)

    objects = CandidateQuerySet.as_manager()

    class Meta:
        ordering = ["post", "name"]
        constraints = [
            models.UniqueConstraint(
                "post",
                Lower("email"),
                name="motions_candidate_once_a_post",
                violation_error_message="This person is already nominated for this post.",
            ),
            models.CheckConstraint(
                condition=~Q(state="struck_out")
                | (Q(struck_out_at__isnull=False) & ~Q(struck_out_reason="")),
                name="motions_candidate_struck_out_with_a_reason",
                violation_error_message="Say why this person cannot stand.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["consented", "declined"]) | Q(decided_at__isnull=False),
                name="motions_candidate_answer_has_a_time",
                violation_error_message="An answer has its time.",
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_at__isnull=False)
                | (~Q(state="withdrawn") & Q(withdrawn_at__isnull=True)),
                name="motions_candidate_withdrew_at_a_time",
                violation_error_message="Whoever withdrew did so at a time.",
            ),
            models.CheckConstraint(
                condition=Q(years__isnull=True) | Q(state="elected", years__gt=0),
                name="motions_candidate_term_of_the_elected",
                violation_error_message="Only those who are elected have a term.",
            ),
        ]
        indexes = [
            # serves: whose registration is still to be looked at? asked every few minutes
            models.Index(
                fields=["post"],
                condition=Q(state__in=["asked", "consented"], confirmed_at__isnull=True),
                name="motions_candidate_waiting",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def audit_label(self) -> str:
        """What the audit trail, which cannot forget, calls this person."""
        return f"candidate {self.pk}"

    @property
    def is_in_play(self) -> bool:
        """May they still be elected?"""
        return self.state in self.IN_PLAY

    @property
    def moves(self) -> set[Candidate.State]:
        """What may become of them next."""
        return self.MOVES[self.State(self.state)]

    def require_move(self, target: str) -> None:
        """Raises ValidationError (code `state`) where the table of moves has none."""
        if target not in self.moves:
            raise ValidationError(
                f"{self.name} {self.get_state_display()}: this can no longer be changed so.",
                code="state",
            )
