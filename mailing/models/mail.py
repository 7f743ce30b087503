"""The outbox: one row a mail, written in the transaction of its cause.

The row is the truth; Celery only wakes the pump. Addresses and text only, no foreign keys, so that
erasing a person or a conference elsewhere never touches what was sent.
"""

from __future__ import annotations

import datetime as dt
import hashlib

from django.db import models
from django.db.models import F, Q

from mailing import policy


class State(models.TextChoices):
    PENDING = "pending", "waiting"
    SENDING = "sending", "being sent"
    SENT = "sent", "accepted by the mail server"
    UNCERTAIN = "uncertain", "uncertain"
    FAILED = "failed", "refused"
    CANCELLED = "cancelled", "cancelled"
    EXPIRED = "expired", "too late to send"
    SUPPRESSED = "suppressed", "address is spared"


class Kind(models.TextChoices):
    RECEIPT = policy.RECEIPT, "receipt"
    NOTICE = policy.NOTICE, "notice"
    REMINDER = policy.REMINDER, "reminder"
    RESULT = policy.RESULT, "result"
    MARKETING = policy.MARKETING, "news and campaigns"
    SECURITY = policy.SECURITY, "sign-in and security"


class Urgency(models.IntegerChoices):
    NOW = policy.NOW, "at once"
    SOON = policy.SOON, "soon"
    BULK = policy.BULK, "when there is room"


#: Which state may follow which. `pending` after `uncertain`, `failed` and `suppressed` is a second
#: attempt at the same mail with the same Message-ID; a copy of a sent mail is a row of its own.
ALLOWED_MOVES: dict[str, frozenset[str]] = {
    State.PENDING: frozenset({State.SENDING, State.CANCELLED, State.EXPIRED}),
    State.SENDING: frozenset(
        {
            State.SENT,
            State.PENDING,
            State.FAILED,
            State.UNCERTAIN,
            State.CANCELLED,
            State.EXPIRED,
            State.SUPPRESSED,
        }
    ),
    State.UNCERTAIN: frozenset(
        {State.PENDING, State.SENT, State.FAILED, State.CANCELLED, State.EXPIRED}
    ),
    State.FAILED: frozenset({State.PENDING, State.CANCELLED}),
    State.SUPPRESSED: frozenset({State.PENDING, State.CANCELLED}),
    State.SENT: frozenset(),
    State.CANCELLED: frozenset(),
    State.EXPIRED: frozenset(),
}
OPEN_STATES = (State.PENDING, State.SENDING, State.UNCERTAIN)
SETTLED_STATES = tuple(s for s in State if s not in OPEN_STATES)


def digest(key: str) -> str:
    """What the world sees of a business key: the same for every attempt, and says nothing."""
    return hashlib.sha256(key.encode()).hexdigest()


class MailQuerySet(models.QuerySet["Mail"]):
    def due(self, at: dt.datetime) -> MailQuerySet:
        """Waiting and not to be held back any longer, most urgent and oldest first."""
        return self.filter(state=State.PENDING, next_try_at__lte=at).order_by(
            "urgency", "next_try_at", "pk"
        )

    def late(self, at: dt.datetime) -> MailQuerySet:
        """Waiting although it should have gone two minutes ago: nobody sends, or nobody accepts."""
        return self.filter(state=State.PENDING, not_before__lte=at - dt.timedelta(minutes=2))

    def held(self) -> MailQuerySet:
        """Uncertain and not to be resent without a person's decision."""
        return self.filter(state=State.UNCERTAIN).exclude(_resent_when_uncertain())

    def to_be_resent(self, at: dt.datetime) -> MailQuerySet:
        """Uncertain for long enough, of a kind where missing is worse than twice."""
        return self.filter(
            _resent_when_uncertain(),
            state=State.UNCERTAIN,
            uncertain_since__lte=at - policy.UNCERTAIN_WAIT,
        )


def _resent_when_uncertain() -> Q:
    return Q(kind__in=policy.RESENT_WHEN_UNCERTAIN, doubts__lt=policy.MOST_DOUBTS)


