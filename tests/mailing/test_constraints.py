"""What the database itself refuses."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from mailing.models import Heartbeat, Mail, Suppression
from mailing.models.mail import OPEN_STATES, SETTLED_STATES

pytestmark = pytest.mark.django_db

AT = dt.datetime(2016, 6, 30, 22, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"state": "lost"}, "mailing_mail_known_state"),
        ({"kind": "spam"}, "mailing_mail_known_kind_and_urgency"),
        ({"urgency": 9}, "mailing_mail_known_kind_and_urgency"),
        ({"state": "sending"}, "mailing_mail_sending_has_claim_and_lease"),
        ({"state": "sending", "lease_until": AT}, "mailing_mail_sending_has_claim_and_lease"),
        ({"lease_until": AT}, "mailing_mail_sending_has_claim_and_lease"),
        ({"state": "sent", "settled_at": AT}, "mailing_mail_sent_has_its_instant"),
        ({"sent_at": AT}, "mailing_mail_sent_has_its_instant"),
        ({"state": "uncertain"}, "mailing_mail_uncertain_since"),
        ({"uncertain_since": AT}, "mailing_mail_uncertain_since"),
        ({"state": "failed"}, "mailing_mail_settled_has_its_instant"),
        ({"settled_at": AT}, "mailing_mail_settled_has_its_instant"),
        ({"unsubscribe_scope": "reminders"}, "mailing_mail_unsubscribe_fits_kind"),
        ({"kind": "reminder"}, "mailing_mail_unsubscribe_fits_kind"),
        ({"decided_at": AT}, "mailing_mail_decision_is_whole"),
        ({"decided_by": "ann"}, "mailing_mail_decision_is_whole"),
        ({"not_before": AT + dt.timedelta(hours=1)}, "mailing_mail_never_tried_too_early"),
    ],
)
def test_mail_row_that_contradicts_itself_is_refused(put, changes, constraint):
    mail = put()
    named = next(c for c in Mail._meta.constraints if c.name == constraint)
    assert named.violation_error_message
    with pytest.raises(IntegrityError), transaction.atomic():
        Mail.objects.filter(pk=mail.pk).update(**changes)


@pytest.mark.parametrize("field", ["key", "message_id"])
def test_mail_second_row_with_same_key_or_message_id_is_refused(put, field):
    first, second = put("a"), put("b")
    with pytest.raises(IntegrityError), transaction.atomic():
        Mail.objects.filter(pk=second.pk).update(**{field: getattr(first, field)})


def test_states_open_and_settled_cover_every_state_once():
    assert sorted([*OPEN_STATES, *SETTLED_STATES]) == sorted(Mail.State.values)


@pytest.mark.parametrize(
    "changes",
    [
        {"address": "Ann@example.org"},
        {"scope": "everything"},
        {"reason": "whim"},
        {"lifted_at": AT - dt.timedelta(seconds=1)},
    ],
)
def test_suppression_row_that_makes_no_sense_is_refused(changes):
    sound = {"address": "ann@example.org", "scope": "all", "reason": "bounced", "created_at": AT}
    with pytest.raises(IntegrityError), transaction.atomic():
        Suppression.objects.create(**(sound | changes))


def test_suppression_twice_in_force_is_refused_and_after_lifting_allowed():
    sound = {"address": "ann@example.org", "scope": "all", "reason": "bounced", "created_at": AT}
    first = Suppression.objects.create(**sound)
    with pytest.raises(IntegrityError), transaction.atomic():
        Suppression.objects.create(**sound)
    Suppression.objects.filter(pk=first.pk).update(lifted_at=AT)
    Suppression.objects.create(**sound)


def test_heartbeat_second_row_of_a_part_is_refused():
    Heartbeat.objects.create(name="pump", at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Heartbeat.objects.create(name="pump", at=AT)