class Mail(models.Model):
    """One mail to one address. Personal: address, name, subject, text; kept as proof of what went.

    `key` is the business reason ('receipt:booking:123') and makes putting it in twice harmless.
    """

    State, Kind, Urgency = State, Kind, Urgency

    key = models.CharField("reason", max_length=200)
    message_id = models.CharField("Message-ID", max_length=330)
    kind = models.CharField("kind", max_length=10, choices=Kind)
    urgency = models.PositiveSmallIntegerField("urgency", choices=Urgency)
    conference = models.SlugField("conference", max_length=80, blank=True, db_index=False)

    to_address = models.EmailField("to", max_length=254)
    to_name = models.CharField("name", max_length=150, blank=True)
    reply_to = models.EmailField("answers go to", max_length=254, blank=True)
    subject = models.CharField("subject", max_length=200)
    text = models.TextField("text", blank=True)
    html = models.TextField("web version", blank=True)
    headers = models.JSONField("extra headers", default=dict, blank=True)
    unsubscribe_scope = models.CharField("may unsubscribe from", max_length=12, blank=True)

    created_at = models.DateTimeField("written")
    not_before = models.DateTimeField("not before")
    pointless_after = models.DateTimeField("pointless after", null=True, blank=True)

    state = models.CharField("state", max_length=10, choices=State, default=State.PENDING)
    next_try_at = models.DateTimeField("next try")
    attempts = models.PositiveSmallIntegerField("attempts", default=0)
    claim = models.UUIDField("claim", null=True, blank=True)
    lease_until = models.DateTimeField("held until", null=True, blank=True)
    uncertain_since = models.DateTimeField("uncertain since", null=True, blank=True)
    doubts = models.PositiveSmallIntegerField("times uncertain", default=0)
    sent_at = models.DateTimeField("accepted", null=True, blank=True)
    settled_at = models.DateTimeField("settled", null=True, blank=True)
    smtp_reply = models.CharField("last answer", max_length=500, blank=True)

    decided_at = models.DateTimeField("decided", null=True, blank=True)
    decided_by = models.CharField("decided by", max_length=254, blank=True)
    decision = models.CharField("decision", max_length=300, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = "mail"
        verbose_name_plural = "mails"
        ordering = ["-created_at", "-pk"]
        indexes = [
            # The claim: the most urgent due mail. Only waiting rows, so it stays small.
            models.Index(
                fields=["urgency", "next_try_at", "id"],
                condition=Q(state=State.PENDING),
                name="mailing_mail_due",
            ),
            # The pump's housekeeping: leases run out, uncertain mails whose wait is over.
            models.Index(
                fields=["state", "lease_until", "uncertain_since"],
                condition=Q(state__in=[State.SENDING, State.UNCERTAIN]),
                name="mailing_mail_in_flight",
            ),
            # The pump's housekeeping: waiting mails that have become pointless.
            models.Index(
                fields=["pointless_after"],
                condition=Q(state=State.PENDING),
                name="mailing_mail_pointless",
            ),
            # The admin: newest first, and everything that went to one address.
            models.Index(fields=["-created_at", "-id"], name="mailing_mail_newest"),
            models.Index(fields=["to_address"], name="mailing_mail_by_address"),
            # Health: when did the relay last accept anything?
            models.Index(
                fields=["-sent_at"], condition=Q(state=State.SENT), name="mailing_mail_last_sent"
            ),
            # Recording an outcome is fenced by the claim.
            models.Index(
                fields=["claim"], condition=Q(claim__isnull=False), name="mailing_mail_claim"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                name="mailing_mail_once_a_key",
                violation_error_message="A mail for this reason is already in the outbox.",
            ),
            models.UniqueConstraint(
                fields=["message_id"],
                name="mailing_mail_once_a_message_id",
                violation_error_message="A mail with this Message-ID is already in the outbox.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=State.values),
                name="mailing_mail_known_state",
                violation_error_message="This is not a state a mail can be in.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values) & Q(urgency__in=Urgency.values),
                name="mailing_mail_known_kind_and_urgency",
                violation_error_message="This is not a kind of mail we send.",
            ),
            models.CheckConstraint(
                condition=Q(state=State.SENDING, claim__isnull=False, lease_until__isnull=False)
                | (~Q(state=State.SENDING) & Q(lease_until__isnull=True)),
                name="mailing_mail_sending_has_claim_and_lease",
                violation_error_message="A mail being sent, and no other, is held by a process.",
            ),
            models.CheckConstraint(
                condition=Q(state=State.SENT, sent_at__isnull=False)
                | (~Q(state=State.SENT) & Q(sent_at__isnull=True)),
                name="mailing_mail_sent_has_its_instant",
                violation_error_message="A sent mail, and no other, says when it was accepted.",
            ),
            models.CheckConstraint(
                condition=Q(state=State.UNCERTAIN, uncertain_since__isnull=False)
                | (~Q(state=State.UNCERTAIN) & Q(uncertain_since__isnull=True)),
                name="mailing_mail_uncertain_since",
                violation_error_message="An uncertain mail says since when, others do not.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=SETTLED_STATES, settled_at__isnull=False)
                | Q(state__in=OPEN_STATES, settled_at__isnull=True),
                name="mailing_mail_settled_has_its_instant",
                violation_error_message="A mail that is done with says when it was settled.",
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.REMINDER, unsubscribe_scope=policy.SCOPE_REMINDERS)
                | Q(kind=Kind.MARKETING, unsubscribe_scope=policy.SCOPE_MARKETING)
                | Q(
                    kind=Kind.NOTICE,
                    unsubscribe_scope__in=["", policy.SCOPE_REMINDERS, policy.SCOPE_FOLLOWING],
                )
                | Q(kind__in=[Kind.RECEIPT, Kind.RESULT, Kind.SECURITY], unsubscribe_scope=""),
                name="mailing_mail_unsubscribe_fits_kind",
                violation_error_message="Only reminders, news and what is followed can be unsubscribed from.",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by="", decision="")
                | (Q(decided_at__isnull=False) & ~Q(decided_by="") & ~Q(decision="")),
                name="mailing_mail_decision_is_whole",
                violation_error_message="A decision names who made it, when and why.",
            ),
            models.CheckConstraint(
                condition=Q(next_try_at__gte=F("not_before")),
                name="mailing_mail_never_tried_too_early",
                violation_error_message="A mail is not tried before its time.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} → {self.to_address}"

    @property
    def audit_label(self) -> str:
        """What an audit trail, which cannot forget, calls it: without address and subject."""
        return f"mail {self.pk}"

    def may_become(self, state: str) -> bool:
        """Does the table of allowed moves know this step?"""
        return state in ALLOWED_MOVES[State(self.state)]

    @property
    def is_held(self) -> bool:
        """Uncertain, and waiting for a person rather than for the pump."""
        return self.state == State.UNCERTAIN and (
            self.kind not in policy.RESENT_WHEN_UNCERTAIN or self.doubts >= policy.MOST_DOUBTS
        )
